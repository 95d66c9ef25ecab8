"""What a user keeps, keyed by patent and never by row: selections under names, tags, judged samples."""

from selection.saved.names import SavedSelections, SavedVersion
from selection.saved.tags import NOISE, Tagging, TagOperation, Tags, without_noise

__all__ = ["NOISE", "SavedSelections", "SavedVersion", "TagOperation", "Tagging", "Tags", "without_noise"]
