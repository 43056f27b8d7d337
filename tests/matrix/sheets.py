"""Matrices for tests: rows as a secretariat writes them, and the record that they meet."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from roundtable import tokens
from roundtable.installation import Installation
from roundtable.matrix import Asked, Report, import_matrix
from roundtable.store import log
from roundtable.tokens import Caller
from tests.harness import Person, pen

ROAD = {
    "code": "DEMO-001",
    "statement": "Mejorar la carretera Quiñota–Llusco (ficticio)",
    "sector": "transport",
    "amount": "5200000.00",
    "currency": "PEN",
    "occurred_on": "2018-07-25",
    "deadline": "2020-12-31",
    "responsibles": "DEMO-MTC",
    "territories": "PE-UBIGEO-INEI:080707",
}


def row(**cells: str) -> dict[str, str]:
    """A row that can be registered, with other cells."""
    return ROAD | cells


def sheet(*rows: dict[str, str], separator: str = ",") -> bytes:
    """Write rows as CSV, with the columns that any of them has."""
    columns = list(dict.fromkeys(name for one in rows for name in one))
    return lines([columns, *([one.get(name, "") for name in columns] for one in rows)], separator)


def lines(records: Iterable[Iterable[str]], separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(records)
    return out.getvalue().encode()


class Secretariat:
    """A secretariat with organizations and an announcement on record, and a token."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.person = installation, Person.arrives(installation)
        ruc = [{"scheme": "PE-RUC", "id": "20131379944"}]
        self.mtc = self.person.registers_organization(
            code="DEMO-MTC", name="Ministerio de Transportes (ficticio)", identifiers=ruc, occurred_on="1990"
        )
        self.person.registers_organization(code="DEMO-MINAGRI", name="Ministerio de Agricultura (ficticio)")
        self.person.does(
            "/organizations/DEMO-MINAGRI/rename", name="Ministerio de Desarrollo Agrario (ficticio)", occurred_on="2020"
        )
        for code in ("DEMO-GORE", "DEMO-MUNI"):
            self.person.registers_organization(code=code, name=f"Gobierno {code[5:].lower()}")
        for code in ("DEMO-RONDA-1", "DEMO-RONDA-2"):
            self.person.registers_organization(code=code, name="Ronda campesina (ficticia)")
        self.whole = self.person.registers_commitment(
            self.mtc, code="DEMO-ALL", headline={"amount": pen("166000000.00"), "projects": 32}
        )["id"]

    @property
    def caller(self) -> Caller:
        with self.installation.database.reading() as connection:
            found = tokens.caller(connection, str(self.person.token))
        assert found is not None
        return found

    @property
    def head(self) -> int:
        with self.installation.database.reading() as connection:
            return log.head(connection)

    def imports(self, content: bytes, **asked: Any) -> Report:
        return import_matrix(self.installation, self.caller, content, Asked(**asked))

    def records(self, *rows: dict[str, str], **asked: Any) -> Report:
        """Import rows that must all be taken."""
        report = self.imports(sheet(*rows), **asked)
        assert not report.refused, [item.refusals for item in report.items]
        return report

    def refuses(self, *rows: dict[str, str], **asked: Any) -> list[tuple[int, str, str]]:
        """Import rows that are refused, and return row, column and problem of each refusal."""
        before = self.head
        report = self.imports(sheet(*rows), **asked)
        assert (report.recorded, self.head) == (False, before)
        return [(item.row, why.column, why.problem) for item in report.items for why in item.refusals]

    def sees_organization(self, code: str) -> str:
        return str(self.person.sees(f"/organizations/{code}")["id"])

    def sees(self, code: str = "DEMO-001", **when: Any) -> Any:
        return self.person.sees(f"/commitments/{code}", **when)
