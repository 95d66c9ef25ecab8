"""One patent."""
