"""The settings of a library: its encoder, the industries that themes are found for, its home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from library.folder import Library
from patents.errors import InputError

# What only the next build takes up.
_OF_BUILDS = ("encoder", "theme_scheme", "namer_url", "namer_model", "milvus")


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
        InputError: there is no such setting, scheme of industries or region, or a value is no address.
        EncoderError: the encoder named cannot be loaded; the setting stays.
    """
    from embed.of_library import encoder_named, resolved
    from selection.industries import load_scheme

    with Library.open(path) as library:
        if name == "encoder" and value:
            encoder_named(resolved(library, value))
        if name == "theme_scheme" and value:
            load_scheme(value, folder=library.path)
        if name == "home" and value:
            value = _region(value)
        if name == "namer_url" and value and not value.startswith(("http://", "https://")):
            raise InputError(f"{value!r} is no address of a service", help="write it as http://host:port/v1")
        with library.lock():
            library.settings.set(name, value or _default(name))
        takes_build = name in _OF_BUILDS and library.current_number() is not None
    return f"takes effect with the next build: patlas build --library {path}" if takes_build else ""


def _region(text: str) -> str:
    """A region in the spelling of the columns: 贵州 → 贵州省, 广东/东莞 → 广东省/东莞市.

    Raises:
        InputError: there is no such province, or no such city in it.
    """
    from patents.regions import resolve_region

    province, _, city = text.partition("/")
    found = resolve_region(province=province, city=city or None)
    if found.province is None or found.country != "CN" or (city and found.city is None):
        raise InputError(
            f"{text!r} is no region of China", help="write a province, or province/city: 广东省/东莞市"
        )
    return f"{found.province}/{found.city}" if city else found.province


def _default(name: str) -> str:
    from library.settings import SETTINGS

    return next((one.default for one in SETTINGS if one.name == name), "")
