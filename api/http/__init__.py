"""What every route shares: the library that is asked, results as files."""
