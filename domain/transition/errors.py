"""Why a transition refuses a command."""

from domain.errors import Conflict, Forbidden, Invalid


class TransitionNotOpen(Conflict):
    """The transition is in a state that does not allow the command."""

    en = "The transition is {state} since {since}; {command} needs it {needed}."
    es = "La transferencia está {state} desde el {since}; {command} requiere que esté {needed}."


class NoSuchAdministration(Invalid):
    """A transition names an administration that is not recorded."""

    en = "{field} names {id}, which is no recorded administration. Register it first, or check the id."
    es = "{field} indica {id}, que no es una gestión registrada. Regístrela primero o revise el identificador."


class TransitionExists(Conflict):
    """An outgoing administration hands over once."""

    en = "{field}: administration {outgoing} has the handover {transition}. Go on with that one, or void it first."
    es = "{field}: la gestión {outgoing} ya tiene la transferencia {transition}. Continúe esa o anúlela antes."


class OtherInstitution(Conflict):
    """Both administrations are of the same institution."""

    en = "The outgoing administration is of {outgoing}, the incoming one of {incoming}. Name two of one institution."
    es = "La gestión saliente es de {outgoing} y la entrante de {incoming}. Indique dos de una misma institución."


class TermsNotAdjacent(Conflict):
    """The outgoing term ends on the day on which the incoming one begins."""

    en = (
        "The outgoing term ends on {until}, but the incoming one begins on {from_day}. "
        "Correct one of the terms, or register the administration in charge between them."
    )
    es = (
        "El periodo saliente termina el {until}, pero el entrante comienza el {from_day}. "
        "Corrija uno de ellos o registre la gestión encargada entre ambos."
    )


class IncomingAlreadyNamed(Conflict):
    """The incoming administration is known."""

    en = "The incoming administration is {incoming}. Correct that fact if it is wrong."
    es = "La gestión entrante es {incoming}. Corrija ese hecho si es erróneo."


class IncomingNotNamed(Conflict):
    """The command needs to know the incoming administration."""

    en = "{command} needs the incoming administration. Name it with name-incoming first."
    es = "{command} requiere la gestión entrante. Indíquela antes con name-incoming."


class InventoryAlreadyFrozen(Conflict):
    """An inventory is frozen once."""

    en = "The inventory was frozen at position {position} with the cut-off {cut_off}. Correct that fact if it is wrong."
    es = "El inventario se congeló en la posición {position} con corte al {cut_off}. Corrija ese hecho si es erróneo."


class InventoryNotFrozen(Conflict):
    """Items are those of a frozen inventory."""

    en = "The inventory is not frozen yet. Use freeze-inventory first."
    es = "El inventario aún no está congelado. Use antes freeze-inventory."


class CutOffOutsideTerm(Invalid):
    """A cut-off date is a day of the outgoing term that has come."""

    en = "{field} {cut_off} is no day of the outgoing term {from_day} to {until} up to {occurred_on}."
    es = "{field} {cut_off} no es un día del periodo saliente {from_day} a {until} hasta el {occurred_on}."


class NotInInventory(Invalid):
    """The object is not in the frozen inventory."""

    en = "{item} is not in the inventory frozen for this transition. Check the id."
    es = "{item} no está en el inventario congelado de esta transferencia. Revise el identificador."


class ItemNotOpen(Conflict):
    """The item is in a state that does not allow the command."""

    en = "{item} is {state}; {command} needs it {needed}."
    es = "{item} está {state}; {command} requiere que esté {needed}."


class InstitutionNotStated(Invalid):
    """Who delivers, verifies or decides says for which institution."""

    en = "{command} needs to know the institution: say {field}, or use a token that belongs to an organization."
    es = "{command} requiere conocer la institución: indique {field} o use un token que pertenezca a una organización."


class DelivererVerifies(Forbidden):
    """Whoever delivered an item does not verify it."""

    en = (
        "{item} was delivered by the same {what}, {who}. "
        "{command} must come from another actor, in the incoming team or of another institution."
    )
    es = (
        "{item} fue entregado por {who} ({what}). "
        "{command} debe venir de otro actor, del equipo entrante o de otra institución."
    )


class AlreadySigned(Conflict):
    """The side signed the acta."""

    en = "The {side} side signed the acta on {signed_on}. Void that signature first if it is wrong."
    es = "La parte {side} suscribió el acta el {signed_on}. Anule antes esa firma si es errónea."


class ActaDiffers(Conflict):
    """Both sides sign the same document."""

    en = "{field} {document} is not the acta that the other side signed, {signed}."
    es = "{field} {document} no es el acta que suscribió la otra parte, {signed}."


class TermNotOver(Conflict):
    """A handover can still be delivered while the outgoing term lasts."""

    en = "The outgoing term lasts until {until}: on {occurred_on} the handover can still be delivered."
    es = "El periodo saliente dura hasta el {until}: el {occurred_on} aún puede entregarse la transferencia."


class NotReelected(Conflict):
    """Only a re-election makes a handover unnecessary."""

    en = "The incoming administration {incoming} is not recorded as re-elected. Use its record-reelection first."
    es = "La gestión entrante {incoming} no está registrada como reelegida. Use antes su record-reelection."


class NotInOffice(Conflict):
    """Continuity is decided after taking office."""

    en = "The incoming term begins on {from_day}; on {occurred_on} nothing can be decided yet."
    es = "El periodo entrante comienza el {from_day}; el {occurred_on} aún no puede decidirse nada."


class IncomingTermOver(Conflict):
    """Continuity is decided while the incoming administration governs."""

    en = "The incoming term ended before {until}; on {occurred_on} it decides no more. Use the next handover."
    es = "El periodo entrante terminó antes del {until}; el {occurred_on} ya no decide. Use la transferencia siguiente."


class NotTheIncoming(Forbidden):
    """Only the incoming institution decides on continuity."""

    en = "{institution} cannot decide on continuity: only {expected} can, once the incoming term began."
    es = "{institution} no puede decidir sobre la continuidad: solo {expected}, desde que comienza el periodo entrante."


class NotInherited(Invalid):
    """The object is none that the incoming administration inherited."""

    en = "{item} was not inherited: the institution stood in it in no capacity on the eve of the term."
    es = "{item} no fue heredado: la institución no figuraba en él en ninguna calidad la víspera del periodo."


class AlreadyDecided(Conflict):
    """There is a decision on the object."""

    en = "{item} was {decision} on {decided_on}. Use revise-decision for a new one, or correct that one."
    es = "{item}: {decision} el {decided_on}. Use revise-decision para decidir de nuevo, o corrija esa decisión."


class NotDecided(Conflict):
    """There is no decision on the object to revise."""

    en = "Nothing was decided on {item} by {occurred_on}. Use decide-continuity."
    es = "No se había decidido nada sobre {item} al {occurred_on}. Use decide-continuity."


class DecisionUnchanged(Invalid):
    """A revision decides something else."""

    en = "{item} is {decision} already. A revision decides something else."
    es = "{item} ya está {decision}. Una revisión decide otra cosa; no la registre si nada cambia."


class UnknownRegime(Invalid):
    """The installation has no such regime."""

    en = "{field} {regime} is no regime of this installation. It has: {known}."
    es = "{field} {regime} no es un régimen de esta instalación. Tiene: {known}."


class RegimeDoesNotApply(Conflict):
    """The outgoing term ends while the regime is in force."""

    en = "Regime {regime} applies to terms that end from {from_day} to {until}; this one ends on {ends}."
    es = "El régimen {regime} rige para periodos que terminan de {from_day} a {until}; este termina el {ends}."


class UnknownDeliverable(Invalid):
    """The regime asks for no such document."""

    en = "{field} {deliverable} is none of regime {regime}. It asks for: {known}."
    es = "{field} {deliverable} no es del régimen {regime}. Este pide: {known}."


class NotInCatalogue(Invalid):
    """The regime's catalogue has no such entry."""

    en = "{item} is no entry of the catalogue of regime {regime}. GET /v1/regimes/{regime} lists them with their ids."
    es = "{item} no es del catálogo del régimen {regime}. GET /v1/regimes/{regime} las lista con sus identificadores."


class TooEarlyToInstallAlone(Conflict):
    """The incoming side installs the commission alone only when the outgoing one has let the time pass."""

    en = (
        "Proclaimed on {proclaimed_on}, the outgoing side has until {due} to install the commission; not {occurred_on}."
    )
    es = "Proclamada el {proclaimed_on}: la parte saliente instala la comisión hasta el {due}; no el {occurred_on}."


class OtherSide(Forbidden):
    """Nobody acts for the side that they hand over to or take over from."""

    en = (
        "{actor} is or was in the {found} team; {command} is for the {expected} side. "
        "Let somebody else do it, or correct the appointment if it is wrong."
    )
    es = (
        "{actor} integra o integró el equipo de la parte {found}; {command} corresponde a la parte {expected}. "
        "Hágalo otra persona, o corrija la designación si es errónea."
    )


class OutgoingTermOver(Forbidden):
    """The outgoing team stops writing when its term ends."""

    en = (
        "The outgoing term ended before {until}: its team reads what it signed, and writes no more ({command}, {day}). "
        "The secretariat or the incoming side records what is missing."
    )
    es = (
        "El periodo saliente terminó antes del {until}: su equipo lee lo que firmó y ya no escribe ({command}, {day}). "
        "Lo que falte lo registra la secretaría o la parte entrante."
    )


class FrozenForGood(Conflict):
    """An inventory that a handover was built on is not changed."""

    en = "The inventory frozen at position {position} is part of a handover under way. File a complementary acta."
    es = "El inventario congelado en la posición {position} es parte de una transferencia. Use un acta complementaria."
