"""A secretariat on each database; after each test the read models show what the log says."""

from collections.abc import Iterator

import pytest

from roundtable.checks import Check
from roundtable.installation import Installation
from tests.matrix.sheets import Secretariat


@pytest.fixture
def office(installation: Installation) -> Iterator[Secretariat]:
    yield Secretariat(installation)
    assert Check(installation).run().finding is None
