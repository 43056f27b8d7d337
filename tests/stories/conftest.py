"""A story that has been told, and somebody without a token who asks about it."""

from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from roundtable import demo
from roundtable.installation import Installation
from tests.harness import Person


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


def citizen(installation: Installation) -> Person:
    return Person(TestClient(create_app(installation)), None)


@pytest.fixture
def told(installation: Installation) -> Told:
    return Told(installation, demo.load(installation), citizen(installation))
