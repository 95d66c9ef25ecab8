"""Settings of one library: a few described values, kept in its store."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

import msgspec
from sqlalchemy import delete, insert, select

from library.schema import setting
from library.store import Store
from patents.errors import InputError


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that a library knows.

    Attributes:
        name: as used in code and on the command line.
        default: the value of a library that says nothing.
        meaning: one sentence.
    """

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("encoder", "default", "Encoder that makes the vectors: `default`, a model name or a folder."),
    Setting("theme_scheme", "provincial", "Scheme of industries that themes are found for."),
    Setting("namer_url", "", "OpenAI-compatible address of a language model that names themes; empty: none."),
    Setting("namer_model", "", "Name of that language model; its key is read from PATLAS_NAMER_KEY."),
    Setting("milvus", "", "Milvus server or file for the vectors of the next snapshots; empty: none."),
    Setting("name", "", "What users call this library (专题库)."),
    Setting("home", "", "Region that studies look at from, such as `甘肃省` or `广东省/东莞市`."),
    Setting("reference", "", "What `home` is compared with: a library, a selection, or a file of counts."),
)
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
            InputError: there is no setting of that name.
        """
        known = _known(name)
        with self._store.transaction() as connection:
            connection.execute(delete(setting).where(setting.c.name == name))
            if value != known.default:
                text = msgspec.json.encode(value).decode()
                connection.execute(insert(setting).values(name=name, value=text))


def _known(name: str) -> Setting:
    if name in _BY_NAME:
        return _BY_NAME[name]
    near = get_close_matches(name, _BY_NAME, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known settings: {', '.join(_BY_NAME)}"
    raise InputError(f"a library has no setting {name!r}", help=hint)
