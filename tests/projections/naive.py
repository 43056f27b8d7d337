"""What the documentation says a moment is, written as plainly as it can be: no rows, no steps, no database."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from domain.commitment.completeness import completeness
from domain.commitment.types import DUE
from domain.corrections import FactCorrected, FactVoided
from domain.events import Created, Event
from domain.types import Money, Territory

FIRST = date.min
LAST = date.max


class Recorded(NamedTuple):
    """One event of one object at its position."""

    position: int
    id: str
    kind: Any
    event: Event


class Thing(NamedTuple):
    """An object at a moment."""

    id: str
    born: int
    state: Any


def things(history: Sequence[Recorded], kind: Any, position: int, day: date) -> dict[str, Thing]:
    """Return every object of a kind as known at a position and true on a day."""
    found = {}
    for id in {r.id for r in history if r.kind is kind}:
        own = [r for r in history if r.id == id]
        state = state_of([r for r in own if r.position <= position], kind, day)
        if state is not None:
            found[id] = Thing(id, own[0].position, state)
    return found


def state_of(known: Sequence[Recorded], kind: Any, day: date) -> Any:
    """Fold the facts known of one object, those up to a day, in the order of day and position."""
    facts = [(read(r, known), r.position) for r in known if not is_about_facts(r) and in_force(r, known)]
    state = None
    for event, _ in sorted(facts, key=lambda fact: (fact[0].context.occurred_on, fact[1])):
        if event.context.occurred_on <= day and (state is not None or isinstance(event, Created)):
            state = kind.fold(state, event)
    return state


def is_about_facts(recorded: Recorded) -> bool:
    return isinstance(recorded.event, FactCorrected | FactVoided)


def in_force(recorded: Recorded, known: Sequence[Recorded]) -> bool:
    """Tell whether no void that is in force itself names it."""
    voids = (v for v in known if isinstance(v.event, FactVoided) and v.event.position == recorded.position)
    return not any(in_force(v, known) for v in voids)


def read(recorded: Recorded, known: Sequence[Recorded]) -> Event:
    """Return a fact with the corrections in force, the latest last."""
    fields = msgspec.to_builtins(recorded.event)
    for c in sorted(known):
        if isinstance(c.event, FactCorrected) and c.event.position == recorded.position and in_force(c, known):
            fields |= c.event.changes | {"context": fields["context"] | c.event.changes.get("context", {})}
    return msgspec.convert(fields, type(recorded.event))


def plain(text: str) -> str:
    """Return a text as people type it in a hurry: no accents, no capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def lies_in(territories: Iterable[Territory], place: str) -> bool:
    """Tell whether one of these is a place or, for Peruvian codes, lies in it."""
    system, _, code = place.rpartition(":")
    return any(
        t.system == system
        and (t.code == code or (system.startswith("PE-UBIGEO") and len(code) in {2, 4} and t.code.startswith(code)))
        for t in territories
    )


def has_capacity(state: Any, organization: Any, capacity: str | None) -> bool:
    """Tell whether a commitment concerns an organization, in a capacity or in any."""
    capacities = {
        "responsible": [r.organization for r in state.responsibles],
        "collaborator": list(state.collaborators),
        "counterpart": [c.organization for c in state.counterparts],
        "follow_up_body": [state.follow_up_body],
        "verifier": [state.verifier],
    }
    return any(organization in ids for name, ids in capacities.items() if capacity in {None, name})


def is_overdue(state: Any, day: date) -> bool:
    """Tell whether something is still to be done whose deadline has passed."""
    return state.status in DUE and state.deadline is not None and state.deadline < day


def commitment_filters(day: date) -> dict[str, Callable[[Any, Any], bool]]:
    """Return what each filter of the list of commitments asks of a state."""
    return {
        "organization": lambda s, wanted: has_capacity(s, wanted[0], wanted[1]),
        "sector": lambda s, wanted: wanted in {s.sector, *(s.headline.sectors if s.headline else ())},
        "territory": lambda s, wanted: lies_in(s.territories, wanted),
        "state": lambda s, wanted: s.status in wanted,
        "kind": lambda s, wanted: s.kind == wanted,
        "part_of": lambda s, wanted: s.part_of == wanted,
        "overdue": lambda s, wanted: is_overdue(s, day) == wanted,
        "missing": lambda s, wanted: set(wanted) <= set(completeness(s).missing),
        "waived": lambda s, wanted: set(wanted) <= set(completeness(s).waived),
        "q": lambda s, wanted: all(
            w in plain(f"{s.code or ''} {s.title} {s.statement}") for w in plain(wanted).split()
        ),
    }


ORGANIZATION_FILTERS: dict[str, Callable[[Any, Any], bool]] = {
    "kind": lambda s, wanted: s.kind == wanted,
    "sector": lambda s, wanted: s.sector == wanted,
    "state": lambda s, wanted: s.status == wanted,
    "identifier": lambda s, wanted: wanted in [str(i) for i in s.identifiers],
    "territory": lambda s, wanted: lies_in(s.territories, wanted),
    "q": lambda s, wanted: all(
        word in plain(" ".join((s.code or "", *(n.name for n in s.names)))) for word in plain(wanted).split()
    ),
}


def still_to_be_built(state: Any) -> bool:
    """Tell whether the planned end of a project counts."""
    over = {"concluded", "dismissed", "closed", "deactivated", "finished", "received"}
    return not over & {state.table.value, state.investment.value, state.works.value}


def exceeds(state: Any, code: str) -> bool:
    """Tell whether a stage of the ladder of some year exceeds an earlier one."""
    high, low = code.split("_above_")
    pairs = [(getattr(b.stages, high), getattr(b.stages, low)) for b in state.budgets]
    return any(a is not None and b is not None and a.amount > b.amount for a, b in pairs)


def project_filters(day: date) -> dict[str, Callable[[Any, Any], bool]]:
    """Return what each filter of the list of projects asks of a state."""
    return {
        "responsible": lambda s, wanted: s.responsible == wanted,
        "funder": lambda s, wanted: wanted in [f.organization for f in s.funders],
        "sector": lambda s, wanted: s.sector == wanted,
        "territory": lambda s, wanted: lies_in(s.territories, wanted),
        "fiscal_year": lambda s, wanted: wanted in [b.fiscal_year for b in s.budgets],
        "table": lambda s, wanted: s.table in wanted,
        "investment": lambda s, wanted: s.investment in wanted,
        "works": lambda s, wanted: s.works in wanted,
        "halted": lambda s, wanted: (s.works == "halted") == wanted,
        "overdue": lambda s, wanted: (
            (still_to_be_built(s) and s.planned_end is not None and s.planned_end < day) == wanted
        ),
        "milestone_overdue": lambda s, wanted: (
            any(m.due < day and m.reached_on is None and m.cancelled_on is None for m in s.milestones) == wanted
        ),
        "finding": lambda s, wanted: all(exceeds(s, code) for code in wanted),
        "q": lambda s, wanted: all(
            w in plain(f"{s.code or ''} {s.cui or ''} {s.title} {s.scope or ''}") for w in plain(wanted).split()
        ),
    }


def accrued(state: Any) -> int:
    """Return what was accrued in all years, -1 where nothing is known of it."""
    known = [b.stages.accrued for b in state.budgets if b.stages.accrued is not None]
    return sum(map(units, known)) if known else -1


PROJECT_ORDERS: dict[str, Callable[[Any], Any]] = {
    "recorded": lambda _: 0,
    "code": lambda s: s.code or "",
    "title": lambda s: plain(s.title)[:200],
    "planned_end": lambda s: s.planned_end if s.planned_end and still_to_be_built(s) else LAST,
    "cost": lambda s: units(s.cost) if s.cost else -1,
    "accrued": accrued,
}
COMMITMENT_ORDERS: dict[str, Callable[[Any], Any]] = {
    "recorded": lambda _: 0,
    "code": lambda s: s.code or "",
    "title": lambda s: plain(s.title)[:200],
    "deadline": lambda s: s.deadline or LAST,
    "amount": lambda s: units(s.ladder.current) if s.ladder.current else -1,
    "state": lambda s: s.status.value,
}
ORGANIZATION_ORDERS: dict[str, Callable[[Any], Any]] = {
    "recorded": lambda _: 0,
    "name": lambda s: plain(s.name)[:200],
    "code": lambda s: s.code or "",
}


def units(amount: Money | None) -> int:
    return int(amount.amount * 100) if amount else 0


class Sums(dict[str, tuple[int, int]]):
    """Céntimos and projects by line."""

    def add(self, line: str, amount: Money | None, projects: int) -> None:
        money, count = self.get(line, (0, 0))
        self[line] = (money + units(amount), count + projects)


def roll_up(whole: Thing, every: Iterable[Thing]) -> Sums:
    """Return the balance of an announcement (or of a commitment that is none), line by line and sector by sector."""
    state, sums = whole.state, Sums()
    parts = [whole] if state.headline is None else [t for t in every if str(t.state.part_of) == whole.id]
    announced = (state.headline.amount, state.headline.projects) if state.headline else (None, None)
    if state.headline is None:
        announced = (state.ladder.promised or state.ladder.current, state.projects)
    sums.add("headline", *announced)
    for part in (p.state for p in parts):
        ladder = part.ladder
        if part.status in {"dismissed", "withdrawn", "superseded"}:
            sums.add(part.status.value, ladder.current, part.projects)
        executed = part.projects if ladder.executed and ladder.executed.amount > 0 else 0
        for prefix in ("", f"{part.sector}:"):
            sums.add(f"{prefix}executed", ladder.executed, executed)
        if part.status == "superseded":
            continue
        approved = part.projects if ladder.approved else 0
        for prefix in ("", f"{part.sector}:"):
            sums.add(f"{prefix}itemised", ladder.current, part.projects)
            sums.add(f"{prefix}approved", ladder.approved, approved)
    rest = [a - b for a, b in zip(sums["headline"], sums.get("itemised", (0, 0)), strict=True)]
    sums["remainder"] = (rest[0], rest[1])
    return sums


def shown(balance: Any) -> Sums:
    """Return a balance as a reader gets it, in the same form."""
    sums = Sums()

    def put(line: str, amount: Money | None, projects: int) -> None:
        if (amount and amount.amount != Decimal(0)) or projects:
            sums.add(line, amount, projects)

    for line in ("headline", "itemised", "remainder", "approved", "executed"):
        put(line, getattr(balance, line).amount, getattr(balance, line).projects)
    for line in ("dismissed", "withdrawn", "superseded"):
        put(line, getattr(balance.apart, line).amount, getattr(balance.apart, line).projects)
    for sector in balance.by_sector:
        put(f"{sector.sector}:itemised", sector.amount, sector.projects)
        put(f"{sector.sector}:approved", sector.approved.amount, sector.approved.projects)
        put(f"{sector.sector}:executed", sector.executed.amount, sector.executed.projects)
    return sums
