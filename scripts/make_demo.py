"""Writes the synthetic demonstration export.

    python scripts/make_demo.py --out demo/demo-export.xlsx
    python scripts/make_demo.py --records 136000 --out province.parquet

Nothing in it is real: texts come from the vocabulary in scripts/demo/vocabulary/, names are invented and
numbers lie in ranges that were never issued. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> None:
    """Parses the command line and writes the file."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from scripts.demo.corpus import make_export
    from scripts.demo.files import write_export
    from scripts.demo.rows import cells
    from scripts.demo.settings import RECORDS, SEED

    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument(
        "--out", type=Path, default=Path("demo/demo-export.xlsx"), help=".xlsx, .csv, .parquet"
    )
    parser.add_argument("--records", type=int, default=RECORDS, help="number of patents (A and B are one)")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    rows = make_export(options.records, options.seed)
    write_export(options.out, cells(rows), large=len(rows) > 20_000)
    size = options.out.stat().st_size / 1e6
    print(
        f"{options.out}: {options.records} patents, {len(rows)} publications, {size:.1f} MB", file=sys.stderr
    )


if __name__ == "__main__":
    main()
