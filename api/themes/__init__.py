"""Themes: listed, shown, drawn, edited, found anew."""
