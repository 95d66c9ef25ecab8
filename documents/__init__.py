"""Documents: workbooks, Word documents and books of tables, for every room that writes a file."""
