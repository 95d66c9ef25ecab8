"""The language that a request is answered in."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from patents.messages import Language, in_language, language_of


class LanguageOfRequest:
    """Answer each request in the language that its `Accept-Language` prefers.

    Args:
        app: that answers.
        default: where the request prefers none of ours.
    """

    def __init__(self, app: ASGIApp, default: Language = "zh") -> None:
        self._app = app
        self._default = default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with in_language(language_of(Headers(scope=scope).get("accept-language"), self._default)):
            await self._app(scope, receive, send)
