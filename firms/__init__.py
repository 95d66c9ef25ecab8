"""Enterprises: roster, profiles, matching."""
