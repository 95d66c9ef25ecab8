"""PATENTSCOPE of WIPO, the list of results saved as xls."""

from __future__ import annotations

from patents.readers.portal import Portal, col

PATENTSCOPE = Portal(
    name="patentscope",
    label="WIPO PATENTSCOPE (xls)",
    marks=(
        ("Application Id", "Application Number", "Country"),
        ("Application Number", "Application Date", "Country", "I P C"),
        ("Application Number", "Country", "National Phase Entries"),
    ),
    columns=(
        col("application_number", "Application Number"),
        col("filing_date", "Application Date"),
        col("publication_number", "Publication Number"),
        col("publication_date", "Publication Date"),
        col("country", "Country"),
        col("title", "Title"),
        col("abstract", "Abstract"),
        col("ipc", "I P C、IPC"),
        col("applicants", "Applicants"),
        col("inventors", "Inventors"),
        col("priority", "Priorities Data、Priority Data"),
        col("portal_value", "Application Id、National Phase Entries、Image"),
    ),
    note="Numbers stand without the office, which has a column of its own; days come first (27.03.2013). "
    "Application Id is the portal's own.",
)
