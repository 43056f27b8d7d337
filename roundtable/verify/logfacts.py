"""What a log says about itself in its own entries: keys with the sizes they sign for, schemas, and erasable fields."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from roundtable.verify.archives import Archive
from roundtable.verify.entries import Entry
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Findings
from roundtable.verify.history import Head
from roundtable.verify.notes import Key
from roundtable.verify.roots import Passed, read_bundle
from roundtable.verify.texts import MAX_SIZE
from roundtable.verify.tiles import WIDTH, Tile

KIND = "log"


class Validity(NamedTuple):
    """For which sizes of the tree a key may sign: from one up to another, both included."""

    start: int = 0
    end: int = MAX_SIZE


class LogFacts(NamedTuple):
    """What the log recorded about itself."""

    keys: dict[str, Validity]
    """By the verifier key as text."""
    schemas: dict[str, str]
    """By `topic@version`: the SHA-256 of its JSON Schema."""
    erasable: dict[str, tuple[str, ...]]
    """By `topic@version`: the fields whose texts are sealed."""

    def fields(self, entry: Entry) -> tuple[str, ...]:
        """Return the fields of an event whose texts are sealed."""
        return self.erasable.get(f"{entry.topic}@{entry.schema_version}", ())


def read(archive: Archive, passed: Passed, origin: str, findings: Findings) -> LogFacts:
    """Read the entries about the log itself that are intact; nothing recorded later takes any of them back."""
    facts = LogFacts({}, {}, {})
    number, entries = -1, []
    for index in passed.about_log:
        if not passed.is_intact(index):
            continue
        if number != index // WIDTH:
            number = index // WIDTH
            width = min(WIDTH, passed.size - number * WIDTH)
            entries = read_bundle(archive, Tile(None, number, width))
        try:
            entry = Entry.parse(entries[index % WIDTH])
        except Malformed:
            continue  # the pass over the contents says so
        if entry.kind == KIND:
            _take(facts, entry, origin, findings)
    return facts


def _take(facts: LogFacts, entry: Entry, origin: str, findings: Findings) -> None:
    try:
        match entry.topic:
            case "log.key-added":
                vkey = _vkey(entry.body)
                facts.keys[vkey] = facts.keys.get(vkey, Validity())._replace(start=_size(entry.body, "valid_from_size"))
            case "log.key-retired":
                vkey = _vkey(entry.body)
                facts.keys[vkey] = facts.keys.get(vkey, Validity())._replace(end=_size(entry.body, "valid_to_size"))
            case "log.schemas-published":
                for name, digest, erasable in _schemas(entry.body):
                    facts.schemas[name], facts.erasable[name] = digest, erasable
            case "log.restore-declared":
                kept, signed = _size(entry.body, "kept_size"), _size(entry.body, "signed_size")
                findings.add("RESTORED", entry.leaf_index, entry.topic, kept=kept, signed=signed)
            case "log.opened" if entry.body.get("origin") != origin:
                findings.add("ORIGIN", entry.leaf_index, entry.topic, origin=entry.body.get("origin"), expected=origin)
    except Malformed as error:
        findings.add("LOG_FACT", entry.leaf_index, entry.topic, why=error)


def _vkey(body: Mapping[str, Any]) -> str:
    vkey = body.get("vkey")
    if not isinstance(vkey, str):
        raise Malformed("it names no key")
    return str(Key.parse(vkey))


def _size(body: Mapping[str, Any], name: str) -> int:
    size = body.get(name)
    if type(size) is not int or not 0 <= size <= MAX_SIZE:
        raise Malformed(f"it has no size in {name}")
    return size


def _schemas(body: Mapping[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    rows = body.get("schemas")
    if not isinstance(rows, list):
        raise Malformed("it names no schemas")
    return [_schema(row) for row in rows]


def _schema(row: Any) -> tuple[str, str, tuple[str, ...]]:
    if not isinstance(row, dict):
        raise Malformed("it names what is no schema")
    name, digest, erasable = row.get("name"), row.get("digest"), row.get("erasable", [])
    if not (isinstance(name, str) and isinstance(digest, str) and isinstance(erasable, list)):
        raise Malformed("a schema has a name, a digest and perhaps erasable fields")
    return name, digest, tuple(map(str, erasable))


def check_signers(heads: Iterable[Head], facts: LogFacts, findings: Findings) -> None:
    """Check that each checkpoint is signed by a key that the log had at that size."""
    for head in heads:
        validities = [facts.keys.get(str(key), Validity()) for key in head.signers]
        if validities and not any(start <= head.size <= end for start, end in validities):
            when = "; ".join(
                f"{key.id.hex()}: {start} ≤ n ≤ {end}"
                for key, (start, end) in zip(head.signers, validities, strict=True)
            )
            findings.add("LOG_KEY", size=head.size, why=when)


def unknown_keys(facts: LogFacts, known: Iterable[Key]) -> list[str]:
    """Return the keys that the log announced and the policy does not have."""
    return sorted(facts.keys.keys() - {str(key) for key in known})
