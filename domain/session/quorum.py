"""Quorum: computed from the seats of the day and those present, never typed in."""

from domain.values import Value


class SectorQuorum(Value, frozen=True, kw_only=True):
    """How many seats of a sector must be present, and how many are."""

    sector: str
    required: int
    present: int


class Quorum(Value, frozen=True, kw_only=True):
    """How many voting seats must be present, and how many are; each sector that the rules name besides."""

    required: int
    present: int
    reached: bool
    by_sector: tuple[SectorQuorum, ...]

    def __str__(self) -> str:
        """Write present of required, in all and by sector: `3/5, state 1/1`."""
        sectors = (f"{s.sector} {s.present}/{s.required}" for s in self.by_sector)
        return ", ".join((f"{self.present}/{self.required}", *sectors))
