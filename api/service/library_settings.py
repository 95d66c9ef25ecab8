"""The settings of a library: its encoder, the industries that themes are found for, its home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from library.folder import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSetting:
    """A setting with its value."""

    name: str
    value: str
    meaning: str


def listed(path: Path) -> list[ListedSetting]:
    """All settings of a library."""
    from library.settings import SETTINGS

    with Library.open(path) as library:
        values = library.settings.all()
    return [ListedSetting(name=one.name, value=values[one.name], meaning=one.meaning) for one in SETTINGS]


def change(path: Path, name: str, value: str) -> str:
    """Change a setting.

    Returns:
        What to do next, or nothing.

    Raises:
        InputError: there is no such setting or no such scheme of industries.
        EncoderError: the encoder named cannot be loaded; the setting stays.
    """
    from api.service.encoding import encoder_named, resolved
    from selection.industries import load_scheme

    with Library.open(path) as library:
        if name == "encoder" and value:
            encoder_named(resolved(library, value))
        if name == "theme_scheme" and value:
            load_scheme(value, folder=library.path)
        with library.lock():
            library.settings.set(name, value or _default(name))
        takes_build = name in ("encoder", "theme_scheme") and library.current_number() is not None
    return f"takes effect with the next build: patlas build --library {path}" if takes_build else ""


def _default(name: str) -> str:
    from library.settings import SETTINGS

    return next((one.default for one in SETTINGS if one.name == name), "")
