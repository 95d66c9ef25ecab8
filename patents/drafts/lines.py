"""Lines of a draft, whatever file they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_HAN = r"[\u3400-\u9fff\uff01-\uff5e\u3000-\u303f]"
_SPACE_IN_CHINESE = re.compile(rf"(?<={_HAN})[ \t\u3000]+(?={_HAN})")
_RUN_OF_SPACE = re.compile(r"[ \t\u3000\xa0]{2,}")
_ENDS_A_LINE = ("；", ";", "。", "：", ":")


class Line(NamedTuple):
    """A paragraph or a line of a page.

    Attributes:
        text: without white space at its ends.
        numbered: the word processor puts a number before it, which is not in the text.
    """

    text: str
    numbered: bool = False


def without_gaps(text: str) -> str:
    """Take out white space between Chinese characters (权 利 要 求 书), and runs of it anywhere."""
    return _SPACE_IN_CHINESE.sub("", _RUN_OF_SPACE.sub(" ", text)).strip()


def joined(texts: Iterable[str]) -> str:
    """Join the lines of one paragraph: a line that does not end a clause goes on in the next."""
    whole = ""
    for text in (text.strip() for text in texts):
        if not whole or not text:
            whole += text
        elif whole.endswith(_ENDS_A_LINE):
            whole += "\n" + text
        elif whole[-1].isascii() and whole[-1].isalnum() and text[0].isascii() and text[0].isalnum():
            whole += " " + text
        else:
            whole += text
    return whole
