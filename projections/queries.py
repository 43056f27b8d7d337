"""What commands ask of other objects: for each type of `Facts`, the query that fills it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.administration.facts import Terms
from domain.commitment.facts import Announcement, Chain, Chosen, Related, Table
from domain.corrections import Past
from domain.facts import Codes, Dependents, Facts, Organizations
from domain.minutes.facts import Sitting
from domain.objectives import PlanObjectives
from domain.participatory_budget.facts import BudgetsOfYears, Outcomes
from domain.plan.facts import Governments, Named, Parentage, Successor
from domain.project.facts import Served
from domain.roundtable.facts import Lineage, OpenCommitments
from domain.session.facts import AgendaSources, FirstCall, PreviousMinutes, SeatsInForce, Written
from domain.transition.facts import Assembled, Handover, Inherited, Inventoried, Siblings
from domain.transition.types import ItemRef
from projections import (
    administrations,
    commitments,
    inheritance,
    minutes,
    organizations,
    participatory_budgets,
    plan_facts,
    plans,
    projects,
    roundtables,
    sessions,
    sittings,
    transitions,
)
from projections.base import Projection
from projections.dependents import dependents
from projections.moment import Moment
from projections.times import at
from roundtable.commands import Ask
from roundtable.store import log
from roundtable.store.database import remembered


def _organizations(connection: sa.Connection, ask: Ask) -> Organizations:
    named = ask.named("organization")
    if not named:
        return Organizations()
    organizations.organizations.must_follow(connection)
    known = remembered(connection).setdefault(organizations.ROWS.name, {})
    if unknown := named.keys() - known.keys():
        known |= organizations.standing(connection, unknown)
    standing = {id: known[id] for id in named if id in known}
    return Organizations(named=tuple(named), fields=named, standing=standing)


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
    one: Iterable[Any] = (fields.get("code"), fields.get("cui"), fields.get("identifier"))
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


def _terms(connection: sa.Connection, ask: Ask) -> Terms:
    administrations.administrations.must_follow(connection)
    own = administrations.state_of(connection, ask.id)
    said = [ask.fields]
    if ask.id is not None:
        events = (entry.event for entry in log.stream(connection, ask.id))
        said += [{name: getattr(event, name, None) for name in ("institution", "predecessor")} for event in events]
    institutions, named = ({f[name] for f in said if f.get(name)} for name in ("institution", "predecessor"))
    if own is not None:
        institutions.add(own.institution)
    return Terms(
        own=ask.id,
        ends=own.term.until if own is not None and own.end_cause else None,
        others=administrations.terms(connection, institutions, named, ask.id),
    )


def _handover(connection: sa.Connection, ask: Ask) -> Handover:
    administrations.administrations.must_follow(connection)
    transitions.transitions.must_follow(connection)
    state = transitions.state_of(connection, ask.id)
    named = {side: ask.fields.get(side) or getattr(state, side, None) for side in ("outgoing", "incoming")}
    return Handover(**{side: transitions.government(connection, id) for side, id in named.items()})


def _siblings(connection: sa.Connection, ask: Ask) -> Siblings:
    transitions.transitions.must_follow(connection)
    said = [ask.fields.get("outgoing")]
    for entry in log.stream(connection, ask.id) if ask.id else ():
        said += [getattr(entry.event, "outgoing", None), getattr(entry.event, "changes", {}).get("outgoing")]
    concerned = {UUID(str(outgoing)) for outgoing in said if outgoing is not None}
    return Siblings(of=transitions.of_outgoing(connection, concerned, ask.id))


def _assembled(connection: sa.Connection, ask: Ask) -> Assembled:
    """Assemble the inventory at the end of the log; the same cut-off decided again keeps its position."""
    before = transitions.state_of(connection, ask.id)
    outgoing = transitions.government(connection, before.outgoing if before else None)
    cut_off = ask.fields["cut_off"]
    if before is None or outgoing is None:
        return Assembled()
    for source in inheritance.SOURCES:
        source.projection.must_follow(connection)
    same = before.inventory if before.inventory and before.inventory.cut_off == cut_off else None
    position = same.position if same else log.head(connection)
    return transitions.assembled(connection, outgoing.institution, position, cut_off)


def _inventoried(connection: sa.Connection, ask: Ask) -> Inventoried:
    state = transitions.state_of(connection, ask.id)
    if state is None or state.inventory is None:
        return Inventoried()
    inventory = state.inventory
    frozen = transitions.frozen(inventory.institution, inventory.position, inventory.cut_off)
    return Inventoried(items=_among(connection, frozen, ask))


def _inherited(connection: sa.Connection, ask: Ask) -> Inherited:
    state = transitions.state_of(connection, ask.id)
    incoming = administrations.state_of(connection, state.incoming if state else None)
    if incoming is None:
        return Inherited()
    day = administrations.eve(incoming.term)
    now = Moment(log.head(connection), day, all_known=True, today=False)
    return Inherited(items=_among(connection, inheritance.between(incoming.institution, day, now), ask))


def _among(connection: sa.Connection, asked: inheritance.Span, ask: Ask) -> tuple[ItemRef, ...]:
    """Return which of the items that a command names an institution stood in."""
    named: tuple[ItemRef, ...] = ask.fields.get("items") or (ask.fields["item"],)
    found = inheritance.objects(connection, asked, {(item.kind, item.id) for item in named})
    return tuple(item for item in named if (item.kind, item.id) in found)


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


def _served(connection: sa.Connection, ask: Ask) -> Served:
    day, tables = ask.context.occurred_on, [id for id in (ask.fields.get("roundtable"),) if id is not None]
    named = ask.fields.get("commitments") or ()
    if tables:
        roundtables.roundtables.must_follow(connection)
    if named:
        commitments.commitments.must_follow(connection)
    return Served(
        roundtables=frozenset(id for id in tables if roundtables.state_of(connection, id, day) is not None),
        commitments=commitments.known_on(connection, named, day) if named else frozenset(),
    )


def _open_commitments(connection: sa.Connection, ask: Ask) -> OpenCommitments:
    if ask.id is None:
        return OpenCommitments()
    commitments.commitments.must_follow(connection)
    known = Moment(0, ask.context.occurred_on, all_known=True, today=False)
    count, some = commitments.still_open(connection, ask.id, known)
    return OpenCommitments(count=count, some=some)


def _years(connection: sa.Connection, ask: Ask) -> BudgetsOfYears:
    """Find the other participatory budgets of every municipality that this one names, or ever named."""
    participatory_budgets.participatory_budgets.must_follow(connection)
    said = [ask.fields, ask.fields.get("changes") or {}]
    if ask.id is not None:
        said += [getattr(entry.event, "changes", {}) for entry in log.stream(connection, ask.id)]
        said += [
            {"municipality": getattr(entry.event, "municipality", None)} for entry in log.stream(connection, ask.id)
        ]
    named = {UUID(str(fields["municipality"])) for fields in said if fields.get("municipality")}
    return BudgetsOfYears(others=participatory_budgets.of_municipalities(connection, named, ask.id))


def _chosen(connection: sa.Connection, ask: Ask) -> Chosen:
    origin = ask.fields.get("origin")
    id = origin.participatory_budget if origin else None
    if id is None:
        return Chosen()
    participatory_budgets.participatory_budgets.must_follow(connection)
    state = participatory_budgets.state_of(connection, id, ask.context.occurred_on)
    if state is None:
        return Chosen(id=id)
    return Chosen(id=id, exists=True, name=state.code or str(id), priorities=state.priorities)


def _outcomes(connection: sa.Connection, ask: Ask) -> Outcomes:
    winners = ask.fields["winners"]
    return Outcomes(
        projects=_begun(connection, projects.projects, {winner.project for winner in winners}, ask),
        commitments=_begun(connection, commitments.commitments, {winner.commitment for winner in winners}, ask),
    )


def _begun(connection: sa.Connection, projection: Projection, ids: Iterable[UUID], ask: Ask) -> frozenset[UUID]:
    """Return which objects had begun by the day of a command, as known now."""
    projection.must_follow(connection)
    c = projection.rows.table.c
    query = sa.select(c.id).where(c.id.in_([str(id) for id in ids]), at(c, day=ask.context.occurred_on.isoformat()))
    return frozenset(UUID(id) for id in connection.scalars(query))


def _dependents(connection: sa.Connection, ask: Ask) -> Dependents:
    if ask.id is None:
        return Dependents()
    return dependents(connection, ask.kind, ask.id)


_HOLDERS = {
    "transition": (transitions.transitions, transitions.holders),
    "administration": (administrations.administrations, administrations.holders),
    "commitment": (commitments.commitments, commitments.holders),
    "minutes": (minutes.minutes, minutes.holders),
    "organization": (organizations.organizations, organizations.holders),
    "plan": (plans.plans, plans.holders),
    "project": (projects.projects, projects.holders),
    "participatory-budget": (participatory_budgets.participatory_budgets, participatory_budgets.holders),
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
    Terms: _terms,
    Handover: _handover,
    Siblings: _siblings,
    Assembled: _assembled,
    Inventoried: _inventoried,
    Inherited: _inherited,
    Table: _table,
    Lineage: _lineage,
    OpenCommitments: _open_commitments,
    Served: _served,
    SeatsInForce: sittings.table,
    FirstCall: sittings.first,
    AgendaSources: sittings.sources,
    PreviousMinutes: sittings.previous,
    Sitting: sittings.sitting,
    Written: sittings.written,
    Chain: sittings.chain,
    PlanObjectives: plan_facts.objectives,
    Parentage: plan_facts.parentage,
    Successor: plan_facts.successor,
    Governments: plan_facts.governments,
    Named: plan_facts.named,
    BudgetsOfYears: _years,
    Outcomes: _outcomes,
    Chosen: _chosen,
}
