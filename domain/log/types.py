"""What a log carries: its keys with the sizes at which they sign, and the schemas of its entries."""

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.aggregate import State
from domain.texts import Digest
from domain.values import Value

OriginName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9./-]*$", max_length=200)]
"""The name of a log for good, such as `example.org/roundtable/080700`."""
VerifierKey = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9./-]*\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$", max_length=500)
]
"""A key that verifies signatures, as C2SP signed-note writes it: name, id and base64."""
LogSize = Annotated[int, Field(ge=0, le=2**53)]
"""A number of entries."""
SchemaName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*\.[a-z][a-z-]*@[1-9][0-9]*$", max_length=100)]
"""A topic with its schema version, such as `commitment.registered@1`."""
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]*$", max_length=100)]


class SchemaDigest(Value, frozen=True, kw_only=True):
    """The JSON Schema of a kind of entry, by its SHA-256 digest, and the fields that may be erased."""

    name: SchemaName
    digest: Digest
    erasable: Annotated[tuple[FieldName, ...], Field(max_length=40)] = ()


Schemas = Annotated[tuple[SchemaDigest, ...], Field(min_length=1, max_length=400)]


class KeyInForce(Value, frozen=True, kw_only=True):
    """A key of the log, and the sizes of the trees that it signs: from one, and up to another once it is retired."""

    vkey: str
    valid_from_size: int
    valid_to_size: int | None = None


class Restore(Value, frozen=True, kw_only=True):
    """A restored backup: what was signed, and how much of it is left."""

    signed_size: int
    signed_root: str
    kept_size: int


class LogState(State, frozen=True, kw_only=True):
    """What the log has said of itself."""

    origin: str
    keys: tuple[KeyInForce, ...] = ()
    schemas: tuple[SchemaDigest, ...] = ()
    restores: tuple[Restore, ...] = ()

    def key(self, vkey: str) -> KeyInForce | None:
        """Return a key that was added."""
        return next((key for key in self.keys if key.vkey == vkey), None)
