"""The walk of a new secretariat works as it is written, from the first organization to three commitments."""

from tests.contract.walks import ROOT, must_print_what_it_shows


def test_the_walk_prints_what_it_shows(shell: dict[str, str]) -> None:
    page = (ROOT / "docs" / "walk.md").read_text("utf-8")
    must_print_what_it_shows(page, shell, blocks_at_least=12)
