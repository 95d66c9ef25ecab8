"""The font that Chinese text in figures is set in: one of the system's, found by name, never boxes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from patents.errors import MissingFontError

#: In order of preference: simplified Chinese faces first, then any face that holds the characters.
CANDIDATES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "思源黑体",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Noto Serif CJK SC",
    "SimSun",
    "Droid Sans Fallback",
)
#: Before the Chinese one, for the minus sign and Latin letters.
LATIN = "DejaVu Sans"


@lru_cache(maxsize=1)
def chinese_font() -> str:
    """Name of the first Chinese font that this system has.

    Raises:
        MissingFontError: it has none; the help names the Debian package.
    """
    from matplotlib import font_manager

    found = _first(_installed())
    if not found:
        # Fonts installed after Matplotlib wrote its list are looked for once more.
        for path in font_manager.findSystemFonts():
            if any(part in path.lower() for part in ("cjk", "han", "hei", "song", "noto", "wqy")):
                font_manager.fontManager.addfont(path)
        found = _first(_installed())
    if not found:
        raise MissingFontError("font-missing", fonts=", ".join(CANDIDATES[:6]))
    return found


def families() -> list[str]:
    """Families that text is set in, in the order in which a glyph is looked for.

    Raises:
        MissingFontError: see `chinese_font`.
    """
    return [LATIN, chinese_font()]


def _installed() -> frozenset[str]:
    """Names of fonts whose files are there; Matplotlib's list may be older than the system's fonts."""
    from matplotlib import font_manager

    return frozenset(font.name for font in font_manager.fontManager.ttflist if Path(font.fname).exists())


def _first(names: frozenset[str]) -> str:
    return next((name for name in CANDIDATES if name in names), "")
