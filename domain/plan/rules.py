"""What a plan allows, as far as it can tell by itself; commands ask, and so do corrections and voids."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.errors import Words
from domain.events import Event
from domain.objectives import Objective
from domain.plan import errors
from domain.plan import events as e
from domain.plan.content import Action
from domain.plan.types import OVER, VALID, Disposition, PlanState, Stage, Status, Version
from domain.states import either, must_be_in
from domain.types import Source

_RUNNING = frozenset(Status) - OVER
ALLOWED: Mapping[type[Event], frozenset[Status]] = {
    e.ParticipationRecorded: _RUNNING,
    e.UpdateStarted: frozenset({Status.IN_FORCE}),
    e.UpdateAbandoned: frozenset({Status.UPDATING}),
    e.HorizonExtended: VALID,
    e.PlanSuperseded: VALID,
    e.PlanRepealed: VALID | {Status.ADOPTED},
    e.PriorityDecided: _RUNNING,
    e.HandoverRecorded: _RUNNING,
    e.PlanRatified: VALID,
    e.PlanRecognised: _RUNNING - {Status.DRAFTING},
}
"""The states in which each fact of a plan may happen."""
STAGES: Mapping[type[Event], frozenset[Stage]] = {
    e.PlanConcerted: frozenset({Stage.DRAFTING}),
    e.PlanReviewed: frozenset({Stage.CONCERTED}),
    e.DraftReopened: frozenset({Stage.CONCERTED, Stage.REVIEWED}),
    e.PlanAdopted: frozenset({Stage.CONCERTED, Stage.REVIEWED}),
    e.ForceEntered: frozenset({Stage.ADOPTED}),
}
"""The stages of the version on its way at which each fact may happen."""
CONTENT = (e.PlanReframed, e.ObjectivesStated, e.ObjectiveWithdrawn, e.ActionsStated, e.ActionWithdrawn)
"""The facts that change what a version says."""
TAKEN_UP = frozenset({"adopted", "merged"})
"""What is said of a priority that goes into an objective of the parent."""
_MANY = 20


def must_follow(state: PlanState, event: Event) -> None:
    """Refuse a fact that could not have been decided on a state.

    :raises DomainError: its command would have refused it.
    """
    name, topic = state.code or str(event.originator_id), event.TOPIC
    if isinstance(event, CONTENT):
        must_be_drafted(state, topic, name)
    must_be_open(state, type(event), topic, name)
    match event:
        case e.ObjectiveWithdrawn():
            must_be_unused(state, event.code, name)
        case e.ActionsStated():
            must_serve(state, event.actions, name)
        case e.ActionWithdrawn():
            must_have_action(state, event.code, name)
        case e.PlanConcerted():
            must_have_objectives(state, name)
        case e.PlanAdopted():
            must_be_reviewed(state, event.review_waiver, name)
        case e.ForceEntered():
            must_be_valid(state, event.valid_until, event.occurred_on)
        case e.HorizonExtended():
            must_extend(state, event.until, name)
        case e.PriorityDecided():
            own = own_version(state, event.version, name)
            if event.into is not None:
                must_have_objective(own, event.into, "into", name)
        case _:
            pass


def must_be_open(state: PlanState, event: type[Event], command: str, name: str) -> None:
    """Require a state, and of the version on its way a stage, in which the fact may happen.

    :raises PlanNotOpen: the plan is in another state.
    :raises VersionNotOpen: the version on its way is at another stage.
    """
    must_be_in(ALLOWED.get(event), state.status, errors.PlanNotOpen, since=state.moved_on, command=command, plan=name)
    stages = STAGES.get(event)
    if stages is None or (state.draft is not None and state.draft.stage in stages):
        return
    if state.draft is None:
        needed = either({Status(stage.value) for stage in stages})
        raise errors.PlanNotOpen(plan=name, state=state.status, since=state.moved_on, command=command, needed=needed)
    stage = state.draft.stage
    raise errors.VersionNotOpen(
        plan=name,
        version=state.draft.number,
        state=Words(stage.value, stage.es),
        command=command,
        needed=either(stages),
    )


def must_be_drafted(state: PlanState, command: str, name: str) -> Version:
    """Return the version whose content may change.

    :raises VersionFixed: there is none, or it has been concerted, reviewed or adopted.
    """
    draft = state.draft
    if draft is not None and draft.stage is Stage.DRAFTING:
        return draft
    fixed = draft or state.shown
    reopen = draft is not None and draft.stage is not Stage.ADOPTED
    raise errors.VersionFixed(
        plan=name,
        version=fixed.number,
        state=Words(fixed.stage.value, fixed.stage.es),
        command=command,
        use="reopen-draft" if reopen else "start-update",
    )


def must_be_drafted_still(known: PlanState, latest: PlanState, command: str, name: str) -> Version:
    """Return the version whose content may change: drafted on the day of a late command, and not fixed since.

    :raises VersionFixed: it was concerted, reviewed or adopted since.
    """
    draft = must_be_drafted(known, command, name)
    since = latest.version(draft.number)
    if since is not None and since.stage is not Stage.DRAFTING:
        raise errors.VersionFixed(
            plan=name,
            version=draft.number,
            state=Words(since.stage.value, since.stage.es),
            command=command,
            use="reopen-draft" if since.stage in {Stage.CONCERTED, Stage.REVIEWED} else "start-update",
        )
    return draft


def must_have_objective(version: Version, code: str, field: str, name: str) -> None:
    """Require a version to have an objective.

    :raises UnknownOwnObjective: it has none of the code.
    """
    if code not in version.codes:
        there = ", ".join(sorted(version.codes)[:_MANY]) or "-"
        raise errors.UnknownOwnObjective(field=field, plan=name, version=version.number, code=code, objectives=there)


def must_have_action(state: PlanState, code: str, name: str) -> None:
    """Require the version on its way to have an action.

    :raises UnknownAction: it has none of the code.
    """
    draft = state.draft or state.shown
    there = [action.code for action in draft.actions]
    if code not in there:
        some = ", ".join(there[:_MANY]) or "-"
        raise errors.UnknownAction(field="code", plan=name, version=draft.number, code=code, actions=some)


def must_serve(state: PlanState, actions: Iterable[Action], name: str) -> None:
    """Require actions to serve objectives of the version on its way.

    :raises UnknownOwnObjective: one serves none.
    """
    for place, action in enumerate(actions):
        must_have_objective(state.draft or state.shown, action.objective, f"actions.{place}.objective", name)


def must_be_unused(state: PlanState, code: str, name: str) -> None:
    """Require an objective of the version on its way that no action serves, and no child's priority went into.

    :raises UnknownOwnObjective: there is no such objective.
    :raises ObjectiveInUse: an action serves it, or a priority went into it.
    """
    draft = state.draft or state.shown
    must_have_objective(draft, code, "code", name)
    serving = [action.code for action in draft.actions if action.objective == code]
    taken = [d.priority.code for d in state.dispositions if (d.version, d.into) == (draft.number, code)]
    if some := [*serving, *taken]:
        raise errors.ObjectiveInUse(plan=name, version=draft.number, code=code, by=", ".join(some[:_MANY]))


def must_not_be_named(named: Mapping[tuple[int, str | None], UUID], version: int, code: str, name: str) -> None:
    """Require that no other object names an objective.

    :raises ObjectiveInUse: one does.
    """
    if (by := named.get((version, code))) is not None:
        raise errors.ObjectiveInUse(plan=name, version=version, code=code, by=by)


def must_have_objectives(state: PlanState, name: str) -> None:
    """Require the version on its way to have objectives.

    :raises NoObjectives: it has none.
    """
    if state.draft is not None and not state.draft.objectives:
        raise errors.NoObjectives(plan=name, version=state.draft.number)


def must_be_recorded(minutes: UUID | None, source: Source | None, name: str) -> None:
    """Require minutes or a source of a concertation.

    :raises ConcertationWithoutRecord: there are neither.
    """
    if minutes is None and source is None:
        raise errors.ConcertationWithoutRecord(field="source", plan=name)


def must_be_reviewed(state: PlanState, waiver: str | None, name: str) -> None:
    """Require a review, or a reason for having none, but not both.

    :raises ReviewMissing: there are neither.
    :raises ReviewNotMissing: there are both.
    """
    draft = state.draft
    if draft is None:
        return
    if draft.review is None and waiver is None:
        raise errors.ReviewMissing(field="review_waiver", plan=name, version=draft.number)
    if draft.review is not None and waiver is not None:
        raise errors.ReviewNotMissing(field="review_waiver", plan=name, version=draft.number)


def must_be_valid(state: PlanState, until: date | None, day: date) -> None:
    """Require a validity that does not end before it begins.

    :raises PlanValidityEnded: it does.
    """
    ends = until or (state.draft.horizon.ends_on if state.draft else day)
    if ends < day:
        raise errors.PlanValidityEnded(field="valid_until", until=ends, occurred_on=day)


def must_extend(state: PlanState, until: date, name: str) -> None:
    """Require an end later than that of the version in force.

    :raises HorizonNotLonger: it is not later.
    """
    present = state.current.valid_until if state.current else None
    if present is not None and until <= present:
        raise errors.HorizonNotLonger(field="until", until=until, present=present, plan=name)


def own_version(state: PlanState, number: int, name: str) -> Version:
    """Return a version of the plan.

    :raises UnknownOwnVersion: it has none of the number.
    """
    found = state.version(number)
    if found is None:
        there = ", ".join(str(version.number) for version in state.versions)
        raise errors.UnknownOwnVersion(field="version", plan=name, version=number, versions=there)
    return found


def must_go_somewhere(disposition: str, into: str | None, name: str) -> None:
    """Require an objective for what is taken up, and none for what is not.

    :raises DestinationMissing: it is adopted or merged, but nothing says into what.
    :raises DestinationNotTaken: it is deferred or rejected, and goes into an objective all the same.
    """
    spoken = Words(disposition, SPOKEN.get(disposition, disposition))
    if disposition in TAKEN_UP and into is None:
        raise errors.DestinationMissing(field="into", disposition=spoken, plan=name)
    if disposition not in TAKEN_UP and into is not None:
        raise errors.DestinationNotTaken(field="into", disposition=spoken, plan=name)


def must_decide_anew(before: Disposition | None, priority: Objective, disposition: str, into: str | None) -> None:
    """Require a decision that differs from the one before.

    :raises PriorityDecidedSo: it is the same.
    """
    if before is not None and (before.disposition, before.into) == (disposition, into):
        spoken = Words(disposition, SPOKEN.get(disposition, disposition))
        raise errors.PriorityDecidedSo(code=priority.code, child=priority.plan, disposition=spoken)


SPOKEN = {"adopted": "adoptada", "merged": "fusionada", "deferred": "diferida", "rejected": "rechazada"}
"""What becomes of a priority, in Spanish."""
