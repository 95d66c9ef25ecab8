"""Text to unit vectors: the Encoder protocol, its implementations and the vector cache."""
