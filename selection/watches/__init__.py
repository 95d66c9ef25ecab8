"""预警: what is new in a selection, and what happened to the patents in it, since it was looked at last."""

from selection.watches.changes import ChangeKind, PatentState, WatchEvent, changes
from selection.watches.feed import atom_feed
from selection.watches.mail import MailSettings, message_of, send
from selection.watches.register import Watch, Watches, WatchReport

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
