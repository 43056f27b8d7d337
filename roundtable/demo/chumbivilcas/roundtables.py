"""The tables: the Technical Table, one of each municipality, and the regional one of local economic development."""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.facts import Known
from roundtable.demo.chumbivilcas.organizations import (
    ENTREPRENEURS,
    FOLLOW_UP,
    MINING,
    MINISTRIES,
    PRODUCERS,
    PROVINCIAL,
    REGIONAL,
    SOCIETY,
)
from roundtable.demo.chumbivilcas.places import DISTRICTS, MUNICIPAL_TABLES, PARTNERS, PROVINCE, territory
from roundtable.demo.chumbivilcas.steps import act, invented, stated
from roundtable.demo.telling import Ref, Step

TECHNICAL, REGIONAL_TABLE = "MT-CHUMBIVILCAS", "MR-DEL-CHUMBIVILCAS"
HALF = {"share": "1/2", "exceeded": True}
RULES = {
    TECHNICAL: {
        "quorum": HALF,
        "decision": "consensus",
        "second_call": {"share": "1/3", "seats": 3},
        "quorum_by_sector": [{"sector": "state", "seats": 1}, {"sector": "company", "seats": 1}],
    },
    REGIONAL_TABLE: {
        "quorum": HALF,
        "decision": "consensus",
        "quorum_by_sector": [
            {"sector": "state", "seats": 5},
            {"sector": "civil_society", "seats": 1},
            {"sector": "company", "seats": 1},
        ],
    },
} | {MUNICIPAL_TABLES[place]: {"quorum": HALF, "decision": "consensus"} for place in PARTNERS}
"""How each table decides, as the demonstration has it."""
ISSUERS = {TECHNICAL: ("resolution", "RM-001-2018", "Presidencia del Consejo de Ministros")}
EXTENDED_TO, EXTENDED_ON = "2021-12-31", "2019-03-29"
"""Until when the Technical Table was extended, and when."""
_WRITTEN = {TECHNICAL: "2018-04-24"}
"""When the installation was recorded, where its minutes were waited for."""


class Seat(NamedTuple):
    """A place at a table: whose it is, in which sector, and the facts of the document that it rests on."""

    key: str
    organization: str
    sector: str
    needs: tuple[str, ...] = ()
    vote: bool = True


_MUNICIPALITIES = tuple(Seat(place.lower(), code, "state") for place, (_, _, code) in DISTRICTS.items())
SEATS: dict[str, tuple[Seat, ...]] = {
    TECHNICAL: (
        *(Seat(m.code.lower(), m.code, "state", ("table-ministries",)) for m in MINISTRIES),
        Seat("pcm", FOLLOW_UP, "state", ("table-ministries",)),
        Seat("gore", REGIONAL.code, "state", ("table-regional",)),
        *(seat._replace(needs=("table-local",)) for seat in _MUNICIPALITIES),
        Seat("minera", MINING.code, "company", ("table-companies",)),
        Seat("sociedad", SOCIETY.code, "civil_society", vote=False),
    ),
    REGIONAL_TABLE: (
        *(seat._replace(needs=("regional-municipalities",)) for seat in _MUNICIPALITIES),
        Seat("productores", PRODUCERS.code, "civil_society", ("regional-producers",)),
        Seat("emprendedores", ENTREPRENEURS.code, "company", ("regional-entrepreneurs",)),
    ),
} | {
    table: (
        Seat("municipalidad", DISTRICTS[place][2], "state", ("municipal-tables-public",)),
        Seat("empresa", f"DEMO-EMPRESA-{place}", "company", ("municipal-tables-private",)),
        Seat("comunidad", f"DEMO-COMUNIDAD-{place}", "community", ("municipal-tables-community",)),
        Seat("asociacion", f"DEMO-ASOCIACION-{place}", "civil_society", ("municipal-tables-associations",)),
    )
    for place, table in MUNICIPAL_TABLES.items()
}
"""Who sits where. Keys and, where codes begin with DEMO-, organizations are invented."""


def proposed(known: Known) -> Iterator[Step]:
    """Yield the tables and their seats, as far as the document tells of them."""
    yield _technical(known)
    yield _regional(known)
    for place, table in MUNICIPAL_TABLES.items():
        yield _municipal(known, place, table)
    for table, seats in SEATS.items():
        for seat in seats:
            yield _seat(table, seat)


def _technical(known: Known) -> Step:
    said: dict[str, Any] = {
        "code": TECHNICAL,
        "name": known.get("technical-table"),
        "type": known.get("table-dialogue", "working_table"),
        "level": "provincial",
        "purpose": known.get("table-purpose"),
        "territories": [territory(PROVINCE)],
        "chairs": [Ref(FOLLOW_UP)],
        "co_chairs": [Ref(PROVINCIAL)],
        "secretariat": Ref(FOLLOW_UP),
    }
    made_up = ("code", "occurred_on", "chairs", "co_chairs", "secretariat")
    return _proposal(TECHNICAL, ("technical-table",), made_up, said)


def _regional(known: Known) -> Step:
    said: dict[str, Any] = {
        "code": REGIONAL_TABLE,
        "name": known.get("regional-table"),
        "type": "regional_led_table",
        "level": "inter_municipal",
        "territories": [territory(PROVINCE)],
        "chairs": [Ref(PROVINCIAL)],
        "secretariat": Ref(PROVINCIAL),
    }
    return _proposal(REGIONAL_TABLE, ("regional-table",), ("code", "occurred_on", "chairs", "secretariat"), said)


def _municipal(known: Known, place: str, table: str) -> Step:
    ubigeo, district, municipality = DISTRICTS[place]
    said: dict[str, Any] = {
        "code": table,
        "name": f"Mesa Técnica de Desarrollo Económico Local de {district}",
        "type": "municipal_led_table",
        "level": "district",
        "purpose": known.get("municipal-tables-purpose"),
        "territories": [territory(ubigeo)],
        "chairs": [Ref(municipality)],
    }
    return _proposal(table, ("municipal-tables",), ("code", "name", "occurred_on", "chairs"), said)


def _proposal(table: str, needs: tuple[str, ...], made_up: tuple[str, ...], said: dict[str, Any]) -> Step:
    return stated("roundtable.propose", table, calendar.TABLES[table][0][0], needs=needs, invented=made_up, **said)


def _seat(table: str, seat: Seat) -> Step:
    day = calendar.TABLES[table][0][0]
    said: dict[str, Any] = {
        "seat": seat.key,
        "organization": Ref(seat.organization),
        "sector": seat.sector,
        "vote": seat.vote,
    }
    if not seat.needs:
        return invented("roundtable.define_seat", table, day, required=False, **said)
    made_up = ["seat", "occurred_on", "vote", *(["organization"] if seat.organization.startswith("DEMO-") else [])]
    return stated("roundtable.define_seat", table, day, needs=seat.needs, invented=tuple(made_up), **said)


def lived() -> Iterator[Step]:
    """Yield what became of the tables. All of it is invented."""
    for table, changes in calendar.TABLES.items():
        for day, state in changes:
            yield from _changed(table, day, state)
    until = {"session": Ref("DEMO-MT-S6"), "item": "Acuerdo 3"}
    yield invented("roundtable.extend_validity", TECHNICAL, EXTENDED_ON, until=EXTENDED_TO, agreement=until)._replace(
        told="2019-04-12"
    )
    yield invented("roundtable.assign_follow_up_body", TECHNICAL, "2021-12-20", organization=Ref(FOLLOW_UP))


def _changed(table: str, day: str, state: str) -> Iterator[Step]:
    match state:
        case "constituted":
            yield _constituted(table, day)
        case "accredited":
            yield from _accredited(table, day)
        case "installed":
            yield from _installed(table, day)
        case "active":
            yield invented("roundtable.activate", table, day)._replace(told=_WRITTEN.get(table))
        case _:
            pass


def _constituted(table: str, day: str) -> Step:
    municipal = ("ordinance", f"OM-{table}", "Concejo Municipal")
    by = act(*ISSUERS.get(table, municipal), day)
    term: dict[str, Any] = {"term": {"count": 2, "unit": "year", "from": "installation"}} if table == TECHNICAL else {}
    return invented("roundtable.constitute", table, day, act=by, **term)


def _accredited(table: str, day: str) -> Iterator[Step]:
    letter = {"citation": "Oficio de acreditación DEMO (ficticio)"}
    for seat in (seat for seat in SEATS[table] if seat.vote):
        people = {"principal": person(table, seat.key, "principal"), "alternate": person(table, seat.key, "alternate")}
        yield invented("roundtable.designate_representatives", table, day, seat=seat.key, **people)
        yield invented("roundtable.accredit", table, day, seat=seat.key, document=letter)
    yield invented("roundtable.complete_accreditation", table, day)


def _installed(table: str, day: str) -> Iterator[Step]:
    yield invented("roundtable.approve_rules", table, day, rules=RULES[table])
    if table == TECHNICAL:
        plan = {"citation": "Plan de trabajo 2018–2020 de la mesa (ficticio)"}
        yield invented("roundtable.approve_work_plan", table, day, document=plan)
        yield invented("roundtable.install", table, day, minutes=Ref("DEMO-ACTA-01-2018"))._replace(
            told=_WRITTEN[table]
        )
        return
    record = {"citation": f"Acta de instalación de {table} (ficticio)"}
    yield invented("roundtable.install", table, day, source=record)


def person(table: str, seat: str, capacity: str) -> str:
    """Return the id of an invented representative: random to look at, and the same in every loading."""
    said = hashlib.sha256(f"{table} {seat} {capacity}".encode()).digest()
    return str(UUID(bytes=said[:16], version=4))
