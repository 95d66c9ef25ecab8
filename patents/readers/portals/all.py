"""Every described portal, in the order in which they are tried."""

from __future__ import annotations

from functools import cache

from patents.readers.portal import Column, Portal
from patents.readers.portals.cnipa import CNIPA_GAZETTE, CNIPA_SEARCH
from patents.readers.portals.cnipr import CNIPR_25, CNIPR_45, CNIPR_BIB
from patents.readers.portals.cnki import CNKI
from patents.readers.portals.common import GENERIC
from patents.readers.portals.google import GOOGLE_PATENTS
from patents.readers.portals.incopat import INCOPAT
from patents.readers.portals.lens import ESPACENET, LENS
from patents.readers.portals.lists import PATENT_TABLE, SOOPAT
from patents.readers.portals.own import OWN
from patents.readers.portals.patentscope import PATENTSCOPE
from patents.readers.portals.patsnap import PATSNAP
from patents.readers.portals.portal_api import PORTAL_API

PORTALS: tuple[Portal, ...] = (
    CNKI,
    CNIPA_GAZETTE,
    CNIPA_SEARCH,
    GOOGLE_PATENTS,
    LENS,
    PATENTSCOPE,
    ESPACENET,
    PORTAL_API,
    PATENT_TABLE,
    CNIPR_25,
    CNIPR_45,
    PATSNAP,
    INCOPAT,
    CNIPR_BIB,
    SOOPAT,
    OWN,
    GENERIC,
)
"""The first whose marks a file bears is taken: the plainest marks come first, the vague ones last."""

FORMATS: tuple[str, ...] = tuple(portal.name for portal in PORTALS)
"""Names of the formats, as `Export.format` gives them."""


@cache
def known_headers() -> frozenset[str]:
    """Every normalised header of every portal."""
    return frozenset(header for portal in PORTALS for header in portal.by_header)


def described(portal: Portal, header: str) -> tuple[int, Column] | None:
    """Rank and column of a normalised header: the portal's own table first, the common one for the rest."""
    own = portal.by_header.get(header)
    if own is not None:
        return own
    common = GENERIC.by_header.get(header)
    return (common[0] + len(portal.by_header), common[1]) if common else None
