"""Settings of one library: a few described values, kept in its store."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

import msgspec
from sqlalchemy import delete, insert, select

from library.names import checked_name
from library.schema import setting
from library.store import Store
from patents.errors import InputError
from patents.messages import N_, text


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that a library knows.

    Attributes:
        name: as used in code and on the command line.
        default: the value of a library that says nothing.
    """

    name: str
    default: str

    @property
    def meaning(self) -> str:
        """What it sets, in the reader's language."""
        return text(_MEANINGS[self.name])


SETTINGS: tuple[Setting, ...] = (
    Setting("encoder", "default"),
    Setting("theme_scheme", "provincial"),
    Setting("namer_url", ""),
    Setting("namer_model", ""),
    Setting("milvus", ""),
    Setting("name", ""),
    Setting("home", ""),
    Setting("reference", ""),
)
_MEANINGS = {
    "encoder": N_("setting-encoder"),
    "theme_scheme": N_("setting-theme-scheme"),
    "namer_url": N_("setting-namer-url"),
    "namer_model": N_("setting-namer-model"),
    "milvus": N_("setting-milvus"),
    "name": N_("setting-name"),
    "home": N_("setting-home"),
    "reference": N_("setting-reference"),
}
_BY_NAME = {known.name: known for known in SETTINGS}


class Settings:
    """Read and write the settings of a library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, name: str) -> str:
        """Read a setting.

        Raises:
            InputError: there is no setting of that name.
        """
        return self.all()[_known(name).name]

    def all(self) -> dict[str, str]:
        """Read all settings, defaults included."""
        with self._store.reading() as connection:
            stored = {
                name: msgspec.json.decode(value, type=str)
                for name, value in connection.execute(select(setting))
                if name in _BY_NAME
            }
        return {known.name: stored.get(known.name, known.default) for known in SETTINGS}

    def set(self, name: str, value: str) -> None:
        """Change a setting; the default's value removes it.

        Raises:
            InputError: there is no setting of that name, or the library cannot be called so.
        """
        known = _known(name)
        if name == "name" and value:
            value = checked_name(value)
        with self._store.transaction() as connection:
            connection.execute(delete(setting).where(setting.c.name == name))
            if value != known.default:
                stored = msgspec.json.encode(value).decode()
                connection.execute(insert(setting).values(name=name, value=stored))


def _known(name: str) -> Setting:
    if name in _BY_NAME:
        return _BY_NAME[name]
    near = get_close_matches(name, _BY_NAME, n=1)
    if near:
        raise InputError("setting-unknown-near", name=name, near=near[0])
    raise InputError("setting-unknown", name=name, names=", ".join(_BY_NAME))
