"""Every command of an organization: what it records, and everything it refuses."""

from datetime import date

import pytest

from domain.aggregate import FactsContradict
from domain.errors import StateMovedLater
from domain.facts import CodeTaken, OrganizationEnded, UnknownOrganization
from domain.organization import NameInForce, Organization
from domain.organization import errors as x
from domain.organization import events as o
from domain.organization.types import OrganizationStatus
from roundtable.commands import commands_of
from tests.domain.given import ENDED, ID, MINISTRY, NOBODY, Given, fact, given, voided
from tests.domain.samples import CHUMBIVILCAS

RUC = {"scheme": "PE-RUC", "id": "20131372931"}
REGISTERED = fact(o.OrganizationRegistered, "1992-11-25", name="MINAGRI", kind="national_government")
MERGED = fact(o.OrganizationMerged, "2019-03-01", into=MINISTRY)
DISSOLVED = fact(o.OrganizationDissolved, "2019-03-01")
IDENTIFIED = fact(o.OrganizationIdentified, "2019-02-01", identifier=o.Identifier(**RUC))
RENAMED = fact(o.OrganizationRenamed, "2020-11-24", name="MIDAGRI")


def _given(*events: o.Event) -> Given:
    return given(*events, kind=Organization)


THERE = _given(REGISTERED)


def test_an_organization_is_registered_since_a_day():
    state = (
        _given()
        .when(
            "register",
            "1992-11-25",
            name="  MINAGRI ",
            kind="national_government",
            code="MINAGRI",
            sector="agriculture",
            identifiers=[RUC],
            territories=[CHUMBIVILCAS],
        )
        .then(o.OrganizationRegistered, name="MINAGRI", territories=(CHUMBIVILCAS,))
    )
    assert state.status is OrganizationStatus.REGISTERED
    assert (state.name, state.began_on, state.ended_on) == ("MINAGRI", date(1992, 11, 25), None)
    assert list(Organization.claims(state)) == ["MINAGRI", "PE-RUC:20131372931"]


def test_an_old_name_stays_in_force_for_its_days():
    state = THERE.when("rename", "2020-11-24", name="MIDAGRI").then(o.OrganizationRenamed)
    assert state.names == (
        NameInForce(name="MINAGRI", valid_from=date(1992, 11, 25), valid_until=date(2020, 11, 24)),
        NameInForce(name="MIDAGRI", valid_from=date(2020, 11, 24)),
    )
    assert state.name == "MIDAGRI"
    assert _given(REGISTERED, RENAMED).state("2020-11-23").name == "MINAGRI"


def test_a_name_between_two_others_can_be_recorded_late():
    state = _given(REGISTERED, RENAMED).when("rename", "2008-03-13", name="MINAG").then(o.OrganizationRenamed)
    assert [(n.name, n.valid_until) for n in state.names] == [
        ("MINAGRI", date(2008, 3, 13)),
        ("MINAG", date(2020, 11, 24)),
        ("MIDAGRI", None),
    ]


def test_an_identifier_and_a_contact_are_added():
    assert THERE.when("identify", identifier=RUC).then(o.OrganizationIdentified).identifiers[0].id == RUC["id"]
    assert THERE.when("name-contact", contact="digest").then(o.OrganizationContactNamed).contact == "digest"


def test_a_merged_organization_names_the_one_that_continues():
    state = THERE.when("merge", into=MINISTRY).then(o.OrganizationMerged)
    assert (state.status, state.merged_into, state.ended_on) == (
        OrganizationStatus.MERGED,
        MINISTRY,
        date(2019, 6, 1),
    )


def test_a_dissolved_organization_has_ended():
    state = THERE.when("dissolve", reason="Ley 1234").then(o.OrganizationDissolved)
    assert (state.status, state.ended_on) == (OrganizationStatus.DISSOLVED, date(2019, 6, 1))


BODIES = {
    "rename": {"name": "MIDAGRI"},
    "identify": {"identifier": RUC},
    "name-contact": {"contact": "digest"},
    "merge": {"into": MINISTRY},
    "dissolve": {},
}
ENDS = [(MERGED, "merged", "fusionada"), (DISSOLVED, "dissolved", "disuelta")]
REFUSALS = [
    ("register", _given().where(holders={"MIN": ID}), {"name": "M", "kind": "ngo", "code": "MIN"}, CodeTaken, "MIN"),
    ("rename", THERE, {"name": "MINAGRI"}, x.NameUnchanged, "MINAGRI"),
    ("identify", _given(REGISTERED, IDENTIFIED), {"identifier": RUC}, x.IdentifierKnown, "PE-RUC:20131372931"),
    ("identify", THERE.where(holders={"PE-RUC:20131372931": ID}), {"identifier": RUC}, CodeTaken, ID),
    ("merge", THERE, {"into": ID}, x.MergesIntoItself, ID),
    ("merge", THERE, {"into": NOBODY}, UnknownOrganization, NOBODY),
    ("merge", THERE, {"into": ENDED}, OrganizationEnded, "2018-01-01"),
    *(
        (name, _given(REGISTERED, DISSOLVED), body, x.OrganizationNotStanding, "2019-03-01")
        for name, body in BODIES.items()
    ),
]


@pytest.mark.parametrize(("command", "before", "body", "error", "shown"), REFUSALS)
def test_a_refusal_names_its_values(command, before, body, error, shown):
    before.when(command, **body).refused(error, shown)


def test_every_documented_refusal_is_shown():
    shown = {(command, error.__name__) for command, _, _, error, _ in REFUSALS}
    assert {(c.slug, r) for c in commands_of(Organization).values() if c.spec.dated for r in c.refusals} == shown


@pytest.mark.parametrize(("end", "status", "es"), ENDS)
@pytest.mark.parametrize("command", BODIES)
def test_an_organization_that_ended_changes_no_more(command, end, status, es):
    _given(REGISTERED, end).when(command, **BODIES[command]).refused(
        x.OrganizationNotStanding, "MINAGRI", status, "2019-03-01", es=f"está {es} desde el 2019-03-01"
    )


@pytest.mark.parametrize("command", ["rename", "identify", "name-contact"])
def test_an_organization_still_changes_on_days_before_it_ended(command):
    outcome = _given(REGISTERED, MERGED).when(command, "2019-02-28", **BODIES[command])
    assert outcome.then(type(outcome.event)).status is OrganizationStatus.MERGED


def test_an_end_cannot_be_recorded_before_an_end():
    _given(REGISTERED, MERGED).when("dissolve", "2019-02-28").refused(StateMovedLater, "organization.merged")


def test_two_organizations_cannot_merge_into_each_other_on_one_day():
    on = "2018-01-01"
    THERE.when("merge", on, into=ENDED).refused(OrganizationEnded, "Ministerio de Ayer", on)
    THERE.when("merge", "2017-12-31", into=ENDED).then(o.OrganizationMerged)


def test_an_identifier_cannot_be_added_late_when_it_was_added_later():
    _given(REGISTERED, IDENTIFIED).when("identify", "2019-01-01", identifier=RUC).refused(
        x.IdentifierKnown, "PE-RUC:20131372931"
    )


def test_a_void_that_leaves_facts_after_the_end_is_refused():
    late = fact(o.OrganizationRenamed, "2021-01-01", name="X")
    history = _given(REGISTERED, DISSOLVED, voided(2), late)
    history.when("void", position=3).refused(
        FactsContradict, "organization.renamed", "2021-01-01", "position 4", "dissolved", es="está disuelta desde"
    )
