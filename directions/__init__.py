"""Records and themes to indicators, tables, figures and reports."""
