"""Indicators: pure functions of a `Study`, one topic a module.

Each returns an `Indicator` (one number) or a `Table`; what a table's columns mean stands in its
definitions. A period of None means the whole study for counts, and `Study.period` for growth.
"""
