"""The settings of a library: its encoder, the industries that themes are found for, its home."""

from __future__ import annotations

from pathlib import Path

from api.libraries.shapes import ListedSetting
from embed.loader import load_encoder
from embed.of_library import resolved
from library.folder import Library
from library.settings import SETTINGS
from patents.errors import InputError
from patents.messages import text
from patents.regions import resolve_region
from selection.industries import load_scheme

# What only the next build takes up.
_OF_BUILDS = ("encoder", "theme_scheme", "namer_url", "namer_model", "milvus")


def listed(path: Path) -> list[ListedSetting]:
    """All settings of a library."""
    with Library.open(path) as library:
        values = library.settings.all()
    return [
        ListedSetting(name=setting.name, value=values[setting.name], meaning=setting.meaning)
        for setting in SETTINGS
    ]


def change(path: Path, name: str, value: str) -> str:
    """Change a setting.

    Returns:
        What to do next, or nothing.

    Raises:
        InputError: there is no such setting, scheme of industries or region, or a value is no address.
        EncoderError: the encoder named cannot be loaded; the setting stays.
    """
    with Library.open(path) as library:
        if name == "encoder" and value:
            load_encoder(resolved(library, value))
        if name == "theme_scheme" and value:
            load_scheme(value, folder=library.path)
        if name == "home" and value:
            value = _region(value)
        if name == "namer_url" and value and not value.startswith(("http://", "https://")):
            raise InputError("setting-not-an-address", value=value)
        with library.lock():
            library.settings.set(name, value or _default(name))
        takes_build = name in _OF_BUILDS and library.current_number() is not None
    return text("setting-takes-a-build", library=path) if takes_build else ""


def _region(region: str) -> str:
    """A region in the spelling of the columns: 贵州 → 贵州省, 广东/东莞 → 广东省/东莞市.

    Raises:
        InputError: there is no such province, or no such city in it.
    """
    province, _, city = region.partition("/")
    found = resolve_region(province=province, city=city or None)
    if found.province is None or found.country != "CN" or (city and found.city is None):
        raise InputError("setting-not-a-region", value=region)
    return f"{found.province}/{found.city}" if city else found.province


def _default(name: str) -> str:
    return next((setting.default for setting in SETTINGS if setting.name == name), "")
