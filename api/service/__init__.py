"""Composition: a module per capability; the only place where the rooms meet."""
