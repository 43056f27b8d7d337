"""One pass over the entries that are intact: framing, indices, streams, times, and sealed texts."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple, Self

from roundtable.verify.archives import Archive
from roundtable.verify.disclosures import Disclosures
from roundtable.verify.entries import Entry
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Findings
from roundtable.verify.history import Head
from roundtable.verify.logfacts import LogFacts
from roundtable.verify.roots import Passed, Tell, bundles
from roundtable.verify.times import iso

_FIRST = iso(0)
_LAST = "9999"


class Bounds(NamedTuple):
    """Between which times witnesses let the entries be recorded, by the size of the tree."""

    sizes: Sequence[int]
    spans: Sequence[tuple[str, str]]

    @classmethod
    def between(cls, heads: Iterable[Head], skew: int) -> Self:
        """Read them from the witnessed checkpoints: the last that lacks an entry, the first that has it."""
        witnessed = [(head.size, head.first, head.last) for head in heads if head.first is not None]
        highs = [_LAST]
        for _, first, _ in reversed(witnessed):
            highs.append(min(highs[-1], iso((first or 0) + skew)))
        highs.reverse()
        lows = [_FIRST]
        for _, _, last in witnessed:
            lows.append(max(lows[-1], iso((last or 0) - skew)))
        return cls([size for size, _, _ in witnessed], list(zip(lows, highs, strict=True)))

    def of(self, leaf_index: int) -> tuple[str, str]:
        """Return the earliest and the latest time for an entry."""
        return self.spans[bisect_right(self.sizes, leaf_index)]


class Contents:
    """The pass itself."""

    def __init__(
        self, passed: Passed, bounds: Bounds, facts: LogFacts, disclosures: Disclosures, findings: Findings
    ) -> None:
        self._passed = passed
        self._bounds = bounds
        self._facts = facts
        self._disclosures = disclosures
        self._findings = findings
        self._streams: dict[bytes, int] = {}
        self._before = ""
        self._skipped = 0
        self.read = 0

    def run(self, archive: Archive, tell: Tell) -> None:
        """Read all entries that are intact."""
        start = 0
        with suppress(Malformed):  # the pass over the roots has said so
            for entries in bundles(archive):
                for index, data in enumerate(entries, start):
                    self._read(data, index)
                start += len(entries)
                tell("contents", start, self._passed.size)

    @property
    def newest(self) -> str:
        """When the last entry was recorded."""
        return self._before

    def _read(self, data: bytes, index: int) -> None:
        if not self._passed.is_intact(index):
            self._skipped += 1
            return
        try:
            entry = Entry.parse(data)
        except Malformed as error:
            self._findings.add("FRAMING", index, why=error)
            self._skipped += 1
            return
        self.read += 1
        if entry.leaf_index != index:
            self._findings.add("INDEX", index, entry.topic, said=entry.leaf_index)
        self._follow(entry, index)
        self._time(entry, index)
        if self._disclosures.given:
            self._disclosures.expect(entry, self._facts.fields(entry))

    def _follow(self, entry: Entry, index: int) -> None:
        stream = bytes.fromhex(entry.originator_id.replace("-", ""))
        last = self._streams.get(stream, 0)
        ahead = entry.originator_version - last - 1
        if ahead < 0 or ahead > self._skipped:
            self._findings.add(
                "STREAM_GAP",
                index,
                entry.topic,
                object=f"{entry.kind} {entry.originator_id}",
                version=entry.originator_version,
                last=last,
            )
        self._streams[stream] = entry.originator_version

    def _time(self, entry: Entry, index: int) -> None:
        at = entry.recorded_at
        if at < self._before:
            self._findings.add("TIME_ORDER", index, entry.topic, recorded_at=at, before=self._before)
        self._before = max(at, self._before)
        low, high = self._bounds.of(index)
        if not low <= at <= high:
            self._findings.add(
                "TIME_BOUND", index, entry.topic, recorded_at=at, low=low, high="—" if high == _LAST else high
            )
