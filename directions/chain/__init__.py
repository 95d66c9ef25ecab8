"""产业链图谱: a chain of nodes, each a 检索式; who is strong, middling, weak or absent where."""
