"""How facts change what is known of a log. It refuses nothing: the fact has happened."""

from typing import assert_never

from msgspec.structs import replace

from domain.log import events as e
from domain.log.events import LogEvent
from domain.log.types import KeyInForce, LogState, Restore


def evolve(state: LogState, event: LogEvent) -> LogState:
    """Return the state after one more fact."""
    match event:
        case e.LogOpened():
            day = event.occurred_on
            return LogState(origin=event.origin, began_on=day, moved_on=day, moved_by=event.TOPIC)
        case e.LogKeyAdded():
            key = KeyInForce(vkey=event.vkey, valid_from_size=event.valid_from_size)
            return replace(state, keys=(*state.keys, key))
        case e.LogKeyRetired():
            return replace(state, keys=tuple(_retired(key, event) for key in state.keys))
        case e.LogRestoreDeclared():
            gap = Restore(signed_size=event.signed_size, signed_root=event.signed_root, kept_size=event.kept_size)
            return replace(state, restores=(*state.restores, gap))
        case e.LogSchemasPublished():
            names = {schema.name for schema in event.schemas}
            kept = (schema for schema in state.schemas if schema.name not in names)
            return replace(state, schemas=(*kept, *event.schemas))
        case _:
            assert_never(event)


def _retired(key: KeyInForce, event: e.LogKeyRetired) -> KeyInForce:
    return replace(key, valid_to_size=event.valid_to_size) if key.vkey == event.vkey else key
