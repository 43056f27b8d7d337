"""Why a roundtable refuses a command."""

from domain.errors import Conflict, Invalid


class RoundtableNotOpen(Conflict):
    """The roundtable is in a state that does not allow the command."""

    en = "Roundtable {roundtable} is {state} since {since}; {command} needs it {needed}."
    es = "La mesa {roundtable} está {state} desde el {since}; {command} requiere que esté {needed}."


class LineageCyclic(Invalid):
    """A roundtable cannot descend from itself."""

    en = "{field} {id} descends from this roundtable itself. Name another, or correct that one first."
    es = "{field} {id} desciende de esta misma mesa. Indique otra o corrija antes aquella."


class ValidityContradictory(Invalid):
    """The validity ends before it begins, or its end is given twice."""

    en = "{field} cannot stand: the validity {problem}."
    es = "{field} no es posible: la vigencia {problem}."


class ValidityNotLimited(Conflict):
    """A roundtable without a known end has nothing to extend."""

    en = (
        "Roundtable {roundtable} has no end of validity on {occurred_on} that could be extended. "
        "If its act sets one, correct the record of the act; a term from the installation runs once it is installed."
    )
    es = (
        "La mesa {roundtable} no tiene, al {occurred_on}, un fin de vigencia que ampliar. Si su norma lo fija, corrija "
        "el registro de la norma; un plazo desde la instalación corre una vez instalada."
    )


class ValidityNotLonger(Invalid):
    """An extension ends later than the validity that it extends."""

    en = "{field} {until} is not after {present}, until when roundtable {roundtable} is valid. Name a later day."
    es = "{field} {until} no es posterior al {present}, hasta cuando rige la mesa {roundtable}. Indique otro día."


class ExtensionWithoutGround(Invalid):
    """Validity is extended by a new act or by an agreement of a session: by one of them."""

    en = "Extending roundtable {roundtable} needs {field}: a new act, or an agreement of a session, and not both."
    es = "Ampliar la mesa {roundtable} requiere {field}: una nueva norma o un acuerdo de sesión, y no ambos."


class SeatKeyTaken(Conflict):
    """Every seat has a key of its own, for ever: minutes name seats by it."""

    en = "Roundtable {roundtable} already has or had a seat {seat}. Choose another key."
    es = "La mesa {roundtable} ya tiene o tuvo un asiento {seat}. Elija otra clave."


class UnknownSeat(Invalid):
    """The roundtable has no such seat in force."""

    en = "Roundtable {roundtable} has no seat {seat} in force on {occurred_on}. In force: {seats}."
    es = "La mesa {roundtable} no tiene un asiento {seat} vigente al {occurred_on}. Vigentes: {seats}."


class VoteNeedsVoice(Invalid):
    """A seat that votes also speaks."""

    en = "{field}: seat {seat} would vote without a voice. Give it both, or voice alone."
    es = "{field}: el asiento {seat} votaría sin voz. Otórguele ambas o solo voz."


class OwnAlternate(Invalid):
    """Nobody is one's own alternate."""

    en = "{field} of seat {seat} is its principal. Name another person, or nobody."
    es = "{field} del asiento {seat} es su titular. Indique a otra persona o a nadie."


class RepresentativeMissing(Conflict):
    """A document accredits representatives; they are designated first."""

    en = "Seat {seat} has no representatives on {occurred_on}. Designate them before they are accredited."
    es = "El asiento {seat} no tiene representantes al {occurred_on}. Desígnelos antes de acreditarlos."


class SeatNotAccredited(Conflict):
    """There is no accreditation that could lapse."""

    en = "The representatives of seat {seat} are not accredited on {occurred_on}."
    es = "Los representantes del asiento {seat} no están acreditados al {occurred_on}."


class AccreditationIncomplete(Conflict):
    """Required seats are not accredited, and nobody waived them."""

    en = "{command} of roundtable {roundtable}: not accredited are {missing}. Accredit them, or waive them in {field}."
    es = "{command} de la mesa {roundtable}: faltan acreditar {missing}. Acredítelos o exímalos en {field}."


class AccreditationNotMissing(Invalid):
    """There is nothing to waive."""

    en = "All required seats of roundtable {roundtable} are accredited: leave out {field}."
    es = "Todos los asientos requeridos de la mesa {roundtable} están acreditados: omita {field}."


class InstallationWithoutRecord(Invalid):
    """An installation is written down somewhere."""

    en = "Installing roundtable {roundtable} needs {field} or minutes: say where it is written down."
    es = "Instalar la mesa {roundtable} requiere {field} o minutes: indique dónde consta."


class NothingApproved(Conflict):
    """A roundtable takes up its work under rules or a work plan."""

    en = "Roundtable {roundtable} has approved neither rules nor a work plan by {occurred_on}. Record either first."
    es = "La mesa {roundtable} no ha aprobado reglamento ni plan de trabajo al {occurred_on}. Registre antes alguno."


class OpenCommitmentsUnfollowed(Conflict):
    """Concluding a roundtable with open commitments names who follows them up."""

    en = "Roundtable {roundtable} leaves {open} open commitments ({some}). Name in {field} who follows them up."
    es = "La mesa {roundtable} deja {open} compromisos abiertos ({some}). Indique en {field} quién les da seguimiento."
