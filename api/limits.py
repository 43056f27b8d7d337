"""What surrounds every request: how much it may weigh, HEAD where there is GET, and how long it took."""

import time

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import too_large
from api.health import observe

LARGEST_BODY = 256 * 1024
"""Bytes of a command; an event holds at most 60 KiB, so nothing larger can be recorded."""


FILES = ("/v1/documents/", "/v1/commitments/matrix")
"""Where whole files are sent."""


class Limits:
    """Refuses bodies over a limit as soon as they are, answers HEAD, and counts requests."""

    def __init__(self, app: ASGIApp, *, largest_document: int) -> None:
        """Wrap an application; files may be as large as the installation says."""
        self.app, self.largest_document = app, largest_document

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, method = time.perf_counter(), 500, scope["method"]
        most = self.largest_document if scope["path"].startswith(FILES) else LARGEST_BODY

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        try:
            declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
            if declared.isdigit() and int(declared) > most:
                await too_large(Request(scope), most)(scope, receive, watched)
            else:
                inner = {**scope, "method": "GET"} if method == "HEAD" else scope
                await self.app(inner, _Body(receive, most), watched)
        finally:
            observe(method, status, time.perf_counter() - started)


class _Body:
    """Counts what comes in."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most, self.left = receive, most, most

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise HTTPException(413, str(self.most))
        return message
