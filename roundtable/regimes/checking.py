"""What a file of rules may say and still be wrong: steps that nobody dates, circles, calendars that do not exist."""

from collections.abc import Iterator, Mapping
from typing import get_args

import holidays

from domain.clocks import Clock
from domain.errors import Words
from domain.organization.types import OrganizationKind
from domain.regimes import Regime
from domain.transition.types import STEPS

ASSEMBLED = ("commitment", "project", "plan", "participatory-budget", "session", "minutes")
"""The kinds of records from which the system assembles entries of a catalogue."""
CALENDARS = holidays.list_supported_countries()


def faults(regime: Regime) -> Iterator[Words]:
    """Yield what is wrong with a regime, one sentence each."""
    if regime.country is not None and regime.country not in CALENDARS:
        yield Words(
            f"country {regime.country} has no holiday calendar; use a code of ISO 3166-1, or leave it out",
            f"country {regime.country} no tiene calendario de feriados; use un código ISO 3166-1 u omítalo",
        )
    first, last = regime.applies_from, regime.applies_until
    if first is not None and last is not None and last <= first:
        yield Words(
            f"applies_until {last} is not after applies_from {first}",
            f"applies_until {last} no es posterior a applies_from {first}",
        )
    for entry in regime.catalogue:
        for kind in entry.assembled_from:
            if kind not in ASSEMBLED:
                yield _unknown(entry.key, "assembled_from", kind, ASSEMBLED)
    for clock in regime.clocks:
        yield from _of_clock(clock, regime)
    if circle := _circle(regime.clocks):
        steps = " > ".join(circle)
        yield Words(f"clocks wait for each other: {steps}", f"los plazos se esperan unos a otros: {steps}")


def _of_clock(clock: Clock, regime: Regime) -> Iterator[Words]:
    for kind in clock.only.institutions:
        if kind not in get_args(OrganizationKind):
            yield _unknown(clock.key, "only.institutions", kind, get_args(OrganizationKind))
    if regime.subject != "transition":
        return
    known = STEPS | {*regime.untracked}
    for field, steps in (("after", (clock.after,)), ("met_by", (clock.met_by,)), ("and_by", clock.and_by)):
        for step in steps:
            if step is not None and step not in known:
                yield _unknown(clock.key, field, step, sorted(known))


def _unknown(key: str, field: str, given: str, known: tuple[str, ...] | list[str]) -> Words:
    some = ", ".join(known)
    return Words(
        f"{key}: {field} {given} is unknown; use one of {some}", f"{key}: {field} {given} no existe; use {some}"
    )


def _circle(clocks: tuple[Clock, ...]) -> list[str]:
    """Return steps that are each counted from the one before and lead back to the first; nothing where none do."""
    leads: Mapping[str, set[str]] = {}
    for clock in clocks:
        ends = {step for step in (clock.met_by, *clock.and_by) if step}
        leads = {**leads, clock.after: leads.get(clock.after, set()) | ends}
    return next((path for start in sorted(leads) if (path := _back_to(start, leads))), [])


def _back_to(start: str, leads: Mapping[str, set[str]]) -> list[str]:
    paths, seen = [[start]], set[str]()
    while paths:
        path = paths.pop()
        for step in sorted(leads.get(path[-1], ())):
            if step == start:
                return [*path, start]
            if step not in seen:
                seen.add(step)
                paths.append([*path, step])
    return []
