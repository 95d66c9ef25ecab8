"""Runs of characters in running text: one normal form, an index of it, and matching on it."""
