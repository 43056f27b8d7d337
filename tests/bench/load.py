"""A load generator: keep-alive clients against one port of this machine, in a process of their own.

One loop over non-blocking sockets, requests rendered beforehand, answers read as far as their status and length: it
costs a few microseconds a request, so that the server is what is measured.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from tests.bench.servers import ROOT

RENDERED = 20_000


class Refused(Exception):
    """The server answered a request with something other than success."""


class Result(NamedTuple):
    """What a run measured: requests per second, and the median and 99th percentile of their times in milliseconds."""

    rate: float
    p50: float
    p99: float
    requests: float


def get(path: str, token: str) -> bytes:
    """Render a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


def post(path: str, token: str, json_body: object) -> bytes:
    """Render a POST request with a JSON body."""
    body = json.dumps(json_body, separators=(",", ":")).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def run(
    port: int,
    requests: Iterable[bytes] | Callable[[int], bytes],
    *,
    clients: int = 8,
    seconds: float = 8.0,
    limit: int | None = None,
) -> Result:
    """Send requests from several clients for some seconds, or until `limit` of them are answered.

    An iterable is sent around and around. A callable makes the k-th request, and none is sent twice.

    :raises Refused: when an answer is not a success, with its body.
    """
    if callable(requests):
        limit = limit or RENDERED
        requests = map(requests, range(limit))
    rendered = list(islice(requests, limit or RENDERED))
    order = {"port": port, "clients": clients, "seconds": seconds, "limit": limit, "lengths": [*map(len, rendered)]}
    job = json.dumps(order).encode() + b"\n" + b"".join(rendered)
    command = [sys.executable, "-m", "tests.bench.clients"]
    done = subprocess.run(command, input=job, stdout=subprocess.PIPE, cwd=ROOT, check=True, timeout=seconds + 60)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return Result(**answer)
