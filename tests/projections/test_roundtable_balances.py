"""The balance of a roundtable is the plain roll-up of what was agreed there, at any position and day."""

import contextlib
import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.commitment import Commitment
from projections import moment
from projections.roundtable_balances import roundtable_balance
from roundtable.installation import Installation
from roundtable.store import log
from roundtable.store.mapper import entry
from tests.harness import Person, Refused, pen
from tests.projections import naive

DAYS = [f"2019-0{month}-01" for month in range(2, 8)]
BEGINS, MANY, SOME = 15, 20, 0.25
GONE = {"dismissed", "withdrawn", "superseded"}
Lines = dict[str, tuple[int, int]]


def money(amount: Any) -> int:
    return int(amount.amount * 100) if amount else 0


def rolled_up(table: str, every: dict[str, naive.Thing]) -> tuple[int, dict[str, Lines]]:  # noqa: C901 - one plain loop
    """Count what was agreed at a roundtable as plainly as can be: how much, and the lines of each currency."""

    def at_table(state: Any) -> bool:
        own = state.origin.roundtable if state.origin else None
        whole = every.get(str(state.part_of))
        if own is None and whole is not None and whole.state.origin:
            own = whole.state.origin.roundtable
        return str(own) == table

    here = [thing.state for thing in every.values() if at_table(thing.state)]
    used = sorted({s.currency for s in here if s.currency}, key=lambda c: (-sum(s.currency == c for s in here), c))
    lines: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for state in here:
        mine = lines[state.currency or (used[0] if used else "none")]

        def add(line: str, amount: Any, projects: int, mine: Any = mine) -> None:
            mine[line][0] += money(amount)
            mine[line][1] += projects

        groups = [f"sector {state.sector}", *(f"territory {t}" for t in state.territories or [None])]
        groups += [f"responsible {r.organization}" for r in state.responsibles]
        ladder = state.ladder
        if state.headline:
            if state.status in GONE:
                add(f"announced {state.status}", state.headline.amount, state.headline.projects)
            if state.status != "superseded":
                for prefix in ("", *(f"{group}: " for group in groups)):
                    add(f"{prefix}pledged", state.headline.amount, state.headline.projects)
            continue
        if state.status in GONE:
            add(str(state.status), ladder.current, state.projects)
        executed = state.projects if ladder.executed and ladder.executed.amount else 0
        if state.status == "superseded":
            for prefix in ("", *(f"{group}: " for group in groups)):
                add(f"{prefix}executed", ladder.executed, executed)
            continue
        for prefix in ("", *(f"{group}: " for group in groups)):
            if state.part_of is None:
                add(f"{prefix}pledged", ladder.promised or ladder.current, state.projects)
            add(f"{prefix}itemised", ladder.current, state.projects)
            add(f"{prefix}approved", ladder.approved, state.projects if ladder.approved else 0)
            add(f"{prefix}executed", ladder.executed, executed)
    for sums in lines.values():
        sums["remainder"] = [a - b for a, b in zip(sums["pledged"], sums["itemised"], strict=True)]
    return len(here), {c: {line: (a, n) for line, (a, n) in sums.items() if a or n} for c, sums in lines.items()}


def shown(balance: Any) -> dict[str, Lines]:
    """Return a balance as a reader gets it, in the same form."""
    found: dict[str, Lines] = {}
    for one in (balance, *balance.other_currencies):
        lines = found.setdefault(one.currency or "none", {})

        def put(line: str, amount: Any, projects: int, lines: Lines = lines, one: Any = one) -> None:
            assert (amount.currency if amount else None) == one.currency
            if money(amount) or projects:
                lines[line] = (money(amount), projects)

        for line in ("pledged", "itemised", "remainder", "approved", "executed"):
            put(line, getattr(one, line).amount, getattr(one, line).projects)
        for state in sorted(GONE):
            for prefix, apart in (("", one.apart), ("announced ", one.apart.announcements)):
                put(f"{prefix}{state}", getattr(apart, state).amount, getattr(apart, state).projects)
        groups: Iterable[tuple[str, Any]] = [
            *((f"sector {line.sector}", line) for line in one.by_sector),
            *((f"territory {line.territory}", line) for line in one.by_territory),
            *((f"responsible {line.organization}", line) for line in one.by_responsible),
        ]
        for group, line in groups:
            put(f"{group}: itemised", line.amount, line.projects)
            for name in ("pledged", "approved", "executed"):
                put(f"{group}: {name}", getattr(line, name).amount, getattr(line, name).projects)
    return {currency: lines for currency, lines in found.items() if lines}


class Story:
    """A random history of commitments at two roundtables and at none."""

    def __init__(self, person: Person, seed: int) -> None:
        self.person, self.any = person, random.Random(seed)
        self.organizations = [person.registers_organization() for _ in range(3)]
        table = {"name": "Mesa", "type": "technical_table", "level": "provincial"}
        self.tables = [str(person.does("/roundtables", **table)["id"]) for _ in range(2)]
        self.facts: dict[str, list[int]] = {}
        self.wholes: list[str] = []

    def amount(self) -> dict[str, str]:
        return {"amount": f"{self.any.randint(0, 900)}.50", "currency": self.any.choice(["PEN"] * 7 + ["USD"])}

    def maybe(self, **fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if self.any.random() < 0.6}

    def origin(self) -> Any:
        return self.any.choice(
            [{"roundtable": self.tables[0]}, {"roundtable": self.tables[0]}, {"roundtable": self.tables[1]}, None]
        )

    def begins(self) -> None:
        about = self.maybe(
            origin=self.origin(),
            sector=self.any.choice(["transport", "water"]),
            territories=[{"system": "PE-UBIGEO-INEI", "code": c} for c in self.any.sample(["0807", "080701", "15"], 2)],
            projects=self.any.randint(0, 3),
            amount=self.amount(),
        )
        about |= {"stage": "requested"} if self.any.random() < SOME else {}
        if self.any.random() < SOME:
            about.pop("amount", None)
            about |= {"headline": {"amount": self.amount(), "projects": self.any.randint(1, 9)}}
        elif self.wholes and self.any.random() < 0.6:
            about["part_of"] = self.any.choice(self.wholes)
        parties = self.any.sample(self.organizations, self.any.randint(1, 2))
        receipt = self.person.registers_commitment(*parties, occurred_on=self.any.choice(DAYS[:3]), **about)
        self.facts[receipt["id"]] = [receipt["position"]]
        if "headline" in about:
            self.wholes.append(receipt["id"])

    def goes_on(self) -> None:
        id = self.any.choice(list(self.facts))
        command, body = self.any.choice(
            [
                ("accept", {}),
                ("dismiss", {}),
                ("amend-amount", {"amount": self.amount()}),
                ("approve-amount", {"amount": self.amount()}),
                ("report-execution", {"amount": self.amount()}),
                ("amend-headline", {"headline": {"amount": self.amount(), "projects": 4}}),
                ("withdraw", {"agreed_by": self.organizations, "source": {"citation": "Acta"}}),
                ("supersede", {"successors": [self.any.choice(list(self.facts))]}),
                ("assign-responsibles", {"responsibles": [{"organization": self.organizations[0]}]}),
            ]
        )
        reason = {"reason": "as agreed"}
        receipt = self.person.does(f"/commitments/{id}/{command}", **body, **reason, occurred_on=self.any.choice(DAYS))
        self.facts[id].append(receipt["position"])

    def is_corrected(self) -> None:
        id = self.any.choice(list(self.facts))
        at, path = self.any.choice(self.facts[id]), f"/commitments/{id}"
        if self.any.random() < 0.3:
            self.facts[id].append(self.person.voids(path, at)["position"])
            return
        changes = self.any.choice(
            [{"amount": self.amount()}, {"origin": self.origin()}, {"sector": "health"}, {"occurred_on": DAYS[0]}]
        )
        self.person.corrects(path, at, changes)

    def goes(self, steps: int) -> None:
        self.begins()
        for step in range(steps):
            with contextlib.suppress(Refused):
                later = [self.begins, self.goes_on, self.goes_on, self.goes_on, self.is_corrected]
                self.any.choice([self.begins] if step < BEGINS else later)()


def history_of(installation: Installation, story: Story) -> list[naive.Recorded]:
    with installation.database.reading() as connection:
        rows = [(id, row) for id in story.facts for row in log.rows_of(connection, UUID(id))]
    found = [naive.Recorded(row.position, id, Commitment, entry(row).event) for id, row in rows]
    return sorted(found, key=lambda one: one.position)


@pytest.mark.parametrize("seed", range(6))
def test_totals_are_the_plain_roll_up_at_any_position_and_day(
    installation: Installation, secretary: Person, seed: int
) -> None:
    story = Story(secretary, seed)
    story.goes(120)
    history = history_of(installation, story)
    any_, last, counted = story.any, history[-1].position, set[str]()
    moments = [(last, None), *((any_.randint(20, last), any_.choice([*DAYS, None])) for _ in range(25))]
    with installation.database.reading() as connection:
        for position, day in moments:
            valid_at = date.fromisoformat(day) if day else None
            when = moment.resolve(connection, date(2026, 1, 1), at_position=position, valid_at=valid_at)
            every = naive.things(history, Commitment, position, valid_at or naive.LAST)
            for table in story.tables:
                count, expected = rolled_up(table, every)
                balance = roundtable_balance(connection, UUID(table), None, when)
                assert (balance.commitments, shown(balance)) == (count, {c: x for c, x in expected.items() if x})
                assert (balance.position, balance.valid_at) == (position, when.day)
                counted |= {line for lines in expected.values() for line in lines}
    assert len(counted) > MANY


def figures(balance: dict[str, Any], line: str) -> tuple[str, int]:
    return balance[line]["amount"]["amount"], balance[line]["projects"]


def test_an_announcement_counts_by_its_headline_and_its_items_once(secretary: Person) -> None:
    ministry, region = secretary.registers_organization(), secretary.registers_organization()
    body = {"name": "Mesa", "type": "technical_table", "level": "provincial", "occurred_on": "2018-01-01"}
    table = secretary.does("/roundtables", **body, code="CHU")["id"]
    here = {"roundtable": table}
    headline = {"amount": pen("166000000.00"), "projects": 32}
    whole = secretary.registers_commitment(ministry, headline=headline, origin=here)["id"]
    item = {"part_of": whole, "sector": "transport"}
    road = secretary.registers_commitment(ministry, region, **item, amount=pen("40.00"), origin=here)["id"]
    secretary.registers_commitment(ministry, **item, amount=pen("60.00"), projects=2)
    secretary.registers_commitment(region, amount=pen("5.00"), origin=here)
    secretary.registers_commitment(region, title="Training", origin=here)
    secretary.registers_commitment(region, amount={"amount": "7.00", "currency": "USD"}, origin=here)
    secretary.registers_commitment(region, amount=pen("999.00"))
    secretary.does(f"/commitments/{road}/approve-amount", amount=pen("30.00"))
    secretary.does(f"/commitments/{road}/report-execution", amount=pen("12.00"))
    balance = secretary.sees("/roundtables/CHU/balance")
    assert (balance["id"], balance["code"], balance["currency"], balance["commitments"]) == (table, "CHU", "PEN", 6)
    assert figures(balance, "pledged") == ("166000005.00", 34)
    assert figures(balance, "itemised") == ("105.00", 5)
    assert figures(balance, "remainder") == ("165999900.00", 29)
    assert (figures(balance, "approved"), figures(balance, "executed")) == (("30.00", 1), ("12.00", 1))
    [dollars] = balance["other_currencies"]
    assert (dollars["currency"], figures(dollars, "pledged")) == ("USD", ("7.00", 1))
    transport = balance["by_sector"][0]
    assert (transport["sector"], transport["amount"]["amount"], transport["projects"]) == ("transport", "100.00", 3)
    lines = {line["organization"]: line["amount"]["amount"] for line in balance["by_responsible"]}
    assert lines == {ministry: "100.00", region: "45.00"}
    assert secretary.sees("/roundtables/CHU/balance", valid_at="2018-07-24")["commitments"] == 0
    assert secretary.get("/roundtables/CHU/balance", valid_at="2017-12-31").status_code == 404


def test_lines_with_invented_amounts_are_named(secretary: Person) -> None:
    ministry = secretary.registers_organization()
    body = {"name": "Mesa", "type": "technical_table", "level": "provincial", "occurred_on": "2018-01-01"}
    table = secretary.does("/roundtables", **body)["id"]
    here = {"origin": {"roundtable": table}}

    def invented() -> list[str]:
        found: list[str] = secretary.sees(f"/roundtables/{table}/balance")["illustrative"]
        return found

    whole = secretary.registers_commitment(ministry, headline={"amount": pen("9.00"), "projects": 2}, **here)["id"]
    assert invented() == []
    part = secretary.registers_commitment(ministry, part_of=whole, amount=pen("4.00"), illustrative=["amount"])["id"]
    assert invented() == ["itemised"]
    secretary.does(f"/commitments/{part}/approve-amount", amount=pen("3.00"), illustrative=["amount"])
    secretary.registers_commitment(ministry, amount=pen("1.00"), illustrative=["amount"], **here)
    assert invented() == ["approved", "itemised", "pledged"]


def test_a_roundtable_at_which_nothing_was_agreed_has_an_empty_balance(secretary: Person) -> None:
    body = {"name": "Mesa", "type": "technical_table", "level": "provincial"}
    balance = secretary.sees(f"/roundtables/{secretary.does('/roundtables', **body)['id']}/balance")
    assert (balance["currency"], balance["pledged"]) == (None, {"amount": None, "projects": 0})
    assert (balance["by_sector"], balance["other_currencies"]) == ([], [])
