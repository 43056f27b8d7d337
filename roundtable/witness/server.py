"""The HTTP side of a witness: logs push their checkpoints to `add-checkpoint` (C2SP tlog-witness)."""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from roundtable.verify.errors import Malformed
from roundtable.verify.merkle import MAX_PROOF
from roundtable.verify.notes import MAX_NOTE
from roundtable.witness.memory import MemoryLost
from roundtable.witness.witness import SIZE_TYPE, Refused, Witness

PATH = "/add-checkpoint"
MAX_BODY = MAX_NOTE + MAX_PROOF * 45 + 64
_PLAIN = "text/plain; charset=utf-8"


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        """Listen on an address; port 0 is any free one."""
        super().__init__(address, _Handler)
        self.witness = witness


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: WitnessServer
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_POST(self) -> None:
        """Answer `add-checkpoint`."""
        if self.path != PATH:
            self._answer(HTTPStatus.NOT_FOUND, "there is only /add-checkpoint\n")
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()) or int(length) > MAX_BODY:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the length is missing or too large\n")
            return
        body = self.rfile.read(int(length))
        try:
            self._answer(HTTPStatus.OK, self.server.witness.add_checkpoint(body))
        except Refused as refused:
            if refused.size is None:
                self._answer(refused.status, f"{refused}\n")
            else:
                self._answer(refused.status, f"{refused.size}\n", SIZE_TYPE)
        except (MemoryLost, Malformed, OSError):
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "the witness cannot remember and does not sign\n")

    def _answer(self, status: HTTPStatus, text: str, content_type: str = _PLAIN) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep no log of requests."""
