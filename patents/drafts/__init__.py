"""Drafts of applications (申请文件) as people have them: docx, pdf or text → claims, title, abstract."""

from patents.drafts.claims import claims_of, whole_claim
from patents.drafts.model import DraftClaim, PatentDraft
from patents.drafts.reader import KINDS, MOST_BYTES, draft_of_bytes, draft_of_text, read_draft

__all__ = [
    "KINDS",
    "MOST_BYTES",
    "DraftClaim",
    "PatentDraft",
    "claims_of",
    "draft_of_bytes",
    "draft_of_text",
    "read_draft",
    "whole_claim",
]
