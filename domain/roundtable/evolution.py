"""How the facts of a roundtable change it. One `match`; it refuses nothing."""

from typing import assert_never
from uuid import UUID

from msgspec.structs import replace

from domain.roundtable import events as e
from domain.roundtable.types import (
    Accreditation,
    AccreditationWaiver,
    Postponement,
    Representative,
    RoundtableState,
    Seat,
    Status,
    ValidityExtension,
)

RoundtableEvent = (
    e.RoundtableProposed
    | e.RoundtableConstituted
    | e.SeatDefined
    | e.SeatWithdrawn
    | e.RepresentativesDesignated
    | e.SeatAccredited
    | e.AccreditationLapsed
    | e.AccreditationCompleted
    | e.InstallationPostponed
    | e.RoundtableInstalled
    | e.RulesApproved
    | e.WorkPlanApproved
    | e.RoundtableActivated
    | e.RoundtableSuspended
    | e.RoundtableResumed
    | e.ValidityExtended
    | e.RoundtableFollowUpAssigned
    | e.ChairsNamed
    | e.SecretariatNamed
    | e.RoundtableConcluded
    | e.RoundtableExtinguished
)


def evolve(state: RoundtableState, event: RoundtableEvent) -> RoundtableState:  # noqa: PLR0911 - one match
    """Return the roundtable after one more fact."""
    match event:
        case e.RoundtableProposed():
            return _proposed(event)
        case e.RoundtableConstituted():
            return _constituted(state, event)
        case e.SeatDefined():
            return replace(state, all_seats=(*state.all_seats, _seat(event)))
        case e.SeatWithdrawn():
            return state.with_seat(event.seat, withdrawn_on=event.occurred_on)
        case e.RepresentativesDesignated():
            principal = Representative(person=event.principal, name=event.principal_name)
            alternate = _alternate(event.alternate, event.alternate_name)
            return state.with_seat(event.seat, principal=principal, alternate=alternate, accreditation=None)
        case e.SeatAccredited():
            accreditation = Accreditation(document=event.document, accredited_on=event.occurred_on)
            return state.with_seat(event.seat, accreditation=accreditation)
        case e.AccreditationLapsed():
            return state.with_seat(event.seat, accreditation=None)
        case e.AccreditationCompleted():
            return replace(state, status=Status.ACCREDITED, accreditation_waiver=_waiver(state, event))
        case e.InstallationPostponed():
            put_off = Postponement(occurred_on=event.occurred_on, reason=event.context.reason or "", until=event.until)
            return replace(state, postponements=(*state.postponements, put_off))
        case e.RoundtableInstalled():
            return _installed(state, event)
        case e.RulesApproved():
            return replace(state, rules=event.rules, rules_document=event.document, rules_approved_on=event.occurred_on)
        case e.WorkPlanApproved():
            return replace(state, work_plan=event.document, work_plan_approved_on=event.occurred_on)
        case e.RoundtableActivated() | e.RoundtableResumed():
            return replace(state, status=Status.ACTIVE)
        case e.RoundtableSuspended():
            return replace(state, status=Status.SUSPENDED)
        case e.ValidityExtended():
            return _extended(state, event)
        case e.RoundtableFollowUpAssigned():
            return replace(state, follow_up_body=event.organization)
        case e.ChairsNamed():
            return replace(state, chairs=event.chairs, co_chairs=event.co_chairs)
        case e.SecretariatNamed():
            return replace(state, secretariat=event.organization)
        case e.RoundtableConcluded():
            body = event.follow_up_body or state.follow_up_body
            return replace(state, status=Status.CONCLUDED, final_report=event.final_report, follow_up_body=body)
        case e.RoundtableExtinguished():
            body = event.follow_up_body or state.follow_up_body
            return replace(state, status=Status.EXTINGUISHED, extinguishing_act=event.act, follow_up_body=body)
        case _:
            assert_never(event)


def _proposed(event: e.RoundtableProposed) -> RoundtableState:
    return RoundtableState(
        began_on=event.occurred_on,
        moved_on=event.occurred_on,
        moved_by=event.TOPIC,
        status=Status.PROPOSED,
        code=event.code,
        name=event.name,
        type=event.type,
        level=event.level,
        territories=event.territories,
        purpose=event.purpose,
        parent=event.parent,
        predecessor=event.predecessor,
        chairs=event.chairs,
        co_chairs=event.co_chairs,
        secretariat=event.secretariat,
    )


def _constituted(state: RoundtableState, event: e.RoundtableConstituted) -> RoundtableState:
    first, until, term = event.valid_from, event.valid_until, event.term
    if term is not None and term.from_ != "installation":
        counted = event.act.published_on if term.from_ == "publication" else event.act.date
        first, until = first or counted, term.ends(counted) if counted else None
    elif term is None:
        first = first or event.occurred_on
    return replace(state, status=Status.CONSTITUTED, act=event.act, valid_from=first, valid_until=until, term=term)


def _installed(state: RoundtableState, event: e.RoundtableInstalled) -> RoundtableState:
    day, term = event.occurred_on, state.term
    installed = replace(state, status=Status.INSTALLED, installed_on=day, installation_minutes=event.minutes)
    if term is None or term.from_ != "installation":
        return installed
    return replace(installed, valid_from=state.valid_from or day, valid_until=term.ends(day))


def _seat(event: e.SeatDefined) -> Seat:
    return Seat(
        key=event.seat,
        organization=event.organization,
        title=event.title,
        sector=event.sector,
        basis=event.basis,
        voice=event.voice,
        vote=event.vote,
        required=event.required,
        since=event.occurred_on,
    )


def _alternate(person: UUID | None, name: str | None) -> Representative | None:
    return Representative(person=person, name=name) if person else None


def _waiver(state: RoundtableState, event: e.AccreditationCompleted) -> AccreditationWaiver | None:
    if event.waiver is None:
        return None
    return AccreditationWaiver(reason=event.waiver, seats=state.unaccredited, occurred_on=event.occurred_on)


def _extended(state: RoundtableState, event: e.ValidityExtended) -> RoundtableState:
    """Move the end; one recorded late, before a longer one, does not bring the end back."""
    before = state.valid_until
    extension = ValidityExtension(
        from_=before,
        to=event.until,
        act=event.act,
        agreement=event.agreement,
        reason=event.context.reason,
        occurred_on=event.occurred_on,
        retroactive=before is not None and before < event.occurred_on,
    )
    until = max(before, event.until) if before else event.until
    return replace(state, valid_until=until, extensions=(*state.extensions, extension))
