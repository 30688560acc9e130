"""Dates in running text, numeric and written, whole, partial, blank or impossible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from antq_cli.vietnamese.lexicon import read_table
from antq_cli.vietnamese.text import fold

Style = Literal["numeric", "written", "day_month", "month"]

_NUMERIC = re.compile(
    r"(?<![\w/.-])(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<year>(?:19|20)\d\d)(?![\w/])"
)
_FIGURE = r"[\doil|]{1,2}"
"""On scans an O or an l stands for a digit; between "ngày", "tháng" and "năm" nothing else can be meant."""
_TWINS = str.maketrans("oil|", "0111")
_GAP = r"[\s.\u2026_*]{0,16}"
_DAY_MONTH = re.compile(
    r"\bngay\s{0,3}(?P<day>\d{1,2})(?:\s?[/.-]\s?|\s{1,3}thang\s{1,3})(?P<month>\d{1,2})(?![\d/]|[.-]\d)"
)
_MONTH = re.compile(r"\bthang\s{1,3}(?P<month>\d{1,2})(?:\s?[/-]\s?|\s{1,3}nam\s{1,3})(?P<year>(?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text. Offsets are of the text given; they include the word "ngày" when it stands there."""

    start: int
    end: int
    value: date | None
    """None when it is impossible (31/02/2020), blank, or lacks its day or year."""
    style: Style
    """`numeric` 06/3/2019, `written` ngày 6 tháng 3 năm 2019, `day_month` ngày 9/6, `month` tháng 9 năm 2020."""
    blank: bool = False
    """True when day, month or year is left to be filled in: "ngày     tháng 3 năm 2021"."""
    day: int | None = None
    month: int | None = None
    year: int | None = None


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """All dates of a text, in its order; they do not overlap."""
    folded = fold(text)
    found: list[FoundDate] = []
    taken = bytearray(len(text))
    for pattern, style in _patterns():
        for match in pattern.finditer(folded):
            start = _with_label(folded, match.start())
            if any(taken[start : match.end()]):
                continue
            one = _made(match, style, start)
            if one is not None:
                found.append(one)
                taken[start : match.end()] = b"1" * (match.end() - start)
    return tuple(sorted(found, key=lambda each: each.start))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Style], ...]:
    months = "|".join(sorted(_months(), key=lambda word: -len(word)))
    written = re.compile(
        rf"(?:\bngay(?P<day>{_GAP}{_FIGURE}{_GAP}|{_GAP})|\b(?P<bare>\d{{1,2}})\s{{1,3}})"
        rf"thang(?P<month>{_GAP}(?:{months}|{_FIGURE})\b{_GAP}|{_GAP})"
        r"nam[\s.,]{0,3}(?P<year>(?:19|20)\d\d(?!\d)|[12]?\d{0,2}\s?[.\u2026_]{1,8})"
    )
    return ((written, "written"), (_NUMERIC, "numeric"), (_DAY_MONTH, "day_month"), (_MONTH, "month"))


@cache
def _months() -> dict[str, int]:
    return dict(read_table("deadlines")["months"])


def _with_label(folded: str, start: int) -> int:
    """The offset of "ngày" when it stands right before the figures."""
    label = re.search(r"\bngay\s{0,3}$", folded[max(0, start - 8) : start])
    return max(0, start - 8) + label.start() if label else start


def _made(match: re.Match[str], style: Style, start: int) -> FoundDate | None:
    parts = {
        name: _figure(text) for name, text in match.groupdict().items() if name in ("day", "month", "year") and text
    }
    day, month, year = parts.get("day"), parts.get("month"), parts.get("year")
    if year is not None and year < 1000:
        year = None  # "năm 20..."
    blank = False
    if style == "written":
        day = day if day is not None else _figure(match["bare"] or "")
        blank = None in (day, month, year)
        if blank and year is None and day is None and month is None and not re.search(r"[.\u2026_]", match.group()):
            return None
    value = None
    if day is not None and month is not None and year is not None:
        try:
            value = date(year, month, day)
        except ValueError:
            value = None
    return FoundDate(start, match.end(), value, style, blank, day, month, year)


def _figure(text: str) -> int | None:
    bare = re.sub(r"[\s.\u2026_*]", " ", text).strip()
    if bare in _months():
        return _months()[bare]
    bare = fold(bare).translate(_TWINS)
    return int(bare) if bare.isdecimal() else None
