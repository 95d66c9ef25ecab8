"""Prior art of a claim or a draft."""
