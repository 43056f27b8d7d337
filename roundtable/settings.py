"""Settings, read from `ROUNDTABLE_*` variables."""

import os
from datetime import date, datetime
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo


class Settings(NamedTuple):
    """What an installation can choose."""

    database_url: str = "sqlite:///data/roundtable.db"
    timezone: str = "America/Lima"
    sqlite_synchronous: str = "FULL"
    largest_document: int = 20 * 1024 * 1024
    postgres_bin: str = ""
    regimes: str = ""

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings of this process."""
        given: dict[str, Any] = {
            name: os.environ[variable]
            for name in cls._fields
            if (variable := f"ROUNDTABLE_{name.upper()}") in os.environ
        }
        largest = int(given.pop("largest_document", cls._field_defaults["largest_document"]))
        return cls(**given)._replace(largest_document=largest)

    def today(self) -> date:
        """Return the day it is where the roundtables meet."""
        return datetime.now(ZoneInfo(self.timezone)).date()
