"""What a log allows, as far as it can tell by itself; commands ask, and so do corrections and voids."""

from domain.events import Event
from domain.log import errors
from domain.log import events as e
from domain.log.types import LogState, SchemaDigest


def may_add(state: LogState, vkey: str) -> None:
    """Refuse a key of another log, and one that is or was there.

    :raises KeyOfAnotherLog: it bears another name.
    :raises KeyKnown: it was added before.
    """
    name = vkey.partition("+")[0]
    if name != state.origin:
        raise errors.KeyOfAnotherLog(field="vkey", name=name, origin=state.origin)
    if (known := state.key(vkey)) is not None:
        raise errors.KeyKnown(vkey=vkey, valid_from_size=known.valid_from_size)


def may_retire(state: LogState, vkey: str, valid_to_size: int) -> None:
    """Refuse to retire what does not sign, and the last key that does.

    :raises KeyNotInForce: it was not added, or is retired.
    :raises KeyEndsBeforeItBegan: it would sign nothing.
    :raises LastKey: no other key signs.
    """
    known = state.key(vkey)
    if known is None or known.valid_to_size is not None:
        raise errors.KeyNotInForce(vkey=vkey)
    if valid_to_size < known.valid_from_size:
        raise errors.KeyEndsBeforeItBegan(
            field="valid_to_size", given=valid_to_size, valid_from_size=known.valid_from_size
        )
    if all(key.vkey == vkey or key.valid_to_size is not None for key in state.keys):
        raise errors.LastKey(vkey=vkey)


def may_publish(state: LogState, schemas: tuple[SchemaDigest, ...]) -> None:
    """Refuse to publish again what stands.

    :raises SchemasUnchanged: nothing is new.
    """
    if set(schemas) <= set(state.schemas):
        raise errors.SchemasUnchanged


def may_declare(signed_size: int, kept_size: int) -> None:
    """Refuse a restore that lost nothing.

    :raises NothingWasLost: as much is left as was signed.
    """
    if kept_size >= signed_size:
        raise errors.NothingWasLost(field="kept_size", given=kept_size, signed_size=signed_size)


def must_follow(state: LogState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state."""
    match event:
        case e.LogKeyAdded():
            may_add(state, event.vkey)
        case e.LogKeyRetired():
            may_retire(state, event.vkey, event.valid_to_size)
        case e.LogRestoreDeclared():
            may_declare(event.signed_size, event.kept_size)
        case e.LogSchemasPublished():
            may_publish(state, event.schemas)
