"""Pulling: a witness behind a firewall fetches a log's newest checkpoint, checks it, and sends its signature back."""

import json
import urllib.request
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from roundtable.verify import comparing
from roundtable.verify.checkpoints import Checkpoint
from roundtable.verify.errors import Malformed, Unproven
from roundtable.verify.merkle import HASH_SIZE, MAX_PROOF
from roundtable.verify.notes import MAX_NOTE, Note, Signature
from roundtable.verify.policies import Log
from roundtable.verify.texts import decode_base64
from roundtable.verify.tiles import WIDTH, Tile
from roundtable.witness.memory import Signed
from roundtable.witness.witness import Refused, Shows, Witness, by_proof

PATIENCE_S = 30.0


class Unreachable(Exception):
    """The log does not answer, or not with what was asked for."""


class Pulled(NamedTuple):
    """What was signed, and whether the log took it."""

    checkpoint: Checkpoint
    line: Signature


class LogServer:
    """A log by its address: the prefix under which `checkpoint` and `tile/` lie."""

    def __init__(self, url: str) -> None:
        """Use an http or https address.

        :raises Unreachable: it is another one.
        """
        if urlsplit(url).scheme not in {"http", "https"}:
            raise Unreachable(f"{url} is no http or https address")
        self.url = url.rstrip("/")

    def checkpoint(self) -> bytes:
        """Fetch the newest checkpoint."""
        return self._ask("/checkpoint", MAX_NOTE)

    def shows(self, old: int, new: int) -> Shows:
        """Fetch what shows that a tree continues another: a proof, or where none is served the hashes of all leaves."""
        if old in {0, new}:
            return by_proof(())
        try:
            answer = self._ask(f"/proof/consistency?{urlencode({'old': old, 'new': new})}", MAX_NOTE)
        except Unreachable:
            return self._by_tiles(old, new)
        return by_proof(_hashes(answer))

    def send(self, line: Signature) -> None:
        """Send a signature line."""
        self._ask("/cosignatures", MAX_NOTE, f"{line}\n".encode())

    def _by_tiles(self, old: int, new: int) -> Shows:
        roots = comparing.roots(self._tile, old, new)

        def shows(before: Checkpoint, after: Checkpoint) -> None:
            if (before.root, after.root) != roots:
                raise Unproven("the tiles lead to another root")

        return shows

    def _tile(self, tile: Tile) -> list[bytes]:
        data = self._ask(f"/{tile.path()}", WIDTH * HASH_SIZE)
        if len(data) != tile.width * HASH_SIZE:
            raise Unreachable(f"{tile.path()} has another width")
        return [data[i : i + HASH_SIZE] for i in range(0, len(data), HASH_SIZE)]

    def _ask(self, path: str, most: int, body: bytes | None = None) -> bytes:
        headers = {"Content-Type": "text/plain; charset=utf-8"} if body else {}
        request = urllib.request.Request(self.url + path, body, headers)  # noqa: S310 — the scheme was checked
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
                data: bytes = answer.read(most + 1)
        except (OSError, ValueError) as error:
            raise Unreachable(f"{self.url}{path}: {error}") from error
        if len(data) > most:
            raise Unreachable(f"{self.url}{path} answers too much")
        return data


def _hashes(answer: bytes) -> tuple[bytes, ...]:
    try:
        told: Any = json.loads(answer)
        hashes = tuple(decode_base64(str(text), HASH_SIZE) for text in told["hashes"])
    except (ValueError, LookupError, TypeError) as error:
        raise Unreachable("the proof cannot be read") from error
    if len(hashes) > MAX_PROOF:
        raise Unreachable("the proof is too long")
    return hashes


def pull(witness: Witness, log: Log) -> Pulled:
    """Fetch, check, sign, remember, and send the signature back.

    :raises Unreachable: the log does not answer, or does not take the signature.
    :raises Refused: nothing is signed; an alarm where the log contradicts itself.
    """
    before = witness.memory.read().get(log.key.name)
    server = LogServer(log.url)
    data = server.checkpoint()
    try:
        checkpoint = Checkpoint.parse(Note.parse(data).text)
    except Malformed as error:
        raise Unreachable(f"the checkpoint cannot be read: {error}") from error
    if checkpoint.origin != log.key.name:
        raise Refused(HTTPStatus.NOT_FOUND, f"this is the log {checkpoint.origin}")
    try:
        line = _signed(witness, before, checkpoint, data, server)
    except Refused as refused:
        if before and refused.is_alarm:
            witness.accuse(before, data)
        raise
    server.send(line)
    return Pulled(checkpoint, line)


def _signed(witness: Witness, before: Signed | None, new: Checkpoint, data: bytes, server: LogServer) -> Signature:
    old = before.checkpoint.size if before else 0
    if new.size < old:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"the log went back from size {old} to {new.size}")
    return witness.cosign(data, old, server.shows(old, new.size))
