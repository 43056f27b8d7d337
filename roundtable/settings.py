"""Settings, read from `ROUNDTABLE_*` variables."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from sqlalchemy import make_url


class Settings(NamedTuple):
    """What an installation can choose."""

    database_url: str = "sqlite:///data/roundtable.db"
    timezone: str = "America/Lima"
    sqlite_synchronous: str = "FULL"
    largest_document: int = 20 * 1024 * 1024
    postgres_bin: str = ""
    regimes: str = ""
    log_key: str = ""
    log_origin: str = ""
    log_interval: float = 60.0
    log_heartbeat: float = 6 * 3600.0
    log_policy: str = ""
    log_signer: str = ""
    public_url: str = ""

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings of this process."""
        given: dict[str, Any] = {
            name: type(default)(os.environ[variable])
            for name, default in cls._field_defaults.items()
            if (variable := f"ROUNDTABLE_{name.upper()}") in os.environ
        }
        return cls(**given)

    def today(self) -> date:
        """Return the day it is where the roundtables meet."""
        return datetime.now(ZoneInfo(self.timezone)).date()

    def key_file(self) -> Path:
        """Return where the key of the log is: named by a setting, or beside the folder of the data.

        Not in it: whoever restores that folder from a backup must not put back the signer's memory as well.
        """
        if self.log_key:
            return Path(self.log_key)
        url = make_url(self.database_url)
        if url.get_backend_name() != "sqlite":
            return Path("roundtable.keys") / f"{url.host or 'local'}-{url.database}.key"
        database = Path(url.database or "roundtable").absolute()
        return database.parent.with_name(f"{database.parent.name}.keys") / f"{database.stem}.key"
