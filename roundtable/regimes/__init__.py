"""The regimes of an installation: those that come with it, and those in a folder of its own.

A file in the folder of `ROUNDTABLE_REGIMES` replaces the one that has the same name, or adds another. Each file is
TOML and holds one `Regime`; `closed-days.toml` holds days on which a decree closes the public offices of a country.
What is wrong with a file is told when the installation starts, all of it, with the places.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, TypeVar

import holidays
import msgspec
from msgspec.structs import replace
from pydantic import Field, TypeAdapter, ValidationError

from domain.errors import Invalid, NotFound, Words
from domain.regimes import CountryCode, Regime
from domain.texts import Day, Text, Title
from domain.values import Value
from roundtable.regimes.checking import faults

CLOSED_DAYS = "closed-days.toml"
T = TypeVar("T")


class UnreadableRegime(Invalid):
    """A file of rules is not what it should be."""

    en = "{file}: {why}. Correct the file of ROUNDTABLE_REGIMES, or take it out, and start again."
    es = "{file}: {why}. Corrija el archivo de ROUNDTABLE_REGIMES, o retírelo, y vuelva a iniciar."


class NoRegimeFolder(Invalid):
    """The setting names no folder."""

    en = "ROUNDTABLE_REGIMES is {folder}, which is no folder. Create it, or leave the setting out."
    es = "ROUNDTABLE_REGIMES es {folder}, que no es una carpeta. Créela u omita la variable."


class ClosedDay(Value, frozen=True, kw_only=True):
    """A day on which a decree closes the public offices of a country."""

    day: Day
    name: Title
    source: Text


class Decreed(Value, frozen=True, kw_only=True):
    """The days of `closed-days.toml`."""

    country: CountryCode
    days: Annotated[tuple[ClosedDay, ...], Field(max_length=1000)]


class NoSuchRegime(NotFound):
    """The installation has no regime of this name."""

    en = "There is no regime {regime}. This installation has: {known}."
    es = "No existe el régimen {regime}. Esta instalación tiene: {known}."


_reader: TypeAdapter[Regime] = TypeAdapter(Regime)
_decreed: TypeAdapter[Decreed] = TypeAdapter(Decreed)


@cache
def regimes(folder: str = "") -> Mapping[str, Regime]:
    """Return the regimes by id: the ones that come with the software, replaced and joined by those of a folder.

    :raises UnreadableRegime: a file holds none.
    :raises NoRegimeFolder: there is no such folder.
    """
    if folder and not Path(folder).is_dir():
        raise NoRegimeFolder(folder=folder)
    own = [one for one in sorted(Path(folder).glob("*.toml")) if one.name != CLOSED_DAYS] if folder else []
    shipped = sorted((one for one in files(__name__).iterdir() if one.name.endswith(".toml")), key=lambda f: f.name)
    read = (regime_of(file.name, _text(file)) for file in (*shipped, *own))
    return {regime.id: with_decreed(folder, regime) for regime in read}


def with_decreed(folder: str, regime: Regime) -> Regime:
    """Return a regime with the days that decrees close in its country, of which nobody knew when it was written."""
    more = decreed(folder).get(regime.country or "", {})
    return replace(regime, closed=tuple(sorted({*regime.closed, *more}))) if more else regime


@cache
def decreed(folder: str = "") -> Mapping[str, Mapping[date, str]]:
    """Return the days that decrees close, by country, with their names.

    :raises UnreadableRegime: the file of closed days is not what it should be.
    """
    file = Path(folder) / CLOSED_DAYS
    if not folder or not file.exists():
        return {}
    found = _read(_decreed, CLOSED_DAYS, _text(file))
    return {found.country: {one.day: f"{one.name} ({one.source})" for one in found.days}}


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

    :raises UnreadableRegime: it is no TOML, or holds no regime, or one that contradicts itself.
    """
    regime = _read(_reader, name, text)
    found = list(faults(regime))
    if regime.id != name.removesuffix(".toml"):
        found.append(
            Words(
                f"the regime {regime.id} belongs into {regime.id}.toml",
                f"el régimen {regime.id} corresponde al archivo {regime.id}.toml",
            )
        )
    if found:
        raise UnreadableRegime(file=name, why=Words("; ".join(found), "; ".join(one.es for one in found)))
    return regime


def regime_from(recorded: Mapping[str, Any]) -> Regime | None:
    """Return a regime as the log keeps it; nothing where it was written in a form that is not read any more."""
    try:
        return msgspec.convert(recorded, Regime)
    except msgspec.ValidationError:
        return None


def recorded(regime: Regime) -> dict[str, Any]:
    """Return a regime as the log keeps it: without what is left out."""
    kept: dict[str, Any] = _plain(msgspec.to_builtins(regime))
    return kept


def _text(file: Any) -> str:
    try:
        return str(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableRegime(file=file.name, why=str(error)) from error


def _read(reader: TypeAdapter[T], name: str, text: str) -> T:
    try:
        return reader.validate_python(_plain(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableRegime(file=name, why=str(error)) from error
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg']}" for one in error.errors())
        raise UnreadableRegime(file=name, why="; ".join(wrong)) from error


class ClosedDays:
    """The days on which public offices of a regime's country are closed, weekends apart.

    Days that a decree closes for the public sector of one year are not known in advance: a regime lists those that are,
    together with the file of closed days of an installation.
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
