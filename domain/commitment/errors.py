"""Why a commitment refuses a command."""

from domain.errors import Conflict, Forbidden, Invalid


class CommitmentNotOpen(Conflict):
    """The commitment is in a state that does not allow the command."""

    en = "Commitment {commitment} is {state} since {since}; {command} needs it {needed}."
    es = "El compromiso {commitment} está {state} desde el {since}; {command} requiere que esté {needed}."


class EvidenceMissing(Conflict):
    """Fulfilment is reported with evidence."""

    en = "Commitment {commitment} has no evidence. Send {field} with the report, or attach it first."
    es = "El compromiso {commitment} no tiene medio de verificación. Envíe {field} con el reporte o adjúntelo antes."


class InstitutionUnknown(Invalid):
    """Who verifies must say for which institution."""

    en = "{command} needs to know the institution: say {field}, or use a token that belongs to an organization."
    es = "{command} requiere conocer la institución: indique {field} o use un token que pertenezca a una organización."


class NotAnotherParty(Forbidden):
    """Whoever reports or answers for a commitment does not verify it."""

    en = "{command} must come from another party: {institution} {relation}. Nobody is exempt."
    es = "{command} debe venir de otra parte: {institution} {relation}. Nadie está exceptuado."


class CurrencyMismatch(Invalid):
    """All amounts of a commitment are in one currency, its items' included."""

    en = "{field} is in {currency}, but {commitment} is in {expected}. Convert it, or correct the first amount."
    es = "{field} está en {currency}, pero {commitment} está en {expected}. Conviértalo o corrija el primer monto."


class HeadlineHasNoLadder(Conflict):
    """An announcement is itemised; its items have the amounts."""

    en = "{commitment} is an announcement: {command} applies to its items. To change the headline, use amend-headline."
    es = "{commitment} es un anuncio: {command} se aplica a sus partidas. Para cambiar el anuncio use amend-headline."


class NoHeadline(Conflict):
    """The commitment is no announcement."""

    en = "{commitment} has no headline, so it can be neither amended nor itemised. Register the announcement first."
    es = "{commitment} no tiene anuncio, así que no puede modificarse ni desagregarse. Registre primero el anuncio."


class ItemHasHeadline(Invalid):
    """An item of an announcement is no announcement itself, and an announcement has no amount beside its headline."""

    en = "{field} cannot stand beside headline: an announcement is itemised by commitments that name it in part_of."
    es = "{field} no puede ir junto a headline: un anuncio se desagrega en compromisos que lo señalan en part_of."


class SuccessorElsewhere(Conflict):
    """A successor of an item belongs to the same announcement: it replaces, it never adds."""

    en = "Successor {id} is part of {found}, not of {expected}. Register it as a part of the same announcement."
    es = "El sucesor {id} es parte de {found}, no de {expected}. Regístrelo como parte del mismo anuncio."


class SucceedsItself(Invalid):
    """A commitment cannot take its own place."""

    en = "Commitment {commitment} cannot supersede itself, directly or over others. Name others in {field}."
    es = "El compromiso {commitment} no puede sucederse a sí mismo, ni por medio de otros. Indique otros en {field}."


class PartyNotAgreed(Conflict):
    """A withdrawal needs every party."""

    en = "Withdrawing {commitment} needs every party; {missing} did not agree. List all of them in {field}."
    es = "Retirar {commitment} requiere a todas las partes; falta el acuerdo de {missing}. Inclúyalas todas en {field}."


class DeadlineBeforeCommitment(Invalid):
    """A deadline cannot lie before the commitment began."""

    en = "{field} {deadline} is before the commitment, of {began_on}."
    es = "{field} {deadline} es anterior al compromiso, del {began_on}."


class DeadlineAlreadySet(Conflict):
    """A deadline that exists is extended by an act, never set again."""

    en = "Commitment {commitment} has the deadline {deadline}. Use extend-deadline, which cites the act."
    es = "El compromiso {commitment} tiene el plazo {deadline}. Use extend-deadline, que cita el acto."


class DeadlineNotSet(Conflict):
    """Only a deadline that exists can be extended."""

    en = "Commitment {commitment} has no deadline to extend. Use set-deadline."
    es = "El compromiso {commitment} no tiene plazo que ampliar. Use set-deadline."


class NotLater(Invalid):
    """An extension ends later than the deadline that it replaces."""

    en = "{field} {deadline} is not after the present deadline {present}."
    es = "{field} {deadline} no es posterior al plazo vigente {present}."


class FollowUpAlreadyAssigned(Conflict):
    """A commitment with a follow-up body needs no waiver."""

    en = "Commitment {commitment} is followed up by {organization}; there is nothing to waive."
    es = "El compromiso {commitment} tiene seguimiento de {organization}; no hay nada que justificar."


class AlreadyCollaborates(Conflict):
    """The organization is a party already."""

    en = "{organization} is already a party of commitment {commitment}."
    es = "{organization} ya es parte del compromiso {commitment}."


class AmountUnchanged(Conflict):
    """An amendment changes something."""

    en = "Commitment {commitment} already amounts to {amount}; an amendment changes it."
    es = "El compromiso {commitment} ya asciende a {amount}; una modificación lo cambia."


class RoundtableTakesNoCommitments(Conflict):
    """A roundtable that expired or ended takes no new commitments; only what was agreed before goes on."""

    en = (
        "{field}: on {occurred_on} roundtable {roundtable} is {state} since {since} and takes no new commitments. "
        "Extend its validity first, or check the day on which this was agreed."
    )
    es = (
        "{field}: al {occurred_on} la mesa {roundtable} está {state} desde el {since} y no asume nuevos compromisos. "
        "Amplíe antes su vigencia o revise la fecha en que se acordó."
    )


class MinutesNotFinal(Conflict):
    """Commitments are registered from signed minutes."""

    en = "{field}: minutes {minutes} are {state}. Register what they hold once they are signed."
    es = "{field}: el acta {minutes} está {state}. Registre lo que contiene cuando esté firmada."


class OriginContradicts(Conflict):
    """Roundtable, session and minutes of an origin belong together."""

    en = "{field} is {given}, but the record says {expected}. Leave it out, or check the ids."
    es = "{field} es {given}, pero según el registro es {expected}. Omítalo o revise los identificadores."


class OutcomeNotThere(Conflict):
    """The item of an origin is an outcome of its session."""

    en = "{field}: nothing called {item} came of session {session}. Its outcomes are {outcomes}."
    es = "{field}: la sesión {session} no tiene el resultado {item}. Sus resultados son {outcomes}."


class ItemNotPrioritised(Invalid):
    """A commitment out of a participatory budget comes from one of its priorities."""

    en = "{field} {item} is no priority of participatory budget {budget}. Its priorities are {priorities}."
    es = "{field} {item} no es prioridad del presupuesto participativo {budget}. Sus prioridades son {priorities}."
