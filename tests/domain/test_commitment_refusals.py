"""Everything that the commands of a commitment refuse."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.commitment import Commitment, errors
from domain.commitment import events as e
from domain.commitment.facts import Announcement, Chain, Chosen, Table
from domain.errors import DomainError, Words
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
from roundtable.commands import commands_of
from tests.domain.commitments import (
    AGREED,
    ANNOUNCED,
    CLOSED,
    NEW,
    PART,
    PEN_5,
    PROMISED,
    REPORTED_DONE,
    USD_5,
    WHOLE,
    WITH_DEADLINE,
)
from tests.domain.given import (
    ACTOR,
    COLLEAGUE,
    ENDED,
    ID,
    MINISTRY,
    NOBODY,
    REGION,
    UNIVERSITY,
    Given,
    given,
)
from tests.domain.samples import (
    ACT,
    EVIDENCE,
    FIELDS,
    HEADLINE,
    KNOWN_PLANS,
    MISALIGNED,
    REPORTED,
    STARTED,
    registered,
)


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


IN_PLANS = given(registered()).where(others=(KNOWN_PLANS,))
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
