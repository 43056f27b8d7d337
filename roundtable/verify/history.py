"""The signed history of a log: its checkpoints, who signed and cosigned each, and when."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from roundtable.verify import cosignatures, ed25519
from roundtable.verify.archives import Archive
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.entries import parse_json
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Findings
from roundtable.verify.notes import Key, Note
from roundtable.verify.policies import Policy
from roundtable.verify.times import iso

FILE = "checkpoints.ndjson"
NEWEST = "checkpoint"


class Head(NamedTuple):
    """A checkpoint with what its note shows: signers, witnesses with all their times, and when they were a quorum."""

    checkpoint: Checkpoint
    signers: tuple[Key, ...]
    witnesses: Mapping[str, tuple[int, ...]]
    first: int | None
    """When the cosignatures were first enough; nothing in this tree was recorded later."""
    last: int | None
    """The latest time for which enough witnesses knew no larger tree; what is not in this one was recorded later."""

    @property
    def size(self) -> int:
        """The size of the tree."""
        return self.checkpoint.size

    @property
    def is_witnessed(self) -> bool:
        """Whether the witnesses that the policy asks for cosigned it."""
        return self.first is not None


class Judge(NamedTuple):
    """Whoever decides what a note is worth: a policy, the present time and how far clocks may be apart."""

    policy: Policy
    now: float
    skew: int
    findings: Findings

    def head(self, data: bytes, place: str) -> Head | None:
        """Return what a note shows; nothing where it is no checkpoint of a log that the policy knows."""
        try:
            note = Note.parse(data)
            checkpoint = Checkpoint.parse(note.text)
        except Malformed as error:
            self.findings.add("NOTE", place=place, why=error)
            return None
        keys = self.policy.log_keys(checkpoint.origin)
        if not keys:
            expected = ", ".join(sorted({log.key.name for log in self.policy.logs})) or "—"
            self.findings.add("ORIGIN", origin=checkpoint.origin, expected=expected)
        signers = tuple(key for key in keys if self._signed(note, key, checkpoint.size))
        if keys and not signers:
            self.findings.add("LOG_KEY", size=checkpoint.size, why="no key of the policy signed it")
        times = {w.name: t for w in self.policy.witnesses.values() if (t := self._times(note, w.key, checkpoint.size))}
        return Head(
            checkpoint,
            signers,
            times if signers else {},
            *(self._quorum(times) if signers else (None, None)),
        )

    def _signed(self, note: Note, key: Key, size: int) -> bool:
        lines = [s for s in note.signatures if s.is_by(key)]
        message = note.text.encode()
        proven = [ed25519.verify(key.public, message, line.value) for line in lines]
        if not all(proven):
            self.findings.add("SIGNATURE", name=key.name, size=size)
        return any(proven) and all(proven)

    def _times(self, note: Note, key: Key, size: int) -> tuple[int, ...]:
        if not cosignatures.is_checkable(key):
            return ()
        times = []
        for time in cosignatures.cosignatures(note, key):
            if time is None:
                self.findings.add("SIGNATURE", name=key.name, size=size)
            elif time > self.now + self.skew:
                self.findings.add("FUTURE", name=key.name, size=size, time=iso(time))
            elif time:  # without a time a witness does not say that it knows no larger tree
                times.append(time)
        return tuple(times)

    def _quorum(self, times: Mapping[str, tuple[int, ...]]) -> tuple[int | None, int | None]:
        """Return the earliest and the latest time for which enough witnesses speak."""
        earliest = sorted((min(given), name) for name, given in times.items())
        latest = sorted(((max(given), name) for name, given in times.items()), reverse=True)
        return self._reached(earliest), self._reached(latest)

    def _reached(self, ordered: Iterable[tuple[int, str]]) -> int | None:
        names: set[str] = set()
        for time, name in ordered:
            names.add(name)
            if self.policy.is_quorum(names):
                return time
        return None


class History(NamedTuple):
    """The checkpoints of a log, ascending by size, and what proves the newest."""

    heads: list[Head]
    witnessed_note: bytes
    """The signed note of the newest one that enough witnesses cosigned."""

    @property
    def newest(self) -> Head | None:
        """The largest checkpoint."""
        return self.heads[-1] if self.heads else None

    @property
    def witnessed(self) -> list[Head]:
        """The checkpoints that enough witnesses cosigned."""
        return [head for head in self.heads if head.is_witnessed]


def read(archive: Archive, judge: Judge) -> History:
    """Read and check all checkpoints of an export."""
    heads: list[Head] = []
    note = b""
    try:
        for number, line in enumerate(archive.lines(FILE), 1):
            place = f"{FILE}:{number}"
            data = _note(line, place, judge.findings)
            head = judge.head(data, place) if data else None
            if head and _continues(heads, head, place, judge.findings):
                heads.append(head)
                note = data if head.is_witnessed else note
    except Malformed as error:
        judge.findings.add("ARCHIVE", why=error)
    _compare_newest(archive, heads, judge)
    return History(heads, note)


def _note(line: bytes, place: str, findings: Findings) -> bytes:
    try:
        size, data = _row(parse_json(line))
        said = Checkpoint.parse(Note.parse(data).text).size
    except (Malformed, UnicodeEncodeError) as error:
        findings.add("NOTE", place=place, why=error)
        return b""
    if said != size:
        findings.add("NOTE", place=place, why=f"the line says {size}, its note {said}")
    return data


def _row(row: Any) -> tuple[int, bytes]:
    if not isinstance(row, dict) or row.keys() != {"size", "note", "created_at"}:
        raise Malformed("a line has a size, a note and when it was made")
    if type(row["size"]) is not int or not isinstance(row["note"], str):
        raise Malformed("the size is a number and the note a text")
    return row["size"], row["note"].encode()


def _continues(heads: list[Head], head: Head, place: str, findings: Findings) -> bool:
    if not heads:
        return True
    before = heads[-1].checkpoint
    if head.checkpoint.origin != before.origin:
        findings.add("ORIGIN", origin=head.checkpoint.origin, expected=before.origin)
        return False
    if head.size < before.size:
        findings.add("NOTE", place=place, why="it is smaller than the one before")
        return False
    if head.size == before.size and head.checkpoint.root != before.root:
        findings.add("FORK", size=head.size)
    return True


def _compare_newest(archive: Archive, heads: list[Head], judge: Judge) -> None:
    try:
        head = judge.head(archive.read(NEWEST), NEWEST)
    except Malformed as error:
        judge.findings.add("ARCHIVE", why=error)
        return
    if head and (not heads or head.checkpoint != heads[-1].checkpoint):
        newest = heads[-1].checkpoint.size if heads else None
        judge.findings.add("NOTE", place=NEWEST, why=f"it is not the newest of {FILE} ({newest})")
