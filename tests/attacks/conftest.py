"""A small world is built once for each kind of database; every test gets copies of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import pytest

from tests.attacks.world import World, copied
from tests.bench.databases import key_file
from tests.harness import migrated
from tests.postgres import Server, scratch

Copying = Callable[[], AbstractContextManager[World]]
Copies = Callable[[], World]


@pytest.fixture(scope="session")
def sqlite_world() -> Iterator[Copying]:
    with scratch() as built:
        World.begins(migrated(f"sqlite:///{built}/log.db"), built / "witnesses").installation.close()

        @contextmanager
        def copy() -> Iterator[World]:
            with scratch() as folder:
                copied(built, folder)
                world = World.opened(f"sqlite:///{folder}/log.db", folder / "witnesses")
                yield world
                world.installation.close()

        yield copy


@pytest.fixture(scope="session")
def postgres_world(postgres_server: Server, migrated_template: str) -> Iterator[Copying]:
    with scratch() as built:
        template = postgres_server.new_database(template=migrated_template)
        World.begins(migrated(template), built).installation.close()

        @contextmanager
        def copy() -> Iterator[World]:
            url = postgres_server.new_database(template=template)
            copied(key_file(template).parent, key_file(url).parent)
            with scratch() as folder:
                world = World.opened(url, copied(built, folder))
                yield world
                world.installation.close()
            postgres_server.drop_database(url)

        yield copy


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def copies(request: pytest.FixtureRequest) -> Iterator[Copies]:
    """Make copies of the world; the test runs once for each kind of database."""
    copy: Copying = request.getfixturevalue("sqlite_world" if request.param == "sqlite" else "postgres_world")
    with ExitStack() as ended:
        yield lambda: ended.enter_context(copy())


@pytest.fixture
def world(copies: Copies) -> World:
    """A world of the test's own."""
    return copies()


@pytest.fixture
def fork(copies: Copies, world: World) -> World:
    """The same installation a second time, before the same witnesses."""
    return copies()._replace(witnesses=world.witnesses)
