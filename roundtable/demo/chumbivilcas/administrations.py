"""The governments of the eight municipalities: before the elections of 2018, after them, and after those of 2022."""

from collections.abc import Iterator

from roundtable.demo.chumbivilcas.facts import SOURCE, Known
from roundtable.demo.chumbivilcas.places import DISTRICTS
from roundtable.demo.chumbivilcas.steps import invented, stated
from roundtable.demo.telling import Ref, Step

ELECTED = "10-07"
"""The day of the elections, a Sunday, of the year that the document names."""
ELECTIONS = f"{SOURCE}; elecciones regionales y municipales del 7 de octubre de 2018"
TERMS = "Ley 26864, Ley de Elecciones Municipales: periodos de cuatro años desde el 1 de enero"
TOOK_OFFICE = "2019-01-02"
"""As the press had it; the term begins on the day before by law."""
ELECTED_BEFORE, PROCLAIMED = "2014-10-05", "2018-11-14"
ELECTED_AGAIN, PROCLAIMED_AGAIN, TOOK_OFFICE_AGAIN = "2022-10-02", "2022-11-10", "2023-01-01"
"""The elections of 2022 were on that day by law; the other two are invented."""
ELECTIONS_AGAIN = f"Decreto Supremo 001-2022-PCM: elecciones regionales y municipales del 2 de octubre de 2022; {TERMS}"
_NEW = {"ST": ("new-provincial-authorities",), "QU": ("new-quinota-authorities",)}
"""The facts that speak of new authorities, by district."""


def outgoing(place: str) -> str:
    """Return the code of the government that ended with 2018."""
    return f"{DISTRICTS[place][2]}-2015"


def incoming(place: str) -> str:
    """Return the code of the government that began with 2019."""
    return f"{DISTRICTS[place][2]}-2019"


def following(place: str) -> str:
    """Return the code of the government that began with 2023."""
    return f"{DISTRICTS[place][2]}-2023"


def governments(known: Known) -> Iterator[Step]:
    """Yield both governments of every municipality, as far as the document tells of them."""
    for place, (_, _, municipality) in DISTRICTS.items():
        yield _term(outgoing(place), municipality, 2015, ELECTED_BEFORE, needs=(), citation=TERMS)
        elected = f"{known.get('elections-2018', '')}-{ELECTED}"
        yield _term(incoming(place), municipality, 2019, elected, needs=("elections-2018",), citation=ELECTIONS)
        if place in _NEW:
            yield stated("administration.take_office", incoming(place), TOOK_OFFICE, needs=_NEW[place], invented=())


def proclaimed() -> Iterator[Step]:
    """Yield the proclamations and the taking of office of which the document does not speak. Both are invented."""
    act = {"type": "proclamation", "number": "DEMO-ACTA-JEE-001", "issuer": "JEE (ficticio)", "date": PROCLAIMED}
    for place in DISTRICTS:
        yield invented("administration.proclaim", incoming(place), PROCLAIMED, act=act)
        if place not in _NEW:
            yield invented("administration.take_office", incoming(place), TOOK_OFFICE)


def governed_again() -> Iterator[Step]:
    """Yield the governments after the elections of 2022: day and terms are of the law, the rest is invented."""
    act = {"type": "proclamation", "number": "DEMO-ACTA-JEE-002", "issuer": "JEE (ficticio)", "date": PROCLAIMED_AGAIN}
    for place, (_, _, municipality) in DISTRICTS.items():
        code = following(place)
        yield _term(code, municipality, 2023, ELECTED_AGAIN, needs=(), citation=ELECTIONS_AGAIN)
        yield invented("administration.proclaim", code, PROCLAIMED_AGAIN, act=act)
        yield invented("administration.take_office", code, TOOK_OFFICE_AGAIN)


def _term(code: str, institution: str, first: int, elected: str, *, needs: tuple[str, ...], citation: str) -> Step:
    before = {} if first == 2015 else {"predecessor": Ref(f"{institution}-{first - 4}")}  # noqa: PLR2004 - first known
    made_up = ("code", "re_elected") if before else ("code", "re_elected", "occurred_on")
    return stated(
        "administration.register",
        code,
        elected,
        needs=needs,
        invented=made_up,
        citation=citation,
        code=code,
        institution=Ref(institution),
        term={"from": f"{first}-01-01", "until": f"{first + 4}-01-01"},
        titles=[{"text": f"Gestión {first}–{first + 3}"}],
        **before,
    )
