"""References to objectives of plans, pinned to the version that stated them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.texts import Title
from domain.values import Value


class Objective(Value, frozen=True, kw_only=True):
    """An objective of a plan, pinned to the version that stated it."""

    plan: UUID
    version: Annotated[int, Field(ge=1, le=10_000, strict=True)]
    code: Title
