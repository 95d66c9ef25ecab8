"""Google Patents csv: line 1 is the search URL, the headers stand below it."""

from __future__ import annotations

from patents.readers.portal import Portal, col

GOOGLE_PATENTS = Portal(
    name="google_patents",
    label="Google Patents (csv)",
    marks=(("id", "title", "assignee", "inventor/author"), ("id", "title", "filing/creation date")),
    columns=(
        col("publication_number", "id"),
        col("title", "title"),
        col("abstract", "abstract、snippet"),
        col("applicants", "assignee", separators=","),
        col("inventors", "inventor/author", separators=","),
        col("priority_date", "priority date"),
        col("filing_date", "filing/creation date"),
        col("publication_date", "publication date"),
        col("grant_date", "grant date"),
        col("portal_value", "result link、representative figure link"),
    ),
    note="Numbers are written CN-109808866-B; names are separated by commas.",
)
