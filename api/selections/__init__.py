"""Which patents are meant: queries, saved selections, tags, samples, watches, exports."""
