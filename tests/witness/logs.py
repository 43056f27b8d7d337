"""A log on a loopback address: whatever tree a test makes it show, and the signatures that it was sent."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from roundtable.verify.texts import encode_base64
from tests.verify import archives, reference


class Shown:
    """What the log shows."""

    def __init__(self, leaves: list[bytes], size: int) -> None:
        self.show(leaves, size)
        self.proofs = True
        self.takes = True
        self.sent: list[str] = []

    def show(self, leaves: list[bytes], size: int) -> None:
        self.leaves, self.size = leaves, size
        self.note = archives.checkpoint(leaves, size, witnesses=())

    def answer(self, path: str) -> bytes | None:
        asked = urlsplit(path)
        if asked.path == "/v1/log/checkpoint":
            return self.note
        if asked.path == "/v1/log/proof/consistency" and self.proofs:
            old, new = (int(parse_qs(asked.query)[name][0]) for name in ("old", "new"))
            return json.dumps({"hashes": [*map(encode_base64, reference.proof(old, self.leaves[:new]))]}).encode()
        return archives.tree_files(self.leaves[: self.size]).get(asked.path.removeprefix("/v1/log/"))


class LogServer(ThreadingHTTPServer):
    """Serves what is shown."""

    daemon_threads = True

    def __init__(self, shown: Shown) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.shown = shown
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1/log"


class _Handler(BaseHTTPRequestHandler):
    server: LogServer

    def do_GET(self) -> None:
        data = self.server.shown.answer(self.path)
        self._reply(404 if data is None else 200, data or b"")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path != "/v1/log/cosignatures" or not self.server.shown.takes:
            self._reply(422, b"not taken")
            return
        self.server.shown.sent.append(sent)
        self._reply(200, self.server.shown.note + sent.encode())

    def _reply(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass
