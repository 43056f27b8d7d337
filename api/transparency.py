"""The transparency log, open to everybody: checkpoints, tiles, proofs, receipts. Static files could answer as well."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

import msgspec
import segno
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.reading import is_known, must_be_single
from domain.values import Value, model_of
from roundtable.exports import SOFTWARE, contents
from roundtable.exports.archives import zipped
from roundtable.installation import Installation
from roundtable.log import checkpoints, cosigning, receipts, schemas, tiles
from roundtable.log.checkpoints import Stored
from roundtable.log.errors import NoCheckpoint, SchemaNotFound, TileNotFound
from roundtable.log.proofs import Prover, must_reach
from roundtable.verify import packing
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed
from roundtable.verify.notes import Note
from roundtable.verify.texts import encode_base64
from roundtable.verify.tiles import Tile

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
FRESH = {"Cache-Control": "no-cache"}
NDJSON = "application/x-ndjson"
BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}
Size = Annotated[int, Field(ge=0, le=2**53)]
Number = Annotated[int, Path(ge=1, le=2**53)]


class Asked(BaseModel):
    """Parameters of a question to the log."""

    model_config = ConfigDict(extra="forbid")


class FromSize(Asked):
    """Which checkpoints."""

    from_size: Annotated[Size, Field(description="Checkpoints of this size and larger ones.")] = 0


class AtSize(Asked):
    """Which state of the log."""

    size: Annotated[Size | None, Field(description="As many entries; left out, those of the newest checkpoint.")] = None


class AskedInclusion(Asked):
    """Which entry, in which tree."""

    index: Annotated[Size, Field(description="The position of the event less one.")]
    size: Annotated[Size, Field(description="How many entries the tree has.")]


class AskedConsistency(Asked):
    """Which two trees."""

    old: Size
    new: Size


class Inclusion(Value, frozen=True, kw_only=True):
    """The hashes (base64) that lead from a leaf to a root, after RFC 6962."""

    index: int
    size: int
    root: str
    hashes: tuple[str, ...]


class Consistency(Value, frozen=True, kw_only=True):
    """The hashes (base64) that show that one tree continues another, after RFC 6962."""

    old: int
    new: int
    old_root: str
    new_root: str
    hashes: tuple[str, ...]


router = APIRouter(prefix="/v1/log", tags=["Transparency log"])


@router.get("/checkpoint", operation_id="tlog.checkpoint", response_class=PlainTextResponse)
def checkpoint(request: Request) -> Response:
    """Return the newest checkpoint, a signed note with the lines of witnesses that have come in so far."""
    return _note(request, _stored(request))


@router.get(
    "/checkpoints", operation_id="tlog.checkpoints", response_class=Response, responses={200: {"content": {NDJSON: {}}}}
)
def all_checkpoints(request: Request, asked: Annotated[FromSize, Query()]) -> Response:
    """Return every checkpoint, one JSON object in a line: size, note, created_at."""
    must_be_single(request, asked)
    installation: Installation = request.app.state.installation

    def lines() -> Iterator[bytes]:
        with installation.database.snapshot() as connection:
            for stored in checkpoints.every(connection, asked.from_size):
                told = {"size": stored.size, "note": stored.note, "created_at": stored.created_at}
                yield msgspec.json.encode(told) + b"\n"

    return StreamingResponse(lines(), media_type=NDJSON, headers=FRESH)


@router.get("/checkpoint.txt", operation_id="tlog.print", response_class=PlainTextResponse)
def printable(request: Request, asked: Annotated[AtSize, Query()]) -> Response:
    """Return what an acta prints: which log, how many entries, which root. `roundtable-verify acta` checks it later."""
    must_be_single(request, asked)
    said = _state(request, asked.size)
    text = f"Registro / Log: {said.origin}\nEntradas / Size: {said.size}\nRaíz / Root: {said.root.hex()}\n"
    return PlainTextResponse(text, headers=FRESH)


@router.get(
    "/checkpoint.svg",
    operation_id="tlog.qr",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
def qr(request: Request, asked: Annotated[AtSize, Query()]) -> Response:
    """Return the same as a QR code: the three lines of the checkpoint, to be printed beside signatures."""
    must_be_single(request, asked)
    code = segno.make(_state(request, asked.size).text(), error="m", micro=False)
    out = io.BytesIO()
    code.save(out, kind="svg", scale=4, light="white")
    return Response(out.getvalue(), media_type="image/svg+xml", headers=FRESH)


@router.get("/tile/{path:path}", operation_id="tlog.tile", response_class=Response, responses=BYTES)
def tile(request: Request, path: Annotated[str, Path(max_length=80)]) -> Response:
    """Return a tile of hashes (`0/x001/234`, `1/000.p/7`) or a bundle of entries (`entries/000`): C2SP tlog-tiles."""
    installation: Installation = request.app.state.installation
    with installation.database.snapshot() as connection:
        try:
            content = receipts.tile_content(connection, Tile.parse(f"tile/{path}"))
        except Malformed:
            content = None
        if content is None:
            raise TileNotFound(path=f"tile/{path}"[:80], size=tiles.tree(connection).size)
    return Response(content, media_type="application/octet-stream", headers=FOREVER)


@router.get("/entries/{position}", operation_id="tlog.entry", response_class=Response, responses=BYTES)
def one_entry(request: Request, position: Number) -> Response:
    """Return the bytes of one entry, which its receipt proves."""
    installation: Installation = request.app.state.installation
    with installation.database.reading() as connection:
        content = receipts.entry(connection, position)
    return Response(content, media_type="application/octet-stream", headers=FOREVER)


@router.get("/receipts/{position}", operation_id="tlog.receipt", response_class=PlainTextResponse)
def receipt(request: Request, position: Number) -> Response:
    """Return the proof that the event at a position is in the log (c2sp.org/tlog-proof@v1), to keep and check offline.

    Where no checkpoint covers it yet, one is signed. Lines of witnesses may still come: ask again for a later receipt.
    """
    proof = receipts.receipt(request.app.state.installation.log, position)
    name = f'attachment; filename="{position}.tlog-proof"'
    return PlainTextResponse(bytes(proof), headers={**FRESH, "Content-Disposition": name})


@router.get("/proof/inclusion", response_model=model_of(Inclusion), operation_id="tlog.inclusion")
def inclusion(request: Request, asked: Annotated[AskedInclusion, Query()]) -> Response:
    """Prove that an entry is in the tree of any size that the log has had."""
    must_be_single(request, asked)
    installation: Installation = request.app.state.installation
    with installation.database.snapshot() as connection:
        prover = Prover(connection)
        hashes = tuple(map(encode_base64, prover.inclusion(asked.index, asked.size)))
        root = encode_base64(prover.root(asked.size))
    return _forever(Inclusion(index=asked.index, size=asked.size, root=root, hashes=hashes))


@router.get("/proof/consistency", response_model=model_of(Consistency), operation_id="tlog.consistency")
def consistency(request: Request, asked: Annotated[AskedConsistency, Query()]) -> Response:
    """Prove that the tree of one size continues that of another."""
    must_be_single(request, asked)
    installation: Installation = request.app.state.installation
    with installation.database.snapshot() as connection:
        prover = Prover(connection)
        hashes = tuple(map(encode_base64, prover.consistency(asked.old, asked.new)))
        old, new = (encode_base64(prover.root(size)) for size in (asked.old, asked.new))
    return _forever(Consistency(old=asked.old, new=asked.new, old_root=old, new_root=new, hashes=hashes))


@router.get(f"/{packing.NAME}", operation_id="tlog.verifier", response_class=Response, responses=BYTES)
def verifier() -> Response:
    """Download the verifier: one file that any Python 3.11 runs, without this project and without a network."""
    headers = {**FRESH, "Content-Disposition": f'attachment; filename="{packing.NAME}"'}
    return Response(_packed(), media_type="application/octet-stream", headers=headers)


@router.get("/schemas", operation_id="tlog.schemas", response_model=dict[str, str])
async def published() -> Response:
    """List the JSON Schemas of all entries, each with the SHA-256 digest that the log publishes."""
    listed = {schema.name: schema.digest for schema in schemas.digests()}
    return Response(msgspec.json.encode(listed), media_type="application/json", headers=FRESH)


@router.get("/schemas/{name}.json", operation_id="tlog.schema", response_model=dict[str, Any])
async def one_schema(name: Annotated[str, Path(max_length=100)]) -> Response:
    """Return the JSON Schema of the body of one kind of entry (`commitment.registered@1`)."""
    if name not in schemas.schemas():
        raise SchemaNotFound(name=name)
    return Response(schemas.schemas()[name], media_type="application/json", headers=FRESH)


@router.post(
    "/cosignatures",
    operation_id="tlog.cosign",
    response_class=PlainTextResponse,
    openapi_extra={"requestBody": {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def cosign(request: Request) -> Response:
    """Take signature lines of witnesses that the server knows, and return the checkpoint with them.

    No token is needed: a line proves itself. Lines for any of the newest checkpoints are taken, once each.
    """
    return await run_in_threadpool(_cosign, request, await request.body())


def _cosign(request: Request, sent: bytes) -> Response:
    installation: Installation = request.app.state.installation
    known = cosigning.witnesses(installation.settings)
    with installation.database.writing() as connection:
        stored = cosigning.take(connection, sent, known)
    return _note(request, stored)


@router.get(
    "/export",
    operation_id="tlog.export",
    response_class=Response,
    responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
)
def export(request: Request, asked: Annotated[AtSize, Query()]) -> Response:
    """Return the whole log as one archive for `roundtable-verify`: entries, tiles, checkpoints, schemas, manifest.

    Todo el registro en un archivo que `roundtable-verify` comprueba sin este servidor. Sin textos sobre personas.
    """
    must_be_single(request, asked)
    installation: Installation = request.app.state.installation
    signed = contents.newest(installation.log, asked.size)
    about = contents.about(installation.database, signed)
    archive = zipped(about, contents.members(installation.database, signed, contents.PUBLIC), SOFTWARE)
    named = {"Content-Disposition": f'attachment; filename="roundtable-{signed.size}.zip"', **FRESH}
    return StreamingResponse(archive, media_type="application/zip", headers=named)


@cache
def _packed() -> bytes:
    return packing.build()


def _stored(request: Request) -> Stored:
    installation: Installation = request.app.state.installation
    with installation.database.reading() as connection:
        found = checkpoints.latest(connection)
    if found is None:
        raise NoCheckpoint
    return found


def _state(request: Request, size: int | None) -> Checkpoint:
    if size is None:
        return Checkpoint.parse(Note.parse(_stored(request).note.encode()).text)
    installation: Installation = request.app.state.installation
    with installation.database.snapshot() as connection:
        must_reach("size", size, tiles.tree(connection).size)
        origin = tiles.tree(connection).origin
        if origin is None:
            raise NoCheckpoint
        return Checkpoint(origin, size, Prover(connection).root(size))


def _note(request: Request, stored: Stored) -> Response:
    headers = {**FRESH, "ETag": f'"{stored.number}-{len(stored.note)}"'}
    if request.method in {"GET", "HEAD"} and is_known(request, headers["ETag"]):
        return Response(None, 304, headers)
    return PlainTextResponse(stored.note, headers=headers)


def _forever(content: Value) -> Response:
    return Response(msgspec.json.encode(content), media_type="application/json", headers=FOREVER)
