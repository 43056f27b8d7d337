"""A small installation with three witnesses, and whoever holds its database, its server and its key."""

import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

from roundtable.bootstrap import open_installation
from roundtable.export_cli import write
from roundtable.exports import contents
from roundtable.installation import Installation
from roundtable.log import checkpoints, tiles
from roundtable.log.checkpoints import Stored
from roundtable.log.proofs import Prover
from roundtable.store import log
from roundtable.store.recorder import Recorded
from roundtable.store.tables import disclosure, event, log_checkpoint, log_head, log_tile, log_tree
from roundtable.verify import checker
from roundtable.verify.checker import Report
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.notes import Note, Signature
from roundtable.verify.pins import Pin
from roundtable.verify.policies import Policy
from roundtable.verify.texts import encode_base64
from roundtable.witness.witness import Witness
from tests.harness import Person, pen, settings

NAMES = ("contraloria", "transicion", "universidad")
QUORUM = "group q 2 contraloria transicion universidad\nquorum q\n"
FIRST = 8
"""The position of the report of progress that attackers like to change: later than the first witnessed checkpoint."""


class World(NamedTuple):
    """An installation, the witnesses of its log by name, and a folder for what a test writes."""

    installation: Installation
    witnesses: dict[str, Witness]
    folder: Path

    @classmethod
    def begins(cls, installation: Installation, folder: Path) -> Self:
        """Record a small story under two witnessed checkpoints."""
        person = Person.arrives(installation)
        ministry = person.registers_organization(contact="Luz Mamani")
        person.registers_organization(contact="Ana Quispe")
        road = person.registers_commitment(ministry, code="DEMO-ROAD", amount=pen("40.00"))["id"]
        person.does(f"/commitments/{road}/start", occurred_on="2019-02-01")
        installation.log.checkpoint(force=True)
        (key,) = installation.log.signer.held()
        trusted = {name: Witness.begin(folder / name, f"{name}.example", [str(key)]) for name in NAMES}
        world = cls(installation, trusted, folder)
        world.cosigned()
        for month, percent in enumerate((10, 20, 30), 3):
            person.does(f"/commitments/{road}/report-progress", percent=percent, occurred_on=f"2019-0{month}-01")
        installation.log.checkpoint(force=True)
        world.cosigned()
        return world

    @classmethod
    def opened(cls, url: str, folder: Path) -> Self:
        """Open the copy of a world."""
        return cls(open_installation(settings(url)), {name: Witness(folder / name) for name in NAMES}, folder)

    # What honest people do

    def person(self) -> Person:
        return Person.arrives(self.installation)

    def records(self, percent: int = 40) -> int:
        """Record another fact; return its position."""
        said = self.person().does("/commitments/DEMO-ROAD/report-progress", percent=percent, occurred_on="2019-06-01")
        return int(said["position"])

    def newest(self) -> Stored:
        with self.installation.database.reading() as connection:
            found = checkpoints.latest(connection)
        assert found is not None
        return found

    def cosigned(self, *names: str) -> None:
        """Show the newest checkpoint to witnesses, all of them if none is named, and keep their lines."""
        newest = self.newest()
        lines = [self.shown_to(self.witnesses[name], newest) for name in names or NAMES]
        with self.installation.database.writing() as connection:
            checkpoints.add(connection, newest, lines)

    def shown_to(self, witness: Witness, stored: Stored) -> Signature:
        """Ask a witness to sign a checkpoint, with the best proof that this log can make."""
        known = witness.memory.read().get(Checkpoint.parse(Note.parse(stored.note.encode()).text).origin)
        old = known.checkpoint.size if known else 0
        with self.installation.database.reading() as connection:
            proof = Prover(connection).consistency(old, stored.size) if 0 < old <= stored.size else []
        head = "".join(f"{line}\n" for line in (f"old {old}", *map(encode_base64, proof)))
        return Signature.parse(witness.add_checkpoint(f"{head}\n{stored.note}".encode()).removesuffix("\n"))

    def exported(self, name: str = "export.zip", size: int | None = None, *, disclosures: bool = False) -> Path:
        file = self.folder / name
        file.unlink(missing_ok=True)
        write(self.installation, file, size, contents.Wanted(disclosures=disclosures))
        return file

    # What an auditor does

    def policy(self) -> str:
        """Return the policy of somebody who got the keys from the people themselves."""
        keys = {line for w in self.witnesses.values() for line in (w.folder / "logs.txt").read_text().splitlines()}
        witnesses = "".join(f"witness {name} {w.key.key}\n" for name, w in self.witnesses.items())
        return "".join(f"{line}\n" for line in sorted(keys) if line.startswith("log ")) + witnesses + QUORUM

    def checked(self, file: Path, policy: str = "", **asked: Any) -> Report:
        known = Policy.parse((policy or self.policy()).encode())
        return checker.check(file, checker.Asked(known, **{"now": time.time()} | asked))

    def verdict(self, file: Path, **asked: Any) -> tuple[int, set[str]]:
        """Return the exit code and the names of what is found."""
        report = self.checked(file, **asked)
        return int(report.verdict), {finding.code for finding in report.findings}

    def pin(self) -> Pin:
        """Remember the newest checkpoint, as an auditor would."""
        file = self.folder / "pin"
        file.write_text(self.newest().note)
        return Pin.read(file)

    # What somebody with the server, the database and the key does

    def sql(self, *statements: str | sa.Executable, **values: Any) -> None:
        """Change what is stored, as superuser: whatever a trigger would say is not asked."""
        with self.installation.database.writing() as connection:
            superuser(connection)
            for statement in statements:
                if isinstance(statement, str):
                    named = {name: value for name, value in values.items() if f":{name}" in statement}
                    connection.execute(sa.text(statement), named)
                else:
                    connection.execute(statement)

    def edits(self, position: int, **columns: Any) -> None:
        """Change columns of one event."""
        self.sql(event.update().where(event.c.position == position).values(columns))

    def story(self) -> list[Recorded]:
        with self.installation.database.reading() as connection:
            return list(log.after(connection, 0, 1000))

    def disclosures(self) -> list[sa.Row[tuple[str, str, str]]]:
        """Return the texts about people as they are stored."""
        with self.installation.database.reading() as connection:
            return list(connection.execute(sa.select(disclosure).order_by(disclosure.c.digest)))

    def retold(self, rows: Iterable[Recorded]) -> None:
        """Put other events in the place of all, each at its place, and make every hash and tile anew."""
        numbered = [row._replace(position=position) for position, row in enumerate(rows, 1)]
        columns = event.columns.keys()
        with self.installation.database.writing() as connection:
            superuser(connection)
            for table in (event, log_tile):
                connection.execute(table.delete())
            connection.execute(event.insert(), [dict(zip(columns, row.columns(), strict=True)) for row in numbered])
            connection.execute(log_head.update().values(position=len(numbered), recorded_at=numbered[-1].recorded_at))
            connection.execute(log_tree.update().values(size=0))
            tiles.integrate(connection)

    def resigned(self, keep: int = 0) -> None:
        """Sign what is stored now, with the key of the log; keep checkpoints only up to a size."""
        self.forgets()
        with self.installation.database.writing() as connection:
            connection.execute(log_checkpoint.delete().where(log_checkpoint.c.size > keep))
        self.installation.log.checkpoint(force=True)

    def forgets(self) -> None:
        """Let the signer forget what it signed."""
        self.installation.log.signer.file.with_name("log.key.signed").unlink(missing_ok=True)

    def corrupts(self, *names: str) -> None:
        """Let witnesses forget what they saw, and sign what they are given."""
        for name in names:
            self.witnesses[name].memory.begin()
        self.cosigned(*names)


def superuser(connection: sa.Connection) -> None:
    """Switch triggers off: PostgreSQL lets nobody but a superuser do that."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def edited(rows: Sequence[Recorded], position: int = FIRST) -> list[Recorded]:
    """Say that more was done than was: what is true but for one number is the best lie."""
    row = rows[position - 1]
    changed = row._replace(body=row.body.replace('"percent":', '"percent":9', 1))
    assert changed != row
    return [*rows[: position - 1], changed, *rows[position:]]


def copied(old: Path, new: Path) -> Path:
    """Copy a folder with everything in it."""
    return Path(shutil.copytree(old, new, dirs_exist_ok=True))
