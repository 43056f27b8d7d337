"""Why a session refuses a command."""

from domain.errors import Conflict, Invalid


class SessionNotOpen(Conflict):
    """The session is in a state that does not allow the command."""

    en = "Session {session} is {state} since {since}; {command} needs it {needed}."
    es = "La sesión {session} está {state} desde el {since}; {command} requiere que esté {needed}."


class ScheduledBeforeCall(Invalid):
    """A session cannot be called for a day before the call."""

    en = "{field} {scheduled_on} is before the call, of {occurred_on}. Check both days."
    es = "{field} {scheduled_on} es anterior a la convocatoria, del {occurred_on}. Revise ambas fechas."


class TooEarly(Conflict):
    """A session does not sit before the day it is called for."""

    en = "Session {session} is called for {scheduled_on}, after {occurred_on}. Reschedule it first, or check the day."
    es = "La sesión {session} está convocada para el {scheduled_on}, después del {occurred_on}. Reprográmela antes."


class RoundtableMayNotDecide(Conflict):
    """A roundtable decides from its installation on, while it is neither suspended nor over."""

    en = "On {occurred_on} roundtable {roundtable} is {state} since {since}: a session ({type}) cannot {what}."
    es = "Al {occurred_on} la mesa {roundtable} está {state} desde el {since}: una sesión ({type}) no puede {what}."


class QuorumNotReached(Conflict):
    """Too few of those who vote are present."""

    en = "Session {session} has no quorum: {quorum} of the voting seats on {occurred_on}. Record who else was present."
    es = "La sesión {session} no tiene quórum: {quorum} asientos con voto el {occurred_on}. Registre a quienes falten."


class QuorumIsThere(Conflict):
    """A session that has a quorum does not fail for want of one."""

    en = "Session {session} has its quorum on {occurred_on}: {quorum} of the voting seats. Open it, or cancel it."
    es = "La sesión {session} tiene quórum el {occurred_on}: {quorum} asientos con voto. Ábrala o cancélela."


class AgendaMissing(Conflict):
    """A session sits with an agenda, or says why without."""

    en = "Session {session} has no agenda. Add its items, or waive the agenda with a reason."
    es = "La sesión {session} no tiene agenda. Agregue sus puntos o exonérela con un motivo."


class AgendaNotMissing(Conflict):
    """There is nothing to waive."""

    en = "Session {session} has an agenda of {items} items; there is nothing to waive."
    es = "La sesión {session} tiene una agenda de {items} puntos; no hay nada que exonerar."


class ItemKeyTaken(Conflict):
    """The session has, or had, an item or outcome of that name."""

    en = "Session {session} has {key} already. Give {field} another name."
    es = "La sesión {session} ya tiene {key}. Dé otro nombre en {field}."


class UnknownItem(Invalid):
    """There is no such item on the agenda."""

    en = "{field}: {key} is not on the agenda of session {session}. It has {items}."
    es = "{field}: {key} no está en la agenda de la sesión {session}. Contiene {items}."


class ItemHasOutcome(Conflict):
    """What was dealt with is not withdrawn."""

    en = "{key} has the outcome {outcome}. Void that first."
    es = "{key} tiene el resultado {outcome}. Anúlelo antes."


class UnknownOrigin(Invalid):
    """An agenda item comes from something that is not recorded."""

    en = "{field}: {origin} was not recorded on {occurred_on}. Check the id and the item."
    es = "{field}: {origin} no estaba registrado el {occurred_on}. Revise el identificador y el punto."


class NotASecondCall(Conflict):
    """Only a session that failed for want of a quorum is called a second time, once, by its own roundtable."""

    en = "Session {session} cannot be called again: {problem}."
    es = "La sesión {session} no admite segunda convocatoria: {problem}."


class SeatNotInForce(Invalid):
    """The roundtable has no such seat on the day."""

    en = "{field}: roundtable {roundtable} has no seat {seat} on {occurred_on}. It has {seats}."
    es = "{field}: la mesa {roundtable} no tiene el asiento {seat} el {occurred_on}. Tiene {seats}."


class SeatOccupied(Conflict):
    """One person acts for a seat: the alternate only while the principal is absent."""

    en = "Seat {seat} is already there by its {present}; {capacity} cannot act beside. Record the departure first."
    es = (
        "El asiento {seat} ya está presente ({present}); {capacity} no puede actuar a la vez. Registre antes su salida."
    )


class SeatNotPresent(Conflict):
    """Only seats that are present act in a session."""

    en = "{field}: seat {seat} was not present in session {session}. Record its attendance first."
    es = "{field}: el asiento {seat} no estuvo presente en la sesión {session}. Registre antes su asistencia."


class SeatHasNoVote(Conflict):
    """Only seats with a vote vote."""

    en = "{field}: seat {seat} of roundtable {roundtable} has no vote on {occurred_on}."
    es = "{field}: el asiento {seat} de la mesa {roundtable} no tiene voto el {occurred_on}."


class LeavesBeforeArrival(Invalid):
    """Nobody leaves before arriving."""

    en = "{field} {left} is before seat {seat} arrived, at {arrived}."
    es = "{field} {left} es anterior a la llegada del asiento {seat}, a las {arrived}."


class CountsContradict(Invalid):
    """A part cannot be more than the whole."""

    en = "{field}: {part} of {people} people. Check the counts."
    es = "{field}: {part} de {people} personas. Revise las cantidades."


class DecisionMissing(Invalid):
    """What binds was decided somehow; votes belong to a vote."""

    en = "{field}: an outcome of type {type} {problem}."
    es = "{field}: un resultado de tipo {type} {problem}."


class NotDecidedSo(Conflict):
    """A roundtable decides as its rules say."""

    en = "Roundtable {roundtable} decides by {decides_by} on {occurred_on}, not by {decision}."
    es = "La mesa {roundtable} decide por {decides_by} el {occurred_on}, no por {decision}."


class MajorityNotReached(Conflict):
    """What binds has more votes for than against."""

    en = "{key} has {votes_for} votes for and {against} against. Record it as a disagreement, or check the votes."
    es = "{key} tiene {votes_for} votos a favor y {against} en contra. Regístrelo como desacuerdo o revise los votos."


class ConsensusBroken(Conflict):
    """There is no consensus over the dissent of a seat that votes."""

    en = "{key} is no consensus: seat {seat} votes and dissents. Record a vote or a disagreement."
    es = "{key} no es un consenso: el asiento {seat} tiene voto y disiente. Registre una votación o un desacuerdo."


class DissentsFromOwnVote(Conflict):
    """Who voted for an outcome, or dissented already, does not dissent."""

    en = "Seat {seat} {problem} {key}."
    es = "El asiento {seat} {problem} {key}."


class UnknownOutcome(Invalid):
    """The session has no such outcome."""

    en = "{field}: session {session} has no outcome {key}. It has {outcomes}."
    es = "{field}: la sesión {session} no tiene el resultado {key}. Tiene {outcomes}."


class DeadlineBeforeSession(Invalid):
    """What is agreed is due after the session."""

    en = "{field} {deadline} is before the session, of {occurred_on}."
    es = "{field} {deadline} es anterior a la sesión, del {occurred_on}."


class PreviousMinutesNotFinal(Conflict):
    """A session decides once the minutes of the one before are signed, or says why not."""

    en = "The minutes of session {previous} are not signed by {occurred_on}. Sign them, or waive-previous-minutes."
    es = "El acta de la sesión {previous} no está firmada al {occurred_on}. Fírmela o use waive-previous-minutes."


class MinutesNotMissing(Conflict):
    """There is nothing to waive."""

    en = "No minutes of an earlier session are missing on {occurred_on}; there is nothing to waive."
    es = "No falta el acta de ninguna sesión anterior al {occurred_on}; no hay nada que exonerar."


class SessionWrittenDown(Conflict):
    """What signed minutes hold of a session stays as it is."""

    en = "The minutes {minutes} of session {session} are signed: what they hold stays. Use issue-correction of these."
    es = "El acta {minutes} de la sesión {session} está firmada: lo que consta no cambia. Use su issue-correction."
