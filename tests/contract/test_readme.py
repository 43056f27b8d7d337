"""What README.md tells a newcomer to type works, and prints what it shows; what it lists is what there is."""

import re
from pathlib import Path

import pytest
import typer.main

from roundtable.cli import app
from roundtable.settings import Settings
from tests.contract.walks import ROOT, WALK, must_print_what_it_shows, typed

README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OTHER_VARIABLES = {"ROUNDTABLE_LANGUAGE", "ROUNDTABLE_TOKEN"}
TO_COME = {"roundtable.db", "x.py", "xs.py"}


def section(title: str) -> str:
    """Return the part of README.md under a heading."""
    found = re.search(rf"(?ms)^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,3}} |\Z)", README)
    assert found, f"README.md has no section {title!r}"
    return found[2]


def stands_in(file: Path, name: str) -> bool:
    """Tell whether a file defines a class, function or method of this name."""
    return bool(
        re.search(rf"^\s*(?:async )?(?:class|def) {name.rpartition('.')[2]}\b", file.read_text("utf-8"), re.MULTILINE)
    )


def test_the_five_minutes_print_what_they_show(shell: dict[str, str]) -> None:
    must_print_what_it_shows(section("Five minutes by curl"), shell, blocks_at_least=6)


def test_the_first_use_in_spanish_works(shell: dict[str, str]) -> None:
    block = WALK.search((ROOT / "docs" / "LEEME.md").read_text("utf-8"))
    assert block
    done = typed(block["typed"], shell)
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"name":"Municipalidad de ejemplo"' in done.stdout.splitlines()[-1]


def test_every_setting_is_listed_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(ROUNDTABLE_\w+)` \| (.+?) \|", section("Settings"), re.MULTILINE))
    ours = {f"ROUNDTABLE_{name.upper()}": default for name, default in Settings._field_defaults.items()}
    assert set(rows) == set(ours) | OTHER_VARIABLES
    for name, default in ours.items():
        assert not default or rows[name] == f"`{default}`", name


def test_every_verb_of_the_command_line_is_listed_and_no_other() -> None:
    listed = section("The command line (`.venv/bin/roundtable`)")
    rows = [row for row in listed.splitlines() if row.startswith("| `")]
    verbs = {verb for row in rows for verb in re.findall(r"`([a-z-]+)[^`]*`", row.split(" | ")[0])}
    assert verbs == set(typer.main.get_group(app).commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_named_in_the_pages_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    linked = {page.parent / link for link in re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", text)}
    named = {ROOT / name for name in re.findall(r"`((?:\w+/)+(?:[\w-]+\.\w+)?|\w+\.(?:toml|md))`", text)}
    missing = sorted(str(path) for path in linked | named if path.name not in TO_COME and not path.exists())
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_given_with_its_file_stands_in_that_file(page: Path) -> None:
    text = page.read_text("utf-8")
    pairs = re.findall(r"`(\w+/[\w/]+\.py)`,\s+`([\w.]+)`", text)
    pairs += [(file, name) for name, file in re.findall(r"`([\w.]+)`\s+\(`(\w+/[\w/]+\.py)`\)", text)]
    wrong = [f"{file}: {name}" for file, name in pairs if not stands_in(ROOT / file, name)]
    assert wrong == []
    assert page.name != "README.md" or len(pairs) > 8


def test_every_folder_of_the_house_is_on_the_map() -> None:
    mapped = set(re.findall(r"^\| `(\w+)/` \|", section("The map of the house"), re.MULTILINE))
    there = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert {folder for folder in there if not folder.startswith(".")} - {"build", "dist"} <= mapped | {"docs"}


def test_the_readme_stays_short() -> None:
    assert len(README.splitlines()) <= 350
