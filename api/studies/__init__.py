"""Technology directions: studies, chapters, reports, chains, comparisons, the atlas."""
