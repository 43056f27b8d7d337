"""A district that adopts a plan under one government and budgets with it under the next."""

from typing import Any

import pytest

from tests.harness import Person, Refused, pen

ORDINANCE = {"type": "ordinance", "number": "OM-05-2018", "issuer": "Council", "date": "2018-05-10"}
NEXT = {"type": "ordinance", "number": "OM-02-2020", "issuer": "Council", "date": "2020-02-10"}
RULES = {"type": "ordinance", "number": "OM-01-2019", "issuer": "Council", "date": "2019-01-30"}
COUNCIL = {"type": "council_agreement", "number": "AC-20-2019", "issuer": "Council", "date": "2019-05-20"}
ACTA, REPORT = "5" * 64, "6" * 64
BUDGET = "/participatory-budgets/DEMO-PP-2020"


class District:
    """A municipality with two governments, a plan adopted by the first, and two agents."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.town = person.registers_organization(kind="local_government")
        self.women = person.registers_organization(kind="association")
        self.farmers = person.registers_organization(kind="community")
        self.old = person.registers_administration(self.town, 2015, 2019, code="DEMO-GM-2015")
        self.new = person.registers_administration(self.town, predecessor=self.old, code="DEMO-GM-2019")
        self.plan = self.adopts("DEMO-PDC", "2018-05-10")

    def adopts(self, code: str, on: str) -> str:
        """Bring a plan of two objectives into force in 2018."""
        about = {"title": code, "type": "concerted_development_district", "horizon": {"from": 2018, "until": 2030}}
        plan = str(self.person.does("/plans", **about, owner=self.town, code=code, occurred_on="2018-01-10")["id"])
        objectives = [{"code": "OE.1", "statement": "Water for all"}, {"code": "OE.2", "statement": "Roads"}]
        self.person.does(f"/plans/{plan}/state-objectives", objectives=objectives, occurred_on="2018-02-01")
        source = {"citation": "Acta of the council of local coordination"}
        self.person.does(f"/plans/{plan}/concert", source=source, occurred_on="2018-03-01")
        self.goes_into_force(plan, ORDINANCE, on)
        return plan

    def goes_into_force(self, plan: str, act: dict[str, str], on: str) -> None:
        """Adopt the version on its way, without a review."""
        waiver = {"review_waiver": "No technical report was asked for"}
        self.person.does(f"/plans/{plan}/adopt", act=act, **waiver, occurred_on=on)
        self.person.does(f"/plans/{plan}/enter-into-force", occurred_on=on)

    def updates(self, on: str = "2020-02-10") -> None:
        """Bring the second version of the plan into force under the second government."""
        path = f"/plans/{self.plan}"
        self.person.does(f"{path}/start-update", occurred_on="2020-01-10")
        self.person.does(f"{path}/concert", source={"citation": "Acta"}, occurred_on="2020-01-20")
        self.goes_into_force(self.plan, NEXT, on)

    def cites(self, code: str = "OE.1", version: int = 1) -> dict[str, Any]:
        return {"plan": self.plan, "version": version, "code": code}

    def does(self, command: str, on: str, **body: Any) -> dict[str, Any]:
        return self.person.does(f"{BUDGET}/{command}", occurred_on=on, **body)

    def refused(self, command: str, on: str, **body: Any) -> Any:
        """Send a command that must be refused; return the problem."""
        with pytest.raises(Refused) as refusal:
            self.does(command, on, **body)
        return refusal.value.problem | {"name": refusal.value.name}

    def sees(self, what: str = "", **query: Any) -> Any:
        return self.person.sees(f"{BUDGET}{what}", **query)

    def regulates(self, code: str = "DEMO-PP-2020", year: int = 2020, **more: Any) -> dict[str, Any]:
        about = {"municipality": self.town, "fiscal_year": year, "ordinance": RULES, "ceiling": pen("1000.00")}
        body = about | {"code": code, "occurred_on": "2019-01-30"} | more
        return self.person.does("/participatory-budgets", **body)

    def proposes(self, code: str, cost: str, objective: str, on: str = "2019-04-02", **more: Any) -> None:
        place = [{"system": "PE-UBIGEO-INEI", "code": "080707"}]
        about = {"title": f"Work {code}", "cost": pen(cost), "territories": place, "proposer": self.women}
        self.does("submit-proposal", on, code=code, objective=self.cites(objective), **(about | more))

    def chooses(self) -> None:
        """Go through the phases until four proposals are evaluated and two are prioritised."""
        self.regulates()
        self.does("start-preparation", "2019-02-10")
        self.does("register-agent", "2019-02-20", organization=self.women, legal_personality="none")
        self.does("register-agent", "2019-02-20", organization=self.farmers, legal_personality="registered")
        team = [{"organization": self.town, "function": "Planning"}]
        self.does("name-technical-team", "2019-02-21", members=team)
        counts = {"people": 60, "women": 33, "men": 27}
        self.does("record-workshop", "2019-03-10", key="diagnosis-1", kind="diagnosis", counts=counts)
        self.does("start-concertation", "2019-04-01")
        for code, cost, objective in (("P1", "600.00", "OE.1"), ("P2", "400.00", "OE.2"), ("P3", "300.00", "OE.1")):
            self.proposes(code, cost, objective)
            self.does("evaluate-proposal", "2019-04-20", proposal=code, verdict="feasible", score=80)
        self.does("record-ballot", "2019-05-01", agent=self.women, proposals=["P1", "P2"])
        self.does("record-ballot", "2019-05-01", agent=self.farmers, proposals=["P1"])
        self.does("set-priorities", "2019-05-02", priorities=["P1", "P2"])

    def formalises(self) -> None:
        """Choose, then formalise with an oversight committee."""
        self.chooses()
        self.does("start-coordination", "2019-05-10")
        self.does("formalise", "2019-05-20", act=COUNCIL, acta=ACTA)
        committee = [{"organization": self.farmers, "role": "coordination"}]
        self.does("elect-committee", "2019-05-20", members=committee)
