"""Files as tables of clean cells, one module per kind of file. Nothing here knows what a patent is."""
