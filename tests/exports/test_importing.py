"""An empty installation on another database takes over a whole log, byte for byte, and continues it."""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from roundtable import importing
from roundtable.checks import Check
from roundtable.exports import contents
from roundtable.importing import ImportFailed
from roundtable.installation import Installation
from roundtable.log.proofs import Prover
from roundtable.store import log
from roundtable.store.tables import event, log_head
from roundtable.verify.policies import Policy
from tests.exports.telling import cosigned, exported, policy_of, tells, verified
from tests.harness import Person, migrated
from tests.postgres import Server, scratch


@pytest.fixture
def successor(installation: Installation, request: pytest.FixtureRequest) -> Iterator[Installation]:
    """An empty installation on the other kind of database than the one that hands over."""
    if not installation.database.is_sqlite:
        with scratch() as folder:
            opened = migrated(f"sqlite:///{folder}/log.db")
            yield opened
            opened.close()
    else:
        server: Server = request.getfixturevalue("postgres_server")
        url = server.new_database(template=request.getfixturevalue("migrated_template"))
        opened = migrated(url)
        yield opened
        opened.close()
        server.drop_database(url)


def stored(installation: Installation) -> list[tuple[Any, ...]]:
    with installation.database.reading() as connection:
        return [tuple(row) for row in connection.execute(sa.select(event).order_by(event.c.position))]


def root(installation: Installation, size: int) -> str:
    with installation.database.reading() as connection:
        return Prover(connection).root(size).hex()


def both(old: Installation, new: Installation) -> Policy:
    """A policy that knows the keys of both hands."""
    mine, theirs = (policy_of(i).split("\n", 1) for i in (old, new))
    return Policy.parse(f"{mine[0]}\n{theirs[0]}\n{mine[1]}".encode())


@pytest.mark.postgres
def test_the_same_log_goes_on_in_another_database_under_a_key_of_its_own(
    installation: Installation, successor: Installation, secretary: Person, tmp_path: Path
) -> None:
    last = tells(secretary)
    file = exported(installation, tmp_path, witnessed=True)
    policy = Policy.parse(policy_of(installation).encode())
    taken = importing.take_over(successor, file, policy)

    before = stored(installation)
    assert stored(successor)[: len(before)] == before
    assert taken.root == root(installation, taken.size) == root(successor, taken.size)
    assert taken.key is not None
    assert taken.key.name == taken.origin
    assert [row.topic for row in tail(successor, taken.size)] == ["log.key-added"]
    assert Check(successor).run().finding is None

    heir = Person.arrives(successor)
    assert heir.sees("/commitments/DEMO-ROAD")["amount"] == secretary.sees("/commitments/DEMO-ROAD")["amount"]
    received = heir.does("/commitments/DEMO-ROAD/report-progress", percent=50, occurred_on="2019-08-01")
    assert received["position"] == taken.size + 2
    assert received["version"] == secretary.sees("/commitments/DEMO-ROAD")["version"] + 1
    assert heir.sees("/commitments/DEMO-ROAD", at_position=last)["percent"] == 30

    successor.log.checkpoint(force=True)
    cosigned(successor)
    continued = exported(successor, tmp_path, "continued.zip")
    report = verified(continued, successor, policy=both(installation, successor))
    assert list(report.findings) == []
    assert (report.verdict, report.origin) == (0, taken.origin)
    assert report.size == received["position"]


def tail(installation: Installation, after: int) -> list[Any]:
    with installation.database.reading() as connection:
        return list(log.after(connection, after, 10))


@pytest.mark.postgres
def test_texts_about_people_and_documents_come_along_where_the_export_has_them(
    installation: Installation, successor: Installation, secretary: Person, tmp_path: Path
) -> None:
    made = secretary.registers_organization(contact="Ana Quispe", code="DEMO-ORG")
    content = b"%PDF-1.4 DEMO"
    path = f"/v1/documents/{hashlib.sha256(content).hexdigest()}"
    headers = secretary.headers() | {"Content-Type": "application/pdf"}
    assert secretary.client.put(path, content=content, headers=headers).status_code == 201
    file = exported(installation, tmp_path, wanted=contents.Wanted(disclosures=True, documents=True))
    importing.take_over(successor, file)
    heir = Person.arrives(successor)
    assert heir.sees(f"/organizations/{made}")["contact"]["value"] == "Ana Quispe"
    assert heir.client.get(path).content == content


@pytest.mark.postgres
def test_without_the_texts_about_people_their_digests_remain(
    installation: Installation, successor: Installation, secretary: Person, tmp_path: Path
) -> None:
    made = secretary.registers_organization(contact="Ana Quispe")
    before = secretary.sees(f"/organizations/{made}")["contact"]
    importing.take_over(successor, exported(installation, tmp_path))
    after = Person.arrives(successor).sees(f"/organizations/{made}")["contact"]
    assert (after["digest"], after["value"]) == (before["digest"], None)


def test_an_installation_that_holds_something_is_left_alone(
    installation: Installation, secretary: Person, tmp_path: Path
) -> None:
    tells(secretary)
    file = exported(installation, tmp_path)
    before = stored(installation)
    with pytest.raises(ImportFailed, match="already holds a log; import into a new database"):
        importing.take_over(installation, file)
    assert stored(installation) == before


@pytest.fixture
def empty() -> Iterator[Installation]:
    """An empty installation on SQLite."""
    with scratch() as folder:
        opened = migrated(f"sqlite:///{folder}/heir.db")
        yield opened
        opened.close()


def is_empty(installation: Installation) -> bool:
    importing.must_be_empty(installation)
    return stored(installation) == [] and installation.log.signer.last() is None


def test_an_altered_export_is_refused_and_nothing_is_taken_over(
    installation: Installation, secretary: Person, tmp_path: Path, empty: Installation
) -> None:
    tells(secretary)
    good = exported(installation, tmp_path)
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"60.00"', b'"61.00"'))
    with pytest.raises(ImportFailed, match=r"is not imported: .*position 4"):
        importing.take_over(empty, bad)
    assert is_empty(empty)


@pytest.mark.parametrize("content", [b"", b"PK", b"not an archive" * 100], ids=["empty", "cut", "text"])
def test_what_is_no_export_is_refused(empty: Installation, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(ImportFailed):
        importing.take_over(empty, tmp_path / "x.zip")
    assert is_empty(empty)


def test_with_a_policy_an_export_that_no_witness_signed_is_refused(
    installation: Installation, secretary: Person, tmp_path: Path, empty: Installation
) -> None:
    tells(secretary)
    file = exported(installation, tmp_path)
    with pytest.raises(ImportFailed, match="is not imported"):
        importing.take_over(empty, file, Policy.parse(policy_of(installation).encode()))
    assert is_empty(empty)


def test_the_successor_never_signs_less_than_it_took_over(
    installation: Installation, secretary: Person, tmp_path: Path, empty: Installation
) -> None:
    tells(secretary)
    taken = importing.take_over(empty, exported(installation, tmp_path))
    last = empty.log.signer.last()
    assert last is not None
    assert (last.origin, last.size) == (taken.origin, taken.size + 1)
    with empty.database.writing() as connection:
        connection.execute(event.delete().where(event.c.position >= taken.size))
        connection.execute(log_head.update().values(position=taken.size - 1))
    reopened = migrated(empty.database.url.render_as_string())
    body = {"name": "M", "kind": "national_government", "occurred_on": "1990"}
    refused = Person.arrives(reopened).post("/organizations", body)
    reopened.close()
    assert refused.json()["type"] == "urn:roundtable:problem:log-rolled-back"
