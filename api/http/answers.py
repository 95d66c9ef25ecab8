"""Answers are dataclasses of the service, written as JSON without a copy in between."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, get_args

import msgspec
from fastapi import Response
from fastapi.routing import APIRoute


class AnswerRoute(APIRoute):
    """A route whose function returns the answer that its annotation describes.

    The description of the service is made from the annotation (`Answer | Response` where files are sent
    too). What is returned is checked by mypy, not again in every request, and encoded as it is.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, _encoded(endpoint, options.get("status_code") or 200), **options)


def _encoded(endpoint: Callable[..., Any], status: int) -> Callable[..., Response]:
    @wraps(endpoint)
    def answer(*args: Any, **values: Any) -> Response:
        given = endpoint(*args, **values)
        if isinstance(given, Response):
            return given
        if given is None:
            return Response(status_code=status)
        return Response(msgspec.json.encode(given), status_code=status, media_type="application/json")

    described = signature(endpoint, eval_str=True)
    kinds = [kind for kind in get_args(described.return_annotation) if kind is not Response]
    if len(kinds) == 1:
        described = described.replace(return_annotation=kinds[0])
    answer.__signature__ = described  # type: ignore[attr-defined]
    return answer
