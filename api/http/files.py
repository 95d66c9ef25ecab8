"""Results sent as files that spreadsheets and word processors read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import Query, Response

from patents.errors import PatlasError

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_LONGEST_NAME = 60

#: The kinds of file in a route's description.
FILES: dict[int | str, dict[str, object]] = {
    200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _TYPES.values()}}
}
Kind = Literal["xlsx", "docx"]
Export = Annotated[Kind | None, Query(description="send the result as this kind of file instead of JSON")]


def sent(write: Callable[[Path], None], kind: Kind, *, plain: str, name: str) -> Response:
    """Write a result to a file and send it; nothing is left behind.

    Args:
        write: writes the result to a path, whose ending says the kind.
        kind: of file.
        plain: file name without ending, in ASCII, for clients that read no other.
        name: file name without ending, in any script; a long one is cut.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{plain}.{kind}"
        write(path)
        content = path.read_bytes()
    quoted = quote(name[:_LONGEST_NAME], safe="")
    disposition = f"attachment; filename=\"{plain}.{kind}\"; filename*=UTF-8''{quoted}.{kind}"
    return Response(content, media_type=_TYPES[kind], headers={"Content-Disposition": disposition})


def without_place(error: PatlasError, folder: Path) -> PatlasError:
    """The same error, speaking of a file by its name and not of where it lies on the server.

    Args:
        error: of reading a file that was sent.
        folder: that it was put into.
    """
    place = f"{folder}{os.sep}"
    values = {
        name: str(value).replace(place, "") if isinstance(value, str | Path) else value
        for name, value in error.message.values.items()
    }
    return type(error)(error.code.replace(place, ""), **values)
