"""Settings of the property tests of this room."""

from __future__ import annotations

from hypothesis import settings

# Examples have no time limit of their own: on a busy machine one would fail now and then.
settings.register_profile("patents", deadline=None)
settings.load_profile("patents")
