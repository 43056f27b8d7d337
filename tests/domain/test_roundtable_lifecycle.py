"""The life of a roundtable: which command may follow which state, what an installation and an end need."""

from typing import Any
from uuid import UUID

import pytest

from domain.commitment.errors import RoundtableTakesNoCommitments
from domain.commitment.events import CommitmentRegistered
from domain.commitment.facts import Table
from domain.errors import Words
from domain.facts import CodeTaken, OrganizationEnded, UnknownOrganization, UnknownRoundtable
from domain.roundtable import errors
from domain.roundtable import events as r
from domain.roundtable.facts import Lineage, OpenCommitments
from domain.roundtable.types import OVER, STANDING, Status
from tests.domain.given import ENDED, ID, MINISTRY, MUNICIPALITY, NOBODY, REGION, UNIVERSITY, fact, given
from tests.domain.roundtables import (
    ACCREDITED,
    CONSTITUTED,
    INSTALLED,
    LETTER,
    REACHED,
    RM,
    RULES,
    accredited,
    designated,
    proposed,
    seated,
    table,
)
from tests.harness import day

S = Status
RUNNING = [s for s in Status if s not in OVER]
PARENT = UUID(int=0x51)
CITED = {"source": {"citation": "Acta de instalación"}}
TABLE: dict[str, tuple[dict[str, Any], dict[Status, Status]]] = {
    "constitute": ({"act": RM}, {S.PROPOSED: S.CONSTITUTED}),
    "complete-accreditation": ({}, {S.CONSTITUTED: S.ACCREDITED, S.ACCREDITED: S.ACCREDITED}),
    "postpone-installation": ({}, {s: s for s in (S.CONSTITUTED, S.ACCREDITED)}),
    "install": (CITED, {S.ACCREDITED: S.INSTALLED}),
    "approve-rules": ({"rules": RULES}, {s: s for s in STANDING}),
    "approve-work-plan": ({"document": LETTER}, {s: s for s in STANDING}),
    "activate": ({}, {S.INSTALLED: S.ACTIVE}),
    "suspend": ({}, {S.ACTIVE: S.SUSPENDED}),
    "resume": ({}, {S.SUSPENDED: S.ACTIVE}),
    "extend-validity": ({"until": "2022-02-05", "act": RM}, {s: s for s in STANDING}),
    "assign-follow-up-body": ({"organization": UNIVERSITY}, {s: s for s in Status}),
    "conclude": ({"final_report": LETTER}, dict.fromkeys((S.INSTALLED, S.ACTIVE, S.SUSPENDED), S.CONCLUDED)),
    "extinguish": ({"act": RM}, dict.fromkeys(RUNNING, S.EXTINGUISHED)),
    "define-seat": ({"seat": "front", "organization": REGION, "sector": "civil_society"}, {s: s for s in RUNNING}),
    "withdraw-seat": ({"seat": "province"}, {s: s for s in RUNNING}),
    "designate-representatives": (
        {"seat": "province", "principal": "00000000-0000-4000-8000-000000000003"},
        {s: s for s in RUNNING},
    ),
    "accredit": ({"seat": "province", "document": LETTER}, {s: s for s in STANDING}),
    "lapse-accreditation": ({"seat": "province"}, {s: s for s in STANDING}),
    "name-chairs": ({"chairs": [MUNICIPALITY]}, {s: s for s in RUNNING}),
    "name-secretariat": ({"organization": REGION}, {s: s for s in RUNNING}),
}
"""For each command: a body, and from which state it leads to which."""
MORE = (seated(), designated(), accredited(), fact(r.RulesApproved, "2018-04-01", rules=RULES))
"""What all states are given, so that nothing but the state refuses."""


def reached(status):
    there = REACHED[status]
    return table(*there, *(e for e in MORE if type(e) not in {type(t) for t in there}))


@pytest.mark.parametrize("status", Status)
def test_every_state_can_be_reached(status):
    assert table(*REACHED[status]).state().status is status


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("command", TABLE)
def test_a_command_moves_the_states_of_the_table_and_refuses_all_others(command, status):
    body, moves = TABLE[command]
    outcome = reached(status).when(command, "2019-06-01", **body)
    if status in moves:
        assert outcome.then(type(outcome.event)).status is moves[status]
    else:
        outcome.refused(errors.RoundtableNotOpen, status.value, command, es=status.es)


def test_a_proposal_says_what_where_and_with_whom():
    said = {"name": "Mesa Grau", "type": "dialogue_table", "level": "regional", "code": "GRA-2021"}
    state = (
        table()
        .when("propose", **said, chairs=[MINISTRY], co_chairs=[REGION], secretariat=MUNICIPALITY, purpose="Paz")
        .then(r.RoundtableProposed, **said)
    )
    assert (state.status, state.chairs, state.co_chairs) == (S.PROPOSED, (MINISTRY,), (REGION,))
    assert (state.secretariat, state.purpose, state.valid_until) == (MUNICIPALITY, "Paz", None)


PLAIN = {"name": "Mesa", "type": "technical_table", "level": "provincial"}


def test_a_code_belongs_to_one_roundtable():
    taken = table().where(holders={"CHU-2018": PARENT}).when("propose", **PLAIN, code="CHU-2018")
    taken.refused(CodeTaken, "CHU-2018", PARENT)


@pytest.mark.parametrize("field", ["parent", "predecessor"])
def test_parents_and_predecessors_must_be_recorded(field):
    body = PLAIN | {field: PARENT}
    table().when("propose", **body).refused(UnknownRoundtable, field, PARENT)
    there = Lineage(chains={field: (PARENT,)})
    state = table().where(lineage=there).when("propose", **body).then(r.RoundtableProposed)
    assert getattr(state, field) == PARENT


@pytest.mark.parametrize("field", ["parent", "predecessor"])
def test_no_correction_makes_a_roundtable_descend_from_itself(field):
    circle = Lineage(id=ID, chains={field: (PARENT, UUID(int=0x52), ID)})
    outcome = table(proposed()).where(lineage=circle).when("correct", position=1, changes={field: str(PARENT)})
    assert isinstance(outcome.refusal, errors.LineageCyclic)
    assert outcome.refusal.values["field"] == field


@pytest.mark.parametrize("command", ["assign-follow-up-body", "name-secretariat", "define-seat"])
def test_organizations_must_be_recorded_and_stand(command):
    body = TABLE[command][0]
    table(*INSTALLED).when(command, **(body | {"organization": NOBODY})).refused(UnknownOrganization, NOBODY)
    table(*INSTALLED).when(command, **(body | {"organization": ENDED})).refused(OrganizationEnded, ENDED)


def test_no_installation_before_every_required_seat_is_accredited():
    two = (*CONSTITUTED, seated("province"), seated("front"), designated("province"), accredited("province"))
    outcome = table(*two).when("complete-accreditation")
    outcome.refused(errors.AccreditationIncomplete, "front", es="faltan acreditar front")
    table(*two).when("install", **CITED).refused(errors.RoundtableNotOpen, "constituted", "accredited")


def test_a_seat_that_is_not_required_holds_nothing_up():
    optional = (*CONSTITUTED, seated(), designated(), accredited(), seated("guest", required=False))
    assert table(*optional).when("complete-accreditation").then(r.AccreditationCompleted).status is S.ACCREDITED


def test_a_roundtable_without_seats_is_not_accredited_unless_that_is_waived():
    table(*CONSTITUTED).when("complete-accreditation").refused(errors.AccreditationIncomplete, "no seats")
    waived = table(*CONSTITUTED).when("complete-accreditation", waiver="The act names nobody")
    assert waived.then(r.AccreditationCompleted).accreditation_waiver.seats == ()


def test_a_waiver_names_the_missing_seats_and_lets_the_installation_go_on():
    waived = table(*CONSTITUTED, seated()).when("complete-accreditation", "2018-03-01", waiver="No answer")
    state = waived.then(r.AccreditationCompleted)
    assert (state.accreditation_waiver.reason, state.accreditation_waiver.seats) == ("No answer", ("province",))
    on = (*CONSTITUTED, seated(), fact(r.AccreditationCompleted, "2018-03-01", waiver="No answer"))
    assert table(*on).when("install", **CITED).then(r.RoundtableInstalled).status is S.INSTALLED


def test_there_is_nothing_to_waive_where_all_are_accredited():
    outcome = table(*CONSTITUTED, seated(), designated(), accredited()).when("complete-accreditation", waiver="Haste")
    outcome.refused(errors.AccreditationNotMissing, "waiver")


def test_an_accreditation_that_lapsed_since_holds_the_installation_up():
    lapsed = fact(r.AccreditationLapsed, "2018-03-15", seat="province")
    table(*ACCREDITED, lapsed).when("install", **CITED).refused(errors.AccreditationIncomplete, "province", "install")


def test_an_installation_is_written_down_somewhere():
    table(*ACCREDITED).when("install").refused(errors.InstallationWithoutRecord, "source")
    minutes = UUID(int=0x53)
    state = table(*ACCREDITED).when("install", "2018-04-01", minutes=minutes).then(r.RoundtableInstalled)
    assert (state.installed_on, state.installation_minutes) == (day("2018-04-01"), minutes)


def test_postponements_are_kept_with_their_reasons():
    state = (
        table(*ACCREDITED)
        .when("postpone-installation", reason="No delegates", until="2019-07-01")
        .then(r.InstallationPostponed, until=day("2019-07-01"))
    )
    assert [p.reason for p in state.postponements] == ["No delegates"]


def test_work_begins_under_rules_or_a_work_plan():
    table(*INSTALLED).when("activate").refused(errors.NothingApproved, "2019-06-01")
    planned = table(*INSTALLED, fact(r.WorkPlanApproved, "2018-04-20", document=LETTER))
    assert planned.when("activate").then(r.RoundtableActivated).work_plan == LETTER


def test_rules_approved_again_replace_those_before():
    state = table(*REACHED[S.ACTIVE]).when("approve-rules", rules={"quorum": {"seats": 4}}).then(r.RulesApproved)
    assert (state.rules.quorum.seats, state.rules.decision) == (4, "consensus")


def test_concluding_with_open_commitments_names_who_follows_them_up():
    open_ones = OpenCommitments(count=7, some=("CHU-1", "CHU-2"))
    there = table(*REACHED[S.ACTIVE]).where(open_commitments=open_ones)
    there.when("conclude", final_report=LETTER).refused(errors.OpenCommitmentsUnfollowed, 7, "CHU-1, CHU-2")
    state = there.when("conclude", final_report=LETTER, follow_up_body=UNIVERSITY).then(r.RoundtableConcluded)
    assert (state.follow_up_body, state.final_report) == (UNIVERSITY, LETTER)


def test_a_follow_up_body_named_before_is_enough_to_conclude():
    body = fact(r.RoundtableFollowUpAssigned, "2018-05-01", organization=UNIVERSITY)
    there = table(*REACHED[S.ACTIVE], body).where(open_commitments=OpenCommitments(count=1, some=("CHU-1",)))
    assert there.when("conclude", final_report=LETTER).then(r.RoundtableConcluded).follow_up_body == UNIVERSITY


def test_an_act_extinguishes_and_what_was_agreed_gets_another_follow_up_body():
    state = (
        table(*REACHED[S.SUSPENDED]).when("extinguish", act=RM, follow_up_body=REGION).then(r.RoundtableExtinguished)
    )
    assert (state.extinguishing_act, state.follow_up_body, state.ended_on) == (RM, REGION, day("2019-06-01"))
    later = table(*REACHED[S.EXTINGUISHED]).when("assign-follow-up-body", organization=UNIVERSITY)
    assert later.then(r.RoundtableFollowUpAssigned).follow_up_body == UNIVERSITY


def test_what_a_later_fact_rests_on_is_not_voided_under_it():
    outcome = table(*INSTALLED).when("void", position=6)
    assert outcome.refusal is not None
    assert "roundtable.installed" in outcome.refusal.message("en")


AT = {"roundtable": str(PARENT)}
OFFERED = {"title": "Water", "responsibles": [{"organization": MINISTRY}], "origin": AT}


def over(since: str, **more: Any) -> Table:
    return Table(
        id=PARENT, exists=True, name="CHU-2018", state=Words("x", "y"), over_since=day(since) if since else None, **more
    )


def test_a_commitment_is_made_at_a_roundtable_that_exists():
    outcome = given().where(table=Table(id=PARENT)).when("register", **OFFERED)
    outcome.refused(UnknownRoundtable, PARENT, "origin.roundtable")
    state = given().where(table=over("")).when("register", **OFFERED).then(CommitmentRegistered)
    assert state.origin.roundtable == PARENT


def test_a_roundtable_takes_commitments_up_to_its_last_day():
    given().where(table=over("2019-06-01")).when("register", "2019-06-01", **OFFERED).then(CommitmentRegistered)
    outcome = given().where(table=over("2019-06-01")).when("register", "2019-06-02", **OFFERED)
    outcome.refused(RoundtableTakesNoCommitments, "CHU-2018", "2019-06-01", "2019-06-02")


def test_on_the_day_it_concludes_unfollowed_it_takes_none():
    there = given().where(table=over("2019-06-01", followed_up=False))
    there.when("register", "2019-06-01", **OFFERED).refused(RoundtableTakesNoCommitments, "2019-06-01")
