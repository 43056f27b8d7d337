"""The whole check of an export, in an order in which nothing is read before it is known to be intact."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from roundtable.verify import cosignatures, files, history, logfacts
from roundtable.verify.archives import Archive, open_archive
from roundtable.verify.contents import Bounds, Contents
from roundtable.verify.disclosures import Disclosures
from roundtable.verify.errors import Malformed
from roundtable.verify.findings import Findings, Grade
from roundtable.verify.history import Head, History, Judge
from roundtable.verify.merkle import EMPTY
from roundtable.verify.pins import Pin
from roundtable.verify.policies import Policy
from roundtable.verify.roots import Passed, Roots, Target, Tell
from roundtable.verify.times import iso

SKEW = 15 * 60
"""How many seconds clocks may differ and a cosignature may come after the checkpoint was made."""


class Asked(NamedTuple):
    """How a verifier wants an export checked."""

    policy: Policy
    now: float
    pins: Sequence[Pin] = ()
    max_age: int | None = None
    skew: int = SKEW


class Report(NamedTuple):
    """What a check showed."""

    findings: Findings
    origin: str = ""
    size: int = 0
    root: bytes = EMPTY
    read: int = 0
    checkpoints: int = 0
    newest: Head | None = None
    """The newest checkpoint that enough witnesses cosigned."""
    note: bytes = b""
    """Its signed note."""
    last_recorded_at: str = ""
    schemas: int = 0
    documents: int = 0
    disclosures: int = 0
    new_keys: Sequence[str] = ()
    not_checked: Sequence[str] = ()

    @property
    def verdict(self) -> Grade:
        """The gravest finding; 0 where everything is proven."""
        return self.findings.verdict


def check(path: Path, asked: Asked, tell: Tell = lambda *_: None) -> Report:
    """Check an export. Whatever is wrong with it is a finding; nothing is raised."""
    findings = Findings()
    try:
        with open_archive(path) as archive:
            return _check(archive, asked, findings, tell)
    except (Malformed, OSError) as error:
        findings.add("ARCHIVE", why=error)
        return Report(findings)


def _check(archive: Archive, asked: Asked, findings: Findings, tell: Tell) -> Report:
    if asked.policy.proves_nothing:
        findings.add("NO_QUORUM_ASKED")
    manifest = files.read_manifest(archive, findings)
    past = history.read(archive, Judge(asked.policy, asked.now, asked.skew, findings))
    passed = Roots(archive, _targets(past, asked.pins, findings), findings, tell).run()
    _check_quorum(past, passed, asked, findings)
    origin = past.newest.checkpoint.origin if past.newest else manifest.origin
    facts = logfacts.read(archive, passed, origin, findings)
    logfacts.check_signers(past.heads, facts, findings)
    disclosures = Disclosures(archive, findings)
    contents = Contents(passed, Bounds.between(past.heads, asked.skew), facts, disclosures, findings)
    contents.run(archive, tell)
    disclosures.finish()
    schemas = files.check_schemas(archive, facts, findings)
    documents = files.check_documents(archive, findings)
    files.check_manifest(archive, manifest, findings, size=passed.size, root=passed.root)
    files.name_strangers(archive, findings, passed.size)
    newest = past.witnessed[-1] if past.witnessed else None
    return Report(
        findings,
        origin,
        passed.size,
        passed.root,
        contents.read,
        len(past.heads),
        newest,
        past.witnessed_note,
        contents.newest,
        schemas,
        documents,
        disclosures.count,
        logfacts.unknown_keys(facts, asked.policy.log_keys(origin)),
        _not_checked(asked, disclosures, documents),
    )


def _targets(past: History, pins: Sequence[Pin], findings: Findings) -> list[Target]:
    targets = [Target(head.size, head.checkpoint.root) for head in past.heads]
    for path, known in pins:
        if known is None:
            continue
        if past.newest and known.origin != past.newest.checkpoint.origin:
            findings.add("ORIGIN", origin=past.newest.checkpoint.origin, expected=f"{known.origin} ({path.name})")
        else:
            targets.append(Target(known.size, known.root, path.name))
    return targets


def _check_quorum(past: History, passed: Passed, asked: Asked, findings: Findings) -> None:
    if past.newest is None:
        findings.add("NO_CHECKPOINT")
        return
    witnessed = past.witnessed
    if not witnessed:
        if not asked.policy.proves_nothing:
            findings.add("QUORUM", names=", ".join(past.newest.witnesses) or "—")
        return
    covered, last = witnessed[-1].size, max(head.last or 0 for head in witnessed)
    if covered < passed.size:
        findings.add("UNWITNESSED_TAIL", count=passed.size - covered, position=covered + 1)
    if asked.max_age is not None and last < asked.now - asked.max_age:
        findings.add("STALE", time=iso(last), max_age=iso(asked.now - asked.max_age))


def _not_checked(asked: Asked, disclosures: Disclosures, documents: int) -> list[str]:
    open_questions = {
        "READ_MODELS": True,
        "TRUTH": True,
        "COMPLETENESS": True,
        "FRESHNESS": asked.max_age is None,
        "MEMORY": not any(pin.checkpoint for pin in asked.pins),
        "DISCLOSURES": not disclosures.given,
        "DOCUMENTS": not documents,
        "MLDSA": not all(cosignatures.is_checkable(witness.key) for witness in asked.policy.witnesses.values()),
    }
    return [name for name, is_open in open_questions.items() if is_open]
