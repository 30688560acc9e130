"""Invented letters as damaged scans, with the truth of their words and fields: `python -m bench.pages OUT`.

For other programs: `letters(count, seed)` invents, `write_letters` draws, damages and writes. Seeds below 1000 are for
development; figures that are published come from seeds of 9000 and more, at which nobody looks before.
"""

from __future__ import annotations

from bench.pages.invent import Invented, letters
from bench.pages.reading_order import PageText
from bench.pages.writing import pages_of, profiles, write_letters

__all__ = ["Invented", "PageText", "letters", "pages_of", "profiles", "write_letters"]
