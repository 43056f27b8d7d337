"""Instants as entries write them, which sort as text, and spans of time as people write them."""

import re
from datetime import UTC, datetime, timedelta

from roundtable.verify.errors import Malformed

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LATEST = 253_402_300_799


def iso(seconds: float) -> str:
    """Write a time since 1970 as entries do."""
    moment = datetime.fromtimestamp(min(max(seconds, 0), _LATEST), UTC)
    return moment.isoformat(timespec="microseconds")


def seconds(instant: str) -> float:
    """Read what `iso` writes."""
    return datetime.fromisoformat(instant).timestamp()


def parse_span(text: str) -> int:
    """Read `30s`, `15m`, `24h` or `7d` and return seconds.

    :raises Malformed: it is none of these.
    """
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", text, re.ASCII)
    if not found:
        raise Malformed(f"{text} is no span of time like 30s, 15m, 24h or 7d")
    return int(timedelta(**{_UNITS[found[2]]: int(found[1])}).total_seconds())
