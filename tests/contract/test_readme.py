"""What README.md tells a newcomer to type works, and prints what it shows; what it lists is what there is."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from roundtable.cli import app
from roundtable.settings import Settings
from tests.postgres import scratch

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WALK = re.compile(r"```sh\n(?P<typed>.*?)```\n(?:```text\n(?P<shown>.*?)```\n)?", re.DOTALL)
OTHER_VARIABLES = {"ROUNDTABLE_LANGUAGE", "ROUNDTABLE_TOKEN"}
TO_COME = {"roundtable.db", "x.py", "xs.py"}
END_OF_BLOCK = "--- end of block ---"
READY_SECONDS = 60


def section(title: str) -> str:
    """Return the part of README.md under a heading."""
    found = re.search(rf"(?ms)^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,3}} |\Z)", README)
    assert found, f"README.md has no section {title!r}"
    return found[2]


@pytest.fixture
def shell() -> Iterator[dict[str, str]]:
    """The variables of a terminal beside a running server that has nothing recorded."""
    with scratch() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        base = f"http://127.0.0.1:{port}"
        known = {name: value for name, value in os.environ.items() if not name.startswith("ROUNDTABLE_")}
        about = known | {"ROUNDTABLE_DATABASE_URL": f"sqlite:///{folder}/walk.db", "BASE": base}
        command = [sys.executable, "-m", "roundtable.cli", "serve", "--port", port]
        with subprocess.Popen(command, env=about, cwd=ROOT, stdout=subprocess.DEVNULL) as server:
            try:
                wait_for(f"{base}/healthz", server)
                yield about
            finally:
                server.terminate()


def stands_in(file: Path, name: str) -> bool:
    """Tell whether a file defines a class, function or method of this name."""
    return bool(
        re.search(rf"^\s*(?:async )?(?:class|def) {name.rpartition('.')[2]}\b", file.read_text("utf-8"), re.MULTILINE)
    )


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


def test_the_five_minutes_print_what_they_show(shell: dict[str, str]) -> None:
    blocks = list(WALK.finditer(section("Five minutes by curl")))
    assert len(blocks) > 5
    script = "".join(f"{block['typed']}echo '{END_OF_BLOCK}'\n" for block in blocks)
    words = ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(words, env=shell, cwd=ROOT, capture_output=True, text=True, check=False)
    printed = done.stdout.split(f"{END_OF_BLOCK}\n")
    for block, what in zip(blocks, printed, strict=False):
        shown = block["shown"] or ""
        pattern = "[^\n]*".join(re.escape(part) for part in shown.split("…"))
        assert re.fullmatch(pattern, what), f"{block['typed']}\nshows\n{shown}\nbut prints\n{what}\n{done.stderr}"
    assert done.returncode == 0, done.stderr
    assert len(printed) == len(blocks) + 1


def test_the_first_use_in_spanish_works(shell: dict[str, str]) -> None:
    block = WALK.search((ROOT / "docs" / "LEEME.md").read_text("utf-8"))
    assert block
    words = ["bash", "-euo", "pipefail", "-c", block["typed"]]
    done = subprocess.run(words, env=shell, cwd=ROOT, capture_output=True, text=True, check=False)
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
