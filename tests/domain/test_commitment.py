"""Every command of a commitment: what it records, and everything it refuses."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.commitment import Commitment, errors
from domain.commitment import events as e
from domain.commitment.completeness import completeness
from domain.commitment.facts import Announcement, Chain, Chosen, Table
from domain.commitment.types import Responsible, Status
from domain.errors import BeforeObjectBegan, DomainError, Words
from domain.events import Event
from domain.facts import (
    CodeTaken,
    OrganizationEnded,
    UnknownCommitment,
    UnknownMinutes,
    UnknownOrganization,
    UnknownParticipatoryBudget,
    UnknownRoundtable,
    UnknownSession,
)
from domain.types import Money
from roundtable.commands import commands_of
from tests.domain.given import (
    ACTOR,
    COLLEAGUE,
    ENDED,
    ID,
    MINISTRY,
    MUNICIPALITY,
    NOBODY,
    REGION,
    UNIVERSITY,
    Given,
    fact,
    given,
)
from tests.domain.samples import (
    ACT,
    CHUMBIVILCAS,
    EVIDENCE,
    FIELDS,
    HEADLINE,
    KNOWN_PLANS,
    LEAD,
    MISALIGNED,
    REACHED,
    REPORTED,
    STARTED,
    VERIFIED,
    announced,
    registered,
)

PEN_5 = Money(amount=Decimal("5.00"), currency="PEN")
USD_5 = Money(amount=Decimal("5.00"), currency="USD")
OTHER, WHOLE = UUID(int=0x31), UUID(int=0x21)
NEW = {"title": "Water", "responsibles": [{"organization": str(MINISTRY)}]}
AGREED = given(registered())
WITH_DEADLINE = given(registered(deadline=date(2020, 12, 31)))
CLOSED = given(*REACHED[Status.WITHDRAWN])
ANNOUNCED = given(announced())
REPORTED_DONE = given(registered(), STARTED, REPORTED)


class Success(NamedTuple):
    """A command that succeeds, the fact it records, and a part of the state after it."""

    command: str
    before: Given
    body: dict[str, Any]
    records: type[Event]
    state: dict[str, Any]
    by: UUID = ACTOR


SUCCESSES = [
    Success("register", given(), NEW, e.CommitmentRegistered, {"status": Status.AGREED, "statement": "Water"}),
    Success("accept", given(*REACHED[Status.REQUESTED]), {}, e.CommitmentAccepted, {"status": Status.AGREED}),
    Success("dismiss", given(*REACHED[Status.REQUESTED]), {}, e.CommitmentDismissed, {"status": Status.DISMISSED}),
    Success("start", AGREED, {}, e.CommitmentStarted, {"status": Status.IN_PROGRESS, "moved_on": date(2019, 6, 1)}),
    Success("report-progress", AGREED, {"percent": 35, "note": "Pipes"}, e.ProgressReported, {"percent": 35}),
    Success(
        "block",
        AGREED,
        {"cause": "No land title", "unblocker": MUNICIPALITY},
        e.CommitmentBlocked,
        {"block_cause": "No land title", "unblocker": MUNICIPALITY},
    ),
    Success("unblock", given(*REACHED[Status.BLOCKED]), {}, e.CommitmentUnblocked, {"status": Status.IN_PROGRESS}),
    Success(
        "report-fulfilment",
        given(registered(), STARTED),
        {"evidence": [EVIDENCE]},
        e.FulfilmentReported,
        {"evidence": (EVIDENCE,), "status": Status.REPORTED_FULFILLED},
    ),
    Success(
        "verify-fulfilment",
        REPORTED_DONE,
        {"on_behalf_of": UNIVERSITY},
        e.FulfilmentVerified,
        {"status": Status.FULFILLED},
        COLLEAGUE,
    ),
    Success(
        "reject-fulfilment",
        REPORTED_DONE,
        {"on_behalf_of": UNIVERSITY},
        e.FulfilmentRejected,
        {"status": Status.IN_PROGRESS},
        COLLEAGUE,
    ),
    Success("declare-unfulfilled", AGREED, {}, e.UnfulfilmentDeclared, {"status": Status.UNFULFILLED}),
    Success("reactivate", given(*REACHED[Status.REVERSED]), {}, e.CommitmentReactivated, {"started": True}),
    Success(
        "supersede",
        AGREED.where(part_of={OTHER: None}),
        {"successors": [OTHER]},
        e.CommitmentSuperseded,
        {"successors": (OTHER,)},
    ),
    Success("withdraw", AGREED, {"agreed_by": [MINISTRY]}, e.CommitmentWithdrawn, {"status": Status.WITHDRAWN}),
    Success("reverse", given(*REACHED[Status.FULFILLED]), {}, e.CommitmentReversed, {"status": Status.REVERSED}),
    Success("amend-amount", AGREED, {"amount": PEN_5}, e.AmountAmended, {"currency": "PEN"}),
    Success("approve-amount", AGREED, {"amount": PEN_5}, e.AmountApproved, {"currency": "PEN"}),
    Success("report-execution", given(*REACHED[Status.FULFILLED]), {"amount": PEN_5}, e.ExecutionReported, {}),
    Success(
        "amend-headline",
        ANNOUNCED,
        {"headline": {"amount": PEN_5, "projects": 33}},
        e.HeadlineAmended,
        {"currency": "PEN"},
    ),
    Success(
        "set-deadline",
        AGREED,
        {"deadline": "2020-12-31"},
        e.DeadlineSet,
        {"deadline": date(2020, 12, 31), "original_deadline": date(2020, 12, 31)},
    ),
    Success(
        "extend-deadline",
        WITH_DEADLINE,
        {"deadline": "2021-06-30", "act": ACT},
        e.DeadlineExtended,
        {"deadline": date(2021, 6, 30), "original_deadline": date(2020, 12, 31)},
    ),
    Success("waive-deadline", AGREED, {"reason": "Permanent"}, e.DeadlineWaived, {"deadline_waiver": "Permanent"}),
    Success("assign-follow-up-body", AGREED, {"organization": REGION}, e.FollowUpBodyAssigned, {}),
    Success("waive-follow-up", AGREED, {"reason": "Done"}, e.FollowUpWaived, {"follow_up_waiver": "Done"}),
    Success("assign-verifier", AGREED, {"organization": REGION}, e.VerifierAssigned, {"verifier": REGION}),
    Success(
        "assign-responsibles",
        AGREED,
        {"responsibles": [{"organization": REGION}]},
        e.ResponsiblesAssigned,
        {"responsibles": (Responsible(organization=REGION),)},
    ),
    Success("add-collaborator", AGREED, {"organization": REGION}, e.CollaboratorAdded, {"collaborators": (REGION,)}),
    Success(
        "add-counterpart",
        AGREED,
        {"counterpart": {"organization": REGION, "obligation": "Land"}},
        e.CounterpartAdded,
        {"parties": (MINISTRY, REGION)},
    ),
    Success("attach-evidence", CLOSED, {"evidence": EVIDENCE}, e.EvidenceAttached, {"evidence": (EVIDENCE,)}),
    Success(
        "assess",
        AGREED,
        {"assessment": "limited", "on_behalf_of": UNIVERSITY},
        e.CommitmentAssessed,
        {"assessment": "limited"},
    ),
    Success("state-position", CLOSED, {"voice": "objects", "text": "No water"}, e.PositionStated, {}),
    Success(
        "align-objectives",
        given(*REACHED[Status.FULFILLED]).where(others=(KNOWN_PLANS,)),
        {"objectives": FIELDS[e.ObjectivesAligned]["objectives"]},
        e.ObjectivesAligned,
        FIELDS[e.ObjectivesAligned],
    ),
    Success("name-contact", AGREED, {"contact": "digest"}, e.CommitmentContactNamed, {"contact": "digest"}),
]


@pytest.mark.parametrize("case", SUCCESSES, ids=lambda case: case.command)
def test_a_command_records_one_fact_that_changes_the_state(case):
    state = case.before.when(case.command, by=case.by, **case.body).then(case.records)
    assert {name: getattr(state, name) for name in case.state} == case.state


def test_every_command_is_shown_to_succeed():
    shown = {case.command for case in SUCCESSES}
    assert shown == {c.slug for c in commands_of(Commitment).values() if c.spec.dated}


class Refusal(NamedTuple):
    """A command that is refused, with words of the message in English and Spanish."""

    command: str
    before: Given
    body: dict[str, Any]
    error: type[DomainError]
    shown: tuple[object, ...]
    es: str = ""
    by: UUID = ACTOR


def _closed(command: str, **body: Any) -> Refusal:
    return Refusal(
        command, CLOSED, body, errors.CommitmentNotOpen, ("withdrawn", "2019-01-01", command), "está retirado desde el"
    )


def _organizations(command: str, name: str, before: Given = AGREED, **body: Any) -> list[Refusal]:
    def filled(id: UUID) -> dict[str, Any]:
        shapes = {
            "organization": id,
            "unblocker": id,
            "agreed_by": [MINISTRY, id],
            "responsibles": [{"organization": id}],
            "counterpart": {"organization": id, "obligation": "Land"},
        }
        return body | {name: shapes[name]}

    return [
        Refusal(command, before, filled(NOBODY), UnknownOrganization, (NOBODY,), "no está registrada"),
        Refusal(command, before, filled(ENDED), OrganizationEnded, ("Ministerio de Ayer", "2018-01-01", "2019-06-01")),
    ]


PART = given().where(announcement=Announcement(id=WHOLE, exists=True, headline=HEADLINE))
IN_PLANS = given(registered()).where(others=(KNOWN_PLANS,))
PROMISED = given(registered(amount=PEN_5, currency="PEN"))
BY_UNIVERSITY = {"on_behalf_of": UNIVERSITY}
LED_BY_REGION = given(registered(verifier=UNIVERSITY), STARTED, REPORTED)
EXPIRED = Words("expired", "vencida")
TABLE, SESSION, ACTA, OTHER = (UUID(int=n) for n in range(0x81, 0x85))
MADE = {"roundtable": TABLE, "session": SESSION, "minutes": ACTA, "item": "Acuerdo 7"}
WRITTEN = Chain(
    session=SESSION,
    roundtable=TABLE,
    outcomes=("Acuerdo 7", "Pedido 1"),
    minutes=ACTA,
    written_of=SESSION,
    name="CHU-A3",
    state=Words("signed", "firmada"),
    final=True,
)
DRAFTED = replace(WRITTEN, final=False, state=Words("draft", "en borrador"))
CHOSEN = Chosen(id=OTHER, exists=True, name="PP-2020", priorities=("P1", "P2"))
CHAINS: list[Any] = [
    ({"minutes": ACTA}, Chain(), UnknownMinutes, (ACTA, "origin.minutes")),
    ({"session": SESSION}, Chain(), UnknownSession, (SESSION, "origin.session")),
    (MADE | {"session": OTHER}, replace(WRITTEN, session=OTHER), errors.OriginContradicts, (OTHER, SESSION)),
    (MADE | {"roundtable": OTHER}, WRITTEN, errors.OriginContradicts, (OTHER, TABLE)),
    (MADE, DRAFTED, errors.MinutesNotFinal, ("CHU-A3", "draft")),
    (MADE | {"item": "Acuerdo 8"}, WRITTEN, errors.OutcomeNotThere, ("Acuerdo 8", "Acuerdo 7, Pedido 1")),
    ({"participatory_budget": OTHER}, Chosen(id=OTHER), UnknownParticipatoryBudget, (OTHER, "2019-06-01")),
    ({"participatory_budget": OTHER, "item": "P3"}, CHOSEN, errors.ItemNotPrioritised, ("P3", "PP-2020", "P1, P2")),
]
REFUSALS = [
    *_organizations("register", "responsibles", given(), title="Water"),
    Refusal(
        "register", given().where(holders={"A-1": ID}), NEW | {"code": "A-1"}, CodeTaken, ("A-1", ID), "ya pertenece"
    ),
    Refusal(
        "register",
        PART,
        NEW | {"headline": HEADLINE, "part_of": WHOLE},
        errors.ItemHasHeadline,
        ("part_of", "headline"),
    ),
    Refusal("register", given(), NEW | {"headline": HEADLINE, "amount": PEN_5}, errors.ItemHasHeadline, ("amount",)),
    Refusal(
        "register",
        given().where(announcement=Announcement(id=WHOLE)),
        NEW | {"part_of": WHOLE},
        UnknownCommitment,
        (WHOLE, "2019-06-01", "part_of"),
    ),
    Refusal(
        "register",
        given().where(announcement=Announcement(id=WHOLE, exists=True)),
        NEW | {"part_of": WHOLE},
        errors.NoHeadline,
        (WHOLE,),
        "no tiene anuncio",
    ),
    Refusal("register", given().where(table=Table(id=WHOLE)), NEW, UnknownRoundtable, (WHOLE, "2019-06-01"), "mesa"),
    Refusal(
        "register",
        given().where(table=Table(id=WHOLE, exists=True, name="CHU", state=EXPIRED, over_since=date(2019, 5, 31))),
        NEW,
        errors.RoundtableTakesNoCommitments,
        ("CHU", "expired", "2019-05-31"),
        "vencida",
    ),
    *(
        Refusal("register", given().where(others=(chain,)), NEW | {"origin": origin}, error, shown)
        for origin, chain, error, shown in CHAINS
    ),
    Refusal("register", PART, NEW | {"part_of": WHOLE, "amount": USD_5}, errors.CurrencyMismatch, ("USD", "PEN")),
    Refusal(
        "register",
        given(),
        NEW | {"deadline": "2019-05-31"},
        errors.DeadlineBeforeCommitment,
        ("2019-05-31", "2019-06-01"),
    ),
    Refusal(
        "register",
        given(),
        NEW | {"verifier": MINISTRY},
        errors.NotAnotherParty,
        (MINISTRY, "answers for it"),
        "responde por él",
    ),
    *(_closed(name) for name in ("accept", "dismiss", "start", "unblock", "verify-fulfilment", "reject-fulfilment")),
    *(_closed(name) for name in ("declare-unfulfilled", "reactivate", "reverse", "waive-deadline", "waive-follow-up")),
    _closed("report-progress", percent=1),
    _closed("block", cause="x"),
    _closed("report-fulfilment", evidence=[EVIDENCE]),
    _closed("supersede", successors=[OTHER]),
    _closed("withdraw", agreed_by=[MINISTRY]),
    *(_closed(name, amount=PEN_5) for name in ("amend-amount", "approve-amount", "report-execution")),
    _closed("amend-headline", headline=HEADLINE),
    _closed("set-deadline", deadline="2020-12-31"),
    _closed("extend-deadline", deadline="2020-12-31", act=ACT),
    *(_closed(n, organization=REGION) for n in ("assign-follow-up-body", "assign-verifier", "add-collaborator")),
    _closed("assign-responsibles", responsibles=[{"organization": REGION}]),
    _closed("add-counterpart", counterpart={"organization": REGION, "obligation": "Land"}),
    _closed("align-objectives", objectives=FIELDS[e.ObjectivesAligned]["objectives"]),
    *(Refusal("align-objectives", IN_PLANS, {"objectives": (wrong,)}, *expected) for wrong, *expected in MISALIGNED),
    *_organizations("block", "unblocker", cause="x"),
    *_organizations("withdraw", "agreed_by"),
    *_organizations("assign-follow-up-body", "organization"),
    *_organizations("assign-verifier", "organization"),
    *_organizations("add-collaborator", "organization"),
    *_organizations("assign-responsibles", "responsibles"),
    *_organizations("add-counterpart", "counterpart"),
    Refusal(
        "report-fulfilment",
        given(registered(code="A-1"), STARTED),
        {},
        errors.EvidenceMissing,
        ("A-1", "evidence"),
        "no tiene medio de verificación",
    ),
    Refusal("verify-fulfilment", REPORTED_DONE, {}, errors.InstitutionUnknown, ("on_behalf_of",), "institución"),
    Refusal("reject-fulfilment", REPORTED_DONE, {}, errors.InstitutionUnknown, ("on_behalf_of",)),
    Refusal("assess", AGREED, {"assessment": "limited"}, errors.InstitutionUnknown, ("on_behalf_of",)),
    Refusal(
        "verify-fulfilment",
        REPORTED_DONE,
        BY_UNIVERSITY,
        errors.NotAnotherParty,
        ("is represented by the actor who reported it",),
        "está representada por quien lo reportó",
    ),
    Refusal(
        "verify-fulfilment",
        REPORTED_DONE,
        {"on_behalf_of": REGION},
        errors.NotAnotherParty,
        (REGION, "reported it"),
        "lo reportó",
        COLLEAGUE,
    ),
    Refusal(
        "reject-fulfilment",
        REPORTED_DONE,
        {"on_behalf_of": MINISTRY},
        errors.NotAnotherParty,
        (MINISTRY, "answers for it"),
        "responde por él",
        COLLEAGUE,
    ),
    Refusal(
        "assess",
        AGREED,
        {"assessment": "complete", "on_behalf_of": MINISTRY},
        errors.NotAnotherParty,
        (MINISTRY,),
    ),
    Refusal("supersede", AGREED, {"successors": [ID]}, errors.SucceedsItself, (ID, "successors")),
    Refusal("supersede", AGREED, {"successors": [OTHER]}, UnknownCommitment, (OTHER, "successors")),
    Refusal(
        "supersede",
        given(registered(part_of=WHOLE)).where(part_of={OTHER: None}),
        {"successors": [OTHER]},
        errors.SuccessorElsewhere,
        (OTHER, WHOLE),
    ),
    Refusal(
        "withdraw",
        given(registered(collaborators=(REGION,))),
        {"agreed_by": [MINISTRY]},
        errors.PartyNotAgreed,
        (REGION, "agreed_by"),
        "falta el acuerdo de",
    ),
    *(
        Refusal(name, ANNOUNCED, {"amount": PEN_5}, errors.HeadlineHasNoLadder, (name, "amend-headline"), "partidas")
        for name in ("amend-amount", "approve-amount", "report-execution")
    ),
    *(
        Refusal(name, PROMISED, {"amount": USD_5}, errors.CurrencyMismatch, ("USD", "PEN"), "Conviértalo")
        for name in ("amend-amount", "approve-amount", "report-execution")
    ),
    Refusal("amend-amount", PROMISED, {"amount": PEN_5}, errors.AmountUnchanged, ("5.00",)),
    Refusal("amend-headline", AGREED, {"headline": HEADLINE}, errors.NoHeadline, (ID,)),
    Refusal(
        "amend-headline",
        ANNOUNCED,
        {"headline": {"amount": USD_5, "projects": 1}},
        errors.CurrencyMismatch,
        ("USD", "PEN", "headline"),
    ),
    Refusal(
        "set-deadline", WITH_DEADLINE, {"deadline": "2021-12-31"}, errors.DeadlineAlreadySet, ("2020-12-31",), "plazo"
    ),
    Refusal("waive-deadline", WITH_DEADLINE, {}, errors.DeadlineAlreadySet, ("2020-12-31",)),
    Refusal(
        "set-deadline",
        AGREED,
        {"deadline": "2018-07-24"},
        errors.DeadlineBeforeCommitment,
        ("2018-07-24", "2018-07-25"),
    ),
    Refusal("extend-deadline", AGREED, {"deadline": "2021-12-31", "act": ACT}, errors.DeadlineNotSet, (ID,)),
    Refusal(
        "extend-deadline",
        WITH_DEADLINE,
        {"deadline": "2020-12-31", "act": ACT},
        errors.NotLater,
        ("2020-12-31",),
        "no es posterior",
    ),
    Refusal("waive-follow-up", given(registered(follow_up_body=REGION)), {}, errors.FollowUpAlreadyAssigned, (REGION,)),
    Refusal("assign-verifier", AGREED, {"organization": MINISTRY}, errors.NotAnotherParty, (MINISTRY, "answers")),
    Refusal(
        "assign-responsibles",
        LED_BY_REGION,
        {"responsibles": [{"organization": UNIVERSITY}]},
        errors.NotAnotherParty,
        (UNIVERSITY, "verifies it"),
        "lo verifica",
    ),
    Refusal("add-collaborator", AGREED, {"organization": MINISTRY}, errors.AlreadyCollaborates, (MINISTRY,), "ya es"),
]


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: f"{case.command}-{case.error.__name__}")
def test_a_refusal_names_its_values_in_both_languages(case):
    case.before.when(case.command, by=case.by, **case.body).refused(case.error, *case.shown, es=case.es)


@pytest.mark.parametrize(
    "origin", [MADE, {"minutes": ACTA, "item": "Pedido 1", "page": 4}, {"session": SESSION, "item": "Acuerdo 7"}]
)
def test_a_commitment_of_signed_minutes_keeps_where_it_was_made(origin):
    made = given().where(others=(WRITTEN,)).when("register", **NEW, origin=origin)
    assert made.then(e.CommitmentRegistered).origin.item == origin["item"]


def test_every_documented_refusal_is_shown():
    shown = {(case.command, case.error.__name__) for case in REFUSALS}
    assert {(c.slug, r) for c in commands_of(Commitment).values() if c.spec.dated for r in c.refusals} == shown


def test_a_fact_cannot_predate_the_commitment():
    AGREED.when("attach-evidence", "2018-07-25", evidence=EVIDENCE).then(e.EvidenceAttached)
    AGREED.when("attach-evidence", "2018-07-24", evidence=EVIDENCE).refused(
        BeforeObjectBegan, "2018-07-24", "2018-07-25", es="es anterior al inicio (compromiso, 2018-07-25)"
    )


def test_what_was_promised_stays_when_the_amount_is_amended():
    state = PROMISED.when("amend-amount", amount=HEADLINE.amount, reason="Inflation").then(e.AmountAmended)
    assert (state.ladder.promised, state.ladder.adjusted, state.ladder.current) == (
        PEN_5,
        HEADLINE.amount,
        HEADLINE.amount,
    )
    [change] = state.amendments
    assert (change.from_, change.to, change.reason) == (PEN_5, HEADLINE.amount, "Inflation")


def test_every_extension_stays_visible_beside_the_original_deadline():
    once = fact(e.DeadlineExtended, "2020-12-01", deadline=date(2021, 6, 30), act=ACT)
    outcome = given(registered(deadline=date(2020, 12, 31)), once).when(
        "extend-deadline", "2021-06-01", deadline="2021-12-31", act=ACT, reason="Rain"
    )
    state = outcome.then(e.DeadlineExtended)
    assert state.original_deadline == date(2020, 12, 31)
    assert [(x.from_, x.to) for x in state.extensions] == [
        (date(2020, 12, 31), date(2021, 6, 30)),
        (date(2021, 6, 30), date(2021, 12, 31)),
    ]
    assert state.extensions[1].reason == "Rain"


WAIVED = fact(e.DeadlineWaived, "2019-01-01")
DATED = fact(e.DeadlineSet, "2019-02-01", deadline=date(2020, 12, 31))


@pytest.mark.parametrize("order", [(WAIVED, DATED), (DATED, fact(e.DeadlineWaived, "2019-03-01"))])
def test_a_deadline_takes_the_place_of_its_waiver(order):
    state = given(registered(), *order).state()
    assert (state.deadline, state.deadline_waiver) == (date(2020, 12, 31), None)


FOLLOWED = fact(e.FollowUpBodyAssigned, "2019-02-01", organization=REGION)


@pytest.mark.parametrize("order", [("2019-01-01", "2019-02-01"), ("2019-03-01", "2019-02-01")])
def test_a_follow_up_body_takes_the_place_of_its_waiver(order):
    state = given(registered(), fact(e.FollowUpWaived, order[0]), FOLLOWED).state()
    assert (state.follow_up_body, state.follow_up_waiver) == (REGION, None)


def test_a_late_fact_cannot_bring_in_a_second_currency():
    approved = fact(e.AmountApproved, "2019-03-01", amount=PEN_5)
    given(registered(), approved).when("amend-amount", "2019-01-01", amount=USD_5).refused(
        errors.CurrencyMismatch, "USD", "PEN"
    )


def test_a_late_fact_cannot_set_a_deadline_that_was_set_later():
    given(registered(), DATED).when("set-deadline", "2019-01-01", deadline="2019-12-31").refused(
        errors.DeadlineAlreadySet, "2020-12-31"
    )


def test_a_late_fact_cannot_make_the_verifier_answer_for_what_it_verified():
    done = given(registered(), STARTED, REPORTED, VERIFIED)
    body = {"responsibles": [{"organization": UNIVERSITY}]}
    done.when("assign-responsibles", "2019-02-15", **body).refused(
        errors.NotAnotherParty, UNIVERSITY, "verified its fulfilment", es="verificó su cumplimiento"
    )
    replaced = fact(e.ResponsiblesAssigned, "2019-02-20", responsibles=(LEAD,))
    given(registered(responsibles=(Responsible(organization=REGION),)), STARTED, replaced, REPORTED, VERIFIED).when(
        "assign-responsibles", "2019-02-15", **body
    ).then(e.ResponsiblesAssigned)


def test_a_late_fact_cannot_add_a_collaborator_twice():
    added = fact(e.CollaboratorAdded, "2019-03-01", organization=REGION)
    given(registered(), added).when("add-collaborator", "2019-01-01", organization=REGION).refused(
        errors.AlreadyCollaborates, REGION
    )


def test_a_position_is_said_for_an_institution():
    state = AGREED.when("state-position", voice="objects", text="No water", on_behalf_of=UNIVERSITY).then(
        e.PositionStated
    )
    assert [(p.organization, p.voice, p.text) for p in state.positions] == [(UNIVERSITY, "objects", "No water")]


def test_an_item_is_in_the_currency_of_its_announcement_before_it_has_an_amount():
    PART.when("register", **NEW, part_of=WHOLE).then(e.CommitmentRegistered, currency="PEN", part_of=WHOLE)


def test_a_record_is_as_complete_as_what_is_there_or_waived():
    bare = completeness(AGREED.state())
    assert bare.percent == 12
    assert bare.missing == ("deadline", "follow_up_body", "verifier", "sector", "territory", "amount", "origin")
    waived = completeness(given(registered(), WAIVED).state())
    assert (waived.percent, waived.waived) == (25, ("deadline",))
    filled = completeness(given(registered(), WAIVED, DATED).state())
    assert (filled.percent, filled.waived) == (25, ())
    assert "territory" not in completeness(given(registered(territories=(CHUMBIVILCAS,))).state()).missing
    assert "evidence" in completeness(given(registered(), fact(e.FulfilmentReported)).state()).missing
