"""The API of a Chinese search portal, saved as csv with English field names."""

from __future__ import annotations

from patents.readers.portal import Portal, col

PORTAL_API = Portal(
    name="portal_api",
    label="portal API (csv of its JSON)",
    marks=(
        ("documentNumber", "documentDate", "applicationNumber"),
        ("currentStatus", "mainIpc", "applicationNumber"),
    ),
    columns=(
        col("publication_number", "documentNumber、id"),
        col("publication_date", "documentDate"),
        col("application_number", "applicationNumber"),
        col("filing_date", "applicationDate"),
        col("title", "title"),
        col("abstract", "summary"),
        col("applicants", "applicant"),
        col("inventors", "inventor"),
        col("patent_type", "type"),
        col("ipc_main", "mainIpc"),
        col("ipc", "ipc"),
        col("cpc", "cpc"),
        col("locarno", "loc"),
        col("legal_status", "currentStatus"),
        col("simple_status", "legalStatus"),
        col("row_number", "rank"),
        col("portal_value", "applicantType、imagePath"),
    ),
    note='Several values are separated by "; "; id repeats documentNumber.',
)
