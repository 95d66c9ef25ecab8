"""What would supply the values of a field that a library cannot answer, or answers in part."""

from __future__ import annotations

from patents.messages import N_, Message, message
from selection.language.fields import Field

#: By the word in the column `needs` of fields.csv.
_NEEDS = {
    "awards": N_("query-needs-awards"),
    "citations": N_("query-needs-citations"),
    "claims": N_("query-needs-claims"),
    "classifications": N_("query-needs-classifications"),
    "column": N_("query-needs-column"),
    "companies": N_("query-needs-companies"),
    "description": N_("query-needs-description"),
    "description-too": N_("query-needs-description-too"),
    "designations": N_("query-needs-designations"),
    "drugs": N_("query-needs-drugs"),
    "dwpi": N_("query-needs-dwpi"),
    "families": N_("query-needs-families"),
    "firms": N_("query-needs-firms"),
    "gb4754": N_("query-needs-gb4754"),
    "holder": N_("query-needs-holder"),
    "industries": N_("query-needs-industries"),
    "invalidation": N_("query-needs-invalidation"),
    "inventors": N_("query-needs-inventors"),
    "licences": N_("query-needs-licences"),
    "litigation": N_("query-needs-litigation"),
    "pledges": N_("query-needs-pledges"),
    "portal-industries": N_("query-needs-portal-industries"),
    "sei": N_("query-needs-sei"),
    "standards": N_("query-needs-standards"),
    "summaries": N_("query-needs-summaries"),
    "tags": N_("query-needs-tags"),
    "themes": N_("query-needs-themes"),
    "transfers": N_("query-needs-transfers"),
    "value": N_("query-needs-value"),
    "workspaces": N_("query-needs-workspaces"),
}


def needs_of(field: Field) -> Message:
    """What would supply a field; an export with it where the table of fields names nothing else."""
    if not field.needs:
        return message("query-needs-export", label=field.label)
    return message(_NEEDS[field.needs])
