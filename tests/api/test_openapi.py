"""The API describes itself completely, to machines and to people without internet."""

import re
from typing import Any

import pytest
from openapi_spec_validator import validate

from api.catalogue import problems
from api.commands import refusals
from domain.aggregate import KINDS
from roundtable.commands import Command, commands_of
from roundtable.installation import Installation
from tests.harness import Person

COMMANDS = [(kind, command) for kind in KINDS for command in commands_of(KINDS[kind]).values()]


@pytest.fixture
def document(sqlite_installation: Installation) -> dict[str, Any]:
    described: dict[str, Any] = Person.arrives(sqlite_installation).client.get("/openapi.json").json()
    return described


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    validate(document)
    ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(ids) == len(set(ids))


def test_every_command_is_described_with_its_refusals(document: dict[str, Any]) -> None:
    assert len(COMMANDS) > 35
    for kind, command in COMMANDS:
        operation = document["paths"][address(kind, command)]["post"]
        assert operation["operationId"] == f"{kind}.{command.slug}"
        assert operation["summary"]
        for name in refusals(command):
            assert f"`{name}`" in operation["description"]
            problem = problems()[name]
            assert f"`{name}`" in operation["responses"][str(problem.status)]["description"]
        assert {"400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "500"} <= set(
            operation["responses"]
        )
        body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert document["components"]["schemas"][body]["additionalProperties"] is False


def address(kind: str, command: Command) -> str:
    collection = f"/v1/{kind.removesuffix('s')}s"
    return collection if command.creates else f"{collection}/{{id}}/{command.slug}"


def test_every_read_takes_both_times(document: dict[str, Any]) -> None:
    timeless = {"document", "problem", "health", "regime", "tlog"}
    for path, item in document["paths"].items():
        if "get" in item and item["get"]["operationId"].partition(".")[0] not in timeless:
            names = {parameter["name"] for parameter in item["get"]["parameters"]}
            both = item["get"]["operationId"].endswith("difference")
            for side in ("from_", "to_") if both else ("",):
                position = f"{side}position" if both else "at_position"
                assert {f"{side}as_of", position, f"{side}valid_at"} <= names, path


def test_every_list_is_exportable(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        parameters = item.get("get", {}).get("parameters", ())
        if any(parameter["name"] == "limit" for parameter in parameters):
            assert "text/csv" in item["get"]["responses"]["200"]["content"], path


def test_the_pages_of_the_documentation_load_nothing_from_elsewhere(sqlite_installation: Installation) -> None:
    client = Person.arrives(sqlite_installation).client
    page = client.get("/docs")
    assert page.status_code == 200
    loaded = re.findall(r"(?:src|href|url)\s*[=:]\s*['\"]([^'\"]+)['\"]", page.text)
    assert len(loaded) >= 3
    for link in loaded:
        assert link.startswith("/"), link
        assert client.get(link).status_code == 200
