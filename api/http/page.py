"""The page, written in the language of its reader."""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from patents.messages import Language, current_language, language_of, message, templates

FILES = Path(__file__).parents[1] / "page"
#: Remembers which language a reader chose on the page.
COOKIE = "patlas-language"
_YEAR = 365 * 24 * 3600
_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
_PLACE = re.compile(r"\{\{(page-[a-z0-9-]+)\}\}")
_CODE = re.compile(r'"(page-[a-z0-9-]+)"')

router = APIRouter(include_in_schema=False)


@router.get("/")
def page(request: Request, lang: str = "") -> HTMLResponse:
    """The page in the language that the reader chose, now or before, else in that of the request."""
    language = language_of(lang or request.cookies.get(COOKIE), current_language())
    headers = {"Content-Language": _TAGS[language], "Vary": "Accept-Language, Cookie"}
    answer = HTMLResponse(written(language), headers=headers)
    if lang:
        # Without a path the cookie is that of the folder which the page is served from, behind a proxy too.
        answer.set_cookie(COOKIE, language, max_age=_YEAR, path=None, samesite="lax")
    return answer


@cache
def written(language: Language) -> str:
    """The page with its texts; those that scripts show are given to them as JSON by code."""
    index = (FILES / "index.html").read_text("utf-8")
    shown = _PLACE.sub(lambda place: escape(message(place[1]).text(language)), index)
    codes = sorted({code for path in FILES.glob("*.js") for code in _CODE.findall(path.read_text("utf-8"))})
    texts = json.dumps({code: templates(code, language) for code in codes}, ensure_ascii=False)
    # A tag in a text must not end the script that holds it.
    return shown.replace("{{language}}", _TAGS[language]).replace("{{texts}}", texts.replace("<", "\\u003c"))
