"""What commands ask of other objects: for each type of `Facts`, the query that fills it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace

from domain.commitment.facts import Announcement, Chain, Related, Table
from domain.corrections import Past
from domain.facts import Codes, Dependents, Facts, Organizations
from domain.minutes.facts import Sitting
from domain.roundtable.facts import Lineage, OpenCommitments
from domain.session.facts import AgendaSources, FirstCall, PreviousMinutes, SeatsInForce
from projections import commitments, minutes, organizations, roundtables, sessions, sittings
from projections.moment import Moment
from roundtable.commands import Ask
from roundtable.store import log


def _organizations(connection: sa.Connection, ask: Ask) -> Organizations:
    named = ask.named("organization")
    if not named:
        return Organizations()
    organizations.organizations.must_follow(connection)
    return Organizations(named=tuple(named), fields=named, standing=organizations.standing(connection, named))


def _codes(connection: sa.Connection, ask: Ask) -> Codes:
    claimed = set(_claimed(ask.fields))
    if "position" in ask.fields and ask.id is not None:
        for entry in log.stream(connection, ask.id):
            claimed |= set(_claimed({n: getattr(entry.event, n) for n in entry.event.__struct_fields__}))
    if not claimed:
        return Codes()
    projection, holders = _HOLDERS[ask.kind]
    projection.must_follow(connection)
    return Codes(holders=holders(connection, claimed, ask.id))


def _claimed(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the codes and identifiers among the fields of a command or an event, or among those it corrects."""
    if changes := fields.get("changes"):
        yield from _claimed(changes)
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


def _table(connection: sa.Connection, ask: Ask) -> Table:
    origin = ask.fields.get("origin")
    id = origin.roundtable or sittings.chain(connection, ask).roundtable if origin else None
    if id is None:
        return Table()
    roundtables.roundtables.must_follow(connection)
    return roundtables.table(connection, id, ask.context.occurred_on)


def _lineage(connection: sa.Connection, ask: Ask) -> Lineage:
    named = {field: id for field in ("parent", "predecessor") if (id := ask.fields.get(field)) is not None}
    if named:
        roundtables.roundtables.must_follow(connection)
    day = ask.context.occurred_on
    return Lineage(
        id=ask.id, chains={field: roundtables.chain(connection, field, id, day) for field, id in named.items()}
    )


def _open_commitments(connection: sa.Connection, ask: Ask) -> OpenCommitments:
    if ask.id is None:
        return OpenCommitments()
    commitments.commitments.must_follow(connection)
    known = Moment(0, ask.context.occurred_on, all_known=True, today=False)
    count, some = commitments.still_open(connection, ask.id, known)
    return OpenCommitments(count=count, some=some)


def _dependents(connection: sa.Connection, ask: Ask) -> Dependents:
    if ask.id is None:
        return Dependents()
    for model in (commitments.commitments, sessions.sessions, minutes.minutes):
        model.must_follow(connection)
    found = commitments.dependents(connection, ask.kind, ask.id)
    more = (*sessions.dependents(connection, ask.kind, ask.id), *minutes.dependents(connection, ask.kind, ask.id))
    return replace(found, ids=(*found.ids, *more))


_HOLDERS = {
    "commitment": (commitments.commitments, commitments.holders),
    "minutes": (minutes.minutes, minutes.holders),
    "organization": (organizations.organizations, organizations.holders),
    "roundtable": (roundtables.roundtables, roundtables.holders),
    "session": (sessions.sessions, sessions.holders),
}
FACTS: Mapping[type[Facts], Callable[[sa.Connection, Ask], Facts]] = {
    Organizations: _organizations,
    Codes: _codes,
    Dependents: _dependents,
    Past: _past,
    Announcement: _announcement,
    Related: _related,
    Table: _table,
    Lineage: _lineage,
    OpenCommitments: _open_commitments,
    SeatsInForce: sittings.table,
    FirstCall: sittings.first,
    AgendaSources: sittings.sources,
    PreviousMinutes: sittings.previous,
    Sitting: sittings.sitting,
    Chain: sittings.chain,
}
