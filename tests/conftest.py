"""What tests are given: a database of each kind, empty and their own."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from roundtable.installation import Installation
from tests import sharing
from tests.harness import Person, migrated, opened
from tests.postgres import Server, scratch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    sharing.longest_first(items)


def pytest_collection_finish() -> None:
    """Keep what stays for the whole run out of every collection of garbage."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing.Sharing | None:
    return sharing.scheduler(config, log)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One PostgreSQL server per test process, started when a test first asks for it.

    The hook for a migrated template: a session fixture that asks for this one, fills `new_database()` once, disposes
    of its engine and returns the URL; each test then takes `new_database(template=url)`.
    """
    with scratch() as folder:
        server = Server.start(folder)
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh, empty database; the test runs once for each kind."""
    if request.param == "sqlite":
        with scratch() as folder:
            yield f"sqlite:///{folder}/log.db"
    else:
        server: Server = request.getfixturevalue("postgres_server")
        url = server.new_database()
        yield url
        server.drop_database(url)


@pytest.fixture(scope="session")
def migrated_template(postgres_server: Server) -> str:
    """The URL of a migrated, empty PostgreSQL database to copy."""
    url = postgres_server.new_database()
    migrated(url).close()
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """A migrated, empty installation of the test's own; the test runs once for each kind of database."""
    if request.param == "sqlite":
        with scratch() as folder:
            copy = migrated(f"sqlite:///{folder}/log.db")
            yield copy
            copy.close()
    else:
        server: Server = request.getfixturevalue("postgres_server")
        url = server.new_database(template=request.getfixturevalue("migrated_template"))
        copy = opened(url)
        yield copy
        copy.close()
        server.drop_database(url)


@pytest.fixture
def sqlite_installation() -> Iterator[Installation]:
    """A migrated, empty installation on SQLite, for tests that have nothing to do with the database."""
    with scratch() as folder:
        copy = migrated(f"sqlite:///{folder}/log.db")
        yield copy
        copy.close()


@pytest.fixture
def secretary(installation: Installation) -> Person:
    """A person of the technical secretariat, who may record."""
    return Person.arrives(installation)
