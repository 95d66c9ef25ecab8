"""The synthetic demonstration corpus: vocabulary, texts, applicants, legal life, and the export file."""
