"""The facts of a log."""

from domain.events import Created, Event, fact
from domain.log.types import SchemaDigest


@fact("log.opened")
class LogOpened(Created, frozen=True, kw_only=True):
    """The log got its name. Entries may stand before this one: it is recorded ahead of the first checkpoint."""

    origin: str


@fact("log.key-added")
class LogKeyAdded(Event, frozen=True, kw_only=True):
    """A key signs from some size on, beside those that are there."""

    vkey: str
    valid_from_size: int


@fact("log.key-retired")
class LogKeyRetired(Event, frozen=True, kw_only=True):
    """A key signs no tree larger than some size."""

    vkey: str
    valid_to_size: int


@fact("log.restore-declared")
class LogRestoreDeclared(Event, frozen=True, kw_only=True):
    """A backup was restored, and entries that were signed are gone."""

    signed_size: int
    signed_root: str
    kept_size: int


@fact("log.schemas-published")
class LogSchemasPublished(Event, frozen=True, kw_only=True):
    """Entries have these forms from now on, and only these fields of them may be erased."""

    schemas: tuple[SchemaDigest, ...]


LogEvent = LogOpened | LogKeyAdded | LogKeyRetired | LogRestoreDeclared | LogSchemasPublished
