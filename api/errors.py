"""Refusals of the operating system, said as every other error is: what, where, next step."""

from __future__ import annotations

import errno

from patents.errors import PatlasError

_AGAIN = "then run the command again; nothing that was stored is lost"
_WRITABLE = f"see that you may write there, or name another place; {_AGAIN}"
_HELPS = {
    errno.ENOSPC: f"make room on the disk, {_AGAIN}",
    errno.EDQUOT: f"make room within your quota, {_AGAIN}",
    errno.EACCES: _WRITABLE,
    errno.EPERM: _WRITABLE,
    errno.EROFS: _WRITABLE,
    errno.ENOTDIR: "name a folder; a file stands where one is needed",
    errno.EEXIST: "name a folder; a file stands where one is needed",
    errno.EISDIR: "name a file; a folder stands where one is needed",
    errno.ENAMETOOLONG: "take a shorter name",
    errno.EMFILE: "raise the limit of open files (ulimit -n)",
}


def refusal(error: OSError) -> PatlasError | None:
    """What a user can do about an OSError; None where that is unknown and a traceback tells more."""
    if error.errno not in _HELPS:
        return None
    what = error.strerror or str(error)
    where = f"{error.filename}: " if error.filename else ""
    return PatlasError(f"{where}{what}", help=_HELPS[error.errno])
