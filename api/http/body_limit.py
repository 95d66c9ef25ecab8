"""How large a request may be; what is larger is refused before it is parsed."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuse requests whose body is too large (413): by the length they state, else when they pass the limit.

    Args:
        app: that answers.
        most: bytes of a body.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stated = Headers(scope=scope).get("content-length", "")
        is_too_large = stated.isdecimal() and int(stated) > self._most
        read = 0

        async def counted() -> Message:
            nonlocal read
            message: Message = {"type": "http.disconnect"} if is_too_large else await receive()
            read += len(message.get("body", b""))
            if is_too_large or read > self._most:
                raise HTTPException(413, f"{self._most / 1e6:,.2f} MB")
            return message

        await self._app(scope, counted, send)
