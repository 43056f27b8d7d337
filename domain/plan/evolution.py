"""How the facts of a plan change it. One `match`; it refuses nothing."""

from typing import Any, assert_never

from msgspec.structs import replace

from domain.plan import events as e
from domain.plan.content import merged
from domain.plan.types import (
    BEFORE_FORCE,
    OPEN,
    Adoption,
    Disposition,
    Extension,
    Handover,
    Participation,
    PlanState,
    Ratification,
    Recognition,
    Review,
    Stage,
    Status,
    Version,
)

PlanEvent = (
    e.PlanDrafted
    | e.PlanReframed
    | e.ObjectivesStated
    | e.ObjectiveWithdrawn
    | e.ActionsStated
    | e.ActionWithdrawn
    | e.ParticipationRecorded
    | e.PlanConcerted
    | e.PlanReviewed
    | e.DraftReopened
    | e.PlanAdopted
    | e.ForceEntered
    | e.UpdateStarted
    | e.UpdateAbandoned
    | e.HorizonExtended
    | e.PlanSuperseded
    | e.PlanRepealed
    | e.PriorityDecided
    | e.HandoverRecorded
    | e.PlanRatified
    | e.PlanRecognised
)


def evolve(state: PlanState, event: PlanEvent) -> PlanState:  # noqa: PLR0911 - one match
    """Return the plan after one more fact."""
    match event:
        case e.PlanDrafted():
            return _drafted(event)
        case e.PlanReframed():
            return _draft(state, horizon=event.horizon, parent=event.parent, vision=event.vision)
        case e.ObjectivesStated():
            return _draft(state, objectives=merged(_list(state, "objectives"), event.objectives))
        case e.ObjectiveWithdrawn():
            return _draft(state, objectives=_without(_list(state, "objectives"), event.code))
        case e.ActionsStated():
            return _draft(state, actions=merged(_list(state, "actions"), event.actions))
        case e.ActionWithdrawn():
            return _draft(state, actions=_without(_list(state, "actions"), event.code))
        case e.ParticipationRecorded():
            return replace(state, participation=(*state.participation, _participation(state, event)))
        case e.PlanConcerted():
            return _staged(state, Stage.CONCERTED, concerted_on=event.occurred_on, minutes=event.minutes)
        case e.PlanReviewed():
            return _staged(state, Stage.REVIEWED, review=_review(event))
        case e.DraftReopened():
            return _staged(state, Stage.DRAFTING, concerted_on=None, minutes=None, review=None)
        case e.PlanAdopted():
            adopted = _staged(state, Stage.ADOPTED, adoption=_adoption(state, event))
            return replace(adopted, source=event.context.source or state.source)
        case e.ForceEntered():
            return _in_force(state, event)
        case e.UpdateStarted():
            return _updating(state, event)
        case e.UpdateAbandoned():
            left = state.with_version(_open, stage=Stage.ABANDONED, ended_on=event.occurred_on)
            return replace(left, status=Status.IN_FORCE)
        case e.HorizonExtended():
            return _extended(state, event)
        case e.PlanSuperseded():
            return replace(_ended(state, event, Stage.SUPERSEDED), status=Status.SUPERSEDED, successor=event.successor)
        case e.PlanRepealed():
            return replace(_ended(state, event, Stage.REPEALED), status=Status.REPEALED, repeal=event.act)
        case e.PriorityDecided():
            return replace(state, dispositions=_decided(state, event))
        case e.HandoverRecorded():
            done = Handover(
                administration=event.administration,
                version=_number(state),
                transition=event.transition,
                occurred_on=event.occurred_on,
            )
            return replace(state, handovers=(*state.handovers, done))
        case e.PlanRatified():
            taken_on = Ratification(
                administration=event.administration,
                version=_number(state),
                act=event.act,
                occurred_on=event.occurred_on,
            )
            return replace(state, ratifications=(*state.ratifications, taken_on))
        case e.PlanRecognised():
            recognition = Recognition(version=_number(state), act=event.act, occurred_on=event.occurred_on)
            return replace(state, recognition=recognition)
        case _:
            assert_never(event)


def _drafted(event: e.PlanDrafted) -> PlanState:
    first = Version(
        number=1,
        stage=Stage.DRAFTING,
        horizon=event.horizon,
        opened_on=event.occurred_on,
        parent=event.parent,
        vision=event.vision,
    )
    return PlanState(
        began_on=event.occurred_on,
        moved_on=event.occurred_on,
        moved_by=event.TOPIC,
        status=Status.DRAFTING,
        code=event.code,
        title=event.title,
        type=event.type,
        owner=event.owner,
        territories=event.territories,
        versions=(first,),
        source=event.context.source,
    )


def _open(version: Version) -> bool:
    return version.stage in OPEN


def _valid(version: Version) -> bool:
    return version.stage is Stage.IN_FORCE


def _draft(state: PlanState, **changes: Any) -> PlanState:
    """Return the plan with something changed about the version on its way; where there is none, as it is."""
    return state.with_version(_open, **changes)


def _list(state: PlanState, name: str) -> tuple[Any, ...]:
    return getattr(state.draft, name) if state.draft else ()


def _without(items: tuple[Any, ...], code: str) -> tuple[Any, ...]:
    return tuple(item for item in items if item.code != code)


def _staged(state: PlanState, stage: Stage, **changes: Any) -> PlanState:
    """Return the plan with the version on its way at another stage, which the first version gives the plan too."""
    staged = _draft(state, stage=stage, **changes)
    return replace(staged, status=Status(stage.value)) if state.status in BEFORE_FORCE else staged


def _number(state: PlanState) -> int | None:
    return state.shown.number


def _participation(state: PlanState, event: e.ParticipationRecorded) -> Participation:
    return Participation(
        version=state.draft.number if state.draft else state.versions[-1].number,
        kind=event.kind,
        occurred_on=event.occurred_on,
        sessions=event.sessions,
        organizations=event.organizations,
        counts=event.counts,
    )


def _review(event: e.PlanReviewed) -> Review:
    return Review(report=event.report, opinion=event.opinion, reviewer=event.reviewer, reviewed_on=event.occurred_on)


def _adoption(state: PlanState, event: e.PlanAdopted) -> Adoption:
    return Adoption(
        institution=event.institution or state.owner,
        act=event.act,
        adopted_on=event.occurred_on,
        review_waiver=event.review_waiver,
    )


def _in_force(state: PlanState, event: e.ForceEntered) -> PlanState:
    """Let the version on its way take the place of the one in force."""
    new = state.draft
    if new is None:
        return state
    day = event.occurred_on
    left = state.with_version(_valid, stage=Stage.SUPERSEDED, ended_on=day)
    until = event.valid_until or new.horizon.ends_on
    entered = _draft(left, stage=Stage.IN_FORCE, valid_from=day, valid_until=until)
    return replace(entered, status=Status.IN_FORCE)


def _updating(state: PlanState, event: e.UpdateStarted) -> PlanState:
    """Open the next version with the content of the one before."""
    before = state.current or state.versions[-1]
    following = Version(
        number=len(state.versions) + 1,
        stage=Stage.DRAFTING,
        horizon=event.horizon or before.horizon,
        opened_on=event.occurred_on,
        parent=event.parent or before.parent,
        vision=before.vision,
        objectives=before.objectives,
        actions=before.actions,
    )
    left = _draft(state, stage=Stage.ABANDONED, ended_on=event.occurred_on)
    return replace(left, status=Status.UPDATING, versions=(*left.versions, following))


def _extended(state: PlanState, event: e.HorizonExtended) -> PlanState:
    """Move the end; one recorded late, before a longer one, does not bring the end back."""
    now = state.current
    if now is None:
        return state
    before = now.valid_until
    extension = Extension(
        from_=before,
        to=event.until,
        act=event.act,
        occurred_on=event.occurred_on,
        retroactive=before is not None and before < event.occurred_on,
    )
    until = max(before, event.until) if before else event.until
    return state.with_version(_valid, valid_until=until, extensions=(*now.extensions, extension))


def _ended(state: PlanState, event: e.PlanSuperseded | e.PlanRepealed, stage: Stage) -> PlanState:
    day = event.occurred_on
    left = _draft(state, stage=stage if state.current is None else Stage.ABANDONED, ended_on=day)
    return left.with_version(_valid, stage=stage, ended_on=day)


def _decided(state: PlanState, event: e.PriorityDecided) -> tuple[Disposition, ...]:
    decided = Disposition(
        version=event.version,
        priority=event.priority,
        disposition=event.disposition,
        into=event.into,
        reason=event.context.reason,
        occurred_on=event.occurred_on,
    )
    about = (event.version, event.priority)
    return (*(d for d in state.dispositions if (d.version, d.priority) != about), decided)
