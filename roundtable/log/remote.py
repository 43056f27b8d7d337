"""The signer as a process of its own: whoever runs the server and its database then does not hold the keys.

One request a connection, one line of JSON each way, over a socket in the file system that only its owner may open.
"""

import os
import socket
import socketserver
from pathlib import Path
from typing import Any

import msgspec

from domain.errors import DomainError
from roundtable.log import errors
from roundtable.log.signer import FileSigner, Signed, Wanted
from roundtable.verify.notes import Key, Note

LONGEST = 64 * 1024
PATIENCE_S = 10.0


class SignerUnreachable(DomainError):
    """The process that holds the keys does not answer."""

    en = "The signer at {path} does not answer: {why}. Start `roundtable signer`; no checkpoint is signed until then."
    es = "El firmador en {path} no responde: {why}. Inicie `roundtable signer`; hasta entonces no se firma nada."


class Asked(msgspec.Struct):
    """A request: what to do, and with what."""

    do: str
    origin: str = ""
    old: int = 0
    size: int = 0
    root: str = ""
    proof: tuple[str, ...] = ()
    vkey: str = ""


class RemoteSigner:
    """The signer behind a socket; it refuses what a signer in this process refuses."""

    def __init__(self, path: Path) -> None:
        """Ask the signer that listens at a path."""
        self.path = self.file = path

    def last(self) -> Signed | None:
        """Return what was signed last."""
        found = self._ask(Asked("last"))
        return None if found is None else Signed(found[0], found[1], bytes.fromhex(found[2]))

    def held(self) -> list[Key]:
        """Return the keys that sign."""
        return [Key.parse(text) for text in self._ask(Asked("held"))]

    def add_key(self, origin: str) -> Key:
        """Let the signer make a key."""
        return Key.parse(self._ask(Asked("add_key", origin)))

    def drop_key(self, key: Key) -> None:
        """Let the signer forget a key."""
        self._ask(Asked("drop_key", vkey=str(key)))

    def begin_at(self, known: Signed) -> None:
        """Tell a signer that knows nothing what was signed last."""
        self._ask(Asked("begin_at", known.origin, size=known.size, root=known.root.hex()))

    def sign(self, wanted: Wanted) -> Note:
        """Let the signer sign a checkpoint, which it may refuse."""
        proof = tuple(h.hex() for h in wanted.proof)
        asked = Asked("sign", wanted.origin, wanted.old, wanted.size, wanted.root.hex(), proof)
        return Note.parse(self._ask(asked).encode())

    def _ask(self, asked: Asked) -> Any:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(PATIENCE_S)
                connection.connect(str(self.path))
                connection.sendall(msgspec.json.encode(asked) + b"\n")
                with connection.makefile("rb") as reply:
                    answer = msgspec.json.decode(reply.readline(LONGEST))
        except (OSError, msgspec.MsgspecError) as error:
            raise SignerUnreachable(path=self.path.name, why=type(error).__name__) from error
        if "refused" in answer:
            raise getattr(errors, answer["refused"])(**answer["values"])
        return answer["answer"]


class SignerServer(socketserver.ThreadingUnixStreamServer):
    """Answers for the key file of this process."""

    daemon_threads = True

    def __init__(self, path: Path, signer: FileSigner) -> None:
        """Listen at a path, which only the owner of this process may open."""
        self.signer = signer
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            super().__init__(str(path), _Handler)
        finally:
            os.umask(before)


class _Handler(socketserver.StreamRequestHandler):
    """One request."""

    server: SignerServer
    timeout = PATIENCE_S

    def handle(self) -> None:
        try:
            asked = msgspec.json.decode(self.rfile.readline(LONGEST), type=Asked)
            answer = {"answer": _answer(self.server.signer, asked)}
        except DomainError as error:
            answer = {"refused": type(error).__name__, "values": error.values}
        except (ValueError, LookupError):
            return  # no answer to what is no request
        self.wfile.write(msgspec.json.encode(answer) + b"\n")


def _answer(signer: FileSigner, asked: Asked) -> Any:
    match asked.do:
        case "last":
            last = signer.last()
            return None if last is None else (last.origin, last.size, last.root.hex())
        case "held":
            return [str(key) for key in signer.held()]
        case "add_key":
            return str(signer.add_key(asked.origin))
        case "drop_key":
            return signer.drop_key(Key.parse(asked.vkey))
        case "begin_at":
            return signer.begin_at(Signed(asked.origin, asked.size, bytes.fromhex(asked.root)))
        case "sign":
            proof = tuple(bytes.fromhex(text) for text in asked.proof)
            wanted = Wanted(asked.origin, asked.old, asked.size, bytes.fromhex(asked.root), proof)
            return bytes(signer.sign(wanted)).decode()
    raise LookupError(asked.do)
