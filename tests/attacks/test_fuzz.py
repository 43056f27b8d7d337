"""Requests made up from the OpenAPI document: never a 500, never an answer that the document does not describe.

`ROUNDTABLE_FUZZ` is how many examples each operation gets; the default keeps this under a minute.
"""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as described

from api.app import create_app
from roundtable.bootstrap import open_installation
from roundtable.checks import Check
from roundtable.installation import Installation
from roundtable.settings import Settings
from tests.harness import Person, migrated, pen
from tests.postgres import scratch

EXAMPLES = int(os.environ.get("ROUNDTABLE_FUZZ", "12"))
NOWHERE = open_installation(Settings(database_url="sqlite:///:memory:"))
OPERATIONS = [
    f"{method.upper()} {path}" for path, item in create_app(NOWHERE).openapi()["paths"].items() for method in item
]
CHECKS = [
    checks.not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_schema_conformance,
    described.response_headers_conformance,
]


class Fuzzed:
    """An installation with something in it, its document, and a token that may write."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.person = Person.arrives(installation)
        ministry = self.person.registers_organization(code="MIN", contact="Ana")
        self.person.registers_commitment(ministry, code="COM", amount=pen("10.00"), deadline="2020-01-01")
        self.sits(ministry)
        schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(installation))
        old = self.person.registers_administration(ministry, 2015, 2019)
        new = self.person.registers_administration(ministry, code="ADM")
        self.person.does("/transitions", outgoing=old, incoming=new, code="TRA")
        self.person.does("/projects", title="Vía", responsible=ministry, cost=pen("10.00"), code="PRO")
        self.plans(ministry)
        self.operations = {found.ok().label: found.ok() for found in schema.get_all_operations()}
        self.answers: Counter[int] = Counter()
        self.codes = {
            "organizations": "MIN",
            "administrations": "ADM",
            "roundtables": "TAB",
            "sessions": "SES",
            "minutes": "ACT",
            "commitments": "COM",
            "projects": "PRO",
            "plans": "PLA",
            "participatory-budgets": "PAR",
            "transitions": "TRA",
            "logs": str(self.person.does("/logs", origin="example.org/roundtable/other")["id"]),
        }

    def plans(self, organization: str) -> None:
        """Draft a plan and regulate a participatory budget."""
        horizon = {"from": 2019, "until": 2030}
        self.person.does("/plans", title="PDC", type="municipal", owner=organization, horizon=horizon, code="PLA")
        act = {"type": "ordinance", "number": "1", "issuer": "Concejo", "date": "2019-01-01"}
        about = {"municipality": organization, "fiscal_year": 2020, "ordinance": act, "ceiling": pen("10.00")}
        self.person.does("/participatory-budgets", **about, code="PAR")

    def sits(self, organization: str) -> None:
        """Bring a roundtable to a session that is open, with minutes in draft."""
        table = {"name": "Mesa", "type": "technical_table", "level": "provincial", "code": "TAB"}
        called = {"type": "technical", "scheduled_on": "2019-01-01", "agenda": [{"key": "1", "title": "Agua"}]}
        called |= {"roundtable": self.person.does("/roundtables", **table)["id"], "code": "SES"}
        seat = {"seat": "seat", "organization": organization, "sector": "state"}
        self.person.does("/roundtables/TAB/define-seat", **seat)
        session = self.person.does("/sessions", **called)["id"]
        self.person.does("/sessions/SES/record-attendance", seat="seat")
        self.person.does("/sessions/SES/open")
        self.person.does("/minutes", session=session, number="1", text="1" * 64, code="ACT")

    def try_one(self, label: str, data: st.DataObject) -> None:
        """Send one made-up request of an operation, half of the time one that may succeed."""
        operation = self.operations[label]
        case: Any = data.draw(operation.as_strategy())
        if data.draw(st.booleans()):
            self.make_plausible(case, operation.path)
        answer = case.call_and_validate(headers=self.person.headers(), checks=CHECKS)
        self.answers[answer.status_code] += 1

    def make_plausible(self, case: Any, path: str) -> None:
        """Let a request be about something that exists, on a day that has been, without preconditions."""
        if "{id}" in path and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = self.codes[path.split("/")[2]]
        for name in ("If-Match", "as_of", "at_position", "cursor"):
            case.headers.pop(name, None)
            case.query.pop(name, None)
        if isinstance(case.body, dict):
            case.body |= {"occurred_on": "2020-01-01"} if "occurred_on" in case.body else {}
            case.body.pop("on_behalf_of", None)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def fuzzed(request: pytest.FixtureRequest) -> Iterator[tuple[str, Fuzzed]]:
    with scratch() as folder:
        url = f"sqlite:///{folder}/log.db"
        if request.param == "postgresql":
            url = request.getfixturevalue("postgres_server").new_database()
        opened = migrated(url)
        yield request.param, Fuzzed(opened)
        opened.close()


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_request_breaks_the_server_or_its_description(fuzzed: tuple[str, Fuzzed], label: str) -> None:
    database, target = fuzzed

    @settings(
        max_examples=EXAMPLES if database == "sqlite" else max(EXAMPLES // 4, 2),
        deadline=None,
        database=None,
        derandomize=EXAMPLES <= 100,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        target.try_one(label, data)

    run()


def test_after_all_of_it_the_read_models_show_what_the_log_says(fuzzed: tuple[str, Fuzzed]) -> None:
    _, target = fuzzed
    assert Check(target.installation).run().finding is None
    assert target.answers[200] + target.answers[201] > len(OPERATIONS) // 4, target.answers
