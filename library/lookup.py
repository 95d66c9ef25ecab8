"""From a number, in any spelling, to the key of the patent that bears it."""

from __future__ import annotations

from sqlalchemy import Connection

from library.patent_rows import keys_by_number
from patents.errors import NumberError
from patents.numbers import number_variants


def match_number(connection: Connection, number: str) -> str | None:
    """Find the key of the patent that a user means.

    Args:
        connection: to the library's database.
        number: a key, an application number or a publication number, as the user writes it.

    Returns:
        The key, or None when no patent here bears the number, or the text is no number.

    Raises:
        NumberError: the number leads to several patents.
    """
    written = number.strip()
    for variant in (written, *_variants(written)):
        keys = keys_by_number(connection, [variant]).get(variant)
        if keys and len(keys) > 1:
            raise NumberError(
                "number-of-several-patents", number=number, count=len(keys), keys=", ".join(sorted(keys))
            )
        if keys:
            return keys.pop()
    return None


def _variants(number: str) -> tuple[str, ...]:
    try:
        return number_variants(number)
    except NumberError:
        return ()
