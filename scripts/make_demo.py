"""Writes the synthetic demonstration: an export of patents, a roster of firms, needs of firms.

    python scripts/make_demo.py                                        # all three, into demo/
    python scripts/make_demo.py --records 136000 --out province.parquet   # an export only

Nothing in it is real: texts come from the vocabulary in scripts/demo/vocabulary/, names are invented and
numbers lie in ranges that were never issued. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> None:
    """Parses the command line and writes the files."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from scripts.demo.corpus import make_corpus
    from scripts.demo.export import export, write_table
    from scripts.demo.firms import make_needs, make_roster
    from scripts.demo.settings import RECORDS, SEED

    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument(
        "--out", type=Path, help=".xlsx, .csv, .csv.gz or .parquet: write only the export, here"
    )
    parser.add_argument("--records", type=int, default=RECORDS, help="number of patents (A and B are one)")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    corpus, applicants = make_corpus(options.records, options.seed)
    rows = export(corpus, applicants, options.seed)
    out = options.out or Path("demo/demo-export.xlsx")
    write_table(out, rows, large=len(rows) > 20_000)
    if options.out is None:
        write_table(
            Path("demo/demo-roster.xlsx"), make_roster(corpus, applicants), title="Patlas demo roster"
        )
        write_table(Path("demo/demo-needs.xlsx"), make_needs(), title="Patlas demo needs")
    size = out.stat().st_size / 1e6
    print(f"{out}: {options.records} patents, {len(rows)} publications, {size:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
