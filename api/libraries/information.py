"""What a library holds, as commands and routes take it."""

from __future__ import annotations

from library.about import Description, SearchFacts, describe

__all__ = ["Description", "SearchFacts", "describe"]
