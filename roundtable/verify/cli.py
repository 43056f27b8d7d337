"""The command line of the verifier: `roundtable-verify`, which needs nothing but Python."""

import argparse
import json
import locale
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from roundtable.verify import checker, comparing, report, selftest
from roundtable.verify.archives import open_archive
from roundtable.verify.checker import Asked, Report
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.entries import Entry
from roundtable.verify.errors import Malformed, Unproven
from roundtable.verify.findings import Findings, Grade, printable
from roundtable.verify.history import NEWEST, Judge
from roundtable.verify.notes import Note
from roundtable.verify.pins import Pin, write_whole
from roundtable.verify.policies import Policy
from roundtable.verify.proofs import Proof
from roundtable.verify.roots import Tell
from roundtable.verify.times import parse_span

PROGRAM = "roundtable-verify"
MAX_FILE = 2_000_000
_EPILOG = "Exit codes: 0 proven, 1 violation, 2 malformed, 3 not enough evidence."


def main(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> int:
    """Run a command and return the exit code."""
    given = _parser(program).parse_args(arguments)
    say = _Say(as_json=given.json, language=given.language or language())
    run: Callable[[argparse.Namespace, _Say], int] = given.run
    try:
        return run(given, say)
    except Malformed as error:
        return say.sentence(Grade.MALFORMED, str(error), str(error))
    except Unproven as error:
        return say.sentence(Grade.VIOLATION, str(error), str(error))
    except OSError as error:
        return say.sentence(Grade.MALFORMED, str(error), str(error))


def language() -> str:
    """Return the language of the reader: `ROUNDTABLE_LANGUAGE`, else that of the environment, else English."""
    chosen = os.environ.get("ROUNDTABLE_LANGUAGE") or locale.getlocale()[0] or os.environ.get("LANG", "")
    return "es" if chosen.lower().startswith(("es", "spanish")) else "en"


class _Say:
    """How answers are given."""

    def __init__(self, *, as_json: bool, language: str) -> None:
        self.as_json = as_json
        self.language = language

    def report(self, told: Report) -> int:
        print(report.as_json(told) if self.as_json else report.as_text(told, self.language))  # noqa: T201
        return int(told.verdict)

    def sentence(self, grade: Grade, en: str, es: str, **values: Any) -> int:
        """Answer with one sentence."""
        verdict = report.VERDICTS[grade] if grade else report.AGREES
        if self.as_json:
            told = {"verdict": verdict[0], "exit_code": int(grade), "en": en, "es": es} | values
            print(json.dumps(told, indent=1))  # noqa: T201
        else:
            spanish = self.language == "es"
            print(f"{verdict[2 if spanish else 1]}: {printable(es if spanish else en)}")  # noqa: T201
        return int(grade)

    def progress(self) -> Tell:
        """Return what shows progress on a terminal, and nothing elsewhere."""
        if not sys.stderr.isatty():
            return lambda *_: None
        last = [0.0]

        def tell(what: str, done: int, total: int) -> None:
            if time.monotonic() - last[0] > 0.2 or done >= total:  # noqa: PLR2004 — five times a second
                last[0] = time.monotonic()
                sys.stderr.write(f"\r{what}: {done}/{total}" + ("\r\x1b[K" if done >= total else ""))

        return tell


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=program, description=__doc__, epilog=_EPILOG)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="answer as JSON")
    common.add_argument("--language", choices=("es", "en"), help="language of the answer")

    def command(name: str, run: Callable[[argparse.Namespace, _Say], int], help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=help, description=help, epilog=_EPILOG)
        made.set_defaults(run=run)
        return made

    bundle = command("bundle", _bundle, "check an export: everything it proves")
    bundle.add_argument("export", type=Path, help="the archive, packed or unpacked")
    _policy_options(bundle)
    bundle.add_argument("--pin", type=Path, action="append", default=[], metavar="FILE", help="what you remember")
    bundle.add_argument("--max-age", type=_span, metavar="24h", help="how old the newest cosignatures may be")
    receipt = command("receipt", _receipt, "check the receipt of one entry")
    receipt.add_argument("receipt", type=Path)
    receipt.add_argument("--entry", type=Path, required=True, help="the bytes of the entry")
    _policy_options(receipt)
    consistency = command("consistency", _consistency, "check that one checkpoint continues another")
    consistency.add_argument("old", type=Path)
    consistency.add_argument("new", type=Path)
    consistency.add_argument("--tiles", type=Path, required=True, help="an export, or a folder with its tiles")
    acta = command("acta", _acta, "compare an export with what printed minutes show")
    acta.add_argument("export", type=Path)
    acta.add_argument("--origin", required=True)
    acta.add_argument("--size", type=int, required=True)
    acta.add_argument("--root", required=True, help="at least its first 32 hexadecimal digits")
    diff = command("diff", _diff, "compare two exports of one log: the same history, or proof of a fork")
    diff.add_argument("first", type=Path)
    diff.add_argument("second", type=Path)
    diff.add_argument("--policy", type=Path, help="to tell whether both are signed by the log")
    diff.add_argument("--evidence", type=Path, default=Path("fork-evidence"), metavar="FOLDER")
    command("selftest", _selftest, "check that this program computes what it should")
    return parser


def _policy_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--policy", type=Path, required=True, help="your own file: log, witnesses, quorum")
    parser.add_argument("--skew", type=_span, default=checker.SKEW, metavar="15m", help="how far clocks may differ")


def _span(text: str) -> int:
    try:
        return parse_span(text)
    except Malformed as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _bundle(given: argparse.Namespace, say: _Say) -> int:
    pins = [Pin.read(path) for path in given.pin]
    asked = Asked(_policy(given.policy), time.time(), pins, given.max_age, given.skew)
    told = checker.check(given.export, asked, say.progress())
    if told.verdict == Grade.NOTICE and told.newest:
        for pin in pins:
            pin.remember(told.newest.checkpoint, told.note)
    return say.report(told)


def _receipt(given: argparse.Namespace, say: _Say) -> int:
    findings = Findings()
    policy = _policy(given.policy)
    proof, data = Proof.parse(_read(given.receipt)), _read(given.entry)
    try:
        checkpoint = proof.verify(data)
    except Unproven as error:
        findings.add("RECEIPT", why=error)
        return say.report(Report(findings))
    entry = Entry.parse(data)
    if entry.leaf_index != proof.leaf_index:
        findings.add("INDEX", proof.leaf_index, entry.topic, said=entry.leaf_index)
    head = Judge(policy, time.time(), given.skew, findings).head(bytes(proof.note), given.receipt.name)
    if policy.proves_nothing:
        findings.add("NO_QUORUM_ASKED")
    elif head and not head.is_witnessed:
        findings.add("QUORUM", names=", ".join(head.witnesses) or "—")
    newest = head if head and head.is_witnessed else None
    told = Report(
        findings,
        checkpoint.origin,
        checkpoint.size,
        checkpoint.root,
        read=1,
        checkpoints=1,
        newest=newest,
        last_recorded_at=entry.recorded_at,
        not_checked=("READ_MODELS", "TRUTH", "OTHER_ENTRIES"),
    )
    return say.report(told)


def _consistency(given: argparse.Namespace, say: _Say) -> int:
    old, new = (Checkpoint.parse(Note.parse(_read(path)).text) for path in (given.old, given.new))
    comparing.check_consistency(old, new, given.tiles)
    return say.sentence(
        Grade.NOTICE,
        f"the log of size {new.size} continues the one of size {old.size}; signatures were not checked",
        f"el registro de tamaño {new.size} continúa el de tamaño {old.size}; no se comprobaron las firmas",
    )


def _acta(given: argparse.Namespace, say: _Say) -> int:
    with open_archive(given.export) as archive:
        origin = Checkpoint.parse(Note.parse(archive.read(NEWEST)).text).origin
    if origin != given.origin:
        raise Unproven(f"the export is of the log {origin}")
    root = comparing.check_printed(given.size, given.root, given.export)
    same = root.startswith(given.root.lower().replace(" ", ""))
    return say.sentence(
        Grade.NOTICE if same else Grade.VIOLATION,
        f"at size {given.size} the root is {root}, {'as' if same else 'not as'} the minutes show",
        f"con tamaño {given.size} la raíz es {root}, {'como' if same else 'no como'} muestra el acta",
    )


def _diff(given: argparse.Namespace, say: _Say) -> int:
    found = comparing.compare(given.first, given.second)
    if found.leaf_index is None:
        return say.sentence(
            Grade.NOTICE,
            f"the same history as far as both go: {found.size} entries",
            f"la misma historia hasta donde llegan ambas: {found.size} entradas",
        )
    signed = _signed_by_log(given.policy, found.notes)
    given.evidence.mkdir(parents=True, exist_ok=True)
    for name, note in zip(("first.note", "second.note"), found.notes, strict=True):
        write_whole(given.evidence / name, note)
    return say.sentence(
        Grade.VIOLATION,
        f"two histories: they part at position {found.leaf_index + 1}; both signed notes are kept in {given.evidence}"
        f"{signed and ', and the key of the log signed both: a proof of a fork'}",
        f"dos historias: se separan en la posición {found.leaf_index + 1}; ambas notas quedan en {given.evidence}"
        f"{signed and ', y la clave del registro firmó las dos: prueba de una bifurcación'}",
        entry=found.leaf_index,
        notes=[note.decode() for note in found.notes],
    )


def _signed_by_log(path: Path | None, notes: tuple[bytes, bytes]) -> str:
    if path is None:
        return ""
    judge = Judge(_policy(path), time.time(), checker.SKEW, Findings())
    heads = [judge.head(note, NEWEST) for note in notes]
    return "signed" if all(head and head.signers for head in heads) else ""


def _selftest(_: argparse.Namespace, say: _Say) -> int:
    wrong = selftest.run()
    if wrong:
        return say.sentence(Grade.VIOLATION, f"wrong: {', '.join(wrong)}", f"incorrecto: {', '.join(wrong)}")
    return say.sentence(Grade.NOTICE, "all known answers are right", "todas las respuestas conocidas son correctas")


def _policy(path: Path) -> Policy:
    return Policy.parse(_read(path))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise Malformed(f"{path} is too large")
    return data
