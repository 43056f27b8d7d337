"""What an export holds: checkpoints, entries, tiles, schemas, and texts about people and documents where asked for."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from domain.errors import DomainError, Invalid
from roundtable.exports.archives import About, Member
from roundtable.log import checkpoints, schemas, tiles
from roundtable.log.checkpoints import Stored
from roundtable.log.errors import NoCheckpoint
from roundtable.log.transparency import TransparencyLog
from roundtable.store import finding, log
from roundtable.store.database import Database
from roundtable.store.entries import framed
from roundtable.store.mapper import entry
from roundtable.store.tables import disclosure, document, log_checkpoint, log_tile
from roundtable.verify.merkle import HASH_SIZE
from roundtable.verify.tiles import WIDTH, Tile, bundle, levels

Tell = Callable[[str, int, int], None]
TILES = 64
"""Tiles or bundles read at once: at most 4 MB of hashes, or as many entries as fill them."""
ROWS = 500
PUBLICATIONS = finding.Wanted(topic=("log.schemas-published",))


class SizeNotSigned(Invalid):
    """An export ends where a checkpoint was signed."""

    en = "No checkpoint was signed at {field} {given}. Take one that was: {near}; /v1/log/checkpoints lists them all."
    es = "No se firmó ningún punto de control en {field} {given}. Elija: {near}; /v1/log/checkpoints los enumera todos."


class Wanted(NamedTuple):
    """What an export is to hold beyond what is public."""

    disclosures: bool = False
    documents: bool = False


PUBLIC = Wanted()


def newest(transparency: TransparencyLog, size: int | None = None) -> Stored:
    """Return the checkpoint that an export ends with: of a size, or a fresh one over all that is recorded.

    A log that cannot be signed now, because somebody changed it or the signer does not answer, is exported all the
    same, up to what was signed: its export is the evidence.

    :raises SizeNotSigned: no checkpoint has the size.
    :raises NoCheckpoint: nothing was ever signed, as nothing was recorded.
    """
    with transparency.database.reading() as connection:
        if size is not None:
            return checkpoints.of_size(connection, size) or _no_such(connection, size)
        head = log.head(connection)
    try:
        signed = transparency.checkpoint(covering=head) if head else None
    except DomainError:
        signed = None
    if signed is None:
        with transparency.database.reading() as connection:
            signed = checkpoints.latest(connection)
    if signed is None:
        raise NoCheckpoint
    return signed


def _no_such(connection: sa.Connection, size: int) -> Stored:
    c = log_checkpoint.c.size
    near = (
        connection.scalar(sa.select(sa.func.max(c)).where(c < size)),
        connection.scalar(sa.select(sa.func.min(c)).where(c > size)),
    )
    raise SizeNotSigned(field="size", given=size, near=", ".join(str(n) for n in near if n is not None) or "-")


def about(database: Database, signed: Stored) -> About:
    """Return what an export that ends with a checkpoint is of."""
    with database.reading() as connection:
        return About(tiles.tree(connection).origin or "", signed.size, signed.root)


def members(database: Database, signed: Stored, wanted: Wanted, tell: Tell = lambda *_: None) -> Iterator[Member]:
    """Yield the files of an export, each to be read before the next.

    What was signed never changes, so pages are read one by one: no transaction is kept open meanwhile.
    """
    yield Member("checkpoints.ndjson", _checkpoints(database, signed))
    yield Member("checkpoint", [signed.note.encode()])
    yield from _schemas(database, signed.size)
    yield from _bundles(database, signed.size, tell)
    for level in levels(signed.size):
        yield from _hashes(database, level, signed.size)
    if wanted.disclosures:
        yield Member("disclosures.ndjson", _disclosures(database))
    if wanted.documents:
        yield from _documents(database)


def _checkpoints(database: Database, signed: Stored) -> Iterator[bytes]:
    last = 0
    while True:
        with database.reading() as connection:
            page = checkpoints.after(connection, last, signed.number, ROWS)
        if not page:
            return
        yield b"".join(
            msgspec.json.encode({"size": s.size, "note": s.note, "created_at": s.created_at}) + b"\n" for s in page
        )
        last = page[-1].number


def _schemas(database: Database, size: int) -> Iterator[Member]:
    """Yield the schemas that the log had published; their digests stand in its entries."""
    published: dict[str, str] = {}
    with database.reading() as connection:
        for row in finding.page(connection, PUBLICATIONS, after=0, upto=size, limit=size):
            published |= {schema.name: schema.digest for schema in entry(row).event.schemas}  # type: ignore[attr-defined]
    for name, schema in schemas.schemas().items():
        if published.get(name) == hashlib.sha256(schema).hexdigest():
            yield Member(f"schemas/{name}.json", [schema])


def _bundles(database: Database, size: int, tell: Tell) -> Iterator[Member]:
    """Yield the entries; where some are missing, those that are left, under the number that they are."""
    for first in range(0, size, WIDTH):
        with database.reading() as connection:
            rows = log.after(connection, first, min(WIDTH, size - first))
        entries = [framed(row) for row in rows if row.position <= min(first + WIDTH, size)]
        if entries:
            yield Member(Tile(None, first // WIDTH, len(entries)).path(), [bundle(entries)])
        tell("entries", first + len(entries), size)
        if len(entries) < min(WIDTH, size - first):
            return


def _hashes(database: Database, level: int, size: int) -> Iterator[Member]:
    count = size >> 8 * level
    for first in range(0, -(-count // WIDTH), TILES):
        held = sa.select(log_tile.c.n, log_tile.c.hashes).where(
            log_tile.c.level == level, log_tile.c.n >= first, log_tile.c.n < first + TILES
        )
        with database.reading() as connection:
            found = connection.execute(held.order_by(log_tile.c.n)).all()
        for n, hashes in found:
            width = min(WIDTH, count - n * WIDTH)
            if width > 0:
                yield Member(Tile(level, n, width).path(), [bytes(hashes)[: width * HASH_SIZE]], packed=False)


def _disclosures(database: Database) -> Iterator[bytes]:
    c = disclosure.c
    for page in _pages(database, sa.select(c.digest, c.disclosure, c.object_id), c.digest):
        yield _lines(page)


def _lines(page: list[sa.Row[Any]]) -> bytes:
    return b"".join(msgspec.json.encode(row._asdict()) + b"\n" for row in page)


def _documents(database: Database) -> Iterator[Member]:
    c = document.c
    listed = sa.select(c.sha256, c.size, c.media_type)
    yield Member("documents.ndjson", map(_lines, _pages(database, listed, c.sha256)))
    for page in _pages(database, sa.select(c.sha256), c.sha256):
        for row in page:
            with database.reading() as connection:
                content = connection.scalar(sa.select(c.content).where(c.sha256 == row.sha256))
            if content is not None:
                yield Member(f"documents/{row.sha256}", [bytes(content)])


def _pages(database: Database, query: sa.Select[Any], key: sa.Column[Any]) -> Iterator[list[sa.Row[Any]]]:
    last = ""
    while True:
        with database.reading() as connection:
            page = list(connection.execute(query.where(key > last).order_by(key).limit(ROWS)))
        if not page:
            return
        yield page
        last = page[-1][0]
