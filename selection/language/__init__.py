"""The query language (检索式): text ↔ syntax tree, in incoPat's and PatSnap's spelling.

>>> from selection.language import parse
>>> parse("TA:(汽车 AND 座椅)").canonical
'TIAB=(汽车 and 座椅)'
"""

from selection.language.fields import DIALECTS, Dialect, Field, field_coded, field_named, fields
from selection.language.parser import Query, detect_dialect, parse
from selection.language.printer import write, write_value
from selection.language.translation import Lost, Translation, translate

__all__ = [
    "DIALECTS",
    "Dialect",
    "Field",
    "Lost",
    "Query",
    "Translation",
    "detect_dialect",
    "field_coded",
    "field_named",
    "fields",
    "parse",
    "translate",
    "write",
    "write_value",
]
