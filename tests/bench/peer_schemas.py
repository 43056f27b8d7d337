"""What the peer accepts and shows."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Territory(BaseModel):
    """A place in a public coding system."""

    system: Annotated[str, Field(min_length=1, max_length=40)]
    code: Annotated[str, Field(min_length=1, max_length=20)]


class Responsible(BaseModel):
    """The organization that answers for a commitment."""

    organization: UUID


class Money(BaseModel):
    """An exact amount in one currency."""

    amount: Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]


class Source(BaseModel):
    """Where the fact is written."""

    citation: Annotated[str, Field(min_length=1, max_length=500)]


class NewCommitment(BaseModel):
    """The request that creates a commitment."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    statement: Annotated[str, Field(min_length=1, max_length=4000)]
    kind: Annotated[str, Field(max_length=20)]
    code: Annotated[str, Field(max_length=40)] | None = None
    sector: Annotated[str, Field(max_length=40)]
    territories: Annotated[list[Territory], Field(min_length=1, max_length=1)]
    responsibles: Annotated[list[Responsible], Field(min_length=1, max_length=1)]
    amount: Money | None = None
    projects: Annotated[int, Field(ge=0)] | None = None
    deadline: date | None = None
    occurred_on: date
    source: Source


class Progress(BaseModel):
    """The request that reports progress."""

    percent: Annotated[int, Field(ge=0, le=100)]
    note: Annotated[str, Field(max_length=4000)] = ""
    occurred_on: date


class CommitmentView(BaseModel):
    """A commitment as a reader sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    code: str | None
    title: str
    statement: str
    kind: str
    sector: str
    territory: str
    organization: UUID
    amount: Decimal | None
    currency: str | None
    projects: int | None
    deadline: date | None
    occurred_on: date
    source: str
    status: str
    percent: int
    note: str
    created: datetime
    updated: datetime
    version: int


class Page(BaseModel):
    """Some commitments, oldest first, and the cursor of what follows."""

    items: list[CommitmentView]
    next: UUID | None
