"""Asking an installation over its own HTTP interface, inside the process: what anybody's `curl` would get."""

import asyncio
from typing import Any

import httpx

from roundtable.installation import Installation

NOT_FOUND = 404


class Asker:
    """Sends requests to the HTTP application of an installation without a server."""

    def __init__(self, installation: Installation) -> None:
        """Put the HTTP application together."""
        from api.app import create_app  # noqa: PLC0415 - a second, which commands that ask nothing need not wait

        self._transport = httpx.ASGITransport(app=create_app(installation))

    def get(self, path: str) -> Any:
        """Return what a read answers; nothing where there is no such object at that moment.

        :raises httpx.HTTPStatusError: the request is refused for another reason.
        """
        answer = self._send("GET", path)
        if answer.status_code == NOT_FOUND:
            return None
        return answer.raise_for_status().json()

    def put(self, path: str, text: str, *, token: str) -> None:
        """Store a text.

        :raises httpx.HTTPStatusError: the request is refused.
        """
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"}
        self._send("PUT", path, headers=headers, content=text.encode()).raise_for_status()

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://roundtable") as client:
                return await client.request(method, f"/v1{path}", **more)

        return asyncio.run(send())
