"""What tests work with: a migrated installation on either database, and a person with a token who speaks HTTP."""

import itertools
import uuid
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self

import httpx
import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.app import create_app
from roundtable import schema, tokens
from roundtable.bootstrap import open_installation
from roundtable.installation import Installation
from roundtable.settings import Settings
from tests.bench.databases import key_file
from tests.postgres import scratch

_numbers = itertools.count(1)


def settings(url: str) -> Settings:
    """Settings for tests: data need not survive a power cut."""
    return Settings(database_url=url, sqlite_synchronous="OFF", log_key=str(key_file(url)))


def migrated(url: str) -> Installation:
    """Open an installation on a database, bringing it up to date first; a SQLite file that is not there is a copy."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        Path(str(parsed.database)).write_bytes(_migrated_file())
        return opened(url)
    installation = opened(url)
    schema.upgrade(installation.database)
    if installation.projector.outdated():
        installation.projector.rebuild()
    return installation


def opened(url: str) -> Installation:
    """Open an installation on a database that is up to date."""
    return open_installation(settings(url))


@cache
def _migrated_file() -> bytes:
    """Return a migrated, empty SQLite database; migrating one for each test would cost more than most tests do."""
    with scratch() as folder:
        (folder / "log.db").touch()
        migrated(f"sqlite:///{folder}/log.db").close()
        return (folder / "log.db").read_bytes()


class Refused(Exception):
    """A command was refused."""

    def __init__(self, response: httpx.Response) -> None:
        self.status, self.problem = response.status_code, response.json()
        super().__init__(f"{self.status} {self.problem}")

    @property
    def name(self) -> str:
        return str(self.problem["type"]).removeprefix("urn:roundtable:problem:")


class Person(NamedTuple):
    """Somebody with a token (or without) at an HTTP client."""

    client: TestClient
    token: str | None

    @classmethod
    def arrives(
        cls, installation: Installation, role: Any = "secretariat", organization: uuid.UUID | None = None
    ) -> Self:
        client = TestClient(create_app(installation), raise_server_exceptions=False)
        return cls(client, tokens.create(installation.database, role, organization))

    def headers(self, **more: str) -> dict[str, str]:
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return bearer | {name.replace("_", "-"): value for name, value in more.items()}

    def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """Send a command and return the answer, whatever it is. `If_Match="..."` becomes a header."""
        return self.client.post(f"/v1{path}", json=body, headers=self.headers(**headers))

    def does(self, path: str, /, **body: Any) -> dict[str, Any]:
        """Send a command that must succeed; `occurred_on` is 2019-01-01 unless said."""
        response = self.post(path, {"occurred_on": "2019-01-01"} | body)
        if response.status_code >= 300:
            raise Refused(response)
        receipt: dict[str, Any] = response.json()
        return receipt

    def voids(self, path: str, position: int, reason: str = "entered in error") -> dict[str, Any]:
        return self._undated(f"{path}/void", position=position, reason=reason)

    def corrects(self, path: str, position: int, changes: dict[str, Any], reason: str = "typo") -> dict[str, Any]:
        return self._undated(f"{path}/correct", position=position, changes=changes, reason=reason)

    def _undated(self, path: str, **body: Any) -> dict[str, Any]:
        response = self.post(path, body)
        if response.status_code >= 300:
            raise Refused(response)
        receipt: dict[str, Any] = response.json()
        return receipt

    def get(self, path: str, **query: Any) -> httpx.Response:
        """Read, whatever the answer is."""
        return self.client.get(f"/v1{path}", params=query, headers=self.headers())

    def sees(self, path: str, **query: Any) -> Any:
        """Read what must be there."""
        response = self.get(path, **query)
        if response.status_code != 200:
            raise Refused(response)
        return response.json()

    def registers_organization(self, **about: Any) -> str:
        """Register an organization and return its id."""
        body = {"name": f"Institution {next(_numbers)}", "kind": "national_government", "occurred_on": "1990-01-01"}
        return str(self.does("/organizations", **(body | about))["id"])

    def registers_commitment(self, *responsibles: str, **about: Any) -> dict[str, Any]:
        """Register a commitment of 2018-07-25 and return the receipt."""
        body = {
            "title": f"Commitment {next(_numbers)}",
            "responsibles": [{"organization": id} for id in responsibles],
            "occurred_on": "2018-07-25",
        }
        return self.does("/commitments", **(body | about))

    def registers_administration(self, institution: str, first: int = 2019, last: int = 2023, **about: Any) -> str:
        """Register an administration, elected in the October before its term, and return its id."""
        body = {
            "institution": institution,
            "term": {"from": f"{first}-01-01", "until": f"{last}-01-01"},
            "titles": [{"text": f"Gestión {first}–{last - 1}"}],
            "occurred_on": f"{first - 1}-10-07",
        }
        return str(self.does("/administrations", **(body | about))["id"])


def pen(amount: str | int) -> dict[str, str]:
    """Write an amount of PEN."""
    return {"amount": str(amount), "currency": "PEN"}


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)
