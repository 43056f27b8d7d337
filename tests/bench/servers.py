"""Servers on free ports of this machine, started for a measurement and stopped after it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PORT = "{port}"
START_S = 60.0


class DidNotStart(Exception):
    """A server ended, or did not answer in time."""


def uvicorn(application: str) -> list[str]:
    """Return the command that serves an application as production would: one worker, compiled parser and loop."""
    quiet = ["--log-level", "warning", "--no-access-log"]
    fast = ["--workers", "1", "--http", "httptools", "--loop", "uvloop"]
    return [sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", PORT, *quiet, *fast]


@contextmanager
def serving(command: Sequence[str], ready: str = "/openapi.json", **environment: str) -> Iterator[int]:
    """Run a server while the block runs; give its port, which takes the place of `{port}` in the command.

    What the server printed is added to an error that ends the block.

    :raises DidNotStart: when it does not answer on the path `ready`.
    """
    port = free_port()
    argv = [str(port) if word == PORT else word for word in command]
    with tempfile.TemporaryFile() as output:
        env = {**os.environ, **environment}
        server = subprocess.Popen(argv, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            wait_for(server, f"http://127.0.0.1:{port}{ready}")
            yield port
        except Exception as error:
            output.seek(0)
            error.add_note(output.read().decode(errors="replace"))
            raise
        finally:
            stop(server)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(server: subprocess.Popen[bytes], url: str) -> None:
    """Wait until a server answers, whatever it says."""
    deadline = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError:
            time.sleep(0.05)
            continue
        return
    raise DidNotStart(url)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ask a server to end, and make it after ten seconds."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
