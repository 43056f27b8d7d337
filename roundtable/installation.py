"""One installation: what an interface is handed to work with."""

from typing import NamedTuple

from projections.projector import Projector
from roundtable.application import Roundtable
from roundtable.log.transparency import TransparencyLog
from roundtable.settings import Settings
from roundtable.store.database import Database


class Installation(NamedTuple):
    """The settings, the database, the read models, the application and the log that proves what it recorded."""

    settings: Settings
    database: Database
    projector: Projector
    app: Roundtable
    log: TransparencyLog

    def close(self) -> None:
        """Close all connections."""
        self.app.close()
