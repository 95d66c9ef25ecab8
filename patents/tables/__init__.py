"""Official tables as compact files, with their loaders. What each is and where from: README.md."""

from patents.tables.gb4754 import gb4754_code, gb4754_name, gb4754_names, gb4754_parent
from patents.tables.ipc_titles import (
    IpcMove,
    IpcTitle,
    ipc_entries,
    ipc_entry,
    ipc_moves,
    ipc_title,
    ipc_titles,
)
from patents.tables.sei import SEI_INDUSTRIES, SeiCode, SeiRule, sei_rules
from patents.tables.wipo import WipoField, WipoSector, wipo_field, wipo_fields, wipo_sectors

__all__ = [
    "SEI_INDUSTRIES",
    "IpcMove",
    "IpcTitle",
    "SeiCode",
    "SeiRule",
    "WipoField",
    "WipoSector",
    "gb4754_code",
    "gb4754_name",
    "gb4754_names",
    "gb4754_parent",
    "ipc_entries",
    "ipc_entry",
    "ipc_moves",
    "ipc_title",
    "ipc_titles",
    "sei_rules",
    "wipo_field",
    "wipo_fields",
    "wipo_sectors",
]
