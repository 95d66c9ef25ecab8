"""Similar patents."""
