"""Vectors and words to hits: exact oracle, FAISS, lexical, hybrid."""
