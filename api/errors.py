"""What goes wrong outside of Patlas, as the errors of Patlas: the operating system, values of wrong types."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping

from patents.errors import InputError, PatlasError
from patents.messages import N_, Message, message

_WRITABLE = N_("system-not-writable")
_FOLDER = N_("system-folder-needed")
_REFUSALS = {
    errno.ENOSPC: N_("system-disk-full"),
    errno.EDQUOT: N_("system-quota"),
    errno.EACCES: _WRITABLE,
    errno.EPERM: _WRITABLE,
    errno.EROFS: _WRITABLE,
    errno.ENOTDIR: _FOLDER,
    errno.EEXIST: _FOLDER,
    errno.EISDIR: N_("system-file-needed"),
    errno.ENAMETOOLONG: N_("system-name-too-long"),
    errno.EMFILE: N_("system-too-many-files"),
}
_NUMBER = N_("field-not-a-number")
_TEXT = N_("field-not-a-text")
_LIST = N_("field-not-a-list")
_OBJECT = N_("field-not-an-object")
_TOO_SHORT = N_("field-too-short")
_TOO_LONG = N_("field-too-long")
_DATE = N_("field-not-a-date")
_BOOLEAN = N_("field-not-true-or-false")
# Kinds of error that pydantic tells apart. Source: pydantic, "Validation Errors".
_INVALID = {
    "missing": N_("field-missing"),
    "extra_forbidden": N_("field-unknown"),
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "bool_parsing": _BOOLEAN,
    "bool_type": _BOOLEAN,
    "string_type": _TEXT,
    "string_unicode": N_("text-half-character"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dataclass_type": _OBJECT,
    "literal_error": N_("field-not-a-choice"),
    "greater_than_equal": N_("field-too-small"),
    "greater_than": N_("field-not-above"),
    "less_than_equal": N_("field-too-large"),
    "less_than": N_("field-not-below"),
    "string_too_short": _TOO_SHORT,
    "too_short": _TOO_SHORT,
    "string_too_long": _TOO_LONG,
    "too_long": _TOO_LONG,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "json_invalid": N_("request-not-json"),
}
# Characters of a wrong value that a message repeats.
_SHOWN = 60


def refusal(error: OSError) -> PatlasError | None:
    """What a user can do about an OSError; None where that is unknown and a traceback helps more."""
    if error.errno not in _REFUSALS:
        return None
    return PatlasError(_REFUSALS[error.errno], path=error.filename or "–")


def invalid(errors: Iterable[Mapping[str, object]], *, prefix: str = "") -> InputError:
    """What is wrong with values that have not the types they should have.

    Args:
        errors: of a `ValidationError` or `RequestValidationError`.
        prefix: of the names of fields, such as that of variables.
    """
    problems = tuple(_problem(error, prefix) for error in errors)
    return InputError("values-invalid", problems=problems)


def _problem(error: Mapping[str, object], prefix: str) -> Message:
    place, context = error["loc"], error.get("ctx")
    assert isinstance(place, tuple)
    # Where the value stands in the request shows in the name of the field alone.
    inside = [str(part) for part in place if part not in ("body", "query", "path", "header")]
    if len(inside) > 1 and inside[-1].isdecimal():
        # The value is quoted: its place in a list of values is not needed.
        inside.pop()
    field = prefix + (".".join(inside).upper() if prefix else ".".join(inside))
    limits = dict(context) if isinstance(context, dict) else {}
    value = str(error.get("input", ""))[:_SHOWN]
    code = _INVALID.get(str(error["type"]), N_("field-invalid"))
    return message(code, field=field or "body", value=value, **_limits(limits))


def _limits(context: Mapping[str, object]) -> dict[str, object]:
    """The bound or the choices that a value misses, under one name."""
    names = ("ge", "gt", "le", "lt", "min_length", "max_length", "expected")
    limit = next((context[name] for name in names if name in context), "")
    if "expected" in context:
        limit = str(limit).replace(" or ", ", ").replace("'", "")
    return {"limit": limit}
