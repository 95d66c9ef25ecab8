"""Vectors of a selection to named themes."""
