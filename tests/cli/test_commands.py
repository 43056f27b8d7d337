"""The command line does what its help says, on a database of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.databases import key_file
from tests.postgres import Server, bin_dir, scratch

CLI = [sys.executable, "-m", "roundtable.cli"]


class Terminal:
    """A shell with the variables of one installation."""

    def __init__(self, url: str, **more: str) -> None:
        self.env = os.environ | {"ROUNDTABLE_DATABASE_URL": url, "ROUNDTABLE_LANGUAGE": "en"} | more
        self.env = {"ROUNDTABLE_LOG_KEY": str(key_file(url))} | self.env

    def runs(self, *words: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([*CLI, *words], env=self.env, capture_output=True, text=True, check=False)
        assert bool(done.returncode) is fails, done.stdout + done.stderr
        return done

    def token(self, role: str = "secretariat", *more: str) -> str:
        return self.runs("token", "create", "--role", role, *more).stdout.splitlines()[-1]

    def does(self, *words: str) -> dict[str, object]:
        receipt: dict[str, object] = json.loads(self.runs("do", *words).stdout)
        return receipt


@pytest.fixture
def terminal(database_url: str) -> Terminal:
    shell = Terminal(database_url, ROUNDTABLE_POSTGRES_BIN=str(bin_dir()))
    shell.runs("migrate")
    return shell


def test_a_database_that_is_not_up_to_date_is_refused_with_what_to_do(database_url: str) -> None:
    done = Terminal(database_url).runs("check", fails=True)
    assert "roundtable migrate" in done.stderr


@pytest.mark.parametrize(("language", "says"), [("en", "is no folder. Create it"), ("es", "Créela u omita")])
def test_rules_that_cannot_be_read_stop_the_start_with_a_sentence(
    database_url: str, tmp_path: Path, language: str, says: str
) -> None:
    shell = Terminal(database_url, ROUNDTABLE_REGIMES=str(tmp_path / "gone"), ROUNDTABLE_LANGUAGE=language)
    answer = shell.runs("serve", fails=True)
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_commitment_is_recorded_from_the_terminal_checked_backed_up_and_restored(
    terminal: Terminal, database_url: str, postgres_server: Server
) -> None:
    terminal.env["ROUNDTABLE_TOKEN"] = terminal.token()
    about = ["kind=national_government", "code=MTC", "occurred_on=1990"]
    ministry = terminal.does("organization", "register", "name=Ministry", *about)["id"]
    belongs = terminal.token("secretariat", "--organization", "MTC")
    assert belongs.startswith("rt_")
    responsibles = f'responsibles=[{{"organization":"{ministry}"}}]'
    terminal.does("commitment", "register", "title=Road", "code=ROAD-1", responsibles, "occurred_on=2018-07")
    receipt = terminal.does("commitment", "report-progress", "ROAD-1", "percent=40", "occurred_on=2019-01-31")
    assert receipt["position"] == 3
    assert "Replayed 3 events" in terminal.runs("check").stdout
    with scratch() as folder:
        file = Path(folder) / "backup"
        terminal.runs("backup", str(file))
        assert "exists" in terminal.runs("backup", str(file), fails=True).stderr
        assert "not empty" in terminal.runs("restore", str(file), fails=True).stderr
        is_sqlite = database_url.startswith("sqlite")
        empty = f"sqlite:///{folder}/restored.db" if is_sqlite else postgres_server.new_database()
        restored = Terminal(
            empty, ROUNDTABLE_POSTGRES_BIN=str(bin_dir()), ROUNDTABLE_TOKEN=terminal.env["ROUNDTABLE_TOKEN"]
        )
        assert "Replayed 3 events" in restored.runs("restore", str(file)).stdout
        again = restored.does("commitment", "report-progress", "ROAD-1", "percent=50", "occurred_on=2019-02-28")
        assert again["position"] == 4


def test_refusals_say_what_was_wrong_in_the_language_of_the_reader(terminal: Terminal) -> None:
    terminal.env["ROUNDTABLE_TOKEN"] = terminal.token()
    unknown = "00000000-0000-4000-8000-000000000000"
    words = ["do", "commitment", "report-progress", unknown, "percent=40", "occurred_on=2019-01-31"]
    assert "There is no commitment" in terminal.runs(*words, fails=True).stderr
    terminal.env["ROUNDTABLE_LANGUAGE"] = "es"
    assert "No existe: compromiso" in terminal.runs(*words, fails=True).stderr
    terminal.env["ROUNDTABLE_LANGUAGE"] = "en"
    assert "percent" in terminal.runs(*words[:4], "percent=400", "occurred_on=2019", fails=True).stderr
    assert "There is no aggregate" in terminal.runs("do", "mountain", "climb", "x", fails=True).stderr
    assert "has no command" in terminal.runs("do", "commitment", "climb", "x", fails=True).stderr
    assert "no role" in terminal.runs("token", "create", "--role", "king", fails=True).stderr
    assert (
        "no organization"
        in terminal.runs("token", "create", "--role", "reader", "--organization", "X", fails=True).stderr
    )


def test_without_a_token_or_with_that_of_a_reader_nothing_is_recorded(terminal: Terminal) -> None:
    words = ["do", "organization", "register", "name=X", "kind=ngo", "occurred_on=2018"]
    terminal.env["ROUNDTABLE_TOKEN"] = terminal.token("reader")
    assert "secretariat" in terminal.runs(*words, fails=True).stderr
    assert "Replayed 0 events" in terminal.runs("check").stdout


def test_commands_and_their_fields_are_listed(terminal: Terminal) -> None:
    assert "report-progress" in terminal.runs("do", "commitment").stdout
    assert "percent" in terminal.runs("do", "commitment", "report-progress").stdout


def test_a_rebuild_is_silent_about_progress_in_a_pipe(terminal: Terminal) -> None:
    done = terminal.runs("rebuild")
    assert done.stderr == ""
    assert done.stdout == "All read models are rebuilt.\n"
