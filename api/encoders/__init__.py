"""Encoders: how well one finds, and one trained on the texts of a library."""
