"""Pages that tell a newcomer what to type, and what is printed then."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
WALK = re.compile(r"```sh\n(?P<typed>.*?)```\n(?:```text\n(?P<shown>.*?)```\n)?", re.DOTALL)
END_OF_BLOCK = "--- end of block ---"


def must_print_what_it_shows(page: str, shell: dict[str, str], *, blocks_at_least: int) -> None:
    """Type every block of a page into one terminal, and compare what each prints with what stands below it."""
    blocks = list(WALK.finditer(page))
    assert len(blocks) >= blocks_at_least
    script = "".join(f"{block['typed']}echo '{END_OF_BLOCK}'\n" for block in blocks)
    done = typed(script, shell)
    printed = done.stdout.split(f"{END_OF_BLOCK}\n")
    for block, what in zip(blocks, printed, strict=False):
        shown = block["shown"] or ""
        pattern = "[^\n]*".join(re.escape(part) for part in shown.split("…"))
        assert re.fullmatch(pattern, what), f"{block['typed']}\nshows\n{shown}\nbut prints\n{what}\n{done.stderr}"
    assert done.returncode == 0, done.stderr
    assert len(printed) == len(blocks) + 1


def typed(script: str, shell: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Type lines into a bash in the project's folder."""
    words = ["bash", "-euo", "pipefail", "-c", script]
    return subprocess.run(words, env=shell, cwd=ROOT, capture_output=True, text=True, check=False)
