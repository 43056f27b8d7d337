"""A newer directive is a file beside the data; what is under way keeps the rules that it began with."""

from pathlib import Path
from typing import Any

import pytest

from roundtable.bootstrap import open_installation
from roundtable.installation import Installation
from roundtable.regimes import UnreadableRegime, files
from tests.api.test_transitions import ACT
from tests.harness import Person, Refused

NAME = "peru-2022.toml"


def opened(installation: Installation, folder: Path | str) -> Person:
    """Start the installation again with a folder of rules."""
    again = open_installation(installation.settings._replace(regimes=str(folder)))
    return Person.arrives(again)


def written(folder: Path, *changes: tuple[str, str], name: str = NAME) -> Path:
    """Write the regime of 2022, changed, into a folder."""
    folder.mkdir(exist_ok=True)
    text = (files("roundtable.regimes") / NAME).read_text(encoding="utf-8")
    for change in changes:
        assert change[0] in text
        text = text.replace(*change)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def plans(person: Person, code: str, regime: str) -> dict[str, Any]:
    town = person.registers_organization(kind="local_government")
    old = person.registers_administration(town, 2023, 2027)
    new = person.registers_administration(town, 2027, 2031, predecessor=old, occurred_on="2026-10-04")
    person.does(f"/administrations/{new}/proclaim", occurred_on="2026-11-06", act=ACT)
    body = {"outgoing": old, "incoming": new, "code": code, "regime": regime}
    return person.does("/transitions", **body, occurred_on="2026-10-05")


def due(person: Person, code: str, key: str = "handover.commission") -> str:
    items = person.sees(f"/transitions/{code}/deadlines")["items"]
    return next(str(one["due"]) for one in items if one["key"] == key)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A directive of 2026 that gives seven business days instead of five and asks for one more document."""
    more = (
        '[[deliverables]]\nkey = "social_conflicts"\nstage = "transfer"\nname = { es = "Conflictos", en = "Conflicts" }'
    )
    backing = 'backing = { source = "Directiva ilustrativa", certainty = "by_design" }\n'
    changes = (
        ('id = "peru-2022"', 'id = "peru-2026"'),
        ("applies_from = 2022-01-01", "applies_from = 2026-10-01"),
        ("quantity = 5", "quantity = 7"),
        ('[[catalogue]]\nkey = "report.adm', f'{more}\n{backing}\n[[catalogue]]\nkey = "report.adm'),
    )
    return written(tmp_path / "rules", *changes, name="peru-2026.toml")


def test_a_newer_directive_is_offered_beside_the_older_one(installation: Installation, newer: Path) -> None:
    before = opened(installation, "")
    plans(before, "TG-OLD", "peru-2022")
    with pytest.raises(Refused) as refusal:
        plans(before, "TG-NONE", "peru-2026")
    assert refusal.value.name == "unknown-regime"
    after = opened(installation, newer)
    assert "peru-2026" in {one["regime"]["id"] for one in after.sees("/regimes")["items"]}
    plans(after, "TG-NEW", "peru-2026")
    assert (due(after, "TG-OLD"), due(after, "TG-NEW")) == ("2026-11-13", "2026-11-17")
    filed = {"deliverable": "social_conflicts", "document": "a" * 64, "occurred_on": "2026-11-01"}
    after.does("/transitions/TG-NEW/file-deliverable", **filed)
    with pytest.raises(Refused) as refusal:
        after.does("/transitions/TG-OLD/file-deliverable", **filed)
    assert refusal.value.name == "unknown-deliverable"


def test_a_file_that_is_replaced_changes_nothing_of_what_is_under_way(
    installation: Installation, tmp_path: Path
) -> None:
    plans(opened(installation, ""), "TG-OLD", "peru-2022")
    folder = written(tmp_path / "again", ("quantity = 5", "quantity = 9"))
    after = opened(installation, folder)
    plans(after, "TG-NEW", "peru-2022")
    assert (due(after, "TG-OLD"), due(after, "TG-NEW")) == ("2026-11-13", "2026-11-19")
    alone = {"installed_by": "incoming", "act": ACT}
    after.does("/transitions/TG-OLD/start-transfer", **alone, occurred_on="2026-11-14")
    with pytest.raises(Refused) as refusal:
        after.does("/transitions/TG-NEW/start-transfer", **alone, occurred_on="2026-11-14")
    assert refusal.value.name == "too-early-to-install-alone"


def test_the_past_is_read_where_the_file_is_gone(installation: Installation, newer: Path) -> None:
    receipt = plans(opened(installation, newer), "TG-NEW", "peru-2026")
    bare = opened(installation, "")
    assert due(bare, "TG-NEW") == "2026-11-17"
    assert bare.sees("/transitions/TG-NEW/dossier")["regime"] == "peru-2026"
    bare.corrects("/transitions/TG-NEW", receipt["position"], {"code": "TG-2026"})
    assert due(bare, "TG-2026") == "2026-11-17"
    [*_, corrected] = bare.sees("/transitions/TG-2026/history")["items"]
    assert set(corrected["data"]["changes"]) == {"code"}
    assert bare.get("/regimes/peru-2026").status_code == 404


def test_a_plan_that_is_corrected_to_another_regime_follows_that_one(installation: Installation, newer: Path) -> None:
    after = opened(installation, newer)
    receipt = plans(after, "TG-WRONG", "peru-2022")
    after.corrects("/transitions/TG-WRONG", receipt["position"], {"regime": "peru-2026"})
    assert due(after, "TG-WRONG") == "2026-11-17"
    assert due(opened(installation, ""), "TG-WRONG") == "2026-11-17"


def test_what_a_decree_closes_counts_for_what_is_under_way_too(installation: Installation, tmp_path: Path) -> None:
    plans(opened(installation, ""), "TG-OLD", "peru-2022")
    decree = '[[days]]\nday = 2026-11-09\nname = "No laborable"\nsource = "DS ilustrativo"\n'
    (tmp_path / "closed-days.toml").write_text(f'country = "PE"\n{decree}', encoding="utf-8")
    after = opened(installation, tmp_path)
    assert due(after, "TG-OLD") == "2026-11-16"
    days = {one["day"]: one["name"] for one in after.sees("/regimes/peru-2022/holidays", year=2026)["items"]}
    assert days["2026-11-09"] == "No laborable (DS ilustrativo)"


def test_an_installation_does_not_start_with_a_wrong_file(installation: Installation, tmp_path: Path) -> None:
    folder = written(tmp_path / "wrong", ('after = "proclaimed"', 'after = "proclaimd"'))
    with pytest.raises(UnreadableRegime) as refusal:
        opened(installation, folder)
    assert "peru-2022.toml: handover.commission: after proclaimd no existe; use acta_signed" in (
        refusal.value.message("es")
    )
