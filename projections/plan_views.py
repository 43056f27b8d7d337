"""A plan as it is shown: one of its versions whole, with the government under which each was adopted."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.plan import types as t
from domain.plan.content import Action, PlanObjective
from domain.types import Act, Source, Territory
from domain.values import Value
from projections import administrations, plans
from projections.moment import Moment
from projections.views import view


class AdoptedUnder(Value, frozen=True, kw_only=True):
    """The administration that was in office when a version was adopted, by the calendar."""

    id: UUID
    code: str | None
    title: str


class VersionItem(Value, frozen=True, kw_only=True):
    """One version of a plan, without what it says."""

    number: int
    state: str
    in_force: bool
    horizon: t.Horizon
    parent: t.ParentVersion | None
    objectives: int
    actions: int
    opened_on: date
    adoption: t.Adoption | None
    adopted_under: AdoptedUnder | None
    valid_from: date | None
    valid_until: date | None
    ended_on: date | None


class VersionView(Value, frozen=True, kw_only=True):
    """One version of a plan, with all it says."""

    number: int
    state: str
    in_force: bool
    horizon: t.Horizon
    parent: t.ParentVersion | None
    vision: str | None
    objectives: tuple[PlanObjective, ...]
    actions: tuple[Action, ...]
    opened_on: date
    concerted_on: date | None
    minutes: UUID | None
    review: t.Review | None
    adoption: t.Adoption | None
    adopted_under: AdoptedUnder | None
    valid_from: date | None
    valid_until: date | None
    ended_on: date | None
    extensions: tuple[t.Extension, ...]


class PlanView(Value, frozen=True, kw_only=True):
    """A plan as a reader sees it on a day.

    `status` is what the facts made of it; `state` is the same, or `expired` once the validity of the version in force
    has run out. `content` is the version asked for; else the one in force, the last that was, or the newest.
    """

    id: UUID
    version: int
    code: str | None
    state: str
    status: str
    since: date
    expired: bool
    title: str
    type: str
    owner: UUID
    territories: tuple[Territory, ...]
    in_force: int | None
    drafting: int | None
    content: VersionView
    versions: tuple[VersionItem, ...]
    participation: tuple[t.Participation, ...]
    sessions: int
    handovers: tuple[t.Handover, ...]
    ratifications: tuple[t.Ratification, ...]
    recognition: t.Recognition | None
    successor: UUID | None
    repeal: Act | None
    source: Source | None
    began_on: date
    illustrative: tuple[str, ...]


def plan_view(
    connection: sa.Connection, found: sa.Row[Any], moment: Moment, number: int | None = None
) -> PlanView | None:
    """Return the view of a row with one of its versions, or nothing where the plan has no such version."""
    state: t.PlanState = plans.ROWS.decode(found.state)
    chosen = state.shown if number is None else state.version(number)
    if chosen is None:
        return None
    under = {v.number: adopted_under(connection, v, moment) for v in state.versions}
    day, current = moment.day, plans.in_force(state, moment.day)
    return view(
        PlanView,
        state,
        id=UUID(found.id),
        version=found.version,
        state=state.standing(day),
        status=state.status.value,
        since=state.moved_on,
        expired=state.expired(day),
        in_force=current,
        drafting=state.draft.number if state.draft else None,
        content=view(VersionView, chosen, **_standing(chosen, current, under, day)),
        versions=tuple(
            view(
                VersionItem,
                one,
                **_standing(one, current, under, day),
                objectives=len(one.objectives),
                actions=len(one.actions),
            )
            for one in state.versions
        ),
        sessions=len({id for part in state.participation for id in part.sessions}),
    )


def _standing(
    version: t.Version, current: int | None, under: dict[int, AdoptedUnder | None], day: date
) -> dict[str, Any]:
    return {
        "state": version.standing(day),
        "in_force": version.number == current,
        "adopted_under": under[version.number],
    }


def adopted_under(connection: sa.Connection, version: t.Version, moment: Moment) -> AdoptedUnder | None:
    """Return the administration of the adopting institution that was in office on the day of the adoption.

    Which one it was may be known later than the adoption, so it is asked for as of the day of the moment.
    """
    if version.adoption is None:
        return None
    institution, day = version.adoption.institution, version.adoption.adopted_on
    row = administrations.row
    where = administrations.filters(moment.day, institution=institution, on=day)
    found = connection.execute(sa.select(row.id, row.state).where(*where, moment.selects(row))).first()
    if found is None:
        return None
    state = administrations.ROWS.decode(found.state)
    return AdoptedUnder(id=UUID(found.id), code=state.code, title=state.titles[0].text)
