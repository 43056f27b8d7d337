"""How long the offline verifier takes, against one SHA-256 pass over the same entries, and how much memory it needs."""

import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from roundtable.verify.archives import open_archive
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.entries import parse_json
from roundtable.verify.findings import Findings
from roundtable.verify.history import FILE
from roundtable.verify.notes import Note
from roundtable.verify.roots import Roots, Target, bundles
from tests.bench import archive
from tests.bench.product import Tell
from tests.bench.report import Row, Seconds, interleaved
from tests.verify import archives

EVENTS = 1_000_000
MOST_MEGABYTES = 300


def rows(folder: Path, scale: float, tell: Tell) -> Iterator[Row]:
    """Measure both rows on one export."""
    folder.mkdir(parents=True)
    size, path = max(1000, int(EVENTS * scale)), folder / "export.zip"
    tell("verifier: writing an export")
    archive.write(path, size)
    tell("verifier: hashing")
    found = interleaved({"plain": lambda: plain(path), "roots": lambda: all_roots(path)}, rounds=3)
    about = {"database": "none", "size": f"{size:,} events"}
    yield Row.at_most(
        2.5,
        found["roots"].seconds / found["plain"].seconds,
        what="verify: the root at every checkpoint",
        compared=f"one SHA-256 pass over the same entries, {found['plain'].seconds:.2f} s",
        ours=f"{found['roots'].seconds:.2f} s",
        **about,
    )
    tell("verifier: the whole check")
    seconds, megabytes = whole(path, folder / "policy.txt")
    yield Row.at_most(
        20,
        seconds / found["plain"].seconds,
        what="verify: the whole check, every entry read",
        compared=f"one SHA-256 pass over the same entries, {found['plain'].seconds:.2f} s",
        ours=f"{seconds:.2f} s, {megabytes:.0f} MB at most",
        **about,
    ).also(f"≤ {MOST_MEGABYTES} MB", met=megabytes <= MOST_MEGABYTES)


def plain(path: Path) -> Seconds:
    """Hash every entry of an export once."""
    start = time.perf_counter()
    with open_archive(path) as export:
        for entries in bundles(export):
            for entry in entries:
                sha256(entry).digest()
    return Seconds(time.perf_counter() - start)


def all_roots(path: Path) -> Seconds:
    """Compute the root at every checkpoint of an export and compare all tiles."""
    start, findings = time.perf_counter(), Findings()
    with open_archive(path) as export:
        signed = [Note.parse(parse_json(line)["note"].encode()) for line in export.lines(FILE)]
        heads = [Checkpoint.parse(note.text) for note in signed]
        targets = [Target(head.size, head.root) for head in heads]
        Roots(export, targets, findings, lambda *_: None).run()
    if list(findings):
        raise RuntimeError(next(iter(findings)).sentence("en"))
    return Seconds(time.perf_counter() - start)


def whole(path: Path, policy: Path) -> tuple[float, float]:
    """Run the verifier in a process of its own; return seconds and the megabytes it took at most."""
    policy.write_text(archives.policy(), encoding="utf-8")
    verifier = [sys.executable, "-m", "roundtable.verify", "bundle", str(path), "--policy", str(policy)]
    done = subprocess.run([sys.executable, "-c", _MEASURE, *verifier], check=True, capture_output=True, text=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) / 1024


_MEASURE = """
import os, subprocess, sys, time
start = time.perf_counter()
running = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(running.pid, 0)
print(time.perf_counter() - start, used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process starts the verifier: a child is counted with what its parent held when it began."""
