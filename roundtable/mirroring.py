"""`roundtable mirror`: follow a log, check that it only grows, keep a copy, and raise the alarm where it forks."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx

from roundtable.exports.copies import Copy, CopyDamaged, Growing, Held
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.entries import Entry
from roundtable.verify.errors import Malformed
from roundtable.verify.merkle import HASH_SIZE, verify_consistency
from roundtable.verify.notes import MAX_NOTE, Key, Note, is_signed
from roundtable.verify.texts import decode_base64
from roundtable.verify.tiles import WIDTH, Tile, tiles, unbundle

Tell = Callable[[str, int, int], None]
FOUND = 200
SCHEMA = re.compile(r"[a-z0-9.-]+@[1-9][0-9]*")
LARGEST_BUNDLE = WIDTH * 65_537


class Unreachable(Exception):
    """The log does not answer, or with something that cannot be read; asked again later, it may."""


class Alarm(Exception):
    """The log contradicts what it showed before. The copy stays as it was; both notes are kept as evidence."""

    def __init__(self, why: str, evidence: Path) -> None:
        """Say what happened, and where the evidence is."""
        super().__init__(why)
        self.evidence = evidence


class Round(NamedTuple):
    """What a round brought."""

    checkpoint: Checkpoint
    grown: int


class Mirror:
    """A log on a server, and the copy of it in a folder."""

    def __init__(self, client: httpx.Client, url: str, folder: Path, keys: tuple[Key, ...] = ()) -> None:
        """Follow the log below an address; without keys, those that it announces at first are trusted from then on."""
        self.client = client
        self.url = url.rstrip("/").removesuffix("/v1/log") + "/v1/log"
        self.copy = Copy(folder)
        self.known = folder.with_name(f"{folder.name}.keys")
        self.evidence = folder.with_name(f"{folder.name}.evidence")
        self.given = keys

    def round(self, tell: Tell = lambda *_: None) -> Round:
        """Look once: verify what is new, and add it to the copy.

        :raises Unreachable: the log does not answer.
        :raises Alarm: it contradicts what it showed before.
        :raises CopyDamaged: the copy itself was changed.
        """
        held, data = self.copy.held(), self._ask("/checkpoint", MAX_NOTE)
        new = _read(data)
        size = held.checkpoint.size if held else 0
        grown = self.copy.growing(size)
        if held and grown.tree.root() != held.checkpoint.root:
            msg = f"{self.copy.folder} does not lead to the root of its checkpoint"
            raise CopyDamaged(msg)
        if held and new.origin != held.checkpoint.origin:
            self._alarm(held, data, f"the log was {held.checkpoint.origin} and calls itself {new.origin}")
        if held:
            self._must_be_signed(data)
        if held and new.size < size:
            self._went_back(held, new, data)
        return self._grow(held, new, data, grown, tell)

    def _grow(self, held: Held | None, new: Checkpoint, data: bytes, grown: Growing, tell: Tell) -> Round:
        size = grown.tree.size
        roots = {size: grown.tree.root()}
        lines = list(self._lines(size, new))
        sizes = {Checkpoint.parse(_note(line).text).size for line in lines} | {new.size}
        announced: list[str] = []
        for tile in list(tiles(None, new.size))[size // WIDTH :]:
            fresh = self._fetched(held, data, tile, grown)
            announced += _announced(fresh)
            for entry in fresh:
                grown.add([entry])
                if grown.tree.size in sizes:
                    roots[grown.tree.size] = grown.tree.root()
            tell("mirror", grown.tree.size, new.size)
        for line in (*map(_note, lines), Note.parse(data)):
            said = Checkpoint.parse(line.text)
            if roots.get(said.size) != said.root:
                self._contradicts(held, bytes(line), said)
        self._trust(held, announced, data)
        self._schemas()
        grown.write()
        self.copy.finish(new, data, [*self.copy.lines(size), *lines])
        return Round(new, new.size - size)

    def _fetched(self, held: Held | None, data: bytes, tile: Tile, grown: Growing) -> list[bytes]:
        """Fetch a bundle; return the entries in it that the copy does not have."""
        try:
            entries = unbundle(self._ask(f"/{tile.path()}", LARGEST_BUNDLE))
        except Malformed as error:
            raise Unreachable(f"{tile.path()}: {error}") from error
        have = grown.entries if tile.number == grown.tree.size // WIDTH else []
        if len(entries) != tile.width:
            raise Unreachable(f"{tile.path()} holds {len(entries)} entries")
        if entries[: len(have)] != have and held:
            self._alarm(held, data, f"entries that were copied before are served differently, in {tile.path()}")
        return entries[len(have) :]

    def _lines(self, size: int, new: Checkpoint) -> Iterator[bytes]:
        """Fetch the checkpoints from the newest that the copy has, as lines of the file of checkpoints."""
        for line in self._ask(f"/checkpoints?from_size={size}", None).splitlines(keepends=True):
            if Checkpoint.parse(_note(line).text).size <= new.size:
                yield line

    def _went_back(self, held: Held, new: Checkpoint, data: bytes) -> None:
        """Tell an older state of the same log, as a stale cache may show, from another history."""
        if self.copy.tree(new.size).root() != new.root:
            self._alarm(held, data, f"at size {new.size} the log has another root than it had")
        msg = f"the log shows an older state: size {new.size} after {held.checkpoint.size}"
        raise Unreachable(msg)

    def _contradicts(self, held: Held | None, note: bytes, said: Checkpoint) -> None:
        """Tell a fork from entries that are served otherwise than they were signed. Both are alarms."""
        if held and said.size > held.checkpoint.size and self._is_continued(held.checkpoint, said):
            self._alarm(held, note, f"entries up to {said.size} are served otherwise than they were signed")
        if held is None:
            self.evidence.mkdir(parents=True, exist_ok=True)
            self._keep("theirs", note)
            raise Alarm(f"the entries do not lead to the signed root at size {said.size}", self.evidence)
        self._alarm(held, note, f"the log forked: at size {said.size} it does not continue what it showed before")

    def _is_continued(self, old: Checkpoint, new: Checkpoint) -> bool:
        try:
            told = json.loads(self._ask(f"/proof/consistency?old={old.size}&new={new.size}", MAX_NOTE))
            hashes = [decode_base64(text, HASH_SIZE) for text in told["hashes"]]
            verify_consistency(old.size, new.size, old.root, new.root, hashes)
        except (Unreachable, ValueError, LookupError, TypeError):
            return False
        return True

    def _must_be_signed(self, data: bytes) -> None:
        """Listen to nobody who does not have a key of the log: an impostor raises no alarm."""
        known = self.known.read_text().split() if self.known.exists() else []
        keys = (*self.given, *map(Key.parse, known))
        if not any(is_signed(Note.parse(data), key) for key in keys):
            msg = "the checkpoint is signed by no known key of the log; add a new one to " + self.known.name
            raise Unreachable(msg)

    def _trust(self, held: Held | None, announced: list[str], data: bytes) -> None:
        """Trust the keys that the log announces at first, and later those that it announces under a known one."""
        known = self.known.read_text().split() if self.known.exists() else []
        first = held is None and not known and not self.given
        if first:
            self.known.write_text("".join(f"{key}\n" for key in announced))
        self._must_be_signed(data)
        if not first:
            self.known.write_text("".join(f"{key}\n" for key in dict.fromkeys(known + announced)))

    def _schemas(self) -> None:
        """Fetch the schemas that the log has published."""
        for name in json.loads(self._ask("/schemas", MAX_NOTE)):
            if SCHEMA.fullmatch(name):
                self.copy.stage(f"schemas/{name}.json", self._ask(f"/schemas/{name}.json", LARGEST_BUNDLE))

    def _alarm(self, held: Held, theirs: bytes, why: str) -> None:
        self.evidence.mkdir(parents=True, exist_ok=True)
        self._keep("ours", held.note)
        self._keep("theirs", theirs)
        raise Alarm(why, self.evidence)

    def _keep(self, whose: str, note: bytes) -> None:
        at = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        (self.evidence / f"{at}-{whose}.note").write_bytes(note)

    def _ask(self, path: str, most: int | None) -> bytes:
        try:
            answer = self.client.get(self.url + path)
        except httpx.HTTPError as error:
            raise Unreachable(f"{self.url}{path}: {error}") from error
        if answer.status_code != FOUND:
            raise Unreachable(f"{self.url}{path} answers {answer.status_code}")
        if most is not None and len(answer.content) > most:
            raise Unreachable(f"{self.url}{path} answers too much")
        return answer.content


def _read(data: bytes) -> Checkpoint:
    try:
        return Checkpoint.parse(Note.parse(data).text)
    except Malformed as error:
        raise Unreachable(f"the checkpoint cannot be read: {error}") from error


def _note(line: bytes) -> Note:
    try:
        return Note.parse(json.loads(line)["note"].encode())
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreachable(f"a checkpoint cannot be read: {error}") from error


def _announced(entries: list[bytes]) -> list[str]:
    """Return the keys that the log says it signs with."""
    found = []
    for data in entries:
        if data.find(b"\nlog.key-added\n", 0, 400) > 0:
            vkey = Entry.parse(data).body.get("vkey")
            found += [str(Key.parse(vkey))] if isinstance(vkey, str) else []
    return found
