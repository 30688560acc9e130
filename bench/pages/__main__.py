"""`python -m bench.pages OUT [--letters 40] [--seed 7] [--pages N] [--profile NAME ...] [--pen SHARE]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.pages import letters, profiles, write_letters


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description="invented letters as damaged scans")
    parser.add_argument("out", type=Path)
    parser.add_argument("--letters", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7, help="below 1000 for development, from 9000 for last figures")
    parser.add_argument("--pages", type=int, help="stop before more than this many pages")
    parser.add_argument("--profile", action="append", choices=sorted(profiles()), help="only these; may be repeated")
    parser.add_argument("--pen", type=float, default=0.5, help="share of letters with number and day by hand")
    options = parser.parse_args()
    invented = letters(options.letters, options.seed, pen=options.pen)
    pages = write_letters(invented, options.out, options.seed, options.profile, options.pages)
    print(f"{pages} pages in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
