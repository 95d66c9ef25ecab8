"""Vectors of a selection to named themes.

Pure functions on arrays, result objects apart from the fitter:

1. `themes.fit.fit_themes(vectors, keys)` → `themes.model.ThemeModel` (clustering, tree, centroids;
   save, load, place). One vector per patent.
2. `terms.tokens.tokenize`, `terms.lexicon.mine` and `terms.ngrams.count_terms` → terms per patent,
   `terms.informative.uninformative` → stop words of this corpus.
3. `themes.describe.describe(...)` → name, keywords, evidence, representatives of each theme.
4. `themes.years`, `themes.trends` → over time; `themes.map` → on a plane; `themes.stability` → how
   firm each theme is.
5. `themes.identity`, `themes.edits` and `themes.applied_edits` → ids and users' changes that survive
   rebuilds; `themes.drift` → whether a rebuild is worthwhile.
"""
