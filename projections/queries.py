"""What commands ask of other objects: for each type of `Facts`, the query that fills it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from domain.commitment.facts import Announcement, Related
from domain.corrections import Past
from domain.facts import Codes, Facts, Organizations
from projections import commitments, organizations
from roundtable.commands import Ask
from roundtable.store import log


def _organizations(connection: sa.Connection, ask: Ask) -> Organizations:
    named = ask.named("organization")
    if not named:
        return Organizations()
    organizations.organizations.must_follow(connection)
    return Organizations(named=named, standing=organizations.standing(connection, named))


def _codes(connection: sa.Connection, ask: Ask) -> Codes:
    claimed = set(_claimed(ask.fields))
    if "position" in ask.fields and ask.id is not None:
        for entry in log.stream(connection, ask.id):
            claimed |= set(_claimed({n: getattr(entry.event, n) for n in entry.event.__struct_fields__}))
        claimed |= set(_claimed(ask.fields.get("changes", {})))
    if not claimed:
        return Codes()
    projection, holders = _HOLDERS[ask.kind]
    projection.must_follow(connection)
    return Codes(holders=holders(connection, claimed, ask.id))


def _claimed(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the codes and identifiers among the fields of a command or an event."""
    one: Iterable[Any] = (fields.get("code"), fields.get("identifier"))
    for value in (*one, *(fields.get("identifiers") or ())):
        if isinstance(value, Mapping):
            yield f"{value.get('scheme')}:{value.get('id')}"
        elif value is not None:
            yield str(value)


def _past(connection: sa.Connection, ask: Ask) -> Past:
    return Past(stream=tuple(log.stream(connection, ask.id) if ask.id else ()))


def _announcement(connection: sa.Connection, ask: Ask) -> Announcement:
    whole = ask.fields.get("part_of")
    if whole is None:
        return Announcement()
    commitments.commitments.must_follow(connection)
    return commitments.announcement(connection, whole, ask.context.occurred_on.isoformat())


def _related(connection: sa.Connection, ask: Ask) -> Related:
    commitments.commitments.must_follow(connection)
    return Related(part_of=commitments.parts(connection, ask.fields["successors"]))


_HOLDERS = {
    "commitment": (commitments.commitments, commitments.holders),
    "organization": (organizations.organizations, organizations.holders),
}
FACTS: Mapping[type[Facts], Callable[[sa.Connection, Ask], Facts]] = {
    Organizations: _organizations,
    Codes: _codes,
    Past: _past,
    Announcement: _announcement,
    Related: _related,
}
