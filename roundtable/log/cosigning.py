"""Lines of witnesses: which are taken, and to which checkpoint they are added."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from domain.errors import DomainError, Invalid
from roundtable.log import checkpoints
from roundtable.log.checkpoints import Stored
from roundtable.log.errors import NoCheckpoint
from roundtable.settings import Settings
from roundtable.verify.cosignatures import cosigned_at
from roundtable.verify.errors import Malformed
from roundtable.verify.notes import Note, Signature
from roundtable.verify.policies import Policy, Witness

RECENT = 50
"""A line may be for one of so many checkpoints, the newest ones."""
MOST_LINES = 16
MOST_EACH = 4
"""So many lines of one witness are kept with one checkpoint."""


class CosignatureInvalid(Invalid):
    """A line is no cosignature of a known witness under a recent checkpoint."""

    en = "Line {line} is not taken: {why}. Send the signature lines of witnesses in the policy of this server."
    es = "No se acepta la línea {line}: {why}. Envíe líneas de firma de testigos de la política del servidor."


class PolicyUnreadable(DomainError):
    """The policy file of the server cannot be used."""

    en = "The policy in ROUNDTABLE_LOG_POLICY cannot be used: {why}."
    es = "La política indicada en ROUNDTABLE_LOG_POLICY no se puede usar: {why}."


def witnesses(settings: Settings) -> tuple[Witness, ...]:
    """Return the witnesses that the server knows; none where no policy is set.

    :raises PolicyUnreadable: the file is missing or no policy.
    """
    if not settings.log_policy:
        return ()
    try:
        policy = Policy.parse(Path(settings.log_policy).read_bytes())
    except (OSError, Malformed) as error:
        raise PolicyUnreadable(why=error) from error
    return tuple(policy.witnesses.values())


def take(connection: sa.Connection, sent: bytes, known: Sequence[Witness]) -> Stored:
    """Add signature lines to the checkpoints that they are for; return the newest checkpoint that got one.

    A whole note may be sent as well: its signature lines count, those of the log itself aside.

    :raises CosignatureInvalid: a line is none, is of no known witness, or signs no recent checkpoint.
    :raises NoCheckpoint: nothing was signed yet.
    """
    recent = checkpoints.newest(connection, RECENT)
    if not recent:
        raise NoCheckpoint
    added: dict[int, list[Signature]] = {}
    by_number = {stored.number: stored for stored in recent}
    for number, line in enumerate(_lines(sent), 1):
        added.setdefault(_signed_by(number, line, known, recent).number, []).append(line)
    if not added:
        raise CosignatureInvalid(field="body", line=1, why="there is none")
    return [_add(connection, by_number[number], lines) for number, lines in sorted(added.items())][-1]


def _lines(sent: bytes) -> list[Signature]:
    try:
        text = sent.decode().rpartition("\n\n")[2]
        lines = [line for line in text.split("\n") if line]
        if len(lines) > MOST_LINES:
            raise CosignatureInvalid(field="body", line=MOST_LINES + 1, why=f"at most {MOST_LINES} are taken at once")
        return [Signature.parse(line) for line in lines]
    except ValueError as error:
        raise CosignatureInvalid(field="body", line=1, why=str(error)[:200]) from error


def _signed_by(number: int, line: Signature, known: Sequence[Witness], recent: Sequence[Stored]) -> Stored:
    """Return the newest checkpoint that a line of a witness signs."""
    witness = next((w for w in known if line.is_by(w.key)), None)
    if witness is None:
        raise CosignatureInvalid(field="body", line=number, why=f"{line.name[:80]} is not a known witness")
    for stored in recent:
        if cosigned_at(Note.parse(stored.note.encode()).text, line, witness.key) is not None:
            return stored
    raise CosignatureInvalid(field="body", line=number, why="it signs none of the newest checkpoints")


def _add(connection: sa.Connection, stored: Stored, lines: Sequence[Signature]) -> Stored:
    before = Note.parse(stored.note.encode()).signatures
    room = [line for line in lines if sum(line.key_id == other.key_id for other in before) < MOST_EACH]
    return checkpoints.add(connection, stored, room)
