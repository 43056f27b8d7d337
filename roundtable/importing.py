"""`roundtable import`: an empty installation takes over a whole log, byte for byte, and continues it."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from roundtable.installation import Installation
from roundtable.log import checkpoints, tiles
from roundtable.log.proofs import Prover
from roundtable.log.signer import Signed
from roundtable.store import bulk, log
from roundtable.store.entries import framed
from roundtable.store.recorder import LOG, Recorded
from roundtable.store.tables import disclosure, document, event, log_checkpoint, log_head, log_tree
from roundtable.verify import checker, files, history
from roundtable.verify import disclosures as disclosed
from roundtable.verify.archives import Archive, open_archive
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.entries import Entry, parse_json
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Grade
from roundtable.verify.notes import Key, Note
from roundtable.verify.policies import Policy
from roundtable.verify.roots import bundles

Tell = Callable[[str, int, int], None]
PAGE = 2000
MOST_TOLD = 5


class ImportFailed(Exception):
    """An export cannot be taken over."""


class Imported(NamedTuple):
    """What was taken over, and the key with which the log goes on."""

    origin: str
    size: int
    root: str
    key: Key | None


def take_over(
    installation: Installation, file: Path, policy: Policy | None = None, tell: Tell = lambda *_: None
) -> Imported:
    """Fill an empty, migrated installation from an export and continue its log with a key of its own.

    Without a policy nothing tells that the export is not a forgery of somebody who has the keys of the log; what is
    taken over is then only as good as the hand it came from.

    :raises ImportFailed: the installation holds something, or the export does not hold together.
    """
    must_be_empty(installation)
    must_be_good(file, policy, tell)
    head = restore(installation, file, tell)
    installation.projector.rebuild(tell)
    signer = installation.log.signer
    signer.begin_at(Signed(head.origin, head.size, head.root))
    key = None if signer.held() else signer.add_key(head.origin)
    installation.log.checkpoint(force=True)
    return Imported(head.origin, head.size, head.root.hex(), key)


def must_be_empty(installation: Installation) -> None:
    """Refuse to mix two histories.

    :raises ImportFailed: something is recorded, or the key has signed another log or more of this one.
    """
    with installation.database.reading() as connection:
        held = log.head(connection) or tiles.tree(connection).origin or checkpoints.latest(connection)
    if held:
        where = installation.database.url.render_as_string()
        msg = f"{where} already holds a log; import into a new database: name it in ROUNDTABLE_DATABASE_URL"
        raise ImportFailed(msg)


def must_be_good(file: Path, policy: Policy | None, tell: Tell) -> None:
    """Refuse what the verifier finds fault with; with a policy, also what it does not prove.

    :raises ImportFailed: it does, with what it found.
    """
    judged = policy or Policy.parse(_own_policy(file).encode())
    report = checker.check(file, checker.Asked(judged, time.time()), tell)
    if report.verdict == Grade.NOTICE or (policy is None and report.verdict == Grade.TOO_LITTLE):
        return
    found = "; ".join(f.sentence("en") for f in islice(report.findings, MOST_TOLD))
    msg = f"{file} is not imported: {found}"
    raise ImportFailed(msg)


def _own_policy(file: Path) -> str:
    """Write a policy that trusts the keys that the log itself announced, and asks for no witness."""
    try:
        with open_archive(file) as archive:
            keys = list(announced(archive))
    except Malformed as error:
        raise ImportFailed(f"{file}: {error}") from error
    if not keys:
        msg = f"{file} announces no key of its log: it is not an export of this software"
        raise ImportFailed(msg)
    return "".join(f"log {key}\n" for key in dict.fromkeys(keys)) + "quorum none\n"


def announced(archive: Archive) -> Iterator[str]:
    """Yield the keys that a log says it signs with."""
    for entries in bundles(archive):
        for data in entries:
            if data.find(b"\nlog.key-added\n", 0, 400) > 0:
                vkey = Entry.parse(data).body.get("vkey")
                if isinstance(vkey, str):
                    yield vkey


def restore(installation: Installation, file: Path, tell: Tell = lambda *_: None) -> Checkpoint:
    """Fill the tables of the log from an export that was verified, all of them or none; return its head.

    :raises ImportFailed: the entries do not lead to the root of the newest checkpoint.
    """
    try:
        with open_archive(file) as archive, installation.database.writing() as connection:
            return _restore(connection, archive, tell)
    except (Malformed, LookupError, TypeError, ValueError, sa.exc.DBAPIError) as error:
        raise ImportFailed(f"{file}: {error}") from error


def _restore(connection: sa.Connection, archive: Archive, tell: Tell) -> Checkpoint:
    head = Checkpoint.parse(Note.parse(archive.read(history.NEWEST)).text)
    _events(connection, archive, head.size, tell)
    connection.execute(log_tree.update().where(log_tree.c.log == LOG).values(origin=head.origin))
    while tiles.integrate(connection, head.size) < head.size:
        pass
    if Prover(connection).root(head.size) != head.root:
        msg = f"the entries do not lead to the root of the checkpoint at size {head.size}"
        raise ImportFailed(msg)
    _pages(connection, log_checkpoint, map(_checkpoint, count(1), archive.lines(history.FILE)))
    if disclosed.FILE in archive.names:
        _pages(connection, disclosure, map(_disclosure, archive.lines(disclosed.FILE)))
    if files.DOCUMENTS in archive.names:
        _documents(connection, archive)
    return head


def _events(connection: sa.Connection, archive: Archive, size: int, tell: Tell) -> None:
    """Restore the events, each framed again to the same bytes."""
    done, last = 0, ""
    for entries in bundles(archive):
        rows = [recorded(data) for data in entries[: size - done]]
        bulk.insert(connection, event, [row.columns() for row in rows])
        done += len(rows)
        last = rows[-1].recorded_at if rows else last
        tell("import", done, size)
    if done:
        connection.execute(log_head.update().where(log_head.c.log == LOG).values(position=done, recorded_at=last))


def recorded(data: bytes) -> Recorded:
    """Return the row of the log that an entry is of.

    :raises ImportFailed: the row would have another entry.
    """
    head, _, body = data.partition(b"\n\n")
    _, index, event_id, kind, id, version, topic, schema, day, at, actor, correlation = head.decode().split("\n")
    row = Recorded(
        int(index) + 1,
        event_id,
        kind,
        id,
        int(version),
        topic,
        int(schema),
        day,
        at,
        actor,
        correlation,
        body.decode(),
    )
    if framed(row) != data:
        msg = f"the entry at position {row.position} is not what this software would record"
        raise ImportFailed(msg)
    return row


def _pages(connection: sa.Connection, table: sa.Table, rows: Iterator[tuple[Any, ...]]) -> None:
    while page := list(islice(rows, PAGE)):
        bulk.insert(connection, table, page)


def _checkpoint(number: int, line: bytes) -> tuple[Any, ...]:
    said = parse_json(line)
    root = Checkpoint.parse(Note.parse(said["note"].encode()).text).root.hex()
    at = datetime.fromisoformat(said["created_at"]).astimezone(UTC).isoformat(timespec="microseconds")
    return number, said["size"], root, said["note"], at


def _disclosure(line: bytes) -> tuple[Any, ...]:
    said = parse_json(line)
    return said["digest"], str(UUID(said["object_id"])), said["disclosure"]


def _documents(connection: sa.Connection, archive: Archive) -> None:
    [now] = connection.execute(sa.select(log_head.c.recorded_at).where(log_head.c.log == LOG)).one()
    for line in archive.lines(files.DOCUMENTS):
        said = parse_json(line)
        content = archive.read(f"documents/{said['sha256']}")
        about = {name: said[name] for name in ("sha256", "size", "media_type")}
        connection.execute(document.insert(), about | {"content": content, "stored_at": now})
