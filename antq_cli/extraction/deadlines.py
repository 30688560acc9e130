"""Expressions of time that set a deadline: a day, a month, a quarter, a term, a recurring day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from antq_cli.vietnamese.dates import FoundDate, find_dates
from antq_cli.vietnamese.lexicon import any_of, lowered, read_table
from antq_cli.vietnamese.text import fold

_LOOK_BACK = 40
"""Characters between a deadline's cue and its date."""
_FAR = timedelta(days=400)
"""A day and month without a year lie within this time after the letter's own day."""
_LATE = timedelta(days=31)
"""A letter signed late may still ask for something by a day this long before its own."""
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_EVERY = r"(?:hang|moi)\s(?:thang|quy|nam)"
_YEARLY = re.compile(r"\s{1,2}(?:hang|moi|cua moi)\snam\b")
_EVERY_BEFORE = re.compile(rf"\b{_EVERY}\b")
_RECURRING = re.compile(
    rf"\b(?:(?:dinh ky\s)?{_EVERY},?\s)?(?:xong\s|cham nhat\s(?:la\s)?)?(?:truoc\s|vao\s)?ngay\s(?:mung\s)?\d{{1,2}}\s"
    rf"(?:cua\s)?(?:{_EVERY}|thang\s(?:cuoi|dau|sau|tiep theo|lien ke)"
    rf"(?:\s(?:cua\s)?(?:(?:moi|hang|tung)\s)?(?:quy|nam))?)\b"
)
_DUE_WORD = re.compile(r"\b(?:truoc|cham nhat)\b")
_TERM = re.compile(
    r"\b(?:(?:cham nhat|toi da|khong qua)\s(?:la\s)?)?"
    r"(?:trong\s(?:vong|thoi han|thoi gian)|cham nhat|toi da|khong qua|thoi han)"
    r"\s(?:la\s|khong qua\s|toi da\s)?(?:\w{2,7}\s){0,2}\(?\d{1,3}\)?\s(?:ngay|thang|tuan|gio)\b(?:\slam viec)?"
    r"(?P<event>,?\s(?:ke tu|tinh tu|tu|sau)\s[^,;.]{2,90}(?=[,;.]|\s*$))?"
)
_QUARTER = re.compile(
    r"\b(?P<cue>(?:hoan thanh|xong)\s(?:trong\s)?|trong\s|cham nhat\s(?:la\s|trong\s)?|(?:truoc|den)\shet\s|truoc\s)"
    r"quy\s(?P<quarter>iv|i{1,3}|[1-4])\b(?:(?:\s?/\s?|\snam\s)(?P<year>(?:19|20)\d\d)\b)?"
)
_SPAN = re.compile(r"\b(?:tu|bat dau)\s(?:ngay\s)?[^;.]{0,6}\d(?:[\d\s/.,-]|ngay|thang|nam|gio|cho){0,40}$")
_CLAUSE_MARK = re.compile(r"[,;:]\s")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in a text."""

    start: int
    """Of the cue."""
    end: int
    due: date | None
    """The last day; None when it runs from an event, recurs, or lacks its year."""


def find_deadlines(text: str, issued: date | None) -> tuple[Deadline, ...]:
    """The deadlines of a text in its order, which do not overlap.

    Dates of documents, births, validity, spans, quotations and the past are left out.
    """
    folded, small = fold(text), lowered(text)
    found: list[Deadline] = []
    reached = 0
    candidates = (*_recurring(folded, small), *_terms(folded, small), *_quarters(folded, small, issued))
    candidates += tuple(_dated(folded, small, find_dates(text), issued))
    for one in sorted(candidates, key=lambda each: (each.start, -each.end)):
        if one.start >= reached and not _is_quoted(text, one.start):
            found.append(one)
            reached = one.end
    return tuple(found)


def _recurring(folded: str, small: str) -> Iterator[Deadline]:
    for match in _RECURRING.finditer(folded):
        if _DUE_WORD.search(match.group()) and not _is_fact(folded, small, match.start()):
            yield Deadline(match.start(), match.end(), None)


def _terms(folded: str, small: str) -> Iterator[Deadline]:
    for match in _TERM.finditer(folded):
        if _is_fact(folded, small, match.start()):
            continue
        # A length of time alone may be anything, a contract's too; with its event it is a term of what is to be done.
        is_plain = match["event"] is None or match.group().startswith("thoi han")
        if (_has_order if is_plain else _has_duty)(folded, match.start(), match.end()):
            yield Deadline(match.start(), match.end(), None)


def _quarters(folded: str, small: str, issued: date | None) -> Iterator[Deadline]:
    for match in _QUARTER.finditer(folded):
        due = None
        if match["year"]:
            due = _month_end(int(match["year"]), 3 * _QUARTERS[match["quarter"]])
            if match["cue"].strip() == "truoc":
                due = _month_end(due.year - (due.month == 3), due.month - 3 or 12)
        if due is not None and issued is not None and due < issued:
            continue
        if not _is_fact(folded, small, match.start()) and _has_duty(folded, match.start(), match.end()):
            yield Deadline(match.start("cue"), match.end(), due)


def _dated(folded: str, small: str, dates: tuple[FoundDate, ...], issued: date | None) -> Iterator[Deadline]:
    for found in dates:
        if found.blank or (found.value is None and found.style in ("numeric", "written")):
            continue
        # The date may begin with the cue's own last word: "trước | ngày 27/8/2019".
        label_end = found.start + (5 if folded.startswith("ngay", found.start) else 0)
        label_end += 6 if folded.startswith("thang", found.start) else 0
        window = max(0, found.start - _LOOK_BACK)
        cue = _cue_pattern().search(folded, window, min(label_end, found.end))
        if cue is None:
            continue
        start, end = cue.start("cue"), found.end
        due = _due(found, cue["cue"], issued)
        if found.style == "day_month":
            yearly = _YEARLY.match(folded, found.end)
            end = yearly.end() if yearly else end
            if yearly or _EVERY_BEFORE.search(folded, max(0, _sentence_start(folded, start)), start):
                due = None
        if _is_deadline(folded, small, cue, end, due, issued):
            yield Deadline(start, end, due)


@cache
def _cues() -> dict[str, Any]:
    return dict(read_table("deadlines")["cues"])


@cache
def _cue_pattern() -> re.Pattern[str]:
    """A cue right before the date; hours and days of the week may stand between."""
    cues = any_of(tuple(_cues()["before"]))
    clock = r"(?:\s{0,2}\d{1,2}\s?(?:h|gio|g)\s?\d{0,2}(?:\s?phut)?,?)?"
    weekday = r"(?:\s{0,2}\(?(?:thu\s\w{1,5}|chu nhat)\)?,?)?"
    last = r"(?:thoi\s)?han\s(?:chot|cuoi|nop|gui|nhan|dang ky|tra loi|hoan thanh)[^,;.\d]{0,25}(?:\s?:|\sla\b)"
    return re.compile(rf"\b(?P<cue>{cues}|{last}){clock}{weekday}(?:\s{{0,2}}(?:vao\s|la\s)?(?:ngay|thang)?\s{{0,2}})$")


def _is_deadline(folded: str, small: str, cue: re.Match[str], end: int, due: date | None, issued: date | None) -> bool:
    start = cue.start("cue")
    if _is_fact(folded, small, start):
        return False
    words = " ".join(cue["cue"].split())
    is_past = due is not None and issued is not None and due < issued
    if is_past and due is not None and issued is not None and due < issued - _FAR:
        return False
    if words not in _cues()["weak"]:
        return True
    if words.startswith("den") and _SPAN.search(folded, max(0, start - 60), start):
        return False
    if is_past:
        is_near = due is not None and issued is not None and due >= issued - _LATE
        return is_near and _has_order(folded, start, end)
    opens = sum(c.isalpha() for c in folded[_sentence_start(folded, start) : start]) < 4
    if words in _cues()["narrative"] or opens or (words not in _cues()["plain"] and due is None):
        return _has_duty(folded, start, end)
    return True


def _is_fact(folded: str, small: str, start: int) -> bool:
    """Whether the words before tell of what was done, of validity, of a birth: "ban hành trước ngày"."""
    near = _not_deadline().search(small, max(0, start - 30), start)
    # Behind a comma the same verb is a duty of its own: "xây dựng quy chế, ban hành trước ngày".
    if near is not None and small[: near.start()].rstrip(" ")[-1:] not in (",", ";"):
        return True
    begin = _sentence_start(folded, start)
    for mark in _CLAUSE_MARK.finditer(folded, begin, start):
        begin = mark.end()
    done = [match.end() for match in _past().finditer(small, begin, start)]
    return bool(done) and _order().search(folded, done[-1], start) is None


def _sentence_start(folded: str, at: int) -> int:
    low = max(0, at - 250)
    return max(folded.rfind(mark, low, at) + 2 if folded.rfind(mark, low, at) >= 0 else low for mark in (". ", "; "))


def _has_duty(folded: str, start: int, end: int) -> bool:
    return _duty().search(folded[max(0, start - 250) : min(len(folded), end + 80)]) is not None


def _has_order(folded: str, start: int, end: int) -> bool:
    return _order().search(folded[max(0, start - 250) : min(len(folded), end + 80)]) is not None


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quotation that began before is still open."""
    before = text[max(0, at - 300) : at]
    straight = before.count('"')
    return before.rfind("\u201c") > before.rfind("\u201d") or (straight % 2 == 1 and '"' in text[at : at + 300])


@cache
def _not_deadline() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(tuple(_cues()['not_deadline']))}\s{{0,2}}$")


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(tuple(_cues()['past']))}(?!\w)")


@cache
def _duty() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(tuple(_cues()['duty']))}\b")


@cache
def _order() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(tuple(_cues()['order']))}\b")


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _due(found: FoundDate, cue: str, issued: date | None) -> date | None:
    if found.value is not None:
        return found.value
    if found.style == "month" and found.year and found.month and 1 <= found.month <= 12:
        if cue.startswith("truoc") and "het" not in cue:
            return date(found.year, found.month, 1) - timedelta(days=1)
        return _month_end(found.year, found.month)
    if issued is None or found.day is None or found.month is None:
        return None
    fitting = []
    for year in (issued.year, issued.year + 1):
        try:
            day = date(year, found.month, found.day)
        except ValueError:
            continue
        if issued <= day <= issued + _FAR:
            fitting.append(day)
    # Only the first day after the letter's own is meant, unless the next year's is as near.
    return fitting[0] if fitting and (len(fitting) == 1 or fitting[0] > issued) else None
