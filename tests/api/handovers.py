"""How tests hand a municipality over: what it stands in, its two governments, a transition with a frozen inventory."""

import io
from typing import Any

import pypdfium2

from tests.api.test_projects import ladder
from tests.harness import Person, pen

ACT = {"type": "agreement", "number": "AC-01-2019", "issuer": "Council", "date": "2019-01-15"}
PAPER = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
PERU = [{"system": "PE-UBIGEO-INEI", "code": "080707"}]
CUT_OFF = "2018-12-01"
SOURCE = {"citation": "Acta 03-2018", "page": 4}


class Town:
    """A district of Peru with three commitments, a halted project, and two governments."""

    def __init__(self, person: Person) -> None:
        """Record what the district stands in."""
        self.person = person
        self.id = person.registers_organization(
            kind="local_government", name="Municipalidad Distrital de Ñuñoa", territories=PERU
        )
        self.ministry = person.registers_organization(name="Ministerio de Educación")
        self.office = person.registers_organization(name="Presidencia del Consejo de Ministros")
        self.old = person.registers_administration(self.id, 2015, 2019, code="DEMO-G-2015")
        self.new = person.registers_administration(self.id, predecessor=self.old, code="DEMO-G-2019")
        counterpart = [{"organization": self.id, "obligation": "land"}]
        late = {"deadline": "2018-11-01", "amount": pen("1500.50"), "source": SOURCE, "verifier": self.office}
        self.road = self.commits(
            "DEMO-ROAD", self.ministry, counterparts=counterpart, follow_up_body=self.id, title="Camino vecinal", **late
        )
        self.school = self.commits("DEMO-SCHOOL", self.id, deadline="2019-02-15", amount=pen("200.00"))
        self.commits("DEMO-TANK", self.id, illustrative=["code"])
        waiver = {"reason": "Depende de la lluvia", "occurred_on": "2018-07-26"}
        person.does("/commitments/DEMO-TANK/waive-deadline", **waiver)
        person.does("/commitments/DEMO-TANK/start", occurred_on="2018-08-01")

    def commits(self, code: str, responsible: str, **about: Any) -> str:
        return str(self.person.registers_commitment(responsible, code=code, **about)["id"])

    def builds(self) -> None:
        """Register a project that stands still, whose accrued budget exceeds the modified one."""
        body = {
            "title": "Puente Ñahuinpuquio",
            "responsible": self.ministry,
            "executing": self.id,
            "code": "DEMO-BRIDGE",
        }
        more = {"cost": pen("900.00"), "planned_end": "2018-10-31", "investment": "viable", "occurred_on": "2018-07-25"}
        self.person.does("/projects", **body, **more)
        self.person.does(
            "/projects/DEMO-BRIDGE/approve-investment", occurred_on="2018-08-01", act=ACT | {"date": "2018-07-30"}
        )
        self.person.does("/projects/DEMO-BRIDGE/start-works", occurred_on="2018-08-02")
        self.person.does("/projects/DEMO-BRIDGE/halt-works", occurred_on="2018-09-01", cause="Lluvias")
        stages = ladder(pia="0.00", pim="500.00", accrued="600.00")
        budget = {"fiscal_year": 2018, "cut_off": "2018-10-31", "stages": stages, "source": SOURCE}
        self.person.does("/projects/DEMO-BRIDGE/record-budget", occurred_on="2018-10-31", **budget)

    def plans(self, regime: str = "peru-2018") -> None:
        """Plan the transition."""
        body = {"outgoing": self.old, "incoming": self.new, "code": "DEMO-TG", "regime": regime}
        self.person.does("/transitions", **body, occurred_on="2018-07-01")

    def freezes(self, regime: str = "peru-2018") -> dict[str, Any]:
        """Plan the transition and freeze its inventory."""
        self.plans(regime)
        return self.does("freeze-inventory", "2018-12-10", cut_off=CUT_OFF)

    def does(self, command: str, on: str, **body: Any) -> dict[str, Any]:
        return self.person.does(f"/transitions/DEMO-TG/{command}", occurred_on=on, **body)

    def starts(self) -> None:
        self.does("prepare", "2018-10-01")
        self.does("declare-ready", "2018-11-01")
        self.does("start-transfer", "2018-12-12", installed_by="incoming", act=ACT | {"date": "2018-12-11"})

    def dossier(self, **when: Any) -> Any:
        return self.person.sees("/transitions/DEMO-TG/dossier", **when)

    def printed(self, name: str, **asked: Any) -> bytes:
        """Return a document of the transition as it is printed."""
        return got(self.person, f"/transitions/DEMO-TG/{name}", **asked)


def got(person: Person, path: str, **asked: Any) -> bytes:
    """Return the bytes of a file that must be there."""
    response = person.get(path, **asked)
    assert response.status_code == 200, response.text
    return response.content


def pages(content: bytes) -> list[str]:
    """Return the text of each page, on one line."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text_of(content: bytes) -> str:
    """Return the text of a PDF, on one line and without what hyphenation put in."""
    return " ".join(pages(content)).replace("\ufffe ", "").replace("\ufffe", "").replace("\u00ad ", "")
