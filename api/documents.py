"""/documents: the bytes behind the digests that facts cite."""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api import access
from api.bodies import MediaTypeUnsupported
from api.reading import POSITION, is_known
from domain.errors import DomainError, Invalid, NotFound
from domain.texts import Digest
from domain.values import Value, model_of
from roundtable.installation import Installation
from roundtable.store import log
from roundtable.store.tables import document

SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3"),
    "audio/ogg": (b"OggS",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (b"PK\x03\x04",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (b"PK\x03\x04",),
    "application/vnd.oasis.opendocument.text": (b"PK\x03\x04",),
    "application/vnd.oasis.opendocument.spreadsheet": (b"PK\x03\x04",),
    "text/plain": (),
    "text/csv": (),
}
"""The media types taken, each with the bytes that such files begin with; texts must be UTF-8."""


class DocumentNotFound(NotFound):
    """Nobody has stored a document with this digest."""

    en = "Document {sha256} is not stored here. Upload it with PUT to the same address."
    es = "El documento {sha256} no está almacenado aquí. Súbalo con PUT a la misma dirección."


class DigestMismatch(Invalid):
    """The bytes sent have another digest than the address says."""

    en = "The bytes have the SHA-256 digest {actual}, not {sha256}. Send them to the address of their digest."
    es = "Los bytes tienen el resumen SHA-256 {actual}, no {sha256}. Envíelos a la dirección de su resumen."


class MediaTypeMismatch(DomainError):
    """The bytes are not what the media type says."""

    en = "The bytes do not begin as {media_type} does. Send the file as it is, with its own media type."
    es = "Los bytes no comienzan como los de {media_type}. Envíe el archivo tal cual, con su propio tipo."


class StoredDocument(Value, frozen=True, kw_only=True):
    """A document in the store."""

    sha256: str
    size: int
    media_type: str


router = APIRouter(prefix="/v1/documents", tags=["Document"])
Sha256 = Annotated[Digest, Path(description="The SHA-256 digest of the bytes, in lower-case hexadecimal.")]
BYTES: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


@router.put(
    "/{sha256}",
    status_code=201,
    response_model=model_of(StoredDocument),
    operation_id="document.store",
    openapi_extra={"requestBody": {"required": True, "content": dict.fromkeys(SIGNATURES, BYTES)}},
    responses={200: {"description": "It was stored before.", "model": model_of(StoredDocument)}},
)
async def store(request: Request, caller: access.MayRecord, sha256: Sha256) -> Response:
    """Store the bytes of a document under their digest."""
    del caller  # that there is one is enough
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in SIGNATURES:
        raise MediaTypeUnsupported(field="Content-Type", media_type=media_type or "-", taken=", ".join(SIGNATURES))
    installation: Installation = request.app.state.installation
    return await run_in_threadpool(_store, installation, sha256, media_type, await request.body())


def _store(installation: Installation, sha256: str, media_type: str, content: bytes) -> Response:
    actual = hashlib.sha256(content).hexdigest()
    if actual != sha256:
        raise DigestMismatch(field="sha256", sha256=sha256, actual=actual)
    if not _looks_like(media_type, content):
        raise MediaTypeMismatch(field="Content-Type", media_type=media_type)
    row = {"sha256": sha256, "size": len(content), "media_type": media_type, "content": content}
    row["stored_at"] = datetime.now(UTC).isoformat(timespec="microseconds")
    known, position = _stored(installation, sha256)
    if known is None:
        try:
            with installation.database.writing() as connection:
                connection.execute(document.insert(), row)
        except sa.exc.IntegrityError:  # somebody stored the same bytes meanwhile
            known, position = _stored(installation, sha256)
    stored = StoredDocument(sha256=sha256, size=len(content), media_type=known or media_type)
    headers = {POSITION: str(position)}
    return Response(msgspec.json.encode(stored), 201 if known is None else 200, headers, "application/json")


def _stored(installation: Installation, sha256: str) -> tuple[str | None, int]:
    """Return the media type of a document if it is stored, and the position of the log."""
    with installation.database.reading() as connection:
        known = connection.scalar(sa.select(document.c.media_type).where(document.c.sha256 == sha256))
        return known, log.head(connection)


def _looks_like(media_type: str, content: bytes) -> bool:
    if media_type.startswith("text/"):
        try:
            content.decode()
        except UnicodeDecodeError:
            return False
        return b"\x00" not in content
    return content.startswith(SIGNATURES[media_type])


@router.get(
    "/{sha256}", operation_id="document.read", response_class=Response, responses={200: {"content": {"*/*": BYTES}}}
)
def read(request: Request, caller: access.MayRead, sha256: Sha256) -> Response:
    """Return the bytes of a document; they are what the digest says, whoever stored them."""
    del caller  # published for everybody, for now
    installation: Installation = request.app.state.installation
    with installation.database.reading() as connection:
        row = connection.execute(sa.select(document).where(document.c.sha256 == sha256)).first()
        position = log.head(connection)
    if row is None:
        raise DocumentNotFound(sha256=sha256)
    headers = {
        POSITION: str(position),
        "ETag": f'"{sha256}"',
        "Cache-Control": "max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="{sha256[:16]}"',
        "Content-Security-Policy": "sandbox",
    }
    if is_known(request, headers["ETag"]):
        return Response(None, 304, headers)
    return Response(row.content, media_type=row.media_type, headers=headers)
