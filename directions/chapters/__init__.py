"""Chapters of a study: tables, figures and the sentences that say what stands in them.

Each module has `chapter(study, …) -> Chapter`; `make_chapters` puts those of a report together.
"""

from directions.chapters.contents import CHAPTERS, ChapterKind, Scope, make_chapter, make_chapters

__all__ = ["CHAPTERS", "ChapterKind", "Scope", "make_chapter", "make_chapters"]
