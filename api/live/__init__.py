"""One open snapshot: its table, its parts, and what is made of it once."""
