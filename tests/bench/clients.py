"""The process of the load generator: reads a job, runs its clients, writes what they measured.

python -m tests.bench.clients < JOB     (see tests/bench/load.py, which writes the job)
"""

import json
import select
import socket
import sys
import time
from collections.abc import Iterator
from itertools import count, islice

LONGEST_ANSWER_S = 30.0


class Client:
    """One keep-alive connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=LONGEST_ANSWER_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        """Send a request; requests are small, so that the system takes each at once."""
        self.answer = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has arrived; tell whether the answer is complete."""
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError("the server closed a connection")
        self.answer = self.answer + data if self.answer else data
        end = self.answer.find(b"\r\n\r\n")
        return end >= 0 and len(self.answer) >= end + 4 + length(self.answer[:end].lower())

    @property
    def succeeded(self) -> bool:
        """Whether the answer is a success, by the first digit of its status."""
        return self.answer[9:10] == b"2"


def length(head: bytes) -> int:
    """Find the length of a body in the head of its answer."""
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        raise ValueError(f"an answer without a length: {head!r}")
    return int(head[at + 17 :].split(b"\r\n", 1)[0])


def split(data: bytes, lengths: list[int]) -> Iterator[bytes]:
    """Cut the requests of a job apart."""
    start = 0
    for size in lengths:
        yield data[start : start + size]
        start += size


def measure(port: int, requests: list[bytes], clients: int, seconds: float, limit: int | None) -> dict[str, object]:
    """Keep every client busy until the time or the requests run out; answers under way are waited for."""
    todo = islice((requests[k % len(requests)] for k in count()), limit)
    times: list[float] = []
    busy: dict[int, Client] = {}
    poll = select.poll()
    start = time.perf_counter()
    end = start + seconds
    for client, request in zip((Client(port) for _ in range(clients)), todo, strict=False):
        busy[client.socket.fileno()] = client
        poll.register(client.socket, select.POLLIN)
        client.send(request)
    while busy:
        ready = poll.poll(LONGEST_ANSWER_S * 1000)
        if not ready:
            return {"refused": f"no answer in {LONGEST_ANSWER_S} s"}
        for number, _ in ready:
            client = busy[number]
            if not client.receive():
                continue
            now = time.perf_counter()
            if not client.succeeded:
                return {"refused": client.answer.decode(errors="replace")}
            times.append(now - client.sent_at)
            request_or_none = next(todo, None) if now < end else None
            if request_or_none is None:
                poll.unregister(client.socket)
                del busy[number]
            else:
                client.send(request_or_none)
    took = time.perf_counter() - start
    times.sort()
    p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
    return {"rate": len(times) / took, "p50": p50, "p99": p99, "requests": len(times)}


def main() -> None:
    """Read a job from the standard input, write its result as JSON."""
    order, _, data = sys.stdin.buffer.read().partition(b"\n")
    job = json.loads(order)
    requests = list(split(data, job.pop("lengths")))
    sys.stdout.write(json.dumps(measure(requests=requests, **job)))


if __name__ == "__main__":
    main()
