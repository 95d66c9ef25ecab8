"""预警: what is new in a selection, and what happened to the patents in it, since it was looked at last."""

from selection.watching.changes import ChangeKind, PatentState, WatchEvent, changes
from selection.watching.feed import atom_feed
from selection.watching.mail import MailSettings, message_of, send
from selection.watching.watches import Watch, Watches, WatchReport

__all__ = [
    "ChangeKind",
    "MailSettings",
    "PatentState",
    "Watch",
    "WatchEvent",
    "WatchReport",
    "Watches",
    "atom_feed",
    "changes",
    "message_of",
    "send",
]
