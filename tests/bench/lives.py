"""What happens to a made-up commitment: the facts that its state allows, in likely proportions."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from domain.commitment import events as e
from domain.commitment.types import Evidence, Responsible, Status
from domain.events import Event
from domain.types import Money, Territory

SECTORS = ("agriculture", "education", "housing", "transport", "health", "water", "energy", "culture")
STATEMENT = "El sector se compromete a financiar y ejecutar la obra en el plazo acordado por la mesa."
CEILING = 1_000_000_000
"""Céntimos: the largest amount of a made-up commitment."""


class Party(NamedTuple):
    """An organization, and who acts for it."""

    organization: UUID
    actor: UUID


class Told(NamedTuple):
    """A fact with who states it, and why."""

    kind: type[Event]
    fields: dict[str, Any]
    by: Party
    reason: str | None = None


@dataclass
class Life:
    """A commitment so far: how many facts it has and will have, its state, the days of its first and newest fact."""

    id: UUID
    number: int
    left: int
    owner: Party
    verifier: Party
    part_of: UUID | None
    version: int = 0
    status: Status = Status.AGREED
    reported: bool = False
    first: date = date.min
    last: date = date.min

    def begin(self, rng: random.Random, day: date) -> Told:
        """Return the fact that begins it."""
        fields = registered(
            f"Mejoramiento del sistema de riego {self.number}",
            f"BENCH-{self.number}",
            self.owner,
            part_of=self.part_of,
            sector=SECTORS[self.number % len(SECTORS)],
            amount=_amount(rng),
            currency="PEN",
            deadline=day + timedelta(rng.randint(300, 2000)),
            territories=(
                Territory(system="PE-UBIGEO-INEI", code=f"{rng.randint(1, 25):02}{rng.randint(101, 999):04}"),
            ),
        )
        return Told(e.CommitmentRegistered, fields, self.owner)


def registered(title: str, code: str | None, owner: Party, **more: Any) -> dict[str, Any]:
    """Return the fields of a registration."""
    responsibles = (Responsible(organization=owner.organization),)
    about = {"stage": "agreed", "title": title, "statement": STATEMENT, "kind": "investment", "code": code}
    return {**about, "responsibles": responsibles, **more}


def next_fact(rng: random.Random, life: Life) -> Told:
    """Return the next fact in order, and move the state."""
    dice = rng.random()
    match life.status:
        case Status.AGREED:
            return _moved(life, e.CommitmentStarted, Status.IN_PROGRESS)
        case Status.BLOCKED if dice < 0.5:
            return _moved(life, e.CommitmentUnblocked, Status.IN_PROGRESS)
        case Status.BLOCKED:
            told = _progress(rng, life)
        case Status.REPORTED_FULFILLED if dice < 0.6:
            told = _moved(life, e.FulfilmentVerified, Status.FULFILLED, outcome="complete")._replace(by=life.verifier)
        case Status.REPORTED_FULFILLED:
            told = _moved(life, e.FulfilmentRejected, Status.IN_PROGRESS)
            told = told._replace(by=life.verifier, reason="La obra no está terminada")
        case Status.FULFILLED:
            told = _evidence(rng, life) if dice < 0.3 else _execution(rng, life)
        case _:
            told = _at_work(rng, life, dice)
    return told


def _at_work(rng: random.Random, life: Life, dice: float) -> Told:
    if dice < 0.60:
        told = _progress(rng, life)
    elif dice < 0.72:
        told = _execution(rng, life)
    elif dice < 0.78:
        told = Told(e.AmountApproved, {"amount": _amount(rng)}, life.owner)
    elif dice < 0.84:
        told = Told(e.AmountAmended, {"amount": _amount(rng)}, life.owner, "Adenda al convenio")
    elif dice < 0.90:
        told = _moved(life, e.CommitmentBlocked, Status.BLOCKED, cause="Falta saneamiento del terreno")
    elif dice < 0.94:
        told = _evidence(rng, life)
    else:
        life.reported = True
        told = _moved(life, e.FulfilmentReported, Status.REPORTED_FULFILLED, evidence=(_document(rng),))
    return told


def _moved(life: Life, kind: type[Event], status: Status, **fields: Any) -> Told:
    life.status = status
    return Told(kind, fields, life.owner)


def late_fact(rng: random.Random, life: Life) -> Told:
    """Return a fact that may be told late: it moves no state, and any state of the past allowed it."""
    return _execution(rng, life) if life.reported else _progress(rng, life)


def _progress(rng: random.Random, life: Life) -> Told:
    fields = {"percent": rng.randint(1, 99), "note": "Avance según informe mensual"}
    return Told(e.ProgressReported, fields, life.owner)


def _execution(rng: random.Random, life: Life) -> Told:
    return Told(e.ExecutionReported, {"amount": _amount(rng)}, life.owner)


def _evidence(rng: random.Random, life: Life) -> Told:
    return Told(e.EvidenceAttached, {"evidence": _document(rng)}, life.owner)


def _document(rng: random.Random) -> Evidence:
    return Evidence(document=f"{rng.getrandbits(256):064x}", description="Informe de avance")


def _amount(rng: random.Random) -> Money:
    return soles(rng.randint(1_000_000, CEILING))


def soles(centimos: int) -> Money:
    """Return an amount of Peruvian money."""
    return Money(amount=Decimal(centimos).scaleb(-2), currency="PEN")
