"""Which patents are meant: queries, industries and tags, evaluated to row bitmaps."""
