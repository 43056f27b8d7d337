"""What a request may weigh, and how long it took."""

import time

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.health import REQUESTS, SECONDS
from api.problems import language, respond

LARGEST_BODY = 256 * 1024
"""Bytes of a command; an event holds at most 60 KiB, so nothing larger can be recorded."""


class Limits:
    """Refuses bodies over a limit before they are read, and counts requests."""

    def __init__(self, app: ASGIApp, *, largest_document: int) -> None:
        """Wrap an application; documents may be as large as the installation says."""
        self.app, self.largest_document = app, largest_document

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500
        most = self.largest_document + 1 if scope["path"].startswith("/v1/documents/") else LARGEST_BODY
        body = _Body(receive, most)

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > most:
            await _too_large(scope, receive, watched, most)
        else:
            try:
                await self.app(scope, body, watched)
            except BodyTooLarge:
                await _too_large(scope, receive, watched, most)
        REQUESTS.labels(scope["method"], status).inc()
        SECONDS.labels(scope["method"]).observe(time.perf_counter() - started)


class BodyTooLarge(Exception):
    """A body without a declared length went over the limit."""


class _Body:
    """Counts what comes in."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.left = receive, most

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise BodyTooLarge
        return message


async def _too_large(scope: Scope, receive: Receive, send: Send, most: int) -> None:
    request = Request(scope)
    en, es = f"A request may have {most} bytes.", f"Una solicitud puede tener {most} bytes."
    title = "The request is too large"
    detail = es if language(request) == "es" else en
    response = respond(request, 413, "too-large", title, detail, values={"most": most})
    await response(scope, receive, send)
