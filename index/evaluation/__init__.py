"""The evaluation: how well an encoder or BM25 finds patents, measured on any library without labels."""
