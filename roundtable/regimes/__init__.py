"""The regimes of an installation: those that come with it, and those in a folder of its own.

A file in the folder of `ROUNDTABLE_REGIMES` replaces the one that has the same name, or adds another. Each file is
TOML and holds one `Regime`; a file that is not one is refused when the installation starts, with the place.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import holidays
from pydantic import TypeAdapter, ValidationError

from domain.errors import NotFound
from domain.regimes import Regime

_reader: TypeAdapter[Regime] = TypeAdapter(Regime)


class UnreadableRegime(Exception):
    """A file holds no regime."""

    def __init__(self, name: str, why: str) -> None:
        """Say which file, and what is wrong with it."""
        super().__init__(f"{name}: {why}")


class NoSuchRegime(NotFound):
    """The installation has no regime of this name."""

    en = "There is no regime {regime}. This installation has: {known}."
    es = "No existe el régimen {regime}. Esta instalación tiene: {known}."


@cache
def regimes(folder: str = "") -> Mapping[str, Regime]:
    """Return the regimes by id: the ones that come with the software, replaced and joined by those of a folder.

    :raises UnreadableRegime: a file holds none.
    """
    own = sorted(Path(folder).glob("*.toml")) if folder else []
    shipped = sorted((one for one in files(__name__).iterdir() if one.name.endswith(".toml")), key=lambda f: f.name)
    read = (regime_of(file.name, file.read_text(encoding="utf-8")) for file in (*shipped, *own))
    return {regime.id: regime for regime in read}


def regime_named(folder: str, name: str) -> Regime:
    """Return the regime of a name.

    :raises NoSuchRegime: the installation has none.
    """
    known = regimes(folder)
    if name not in known:
        raise NoSuchRegime(regime=name, known=", ".join(sorted(known)))
    return known[name]


def regime_in(folder: str, country: str | None, day: date) -> Regime:
    """Return the newest regime for handovers of a country that applied on a day, else the generic one."""
    some = [
        one
        for one in regimes(folder).values()
        if one.subject == "transition"
        and one.country is not None
        and one.country == country
        and (one.applies_from or date.min) <= day < (one.applies_until or date.max)
    ]
    return max(some, key=lambda one: (one.applies_from or date.min, one.id), default=regimes(folder)["generic"])


def regime_of(name: str, text: str) -> Regime:
    """Read one file.

    :raises UnreadableRegime: it is no TOML, or holds no regime.
    """
    try:
        raw = _plain(tomllib.loads(text))
        regime = _reader.validate_python(raw)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableRegime(name, str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise UnreadableRegime(name, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if regime.id != name.removesuffix(".toml"):
        raise UnreadableRegime(name, f"the regime {regime.id} belongs into {regime.id}.toml")
    return regime


class ClosedDays:
    """The days on which public offices of a regime's country are closed, weekends apart.

    Days that a decree closes for the public sector of one year are not known in advance: a regime lists those that are.
    """

    def __init__(self, regime: Regime) -> None:
        """Take the country's holidays and the days that the regime adds."""
        self._more = frozenset(regime.closed)
        self._country = regime.country

    def __contains__(self, day: object) -> bool:
        """Tell whether offices are closed on a day."""
        return isinstance(day, date) and (day in self._more or day in _holidays(self._country, day.year))

    def within(self, year: int) -> Iterator[tuple[date, str]]:
        """Yield the holidays of a year with their names."""
        yield from sorted(_holidays(self._country, year).items())


@cache
def _holidays(country: str | None, year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays(country, years=year, language="es")) if country else {}


def _plain(raw: Any) -> Any:
    """Write the dates of TOML as text, as commands take them."""
    match raw:
        case dict():
            return {key: _plain(value) for key, value in raw.items()}
        case list():
            return [_plain(value) for value in raw]
        case date():
            return raw.isoformat()
        case _:
            return raw
