"""One inventory, one file: on the other database, after a rebuild, after attacks on it, in any process and place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from roundtable import importing
from roundtable.bootstrap import open_installation
from roundtable.installation import Installation
from tests.api.handovers import ACT, PAPER, Town, text_of
from tests.cli.test_commands import Terminal
from tests.exports.telling import exported
from tests.exports.test_importing import successor
from tests.harness import Person, pen

__all__ = ["successor"]  # the fixture
PAPERS = ("dossier.pdf", "summary.pdf", "inventory.xlsx", "acta.pdf")
LANGUAGES = ("es", "en")
ELSEWHERE = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Lima", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
)


@pytest.fixture
def town(secretary: Person) -> Town:
    built = Town(secretary)
    built.builds()
    built.freezes()
    built.starts()
    built.does("deliver-items", "2018-12-13", items=[{"kind": "commitment", "id": built.road}], on_behalf_of=built.id)
    built.does("file-report", "2018-12-20", document=PAPER)
    return built


def printed(town: Town) -> dict[tuple[str, str], bytes]:
    return {(name, said): town.printed(name, language=said) for name in PAPERS for said in LANGUAGES}


def position_of(town: Town, path: str, topic: str) -> int:
    items = town.person.sees(f"{path}/history")["items"]
    return next(int(one["position"]) for one in items if one["topic"] == topic)


def corrects_a_title(town: Town) -> None:
    where = position_of(town, "/commitments/DEMO-ROAD", "commitment.registered")
    town.person.corrects("/commitments/DEMO-ROAD", where, {"title": "Otro camino", "deadline": "2019-11-01"})


def corrects_an_amount(town: Town) -> None:
    where = position_of(town, "/commitments/DEMO-SCHOOL", "commitment.registered")
    town.person.corrects("/commitments/DEMO-SCHOOL", where, {"amount": pen("999999.00")})


def voids_a_commitment(town: Town) -> None:
    where = position_of(town, "/commitments/DEMO-TANK", "commitment.started")
    town.person.voids("/commitments/DEMO-TANK", where)
    town.person.voids(
        "/commitments/DEMO-TANK", position_of(town, "/commitments/DEMO-TANK", "commitment.deadline-waived")
    )
    town.person.voids("/commitments/DEMO-TANK", position_of(town, "/commitments/DEMO-TANK", "commitment.registered"))


def corrects_the_works(town: Town) -> None:
    where = position_of(town, "/projects/DEMO-BRIDGE", "project.works-halted")
    town.person.corrects("/projects/DEMO-BRIDGE", where, {"cause": "Otra causa"})


def backdates_a_new_name(town: Town) -> None:
    town.person.does(f"/organizations/{town.id}/rename", occurred_on="2018-06-01", name="Municipalidad de Otro Nombre")


def remembers_a_commitment_of_before(town: Town) -> None:
    town.commits("DEMO-FORGOTTEN", town.id, occurred_on="2018-02-01", deadline="2019-01-15", amount=pen("5.00"))


def corrects_the_government(town: Town) -> None:
    where = position_of(town, f"/administrations/{town.new}", "administration.registered")
    town.person.corrects(f"/administrations/{town.new}", where, {"titles": [{"text": "Gestión con otro nombre"}]})


def decides_continuity(town: Town) -> None:
    item = {"kind": "commitment", "id": town.school}
    about = {"item": item, "decision": "not_continued", "act": ACT, "reason": "Concejo", "on_behalf_of": town.id}
    town.does("decide-continuity", "2019-01-20", **about)


ATTACKS: tuple[Callable[[Town], None], ...] = (
    corrects_a_title, corrects_an_amount, voids_a_commitment, corrects_the_works, backdates_a_new_name,
    remembers_a_commitment_of_before, corrects_the_government, decides_continuity,
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_what_is_said_later_changes_no_byte_of_what_was_frozen(town: Town, attack: Callable[[Town], None]) -> None:
    names = [name for name in PAPERS if name != "acta.pdf"]
    before = [town.printed(name) for name in names]
    acta, head = town.printed("acta.pdf"), town.person.get("/commitments").headers["Roundtable-Position"]
    attack(town)
    assert [town.printed(name) for name in names] == before
    assert town.printed("acta.pdf", at_position=head) == acta


def test_a_correction_shows_in_the_complementary_acta_and_nowhere_else(town: Town) -> None:
    corrects_an_amount(town)
    assert "999,999.00" in text_of(town.printed("complementary-acta.pdf", valid_at="2019-01-31"))
    assert "999,999.00" not in text_of(town.printed("dossier.pdf"))


def test_a_rebuild_of_the_read_models_gives_the_same_bytes(town: Town, installation: Installation) -> None:
    before = printed(town)
    for attack in ATTACKS[:-1]:
        attack(town)
    installation.projector.rebuild()
    after = printed(town)
    assert [key for key, content in before.items() if after[key] != content] == []


@pytest.mark.postgres
def test_the_same_log_on_the_other_database_gives_the_same_bytes(
    town: Town, installation: Installation, successor: Installation, tmp_path: Path
) -> None:
    before = printed(town)
    remembers_a_commitment_of_before(town)
    importing.take_over(successor, exported(installation, tmp_path, witnessed=True))
    town.person = Person.arrives(successor)
    assert [key for key, content in before.items() if town.printed(key[0], language=key[1]) != content] == []


@pytest.mark.parametrize("place", ELSEWHERE, ids=["far east", "plain"])
def test_another_process_in_another_time_zone_and_locale_gives_the_same_bytes(
    town: Town, installation: Installation, tmp_path: Path, place: dict[str, Any]
) -> None:
    terminal = Terminal(installation.database.url.render_as_string(hide_password=False), **place)
    for kind, name in (("dossier", "dossier.pdf"), ("inventory", "inventory.xlsx"), ("acta", "acta.pdf")):
        file = tmp_path / name
        words = ["--kind", kind, "--language", "es", "--output", str(file)]
        terminal.runs("transition", "document", "DEMO-TG", *words)
        assert file.read_bytes() == town.printed(name)


def test_a_decree_that_nobody_knew_of_moves_no_deadline_of_what_was_frozen(
    installation: Installation, tmp_path: Path
) -> None:
    town = Town(Person.arrives(installation))
    town.person.does(f"/administrations/{town.new}/proclaim", occurred_on="2018-11-14", act=ACT)
    town.freezes()
    before = town.printed("dossier.pdf")
    assert "2018-11-21" in str(town.person.sees("/transitions/DEMO-TG/deadlines"))
    decree = '[[days]]\nday = 2018-11-16\nname = "No laborable"\nsource = "DS ilustrativo"\n'
    (tmp_path / "closed-days.toml").write_text(f'country = "PE"\n{decree}', encoding="utf-8")
    town.person = Person.arrives(open_installation(installation.settings._replace(regimes=str(tmp_path))))
    assert "2018-11-22" in str(town.person.sees("/transitions/DEMO-TG/deadlines"))
    assert town.printed("dossier.pdf") == before
