"""The command line says what is proven, by whom, and what is not; and runs where nothing of ours is installed."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from roundtable.verify import cli, packing
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.notes import Note
from roundtable.verify.proofs import Proof
from tests.verify import archives, reference
from tests.verify.archives import CONTRALORIA, LOG, checkpoint, entries, export, packed, story
from tests.verify.test_attacks import LEAVES, SIZE, rewritten

RECEIPT = Proof(4, tuple(reference.path(4, LEAVES)), Note.parse(checkpoint(LEAVES, SIZE)))


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with an export, a policy, notes and a receipt; the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROUNDTABLE_LANGUAGE", "en")
    packed(tmp_path / "export.zip", export(LEAVES), LEAVES)
    Path("policy.txt").write_text(archives.policy(), encoding="utf-8")
    Path("old.note").write_bytes(checkpoint(LEAVES, 6))
    Path("new.note").write_bytes(checkpoint(LEAVES, SIZE))
    Path("receipt.tlog-proof").write_bytes(bytes(RECEIPT))
    Path("entry").write_bytes(LEAVES[4])
    return tmp_path


@pytest.fixture
def run(place, capsys):
    def run(*arguments: str) -> tuple[int, str]:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as exit:
            code = int(exit.code or 0)
        return code, capsys.readouterr().out

    return run


def test_an_honest_export_is_proven_by_named_witnesses_and_says_what_is_open(run):
    code, said = run("bundle", "export.zip", "--policy", "policy.txt")
    assert code == 0
    assert said.startswith("PROVEN\n")
    assert "contraloria, 2026-" in said
    assert "roundtable check --export FILE" in said
    code, said = run("bundle", "export.zip", "--policy", "policy.txt", "--language", "es")
    assert said.startswith("DEMOSTRADO\n")
    assert "No se comprobó:" in said


def test_machines_get_the_same_as_json(run):
    code, said = run("bundle", "export.zip", "--policy", "policy.txt", "--json")
    told = json.loads(said)
    assert (code, told["verdict"], told["exit_code"], told["size"]) == (0, "proven", 0, SIZE)
    assert told["witnessed"]["size"] == SIZE
    assert sorted(told["witnessed"]["witnesses"]) == ["contraloria", "transicion", "universidad"]
    assert "READ_MODELS" in told["not_checked"]


def test_an_altered_entry_is_named_in_both_languages(run, place):
    files = export(LEAVES) | {"tile/entries/000.p/12": archives.bundle([*LEAVES[:7], rewritten(7)[7], *LEAVES[8:]])}
    packed(place / "bad.zip", files, LEAVES)
    code, said = run("bundle", "bad.zip", "--policy", "policy.txt")
    assert code == 1
    assert said.startswith("VIOLATION")
    assert "[entry 7, position 8, commitment.progress-reported]" in said
    code, said = run("bundle", "bad.zip", "--policy", "policy.txt", "--language", "es")
    assert "[entrada 7, posición 8, commitment.progress-reported]" in said
    told = json.loads(run("bundle", "bad.zip", "--policy", "policy.txt", "--json")[1])
    altered = next(f for f in told["findings"] if f["code"] == "ENTRY_ALTERED")
    assert (altered["entry"], altered["position"], altered["grade"]) == (7, 8, "violation")


def test_a_pin_remembers_and_is_not_written_unless_all_is_proven(run, place):
    pinned = Path("pin.note")
    packed(place / "younger.zip", export(LEAVES[:6]), LEAVES[:6])
    asked = ("--policy", "policy.txt", "--pin", "pin.note")
    Path("none.txt").write_text(f"log {LOG.key}\nquorum none\n", encoding="utf-8")
    assert run("bundle", "export.zip", "--policy", "none.txt", "--pin", "pin.note")[0] == 3
    assert not pinned.exists()
    assert run("bundle", "younger.zip", *asked)[0] == 0
    assert Checkpoint.parse(Note.parse(pinned.read_bytes()).text).size == 6
    code, said = run("bundle", "export.zip", *asked, "--json")
    assert (code, "MEMORY" in json.loads(said)["not_checked"]) == (0, False)
    assert pinned.read_bytes() == checkpoint(LEAVES, SIZE)
    code, said = run("bundle", "younger.zip", *asked)
    assert (code, "ROLLBACK" in said) == (1, True)
    assert pinned.read_bytes() == checkpoint(LEAVES, SIZE)
    forged = rewritten()
    packed(place / "forged.zip", export(forged), forged)
    code, said = run("bundle", "forged.zip", *asked)
    assert (code, "INCONSISTENT_WITH_PINNED" in said) == (1, True)
    assert pinned.read_bytes() == checkpoint(LEAVES, SIZE)


def test_what_cannot_be_read_is_malformed_and_what_is_old_is_not_enough(run):
    Path("broken").write_bytes(b"PK")
    asked = ("--policy", "policy.txt")
    assert run("bundle", "broken", *asked)[0] == 2
    assert run("bundle", "absent", *asked)[0] == 2
    assert run("bundle", "export.zip", "--policy", "broken")[0] == 2
    assert run("bundle", "export.zip", *asked, "--pin", "broken")[0] == 2
    assert run("bundle", "export.zip", "--policy", "absent")[0] == 2
    assert run("bundle", "export.zip", *asked, "--max-age", "soon")[0] == 2
    code, said = run("bundle", "export.zip", *asked, "--max-age", "1s")
    assert (code, "STALE" in said) == (3, True)


def packed_without_manifest(place: Path) -> str:
    return archives.pack(place / "bare.zip", export(LEAVES)).name


def test_an_unpacked_export_is_checked_alike(run, place):
    with zipfile.ZipFile("export.zip") as archive:
        archive.extractall(place / "unpacked")
    assert run("bundle", "unpacked", "--policy", "policy.txt")[0] == 0
    Path("unpacked/manifest.json").unlink()
    code, said = run("bundle", "unpacked", "--policy", "policy.txt")
    assert (code, "NO_MANIFEST" in said) == (0, True)
    assert run("bundle", packed_without_manifest(place), "--policy", "policy.txt")[0] == 2


def test_a_receipt_proves_its_entry_to_whoever_trusts_the_witnesses(run):
    asked = ("--entry", "entry", "--policy", "policy.txt")
    code, said = run("receipt", "receipt.tlog-proof", *asked)
    assert (code, said.startswith("PROVEN")) == (0, True)
    Path("none.txt").write_text(f"log {LOG.key}\nquorum none\n", encoding="utf-8")
    assert run("receipt", "receipt.tlog-proof", "--entry", "entry", "--policy", "none.txt")[0] == 3
    alone = RECEIPT._replace(note=Note.parse(checkpoint(LEAVES, SIZE, [CONTRALORIA])))
    Path("alone").write_bytes(bytes(alone))
    assert run("receipt", "alone", *asked)[0] == 3
    Path("entry").write_bytes(LEAVES[5])
    code, said = run("receipt", "receipt.tlog-proof", *asked)
    assert (code, "RECEIPT" in said) == (1, True)
    Path("entry").write_bytes(b"")
    assert run("receipt", "entry", *asked)[0] == 2


def test_a_receipt_of_an_entry_that_says_another_index_is_a_violation(run):
    leaves = entries(story())[::-1]
    moved = Proof(4, tuple(reference.path(4, leaves)), Note.parse(checkpoint(leaves, SIZE)))
    Path("moved").write_bytes(bytes(moved))
    Path("entry").write_bytes(leaves[4])
    code, said = run("receipt", "moved", "--entry", "entry", "--policy", "policy.txt")
    assert (code, "INDEX" in said) == (1, True)


@pytest.mark.parametrize("tiles", ["export.zip", "unpacked"])
def test_one_checkpoint_continues_another_by_the_tiles(run, place, tiles):
    with zipfile.ZipFile("export.zip") as archive:
        archive.extractall(place / "unpacked")
    code, said = run("consistency", "old.note", "new.note", "--tiles", tiles)
    assert (code, said.startswith("AGREES")) == (0, True)
    assert run("consistency", "new.note", "new.note", "--tiles", tiles)[0] == 0
    assert run("consistency", "old.note", "old.note", "--tiles", tiles)[0] == 0
    assert run("consistency", "new.note", "old.note", "--tiles", tiles)[0] == 1
    Path("forged.note").write_bytes(checkpoint(rewritten(), SIZE))
    assert run("consistency", "old.note", "forged.note", "--tiles", tiles)[0] == 1
    Path("other.note").write_bytes(checkpoint(LEAVES, 6, origin="otra.example/mesa"))
    assert run("consistency", "other.note", "new.note", "--tiles", tiles)[0] == 1
    assert run("consistency", "old.note", "new.note", "--tiles", "policy.txt")[0] == 2


def test_the_root_printed_in_minutes_is_found_again(run):
    root = reference.tree(LEAVES[:6]).hex()
    asked = ("acta", "export.zip", "--origin", archives.ORIGIN, "--size")
    code, said = run(*asked, "6", "--root", root[:32])
    assert (code, said.startswith("AGREES")) == (0, True)
    assert run(*asked, "6", "--root", root.upper())[0] == 0
    assert run(*asked, "7", "--root", root)[0] == 1
    assert run(*asked, "60", "--root", root)[0] == 1
    assert run(*asked, "6", "--root", root[:31])[0] == 2
    assert run(*asked, "6", "--root", "z" * 32)[0] == 2
    assert run("acta", "export.zip", "--origin", "otra.example/mesa", "--size", "6", "--root", root)[0] == 1


def test_two_exports_are_one_history_or_the_proof_of_a_fork(run, place):
    packed(place / "younger.zip", export(LEAVES[:6]), LEAVES[:6])
    assert run("diff", "export.zip", "younger.zip")[0] == 0
    forged = rewritten(3)
    packed(place / "forged.zip", export(forged), forged)
    code, said = run("diff", "export.zip", "forged.zip", "--policy", "policy.txt", "--json")
    told = json.loads(said)
    assert (code, told["entry"], "proof of a fork" in told["en"]) == (1, 3, True)
    kept = [Path("fork-evidence", name).read_bytes() for name in ("first.note", "second.note")]
    assert kept == [checkpoint(LEAVES, SIZE), checkpoint(forged, SIZE)]
    assert run("diff", "export.zip", "policy.txt")[0] == 2


def alone(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the packed verifier in a Python that sees neither the project nor any installed package."""
    command = [sys.executable, "-I", "-S", packing.NAME, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env={"PATH": os.defpath})


def test_one_file_and_any_python_are_enough(place):
    tool = packing.build()
    assert tool == packing.build()
    lonely = place / "lonely"
    lonely.mkdir()
    (lonely / packing.NAME).write_bytes(tool)
    (lonely / "export.zip").write_bytes(Path("export.zip").read_bytes())
    (lonely / "policy.txt").write_bytes(Path("policy.txt").read_bytes())
    done = alone("bundle", "export.zip", "--policy", "policy.txt", "--json", cwd=lonely)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["verdict"] == "proven"
    forged = packed(lonely / "forged.zip", export(rewritten(), [checkpoint(LEAVES, SIZE)]), rewritten())
    assert alone("bundle", forged.name, "--policy", "policy.txt", cwd=lonely).returncode == 1
    done = alone("selftest", cwd=lonely)
    assert (done.returncode, done.stdout) == (0, "AGREES: all known answers are right\n")


def test_the_source_alone_imports_nothing_of_ours_and_nothing_installed(place):
    source = Path(packing.__file__).parent
    shutil.copytree(source, place / "lib" / "roundtable" / "verify", ignore=shutil.ignore_patterns("__pycache__"))
    modules = ", ".join(sorted(f"roundtable.verify.{file.stem}" for file in source.glob("[a-z]*.py")))
    script = f"import sys; sys.path.insert(0, 'lib'); import {modules}; print(*sys.modules)"
    command = [sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "roundtable.verify.checker" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stdout.split()} - sys.stdlib_module_names
    assert loaded <= {"roundtable", "__main__"}


def test_the_project_offers_the_same_command_and_the_same_file(place):
    roundtable = [sys.executable, "-m", "roundtable.cli"]
    environment = os.environ | {"PYTHONPATH": str(Path(packing.__file__).parents[2])}
    done = subprocess.run([*roundtable, "verify-tool", "--output", "tool.pyz"], env=environment, check=False)
    assert (done.returncode, Path("tool.pyz").read_bytes()) == (0, packing.build())
    done = subprocess.run(
        [*roundtable, "verify", "bundle", "export.zip", "--policy", "policy.txt", "--max-age", "1s"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "STALE" in done.stdout) == (3, True)
    done = subprocess.run(
        [*roundtable, "verify", "--help"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "usage: roundtable verify" in done.stdout) == (0, True)
