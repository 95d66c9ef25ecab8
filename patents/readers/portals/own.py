"""Our own format: columns are called as the fields of a record. Parquet, JSON lines, csv or xlsx."""

from __future__ import annotations

from patents.readers.portal import Column, Portal, col

_AS_IS = """
    application_number publication_number grant_number filing_date publication_date grant_date
    priority_date examination_date pct_entry_date lapse_date expiry_date title abstract first_claim
    claims description claim_count title_en abstract_en ipc_main ipc cpc locarno applicants
    current_applicants standard_applicants inventors agents agency examiner address region_code
    province city county transfer_count licence_count pledge_count priority_numbers
    pct_application_number pct_publication_number parent_application family_id family cited_by
    cites_count cited_by_count npl npl_count page_count keywords
""".split()
_STRUCTURED = """
    events cites industries portal_values raw legal_state lapse_reason language country kind_code
    patent_type
""".split()

_COLUMNS: tuple[Column, ...] = (
    *(col(name, name) for name in _AS_IS),
    *(col(f"own_{name}", name) for name in _STRUCTURED),
    col("legal_status", "legal_text、legal_status"),
    col("row_number", "key、reader"),
)

OWN = Portal(
    name="patlas",
    label="Patlas: our own field names",
    marks=(
        ("publication_number", "title"),
        ("application_number", "title"),
        ("publication_number", "abstract"),
    ),
    columns=_COLUMNS,
    is_exact=True,
    note="Lists are lists in parquet and JSON lines, else separated by ;. "
    "events, cites, industries, portal_values and raw are JSON.",
)
