"""Handovers on the command line: documents written to files, and rehearsals for people, pipes and programs."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.installation import Installation
from tests.api.handovers import Town, text_of
from tests.cli.test_commands import Terminal
from tests.harness import Person
from tests.postgres import scratch


@pytest.fixture
def folder() -> Iterator[Path]:
    with scratch() as name:
        yield Path(name)


@pytest.fixture
def town(secretary: Person) -> Town:
    return Town(secretary)


@pytest.fixture
def terminal(installation: Installation) -> Terminal:
    return Terminal(installation.database.url.render_as_string(hide_password=False))


def test_a_document_is_written_and_is_the_one_that_the_server_gives(
    terminal: Terminal, town: Town, folder: Path
) -> None:
    town.freezes()
    file = folder / "summary.pdf"
    words = ["transition", "document", "DEMO-TG", "--kind", "summary", "--language", "es", "--output", str(file)]
    assert "Written" in terminal.runs(*words).stdout
    assert file.read_bytes() == town.printed("summary.pdf")
    assert "DEMO-ROAD" in text_of(file.read_bytes())
    assert "choose one of" in terminal.runs(*words[:4], "poem", "--output", str(file), fails=True).stderr
    assert "There is no transition" in terminal.runs(*words[:2], "NOBODY", *words[3:], fails=True).stderr
    assert "choose es or en" in terminal.runs(*words[:6], "qu", *words[7:], fails=True).stderr


def test_an_acta_without_a_frozen_inventory_is_refused_with_what_to_do(
    terminal: Terminal, town: Town, folder: Path
) -> None:
    town.plans()
    file = folder / "acta.pdf"
    words = ["transition", "document", "DEMO-TG", "--kind", "acta", "--output", str(file)]
    assert "freeze-inventory" in terminal.runs(*words, fails=True).stderr
    assert not file.exists()


def test_a_rehearsal_is_lines_with_tabs_in_a_pipe_and_csv_or_json_for_programs(terminal: Terminal, town: Town) -> None:
    del town
    words = ["transition", "dry-run", "DEMO-G-2015", "--cut-off", "2018-12-31", "--language", "es"]
    done = terminal.runs(*words)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "Ensayo de transferencia al 31/12/2018: Municipalidad Distrital de Ñuñoa" in done.stdout
    assert "compromisos\t3\n" in done.stdout
    [tank] = [line.split("\t") for line in done.stdout.splitlines() if line.startswith("DEMO-TANK\t")]
    lacks = "órgano de seguimiento, evidencia, verificador, monto, registro oportuno (30 días)"
    assert tank[2:] == [lacks, "Municipalidad Distrital de Ñuñoa"]
    assert "órgano de seguimiento\t2\tMunicipalidad Distrital de Ñuñoa 2\n" in done.stdout
    assert "Aún no hay transferencia registrada para esta gestión." in done.stdout
    rows = list(csv.reader(terminal.runs(*words, "--format", "csv").stdout.splitlines()))
    assert rows[0] == ["Código", "Qué", "Falta", "Quién"]
    found = json.loads(terminal.runs(*words, "--format", "json").stdout)
    assert len(rows) == 1 + len(found["gaps"])
    assert found["cut_off"] == "2018-12-31"


def test_a_rehearsal_is_for_any_day_and_speaks_the_language_asked_for(terminal: Terminal, town: Town) -> None:
    del town
    words = ["transition", "dry-run", "DEMO-G-2015", "--language", "en"]
    before = terminal.runs(*words, "--cut-off", "2014-06-30").stdout
    assert "On that day the term had not begun yet." in before
    assert "commitments\t0\n" in before
    assert "On that day the term was over." in terminal.runs(*words, "--cut-off", "2030-01-01").stdout


def test_a_rehearsal_that_cannot_be_is_refused_in_words(terminal: Terminal, town: Town) -> None:
    del town
    words = ["transition", "dry-run", "DEMO-G-2015"]
    assert "There is no administration" in terminal.runs(*words[:2], "NOBODY", fails=True).stderr
    assert "--cut-off soon" in terminal.runs(*words, "--cut-off", "soon", fails=True).stderr
    assert "choose one of text, csv, json" in terminal.runs(*words, "--format", "poem", fails=True).stderr
    assert "no regime" in terminal.runs(*words, "--regime", "peru-1066", fails=True).stderr
