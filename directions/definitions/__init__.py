"""Every definition that an indicator counts by, topic by topic; docs/definitions.md is generated from here.

>>> from directions.definitions import definition
>>> definition("growth_rate.cagr").unit
'%'
"""

from directions.definitions.registry import (
    all_definitions,
    alternatives,
    definition,
    describe_definitions,
    read_definitions,
)

__all__ = ["all_definitions", "alternatives", "definition", "describe_definitions", "read_definitions"]
