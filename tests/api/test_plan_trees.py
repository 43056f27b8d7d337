"""Plans that are built into each other: no cycles, what became of priorities, the way of an objective."""

from typing import Any

import pytest

from tests.api.plans import ORDINANCE, adopts, drafts, in_force, objective
from tests.api.test_projects import registers
from tests.harness import Person, Refused


@pytest.fixture
def owner(secretary: Person) -> str:
    return secretary.registers_organization(name="Association of municipalities", kind="association")


def built_into(plan: str, version: int = 1) -> dict[str, Any]:
    return {"parent": {"plan": plan, "version": version}, "horizon": {"from": 2018, "until": 2021}}


def refused(who: Person, path: str, **body: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        who.does(path, **body)
    return refusal.value


def test_a_plan_is_not_built_into_itself(secretary: Person, owner: str) -> None:
    id = drafts(secretary, owner)
    refusal = refused(secretary, f"/plans/{id}/reframe", **built_into(id))
    assert (refusal.status, refusal.name) == (409, "plan-descends-from-itself")


@pytest.mark.parametrize("plans", [2, 3])
def test_no_cycle_closes_over_several_plans(secretary: Person, owner: str, plans: int) -> None:
    line = [drafts(secretary, owner)]
    for _ in range(plans - 1):
        line.append(drafts(secretary, owner, parent=(line[-1], 1)))
    assert refused(secretary, f"/plans/{line[0]}/reframe", **built_into(line[-1])).name == "plan-descends-from-itself"
    [first] = secretary.sees(f"/plans/{line[0]}/history")["items"]
    with pytest.raises(Refused) as corrected:
        secretary.corrects(f"/plans/{line[0]}", first["position"], {"parent": {"plan": line[-1], "version": 1}})
    assert corrected.value.name == "plan-descends-from-itself"
    assert secretary.sees(f"/plans/{line[0]}")["content"]["parent"] is None


def test_nor_by_the_next_version_or_a_void(secretary: Person, owner: str) -> None:
    above = in_force(secretary, owner)
    below = drafts(secretary, owner, parent=(above, 1))
    refusal = refused(secretary, f"/plans/{above}/start-update", **built_into(below))
    assert refusal.name == "plan-descends-from-itself"
    freed = secretary.does(f"/plans/{below}/reframe", horizon={"from": 2018, "until": 2021})
    third = drafts(secretary, owner, parent=(below, 1))
    secretary.does(f"/plans/{above}/start-update", **built_into(third))
    with pytest.raises(Refused) as voided:
        secretary.voids(f"/plans/{below}", freed["position"])
    assert voided.value.name == "plan-descends-from-itself"


def test_a_parent_is_a_version_that_was_there_on_the_day(secretary: Person, owner: str) -> None:
    above = in_force(secretary, owner)
    secretary.does(f"/plans/{above}/start-update", occurred_on="2020-03-01")
    drafts(secretary, owner, parent=(above, 2), occurred_on="2020-03-01")
    for day, version, name in (("2020-02-29", 2, "version"), ("2020-03-01", 3, "version"), ("2017-02-28", 1, "")):
        with pytest.raises(Refused) as refusal:
            drafts(secretary, owner, parent=(above, version), occurred_on=day)
        assert refusal.value.name == ("unknown-plan-version" if name else "unknown-plan")


class Nested:
    """An inter-municipal plan (PEPDI) over a sector plan over two neighbourhood plans, with assemblies."""

    def __init__(self, who: Person, owner: str) -> None:
        """Draft the three levels."""
        self.who = who
        self.top = drafts(who, owner, "P.1", "P.2", code="DEMO-PEPDI", type="inter_municipal")
        self.sector = drafts(who, owner, "S.1", "S.2", code="DEMO-PLANESE", type="sector", parent=(self.top, 1))
        place = {"system": "LOCAL:00000000-0000-4000-8000-000000000001", "code": "N2"}
        self.north = self._neighbourhood(owner, "N1", "V.1", "V.2")
        self.south = self._neighbourhood(owner, "N2", "V.3", territories=[place])
        table = who.does("/roundtables", name="Table", type="working_table", level="district", occurred_on="2017-01-02")
        self.assembly = str(who.does("/sessions", **_session(table["id"]))["id"])
        who.does(
            f"/plans/{self.north}/record-participation",
            occurred_on="2017-04-01",
            kind="assembly",
            sessions=[self.assembly],
            counts={"people": 80, "women": 45},
        )

    def _neighbourhood(self, owner: str, name: str, *codes: str, **about: Any) -> str:
        return drafts(
            self.who, owner, *codes, code=f"DEMO-{name}", type="neighbourhood", parent=(self.sector, 1), **about
        )

    def decides(self, above: str, child: str, code: str, disposition: str, into: str | None = None) -> dict[str, Any]:
        """Decide in June 2017 on a priority of a child."""
        return self.who.does(
            f"/plans/{above}/decide-priority",
            occurred_on="2017-06-01",
            version=1,
            priority={"plan": child, "version": 1, "code": code},
            disposition=disposition,
            into=into,
            reason=f"{code} is {disposition}",
        )


def _session(roundtable: str) -> dict[str, Any]:
    return {
        "roundtable": roundtable,
        "type": "ordinary",
        "modality": "in_person",
        "scheduled_on": "2017-04-01",
        "occurred_on": "2017-03-20",
    }


@pytest.fixture
def nested(secretary: Person, owner: str) -> Nested:
    return Nested(secretary, owner)


def test_every_priority_of_a_child_shows_what_became_of_it_and_why(secretary: Person, nested: Nested) -> None:
    nested.decides(nested.sector, nested.north, "V.1", "merged", "S.1")
    nested.decides(nested.sector, nested.south, "V.3", "rejected")
    found = secretary.sees(f"/plans/{nested.sector}/priorities")
    became = {item["code"]: (item["disposition"], item["into"], item["reason"]) for item in found["items"]}
    assert became == {
        "V.1": ("merged", "S.1", "V.1 is merged"),
        "V.2": ("undecided", None, None),
        "V.3": ("rejected", None, "V.3 is rejected"),
    }
    assert found["counts"] == {"merged": 1, "rejected": 1, "undecided": 1}
    before = secretary.sees(f"/plans/{nested.sector}/priorities", valid_at="2017-05-31")
    assert before["counts"] == {"undecided": 3}
    mine = secretary.sees(f"/plans/{nested.sector}/priorities", child=nested.north, disposition="undecided")
    assert [item["code"] for item in mine["items"]] == ["V.2"]
    csv = secretary.get(f"/plans/{nested.sector}/priorities", format="csv").text.splitlines()
    assert len(csv) == 4
    first = secretary.sees(f"/plans/{nested.sector}/priorities", limit=2)
    rest = secretary.sees(f"/plans/{nested.sector}/priorities", limit=2, cursor=first["next"])
    assert [item["code"] for item in (*first["items"], *rest["items"])] == ["V.1", "V.2", "V.3"]
    assert rest["next"] is None


def test_an_objective_is_traced_down_to_the_assemblies_and_up_to_where_it_ended(
    secretary: Person, nested: Nested
) -> None:
    nested.decides(nested.sector, nested.north, "V.1", "merged", "S.1")
    nested.decides(nested.sector, nested.south, "V.3", "adopted", "S.1")
    nested.decides(nested.top, nested.sector, "S.1", "adopted", "P.1")
    nested.decides(nested.top, nested.sector, "S.2", "deferred")
    down = secretary.sees(f"/plans/{nested.top}/trace", objective="P.1")
    came = [(s["depth"], s["plan_code"], s["code"], s["disposition"]) for s in down["came_from"]]
    assert came == [
        (1, "DEMO-PLANESE", "S.1", "adopted"),
        (2, "DEMO-N1", "V.1", "merged"),
        (2, "DEMO-N2", "V.3", "adopted"),
    ]
    assert down["came_from"][1]["sessions"] == [nested.assembly]
    assert down["went_to"] == []
    up = secretary.sees(f"/plans/{nested.north}/trace", objective="V.1")["went_to"]
    went = [(s["plan_code"], s["code"], s["disposition"], s["into"], s["reason"]) for s in up]
    assert went == [
        ("DEMO-N1", "V.1", "merged", "S.1", "V.1 is merged"),
        ("DEMO-PLANESE", "S.1", "adopted", "P.1", "S.1 is adopted"),
        ("DEMO-PEPDI", "P.1", None, None, None),
    ]
    [ended] = secretary.sees(f"/plans/{nested.sector}/trace", objective="S.2")["went_to"]
    assert (ended["disposition"], ended["into"]) == ("deferred", None)
    [open_] = secretary.sees(f"/plans/{nested.north}/trace", objective="V.2")["went_to"]
    assert open_["disposition"] == "undecided"
    earlier = secretary.sees(f"/plans/{nested.top}/trace", objective="P.1", valid_at="2017-05-31")
    assert earlier["came_from"] == []


def test_the_tree_counts_plans_sessions_and_priorities_at_every_level(secretary: Person, nested: Nested) -> None:
    nested.decides(nested.sector, nested.north, "V.1", "merged", "S.1")
    found = secretary.sees(f"/plans/{nested.top}/tree")
    nodes = [(node["depth"], node["code"], node["sessions"], node["people"]) for node in found["nodes"]]
    assert nodes == [
        (0, "DEMO-PEPDI", 0, 0),
        (1, "DEMO-PLANESE", 0, 0),
        (2, "DEMO-N1", 1, 80),
        (2, "DEMO-N2", 0, 0),
    ]
    totals = {total["type"]: total for total in found["by_type"]}
    local = totals["neighbourhood"]
    assert (local["plans"], local["sessions"], local["without_sessions"]) == (2, 1, 1)
    assert local["territories_without_sessions"] == ["LOCAL:00000000-0000-4000-8000-000000000001:N2"]
    assert local["priorities"] == {"merged": 1, "undecided": 2}
    assert (totals["inter_municipal"]["plans"], totals["sector"]["priorities"]) == (1, {"undecided": 2})
    below = secretary.sees(f"/plans/{nested.sector}/tree")["nodes"]
    assert [node["code"] for node in below] == ["DEMO-PLANESE", "DEMO-N1", "DEMO-N2"]


def test_a_session_of_a_participation_process_stays_on_record(secretary: Person, nested: Nested) -> None:
    [convened] = secretary.sees(f"/sessions/{nested.assembly}/history")["items"]
    with pytest.raises(Refused) as voided:
        secretary.voids(f"/sessions/{nested.assembly}", convened["position"])
    assert voided.value.name == "others-rest-on-it"


def test_only_what_is_built_into_a_version_is_decided_on_there(secretary: Person, nested: Nested) -> None:
    with pytest.raises(Refused) as refusal:
        nested.decides(nested.top, nested.north, "V.1", "adopted", "P.1")
    assert refusal.value.name == "not-a-child"


def test_what_serves_an_objective_is_shown_with_it(secretary: Person, owner: str) -> None:
    plan = in_force(secretary, owner, "OE.1", "OE.2")
    made = secretary.registers_commitment(owner, code="DEMO-C-1")
    cited = [{"plan": plan, "version": 1, "code": "OE.1"}]
    aligned = secretary.does(f"/commitments/{made['id']}/align-objectives", occurred_on="2019-06-01", objectives=cited)

    def served(objective: str, **when: Any) -> list[tuple[str, str]]:
        uses = secretary.sees(f"/plans/{plan}/trace", objective=objective, **when)["uses"]
        return [(use["kind"], use["code"]) for use in uses]

    assert served("OE.1") == [("commitment", "DEMO-C-1")]
    assert served("OE.2") == served("OE.1", valid_at="2019-05-31") == []
    assert served("OE.1", at_position=aligned["position"] - 1) == []
    uses = secretary.sees(f"/plans/{plan}/uses")
    assert [(use["objective"], use["code"]) for use in uses["uses"]] == [("OE.1", "DEMO-C-1")]
    assert (uses["by_kind"], uses["unserved"], uses["unknown"]) == ({"commitment": 1}, ["OE.2"], [])
    assert secretary.sees(f"/plans/{plan}/uses", valid_at="2019-05-31")["unserved"] == ["OE.1", "OE.2"]


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"plan": "00000000-0000-4000-8000-000000000009"}, "unknown-plan"),
        ({"version": 2}, "unknown-plan-version"),
        ({"code": "OE.9"}, "unknown-objective"),
    ],
    ids=["plan", "version", "objective"],
)
def test_a_commitment_cites_only_what_exists_also_when_corrected(
    secretary: Person, owner: str, wrong: dict[str, Any], name: str
) -> None:
    plan = in_force(secretary, owner)
    made = secretary.registers_commitment(owner)
    path, right = f"/commitments/{made['id']}", {"plan": plan, "version": 1, "code": "OE.1"}
    refusal = refused(secretary, f"{path}/align-objectives", objectives=[right, right | wrong])
    assert (refusal.status, refusal.name) == (422, name)
    aligned = secretary.does(f"{path}/align-objectives", objectives=[right])
    with pytest.raises(Refused) as corrected:
        secretary.corrects(path, aligned["position"], {"objectives": [right | wrong]})
    assert corrected.value.name == name
    assert secretary.sees(path)["objectives"] == [right]


def test_a_project_serves_only_objectives_that_exist_and_keeps_them(secretary: Person, owner: str) -> None:
    plan, right = in_force(secretary, owner, "OE.1", "OE.2"), {"version": 1, "code": "OE.1"}
    registers(secretary, owner, "DEMO-P-1")
    for wrong, name in (
        ({"plan": "00000000-0000-4000-8000-000000000009"}, "unknown-plan"),
        ({"version": 2}, "unknown-plan-version"),
        ({"code": "OE.9"}, "unknown-objective"),
    ):
        objectives = [{"plan": plan} | right | wrong]
        assert refused(secretary, "/projects/DEMO-P-1/align-objectives", objectives=objectives).name == name
    secretary.does("/projects/DEMO-P-1/align-objectives", objectives=[{"plan": plan} | right])
    uses = secretary.sees(f"/plans/{plan}/uses")
    assert (uses["by_kind"], uses["unserved"]) == ({"project": 1}, ["OE.2"])
    drafted, stated, *_ = secretary.sees(f"/plans/{plan}/history")["items"]
    with pytest.raises(Refused) as dropped:
        secretary.corrects(f"/plans/{plan}", stated["position"], {"objectives": [objective("OE.2")]})
    assert (dropped.value.name, dropped.value.problem["values"]["code"]) == ("objective-in-use", "OE.1")
    with pytest.raises(Refused) as voided:
        secretary.voids(f"/plans/{plan}", drafted["position"])
    assert voided.value.name == "others-rest-on-it"


def test_an_objective_is_cited_from_the_day_on_which_it_was_stated(secretary: Person, owner: str) -> None:
    plan = drafts(secretary, owner, "OE.1")
    made = secretary.registers_commitment(owner, occurred_on="2017-01-02")
    path = f"/commitments/{made['id']}/align-objectives"
    cited = [{"plan": plan, "version": 1, "code": "OE.1"}]
    assert refused(secretary, path, occurred_on="2017-04-30", objectives=cited).name == "unknown-objective"
    assert refused(secretary, path, occurred_on="2017-02-28", objectives=cited).name == "unknown-plan"
    secretary.does(path, occurred_on="2017-05-01", objectives=cited)


def test_unknown_objectives_and_versions_have_no_trace(secretary: Person, owner: str) -> None:
    plan = in_force(secretary, owner)
    assert secretary.get(f"/plans/{plan}/trace", objective="OE.9").json()["type"].endswith("plan-objective-not-found")
    for read in ("tree", "priorities", "uses", "trace"):
        answer = secretary.get(f"/plans/{plan}/{read}", version=7, **({"objective": "OE.1"} if read == "trace" else {}))
        assert answer.json()["type"].endswith("plan-version-not-found")


def test_a_plan_gives_way_only_to_one_that_was_adopted(secretary: Person, owner: str) -> None:
    old, new = in_force(secretary, owner), drafts(secretary, owner, "OE.1")
    path = f"/plans/{old}/supersede"
    assert refused(secretary, path, occurred_on="2020-01-01", successor=new).name == "successor-not-in-force"
    adopts(secretary, new, ("2018-02-01", "2018-03-01", "2018-04-01"))
    secretary.does(path, occurred_on="2020-01-01", successor=new)
    assert secretary.sees(f"/plans/{old}")["state"] == "superseded"
    back = refused(secretary, f"/plans/{new}/supersede", occurred_on="2020-02-01", successor=old)
    assert back.name == "plan-succeeds-itself"


def test_handover_and_ratification_need_what_they_name(secretary: Person, owner: str) -> None:
    plan = in_force(secretary, owner)
    before = secretary.registers_administration(owner, 2015, 2019)
    after = secretary.registers_administration(owner, 2019, 2023, predecessor=before)
    transition = secretary.does("/transitions", outgoing=before, incoming=after, occurred_on="2018-10-15")["id"]
    path = f"/plans/{plan}"
    unknown = "00000000-0000-4000-8000-000000000009"
    assert refused(secretary, f"{path}/hand-over", administration=unknown).name == "unknown-administration"
    lost = refused(secretary, f"{path}/hand-over", administration=after, transition=unknown)
    assert lost.name == "unknown-transition"
    secretary.does(f"{path}/hand-over", administration=after, transition=transition)
    early = refused(secretary, f"{path}/ratify", occurred_on="2018-12-31", administration=after, act=ORDINANCE)
    assert early.name == "ratifier-not-in-office"
    own = refused(secretary, f"{path}/ratify", occurred_on="2018-06-01", administration=before, act=ORDINANCE)
    assert own.name == "ratified-by-its-author"
    secretary.does(f"{path}/ratify", occurred_on="2019-02-01", administration=after, act=ORDINANCE)
    decision = {"decision": "ratified", "act": ORDINANCE, "reason": "continuity", "on_behalf_of": owner}
    item = {"kind": "plan", "id": plan}
    secretary.does(f"/transitions/{transition}/decide-continuity", occurred_on="2019-02-01", item=item, **decision)
    [decided] = secretary.sees(f"/transitions/{transition}")["decisions"]
    assert (decided["item"], decided["decision"]) == (item, "ratified")
    shown = secretary.sees(path)
    assert [done["administration"] for done in (*shown["handovers"], *shown["ratifications"])] == [after, after]
    for kind, id in (("administrations", after), ("transitions", transition)):
        [first, *_] = secretary.sees(f"/{kind}/{id}/history")["items"]
        with pytest.raises(Refused) as voided:
            secretary.voids(f"/{kind}/{id}", first["position"])
        assert voided.value.name == "others-rest-on-it"
