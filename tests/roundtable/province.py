"""A province that hands over much, recorded through the application: long names, two currencies, every state."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from domain.aggregate import KINDS
from roundtable import tokens
from roundtable.commands import commands_of
from roundtable.deciding import Deciding
from roundtable.installation import Installation
from roundtable.tokens import Caller

CODE, CUT_OFF = "DEMO-TG-BIG", date(2022, 11, 30)
PLACES = ("Ñahuinlla–Q’eñwapampa", "Ccapacmarca y Chuquibambilla", "Llusco", "Santo Tomás – Ccochapata")
WATER = "Mejoramiento y ampliación del servicio de agua potable y creación del saneamiento rural en {}"
ROAD = (
    "Rehabilitación de la carretera departamental CU-131, tramo {}, incluidos puentes, badenes, señalización y "
    "obras de arte afectadas por las lluvias extraordinarias de la temporada anterior"
)
SCHOOL = "Ampliación de la institución educativa secundaria «José Carlos Mariátegui» de {}"
LIGHT = (
    "Instalación de electrificación rural en {} — segunda etapa, con acometidas domiciliarias, alumbrado público y "
    "participación de los comités de usuarias y usuarios"
)
WORKS = (WATER, ROAD, SCHOOL, LIGHT)
HEALTH = (
    "Instalar un grupo de trabajo que revise la calidad del agua y los pasivos ambientales en el ámbito de {}, con "
    "participación de las comunidades, las rondas campesinas y la defensoría, e informar cada noventa días calendario"
)
PROMISES = ("Elaborar el expediente técnico de «{}»", "Transferir los recursos para {} dentro del ejercicio", HEALTH)
STATEMENT = (
    "La entidad se compromete a ejecutar lo indicado en coordinación con la municipalidad, las autoridades comunales y "
    "el comité de vigilancia; el plazo se cuenta desde la firma del acta."
)
MINISTRIES = (
    ("DEMO-MVCS", "Ministerio de Vivienda, Construcción y Saneamiento – Programa Nacional de Saneamiento Rural"),
    ("DEMO-MTC", "Ministerio de Transportes y Comunicaciones"),
    ("DEMO-MINEDU", "Ministerio de Educación"),
    ("DEMO-MINEM", "Ministerio de Energía y Minas – Dirección General de Electrificación Rural"),
)


class Says(NamedTuple):
    """A command: which, of the object with which code, and its request."""

    command: str
    object: str
    body: dict[str, Any]


class Province:
    """A municipality with so many projects and commitments, two governments and a planned handover."""

    def __init__(self, installation: Installation, *, projects: int, commitments: int) -> None:
        """Record it all."""
        self.installation = installation
        self.ids: dict[str, UUID] = {}
        self.voice = _voice(installation)
        self.town = self._begins("organization.register", "DEMO-TOWN", name="Municipalidad Provincial de Ñuñuhuaylla",
                                 kind="local_government", on="1990-01-01", territories=[_place("080701")])  # fmt: skip
        for code, name in MINISTRIES:
            self._begins("organization.register", code, name=name, kind="national_government", on="1990-01-01")
        self.old = self._governs("DEMO-G-2019", 2019, None)
        self.new = self._governs("DEMO-G-2023", 2023, self.old)
        self.says(says for n in range(projects) for says in self._project(n))
        self.says(says for n in range(commitments) for says in self._commitment(n))
        self.says(self._plan())
        self._begins("transition.plan", CODE, outgoing=self.old, incoming=self.new, regime="peru-2022", on="2022-06-01")

    def freezes(self) -> None:
        """Freeze the inventory."""
        body = {"cut_off": CUT_OFF.isoformat(), "occurred_on": "2022-12-05"}
        self.says([Says("transition.freeze_inventory", CODE, body)])

    def says(self, every: Iterable[Says]) -> None:
        """Carry out commands, many in one decision."""
        rest = iter(every)
        while some := list(islice(rest, 400)):
            self.installation.app.decide(lambda deciding, some=some: self._carry_out(deciding, some), caller=self.voice)

    def _carry_out(self, deciding: Deciding, some: Iterable[Says]) -> None:
        for command, object, body in some:
            kind, _, name = command.partition(".")
            asked = commands_of(KINDS[kind])[name]
            id = None if asked.creates else self.ids[object]
            self.ids[object] = deciding.execute(asked, asked.body.model_validate(body), id=id).id

    def _begins(self, command: str, code: str, *, on: str, **body: Any) -> UUID:
        self.says([Says(command, code, body | {"code": code, "occurred_on": on})])
        return self.ids[code]

    def _governs(self, code: str, first: int, predecessor: UUID | None) -> UUID:
        term = {"from": f"{first}-01-01", "until": f"{first + 4}-01-01"}
        titles = [{"text": f"Gestión {first}–{first + 3}"}]
        return self._begins("administration.register", code, institution=self.town, term=term, titles=titles,
                            predecessor=predecessor, on=f"{first - 1}-10-07")  # fmt: skip

    def _project(self, n: int) -> Iterator[Says]:
        code, ministry = f"DEMO-P-{n:04}", self.ids[MINISTRIES[n % 4][0]]
        works = "running" if n % 5 < 4 else None
        cost, currency = 1_250_000 + n * 37_991, "USD" if n % 7 == 3 else "PEN"
        yield Says("project.register", code, {
            "title": WORKS[n % 4].format(PLACES[n % 3]), "code": code, "cui": f"2{n:06}", "responsible": ministry,
            "executing": self.town if n % 3 else ministry, "occurred_on": "2019-02-01",
            "investment": "approved" if works else "viable", "works": works or "not_started",
            "participants": [{"organization": self.town, "role": "beneficiary"}],
            "cost": _money(cost, currency), "planned_end": f"{2020 + n % 4}-{1 + n % 12:02}-28",
            "illustrative": ["cost"] if n % 11 == 0 else [],
        })  # fmt: skip
        if n % 5 == 1:
            yield Says(
                "project.halt_works", code, {"cause": "Controversia con la contratista", "occurred_on": "2021-08-01"}
            )
        for year in range(2020 if n % 3 == 0 else 2022, 2023):
            yield self._budget(code, year, cost, currency, n)

    def _budget(self, code: str, year: int, cost: int, currency: str, n: int) -> Says:
        amounts = {"pia": cost // 10, "pim": cost // 4, "accrued": cost // (3 if n % 13 == 0 else 6)}
        return Says("project.record_budget", code, {
            "fiscal_year": year, "cut_off": f"{year}-10-31", "occurred_on": f"{year}-10-31",
            "stages": {stage: _money(amount, currency) for stage, amount in amounts.items()},
            "source": {"citation": "Consulta amigable"},
        })  # fmt: skip

    def _commitment(self, n: int) -> Iterator[Says]:
        code, ministry, place = f"DEMO-C-{n:05}", self.ids[MINISTRIES[n % 4][0]], PLACES[n % 4]
        what = place if n % 3 == 2 else WORKS[n % 4].format(place)
        ours, due = n % 3 != 1, CUT_OFF + timedelta(n % 400 - 250)
        body = {
            "title": PROMISES[n % 3].format(what), "code": code, "statement": STATEMENT if n % 2 else None,
            "responsibles": [{"organization": self.town if ours else ministry}],
            "counterparts": [] if ours else [{"organization": self.town, "obligation": "land"}],
            "follow_up_body": ministry if n % 3 == 0 else None, "verifier": ministry if ours and n % 6 == 0 else None,
            "deadline": None if n % 5 == 4 else due.isoformat(),
            "amount": None if n % 4 == 3 else _money(100_000 + n * 1_357, "USD" if n % 10 == 7 else "PEN"),
            "source": {"citation": f"Acta {1 + n % 12:02}-2019 de la Mesa Técnica", "page": 1 + n % 9},
            "occurred_on": "2019-05-10",
        }  # fmt: skip
        yield Says("commitment.register", code, {key: value for key, value in body.items() if value is not None})
        if n % 4 < 3:
            yield Says("commitment.start", code, {"occurred_on": "2019-07-01"})
        if n % 4 == 1:
            yield Says("commitment.report_progress", code, {"percent": n % 100, "occurred_on": "2020-01-15"})
        if n % 8 == 2:
            yield Says("commitment.block", code, {"cause": "Falta saneamiento", "occurred_on": "2021-02-01"})

    def _plan(self) -> Iterator[Says]:
        code = "DEMO-PDC"
        yield Says("plan.draft", code, {
            "title": "Plan de Desarrollo Concertado de la provincia de Ñuñuhuaylla al 2030", "code": code,
            "type": "concerted_development_provincial", "owner": self.town, "horizon": {"from": 2019, "until": 2030},
            "occurred_on": "2018-03-01",
        })  # fmt: skip
        goals = [{"code": f"OE.{n}", "statement": "Agua segura para todas las comunidades"} for n in range(1, 9)]
        yield Says("plan.state_objectives", code, {"objectives": goals, "occurred_on": "2018-05-01"})
        yield Says("plan.concert", code, {"source": {"citation": "Acta de asamblea"}, "occurred_on": "2018-08-01"})
        act = {"type": "ordinance", "number": "OM 012-2018", "issuer": "Concejo provincial", "date": "2018-11-30"}
        yield Says("plan.adopt", code, {"act": act, "review_waiver": "Nadie la pidió", "occurred_on": "2018-11-30"})
        yield Says("plan.enter_into_force", code, {"occurred_on": "2019-01-01"})


def _voice(installation: Installation) -> Caller:
    secret = tokens.create(installation.database, "secretariat")
    with installation.database.reading() as connection:
        found = tokens.caller(connection, secret)
    assert found is not None, "the token was made a moment ago"
    return found


def _place(code: str) -> dict[str, str]:
    return {"system": "PE-UBIGEO-INEI", "code": code}


def _money(units: int, currency: str) -> dict[str, str]:
    return {"amount": f"{units}.50", "currency": currency}
