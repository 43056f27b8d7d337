"""A terminal beside a running server, for the pages that tell a newcomer what to type."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.contract.walks import ROOT
from tests.postgres import scratch

READY_SECONDS = 60


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


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")
