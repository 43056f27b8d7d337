"""Why minutes refuse a command."""

from domain.errors import Conflict, Forbidden, Invalid


class MinutesNotOpen(Conflict):
    """The minutes are in a state that does not allow the command."""

    en = "Minutes {minutes} are {state} since {since}; {command} needs them {needed}."
    es = "El acta {minutes} está {state} desde el {since}; {command} requiere que esté {needed}."


class SessionNotHeld(Conflict):
    """Only a session that was held, or failed for want of a quorum, is written down."""

    en = "Session {session} is {state} on {occurred_on}: there is nothing to write down. Open it first."
    es = "La sesión {session} está {state} al {occurred_on}: no hay nada que redactar. Ábrala primero."


class SessionNotEnded(Conflict):
    """Minutes are signed once the session has ended."""

    en = "Session {session} is {state} on {occurred_on}. Close it before its minutes are signed."
    es = "La sesión {session} está {state} al {occurred_on}. Ciérrela antes de firmar su acta."


class SessionHasMinutes(Conflict):
    """A session has one set of minutes."""

    en = "Session {session} has the minutes {minutes}. Revise them, or discard them first."
    es = "La sesión {session} ya tiene el acta {minutes}. Revísela o descártela primero."


class TextUnchanged(Invalid):
    """A revision changes something."""

    en = "{field} {text} is the text of version {version} already."
    es = "{field} {text} ya es el texto de la versión {version}."


class DrafterApprovesAlone(Forbidden):
    """Who wrote the text is not the only one to approve it."""

    en = "Minutes {minutes}: who wrote the text cannot approve it alone. Another must approve first. Nobody is exempt."
    es = "Acta {minutes}: quien redactó el texto no puede aprobarlo solo. Otro debe aprobar antes. Sin excepción."


class ApprovedAlready(Conflict):
    """Nobody approves a version twice."""

    en = "Minutes {minutes} were approved by the same actor on {approved_on}."
    es = "El acta {minutes} ya fue aprobada por el mismo actor el {approved_on}."


class SeatDidNotAttend(Conflict):
    """Only seats that were present at the session sign its minutes, or refuse to."""

    en = "{field}: seat {seat} was not present at session {session}. Present were {attended}."
    es = "{field}: el asiento {seat} no estuvo presente en la sesión {session}. Estuvieron {attended}."


class SeatSignedAlready(Conflict):
    """A seat signs once."""

    en = "Seat {seat} signed minutes {minutes} on {signed_on}."
    es = "El asiento {seat} firmó el acta {minutes} el {signed_on}."


class SignedTextDiffers(Conflict):
    """A seat signs the current version; what was signed is never exchanged for another text."""

    en = "Seat {seat} signs {text}, but the text of minutes {minutes} is {current}."
    es = "El asiento {seat} firma {text}, pero el texto del acta {minutes} es {current}."


class SignedContentStays(Conflict):
    """What seats have signed is neither voided nor changed."""

    en = "Seats {seats} signed minutes {minutes}: what they signed stays. Use issue-correction."
    es = "Los asientos {seats} firmaron el acta {minutes}: lo firmado no cambia. Use issue-correction."


class SeatRefusedAlready(Conflict):
    """A seat refuses once; it may still sign."""

    en = "Seat {seat} refused to sign minutes {minutes} on {refused_on}. It may still sign."
    es = "El asiento {seat} se negó a firmar el acta {minutes} el {refused_on}. Aún puede firmar."
