"""The sessions of the Technical Table: six, one of them without a quorum and called again, one with a recess.

All of this is invented: agenda, attendance, words, counts.
"""

from typing import Any, NamedTuple

from roundtable.demo.chumbivilcas.items import ITEMS, PAGES, SECTORS
from roundtable.demo.chumbivilcas.roundtables import SEATS, TECHNICAL
from roundtable.demo.telling import Ref

VOTING = tuple(seat.key for seat in SEATS[TECHNICAL] if seat.vote)
EVERYBODY = tuple(seat.key for seat in SEATS[TECHNICAL])
TOO_FEW = ("mtc", "pcm", "st", "qu", "li")
AGAIN = (*TOO_FEW, "mvcs", "minagri", "minera")
WITHOUT_SOME = tuple(key for key in EVERYBODY if key not in {"gore", "ve"})
PLACE = "Santo Tomás, auditorio municipal (ficticio)"


class Outcome(NamedTuple):
    """What came of an item, in its literal words."""

    key: str
    item: str
    type: str
    text: str
    responsibles: tuple[str, ...] = ()

    def said(self) -> dict[str, Any]:
        """Return the fields of the command."""
        binding = {"decision": "consensus"} if self.type in {"agreement", "commitment"} else {}
        return {
            "key": self.key,
            "type": self.type,
            "text": self.text,
            "agenda_item": self.item,
            "responsibles": [Ref(code) for code in self.responsibles],
        } | binding


class Sitting(NamedTuple):
    """One session: the call, the agenda, who came, what came of it, how many took part."""

    table: str
    type: str
    agenda: tuple[dict[str, Any], ...]
    present: tuple[str, ...]
    outcomes: tuple[Outcome, ...] = ()
    people: tuple[int, int] | None = None
    """How many took part, and how many of them were women."""
    number: str | None = None
    place: str = PLACE
    second_call_of: str | None = None
    alternates: tuple[str, ...] = ()
    quechua: int | None = None
    """How many spoke Quechua, where somebody interpreted."""
    next_on: str | None = None


def _point(number: int, title: str, **origin: Any) -> dict[str, Any]:
    return {"key": f"Punto {number}", "title": title} | ({"origin": origin} if origin else {})


def _promise(number: int, line: str) -> Outcome:
    """Return the outcome by which a ministry promises the projects of its sector."""
    items = [item for item in ITEMS if item.code.split("-")[1] == line]
    rows = f"filas {ITEMS.index(items[0]) + 1} a {ITEMS.index(items[-1]) + 1}"
    total = f"S/ {sum(item.promised for item in items):,}.00"
    ministry = SECTORS[line][1]
    text = (
        f"El {ministry} se compromete a los proyectos de la matriz, {rows} (página {PAGES[line]} del acta), "
        f"por un total de {total}."
    )
    return Outcome(f"Acuerdo {number}", "Punto 1", "commitment", text, (ministry,))


_ANNOUNCED = Outcome(
    "Acuerdo 1",
    "Punto 2",
    "commitment",
    "Las entidades nacionales comprometen 166 millones de soles para 32 proyectos de agricultura, educación, vivienda "
    "y transporte. La matriz de proyectos se presentará en la próxima sesión.",
    ("MTC", "MVCS", "MINEDU", "MINAGRI"),
)
SITTINGS: dict[str, Sitting] = {
    "DEMO-MT-S1": Sitting(
        TECHNICAL,
        "installation",
        (_point(1, "Instalación de la mesa"), _point(2, "Reglamento"), _point(3, "Plan de trabajo")),
        EVERYBODY,
        (
            Outcome("Acuerdo 1", "Punto 1", "agreement", "Se declara instalada la mesa técnica."),
            Outcome("Acuerdo 2", "Punto 2", "agreement", "Se aprueba el reglamento: se decide por consenso."),
            Outcome("Acuerdo 3", "Punto 3", "agreement", "Se aprueba el plan de trabajo 2018–2020."),
        ),
        people=(64, 23),
        number="01-2018",
        next_on="2018-07-25",
    ),
    "DEMO-MT-S2": Sitting(
        TECHNICAL,
        "ordinary",
        (
            _point(1, "Brechas de la provincia"),
            _point(2, "Compromisos de las entidades nacionales"),
            _point(3, "Matriz de proyectos"),
        ),
        EVERYBODY,
        (
            Outcome("Informe 1", "Punto 1", "report", "La secretaría técnica expone las brechas por distrito."),
            _ANNOUNCED,
        ),
        people=(88, 29),
        number="02-2018",
        next_on="2018-08-14",
    ),
    "DEMO-MT-S3": Sitting(
        TECHNICAL,
        "ordinary",
        (
            _point(1, "Matriz de proyectos", session=Ref("DEMO-MT-S2"), item="Punto 3"),
            _point(2, "Riego en Quiñota"),
        ),
        tuple(key for key in EVERYBODY if key != "sociedad"),
        (
            *(_promise(number, line) for number, line in enumerate(SECTORS, 1)),
            Outcome(
                "Pedido 1",
                "Punto 2",
                "request",
                "La Municipalidad Distrital de Quiñota pide incluir el riego tecnificado del distrito (fila 31).",
                ("MINAGRI",),
            ),
        ),
        people=(71, 27),
        number="03-2018",
        alternates=("mtc", "ve"),
        next_on="2018-11-21",
    ),
    "DEMO-MT-S4": Sitting(
        TECHNICAL,
        "ordinary",
        (
            _point(1, "Avance de los compromisos"),
            _point(2, "Disponibilidad de terrenos"),
            _point(3, "Compromisos sin plazo"),
        ),
        TOO_FEW,
        number="04-2018",
    ),
    "DEMO-MT-S5": Sitting(
        TECHNICAL,
        "ordinary",
        (),
        AGAIN,
        (
            Outcome("Informe 1", "Punto 1", "report", "Los sectores informan del avance de los compromisos."),
            Outcome(
                "Acuerdo 1",
                "Punto 2",
                "agreement",
                "Las municipalidades acreditarán la libre disponibilidad de los terrenos.",
                ("MP-CHUMBIVILCAS",),
            ),
        ),
        people=(35, 11),
        number="05-2018",
        second_call_of="DEMO-MT-S4",
        next_on="2019-03-29",
    ),
    "DEMO-MT-S6": Sitting(
        TECHNICAL,
        "ordinary",
        (
            _point(1, "Compromisos sin plazo", session=Ref("DEMO-MT-S5"), item="Punto 3"),
            _point(2, "Riego en Quiñota", commitment=Ref("DEMO-AGR-QU")),
            _point(3, "Vigencia de la mesa"),
            _point(4, "Crédito suplementario"),
        ),
        WITHOUT_SOME,
        (
            Outcome("Acuerdo 1", "Punto 1", "agreement", "Cada sector propondrá plazos para sus proyectos sin plazo."),
            Outcome("Acuerdo 2", "Punto 2", "agreement", "No procede el pedido de Quiñota: no se acreditó el agua."),
            Outcome("Acuerdo 3", "Punto 3", "agreement", "Se amplía la vigencia de la mesa hasta el 31/12/2021."),
        ),
        people=(66, 26),
        number="06-2019",
    ),
}
"""By code. The fourth failed for want of a quorum, the fifth is its second call and takes over its items."""
