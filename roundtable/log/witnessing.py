"""Asking witnesses for their signatures (C2SP tlog-witness, add-checkpoint). What they do never stops the recording."""

import httpx
import structlog

from roundtable.log import checkpoints, cosigning
from roundtable.log.checkpoints import Stored
from roundtable.log.proofs import Prover
from roundtable.log.transparency import TransparencyLog
from roundtable.verify.cosignatures import cosigned_at
from roundtable.verify.notes import Note, Signature
from roundtable.verify.policies import Witness
from roundtable.verify.texts import encode_base64, parse_decimal

PATIENCE_S = 10.0
LONGEST_ANSWER = 64 * 1024
OK, CONFLICT = 200, 409
log = structlog.get_logger()


class WitnessRefused(Exception):
    """A witness did not sign; the message says what it answered."""


class Witnesses:
    """The witnesses of the policy that have an address, and how much of the log each has seen."""

    def __init__(self, transparency: TransparencyLog, patience: float = PATIENCE_S) -> None:
        """Ask for signatures of the checkpoints of a log."""
        self.transparency, self.patience = transparency, patience
        self._seen: dict[str, int] = {}

    def ask(self, stored: Stored) -> None:
        """Ask every witness that has not signed a checkpoint yet; keep what they sign."""
        note = Note.parse(stored.note.encode())
        known = cosigning.witnesses(self.transparency.settings)
        for witness in known:
            if witness.url and not any(line.is_by(witness.key) for line in note.signatures):
                try:
                    self._keep(stored, self._signed(witness, stored, note))
                except (httpx.HTTPError, ValueError, WitnessRefused) as error:
                    log.warning("no cosignature", witness=witness.name, reason=str(error)[:500])

    def _signed(self, witness: Witness, stored: Stored, note: Note) -> list[Signature]:
        """Return what a witness signs; it may first say how much of the log it has seen."""
        answer = self._post(witness, stored, note)
        if answer.status_code == CONFLICT and answer.headers.get("content-type", "").startswith("text/x.tlog.size"):
            self._seen[witness.name] = parse_decimal(answer.text.removesuffix("\n"))
            answer = self._post(witness, stored, note)
        if answer.status_code != OK or len(answer.content) > LONGEST_ANSWER:
            raise WitnessRefused(f"{answer.status_code} {answer.text[:200]}")
        lines = [Signature.parse(line) for line in answer.text.split("\n") if line]
        good = [line for line in lines if cosigned_at(note.text, line, witness.key) is not None]
        if not good:
            raise WitnessRefused("it answered without a signature of its own")
        self._seen[witness.name] = stored.size
        return good

    def _post(self, witness: Witness, stored: Stored, note: Note) -> httpx.Response:
        """Send a checkpoint with the proof that it continues what the witness has seen.

        :raises WitnessRefused: the witness has seen more than there is.
        """
        old = self._seen.get(witness.name, 0)
        if old > stored.size:
            raise WitnessRefused(f"it has seen {old} entries, and the checkpoint has {stored.size}")
        with self.transparency.database.snapshot() as connection:
            proof = Prover(connection).consistency(old, stored.size) if old else []
        own = tuple(line for line in note.signatures if line.name == note.text.partition("\n")[0])
        head = "".join(f"{line}\n" for line in (f"old {old}", *map(encode_base64, proof)))
        body = head.encode() + b"\n" + bytes(Note(note.text, own))
        return httpx.post(f"{witness.url.rstrip('/')}/add-checkpoint", content=body, timeout=self.patience)

    def _keep(self, stored: Stored, lines: list[Signature]) -> None:
        with self.transparency.database.writing() as connection:
            checkpoints.add(connection, stored, lines)
