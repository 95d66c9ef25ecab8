"""lens.org and Espacenet csv."""

from __future__ import annotations

from patents.readers.portal import Portal, col

LENS = Portal(
    name="lens",
    label="The Lens (csv)",
    marks=(("Lens ID", "Jurisdiction"), ("Lens ID", "Publication Number"), ("Lens ID", "Display Key")),
    columns=(
        col("document_number", "Display Key、Publication Number"),
        col("dossier_number", "Application Number"),
        col("title", "Title"),
        col("applicants", "Applicants"),
        col("current_applicants", "Owners、Owners (US)"),
        col("cpc", "CPC Classifications"),
        col("ipc", "IPCR Classifications"),
        col("simple_status", "Legal Status"),
        col("family", "Simple Family Members"),
        col(
            "portal_value",
            "Lens ID、Publication Year、URL、Type、Document Type、Has Full Text、Simple Family Size、"
            "Simple Family Member Jurisdictions、Extended Family Size、Extended Family Members、"
            "Extended Family Member Jurisdictions、Sequence Count、US Classifications、"
            "NPL Resolved Citation Count、NPL Resolved Lens ID(s)、NPL Resolved External Id(s)",
        ),
    ),
    note='Several values are separated by ";;". Jurisdiction and Kind complete a bare publication number.',
)

ESPACENET = Portal(
    name="espacenet",
    label="Espacenet (csv)",
    marks=(("Title", "Publication number", "Earliest priority", "Family number"),),
    columns=(
        col("publication_number", "Publication number"),
        col("title", "Title"),
        col("abstract", "Abstract"),
        col("inventors", "Inventors"),
        col("applicants", "Applicants"),
        col("priority_date", "Earliest priority"),
        col("publication_date", "Publication date"),
        col("first_publication_date", "Earliest publication"),
        col("family_id", "Family number"),
    ),
    note="Several publications of one application may stand in one cell; the header is not on line 1.",
)
