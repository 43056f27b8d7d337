"""What a commitment must know of other commitments."""

from collections.abc import Mapping
from uuid import UUID

from domain.commitment.types import Headline
from domain.facts import Facts


class Announcement(Facts, frozen=True, kw_only=True):
    """The commitment that an item names as its whole, as it was on the day; nothing where there was none."""

    id: UUID | None = None
    exists: bool = False
    headline: Headline | None = None


class Related(Facts, frozen=True, kw_only=True):
    """The commitments that a command names as successors, each with the announcement it is part of."""

    part_of: Mapping[UUID, UUID | None] = {}
