"""Would the data to year T have flagged the themes that grew in T + 1 … T + 3?

    python -m benchmarks.themes.backtest WORK [--data ../shared/data/patents.parquet]

Themes are found on the patents filed to T; later patents are placed by the one rule. The emergence
score at T, and two plain rankings, are compared with the growth of each theme's share afterwards.
The filing year comes from the application number. Writes benchmarks/results/themes-backtest.json.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from scipy.stats import spearmanr

from patents.errors import PatlasError
from patents.numbers import parse_application_number
from themes.fit import fit_themes
from themes.trends import emergence, spans
from themes.years import YearTable, by_year

SPAN = 3
FEWEST = 20


def filing_years(frame: pl.DataFrame) -> list[int | None]:
    """Year of the filing date, else of the application number."""
    years: list[int | None] = []
    for filed, number in zip(frame["filing_date"], frame["application_number"], strict=True):
        years.append(int(filed[:4]) if filed else _year_of(number))
    return years


def _year_of(number: str | None) -> int | None:
    try:
        return parse_application_number(number).year if number else None
    except PatlasError:
        return None


def outcome(counts: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """Growth of each theme's share from the three years to T to the three after, smoothed by one patent."""
    share = (counts + 1) / (totals + len(counts))
    return np.asarray(np.log(share[:, 1] / share[:, 0]))


def judged(score: np.ndarray, grown: np.ndarray, top: int = 10) -> dict[str, float]:
    """How well a score ranks the growth that followed: rank correlation, hits among the top, AUC."""
    best = np.argsort(-score, kind="stable")[:top]
    winners = grown >= np.quantile(grown, 0.75)
    pairs = score[winners][:, None] - score[~winners][None]
    return {
        "spearman": round(float(spearmanr(score, grown).statistic), 3),
        f"top_{top}_in_best_quarter": round(float(winners[best].mean()), 3),
        "auc_best_quarter": round(float((pairs > 0).mean() + 0.5 * (pairs == 0).mean()), 3),
        "growth_of_top": round(float(np.exp(grown[best].mean())), 3),
        "growth_of_all": round(float(np.exp(grown.mean())), 3),
    }


def at_year(year: int, vectors: np.ndarray, years: np.ndarray, applicants: list) -> dict:
    """Fit to one year and judge the scores by what came after."""
    past = np.flatnonzero((years > 0) & (years <= year))
    future = np.flatnonzero((years > year) & (years <= year + SPAN))
    model = fit_themes(vectors[past], [f"{row:09d}" for row in past.tolist()])
    labels = model.place(vectors[past]).labels
    later = model.place(vectors[future]).labels
    # All patents to T are on file: the as-of date lies so late that no year counts as incomplete.
    known: list[int | None] = years[past].tolist()
    table = by_year(labels, known, model.themes, as_of=date(year + 3, 1, 1))
    scores = emergence(table, [applicants[row] for row in past.tolist()], labels, known, span=SPAN)
    before = np.bincount(labels[(labels >= 0) & (years[past] > year - SPAN)], minlength=model.themes)
    after = np.bincount(later[later >= 0], minlength=model.themes)
    totals = np.array([(years[past] > year - SPAN).sum(), len(future)])
    large = before >= FEWEST
    grown = outcome(np.column_stack([before, after])[large], totals)
    rankings = {
        "emergence": np.array([score.score for score in scores]),
        "rising_share_only": np.array([score.rising for score in scores]),
        "recent_growth": _recent_growth(table),
        "size": before.astype(np.float64),
    }
    judged_by = {name: judged(values[large], grown) for name, values in rankings.items()}
    return {"themes": int(large.sum()), "past": len(past), "future": len(future), **judged_by}


def _recent_growth(table: YearTable) -> np.ndarray:
    earlier, later = spans(table, SPAN)
    return np.asarray((table.counts[:, later].sum(axis=1) + 1) / (table.counts[:, earlier].sum(axis=1) + 1))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/patents.parquet"))
    parser.add_argument("--years", default="2012,2013,2014,2015,2016")
    options = parser.parse_args()
    frame = pl.read_parquet(options.data, columns=["filing_date", "application_number", "applicants"])
    years = np.array([year or 0 for year in filing_years(frame)])
    applicants = [tuple(names) for names in frame["applicants"].to_list()]
    vectors = np.load(options.work / "vectors.npy")
    print("filings by year", np.bincount(years[years > 2000] - 2000).tolist())
    found = {year: at_year(int(year), vectors, years, applicants) for year in options.years.split(",")}
    names = ("emergence", "rising_share_only", "recent_growth", "size")
    mean = {
        name: {
            key: round(float(np.mean([each[name][key] for each in found.values()])), 3) for key in judgement
        }
        for name, judgement in next(iter(found.values())).items()
        if name in names
    }
    results = {"mean": mean, "by_year": found}
    place = Path(__file__).resolve().parents[1] / "results" / "themes-backtest.json"
    place.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
