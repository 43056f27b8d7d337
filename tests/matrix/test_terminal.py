"""The matrix on the command line: import, dry run, export, and ten thousand rows within bounded memory."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.installation import Installation
from tests.bench.matrix import MOST_MEMORY, imported
from tests.cli.test_commands import Terminal
from tests.matrix.sheets import Secretariat, row, sheet
from tests.postgres import scratch

ROWS = 800


@pytest.fixture
def folder() -> Iterator[Path]:
    with scratch() as name:
        yield Path(name)


@pytest.fixture
def shell(installation: Installation) -> Terminal:
    url = installation.database.url.render_as_string(hide_password=False)
    return Terminal(url, ROUNDTABLE_TOKEN=str(Secretariat(installation).person.token))


def test_a_matrix_is_tried_imported_and_exported_again(shell: Terminal, folder: Path) -> None:
    file, report = folder / "matriz.csv", folder / "report.json"
    file.write_bytes(sheet(row(), row(code="DEMO-2"), separator=";"))
    tried = shell.runs("matrix", "import", str(file), "--dry-run", "--report", str(report))
    assert "2 rows: 2 created, 0 changed, 0 unchanged, 0 refused" in tried.stdout
    assert "row 3 DEMO-2 · may repeat DEMO-001" in tried.stdout
    assert "Nothing was recorded" in tried.stdout
    assert tried.stderr == ""
    assert [item["result"] for item in json.loads(report.read_bytes())["items"]] == ["created", "created"]
    assert "Recorded 2 facts" in shell.runs("matrix", "import", str(file)).stdout
    shell.runs("matrix", "export", str(folder / "out.csv"), "--headers", "es")
    again = shell.runs("matrix", "import", str(folder / "out.csv"))
    assert "3 rows: 0 created, 0 changed, 3 unchanged, 0 refused" in again.stdout
    assert shell.runs("matrix", "export").stdout.splitlines()[0].startswith("code,title,statement")
    file.write_bytes(sheet(row(amount="6000000", reason="Adenda 1")))
    assert "amount: 5200000.00 → 6000000 (amend-amount)" in shell.runs("matrix", "import", str(file)).stdout
    before = shell.runs("matrix", "export", "--valid-at", "2018-12-31").stdout
    assert "5200000.00" in before
    assert ",6000000.00," not in before


def test_refused_rows_are_named_in_the_language_of_the_reader(shell: Terminal, folder: Path) -> None:
    file, report = folder / "matriz.csv", folder / "informe.csv"
    file.write_bytes(sheet(row(amount="1,234", responsibles="DEMO-NADIE"), row(code="DEMO-2", deadline="x")))
    shell.env["ROUNDTABLE_LANGUAGE"] = "es"
    done = shell.runs("matrix", "import", str(file), "--report", str(report), fails=True)
    assert "fila 2 DEMO-001 · amount · 1,234: 1,234 puede ser 1234 o 1.234." in done.stdout
    assert "fila 2 DEMO-001 · responsibles · DEMO-NADIE" in done.stdout
    assert "fila 3 DEMO-2 · deadline · x" in done.stdout
    assert "No se registró nada." in done.stderr
    assert len(report.read_text("utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["import", "nothing.csv"], "nothing.csv"),
        (["export", "--roundtable", "DEMO-NO"], "DEMO-NO"),
        (["export", "--valid-at", "ayer"], "ayer"),
    ],
)
def test_what_cannot_be_done_is_said(shell: Terminal, words: list[str], complaint: str) -> None:
    assert complaint in shell.runs("matrix", *words, fails=True).stderr


def test_a_long_matrix_is_imported_within_bounded_memory(shell: Terminal, folder: Path) -> None:
    """The whole of it is `roundtable bench --rows matrix`; here, that a part of it stays far below the limit."""
    file = folder / "matriz.csv"
    rows = (
        row(code=f"DEMO-{n}", statement=f"Obra número {n}", amount=f"{n + 1}.50", part_of="DEMO-ALL")
        for n in range(ROWS)
    )
    file.write_bytes(sheet(*rows))
    _, peak = imported(shell.env["ROUNDTABLE_DATABASE_URL"], shell.env["ROUNDTABLE_TOKEN"], file, f"{ROWS} created")
    assert peak < MOST_MEMORY
