"""How Chinese technical text is cut: words, mined compounds, stop words, n-grams."""
