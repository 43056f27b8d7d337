"""A story that has been told, and somebody without a token who asks about it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from roundtable import demo
from roundtable.installation import Installation
from tests.harness import Person, migrated
from tests.postgres import Server, scratch


class Told(NamedTuple):
    """An installation with a story in it, and a citizen who asks."""

    installation: Installation
    story: demo.Story
    citizen: Person

    def balance(self, **when: Any) -> Any:
        return self.citizen.sees(f"/commitments/{self.story.announcement}/balance", **when)

    def items(self, **asked: Any) -> list[Any]:
        query = {"part_of": str(self.story.announcement), "limit": 200} | asked
        return list(self.citizen.sees("/commitments", **query)["items"])

    def item(self, code: str, **when: Any) -> Any:
        return self.citizen.sees(f"/commitments/{code}", **when)

    def code(self, kind: str, id: str) -> str:
        """Return the code of an object."""
        return str(self.citizen.sees(f"/{kind}/{id}")["code"])


def citizen(installation: Installation) -> Person:
    return Person(TestClient(create_app(installation)), None)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def told(request: pytest.FixtureRequest) -> Iterator[Told]:
    """The story, told once on each kind of database; tests ask it and record nothing."""
    if request.param == "sqlite":
        with scratch() as folder:
            yield from _told(f"sqlite:///{folder}/story.db")
    else:
        server: Server = request.getfixturevalue("postgres_server")
        url = server.new_database(template=request.getfixturevalue("migrated_template"))
        yield from _told(url)
        server.drop_database(url)


def _told(url: str) -> Iterator[Told]:
    installation = migrated(url)
    yield Told(installation, demo.load(installation), citizen(installation))
    installation.close()
