"""A command as a process of its own: how long it takes, and how much memory at most."""

import os
import subprocess
import sys

from tests.bench.servers import ROOT


def run(*command: str, **environment: str) -> tuple[float, float]:
    """Run a command that must succeed; return seconds and the megabytes that it took at most."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
    )
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
"""A small process starts the command: a child is counted with what its parent held when it began."""
