"""Industries: official and library-defined schemes, and the membership of every patent.

>>> from selection.industries import load_scheme
>>> load_scheme("wipo").industry("8").name
'半导体'
"""

from selection.industries.columns import IndustryCount, industries_column, industry_counts, membership
from selection.industries.concordance import read_concordance
from selection.industries.model import Industry, Rule, Scheme
from selection.industries.official import gb4754_scheme, sei_scheme, wipo_scheme
from selection.industries.query import to_query
from selection.industries.scheme_file import read_scheme
from selection.industries.schemes import library_schemes, load_scheme

__all__ = [
    "Industry",
    "IndustryCount",
    "Rule",
    "Scheme",
    "gb4754_scheme",
    "industries_column",
    "industry_counts",
    "library_schemes",
    "load_scheme",
    "membership",
    "read_concordance",
    "read_scheme",
    "sei_scheme",
    "to_query",
    "wipo_scheme",
]
