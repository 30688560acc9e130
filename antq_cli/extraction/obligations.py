"""Deadlines a letter sets: who must do what by when, and to whom it is to be reported (NĐ 30/2020, Phụ lục VI)."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from antq_cli.model.letter import Obligation
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.dates import FoundDate, find_dates
from antq_cli.vietnamese.lexicon import agencies, any_of, citation_words, lowered, read_table
from antq_cli.vietnamese.text import fold

_LOOK_BACK = 40
"""Characters between a deadline's cue and its date."""
_LONGEST_ACTION = 400
_LONGEST_NAME = 200
_LONGEST_SENTENCE = 1200
_HANDING_REACH = 200
"""Characters between "báo cáo" and the body it goes to."""
_FAR = timedelta(days=400)
"""A day and month without a year lie within this time after the letter's own day."""
_SENTENCE_END = re.compile(r"[.!?;][\"')]?\s(?=\S)")
_PROPER = re.compile(r"[\s,(]*")


@dataclass(frozen=True, slots=True)
class _Deadline:
    start: int
    """Of the cue."""
    end: int
    found: FoundDate
    is_whole_month: bool


def find_obligations(transcript: Transcript, issued: date | None) -> tuple[Obligation, ...]:
    """The deadlines in a letter's body, in its order.

    `due` is None when the day cannot be told from the letter alone: a day and month without a year need `issued`.
    The dates of documents cited, of events and of validity are no deadlines.
    """
    found: list[Obligation] = []
    for paragraph in transcript.in_zones(Zone.BODY):
        text = transcript.slice(paragraph)
        if any(c.isdigit() for c in text):
            found += _in_paragraph(transcript, paragraph, text, issued)
    return tuple(found)


def _in_paragraph(transcript: Transcript, paragraph: Paragraph, text: str, issued: date | None) -> Iterator[Obligation]:
    folded = fold(text)
    ends = _sentence_ends(text, folded)
    small = lowered(text)
    seen: set[tuple[date | None, str]] = set()
    for deadline in _deadlines(folded, find_dates(text)):
        start, end = _sentence(folded, ends, deadline)
        actor, action = _actor_and_action(text, folded, start, end, deadline)
        due_text = text[deadline.start : deadline.end].strip()
        due = _due(deadline, issued)
        if issued is not None and due is not None and due < issued - _FAR:
            continue  # history, no duty
        if (due, due_text) in seen:
            continue
        seen.add((due, due_text))
        evidence = transcript.evidence(paragraph.start + start, paragraph.start + end)
        yield Obligation(actor, action, due, due_text, _report_to(text, folded, small, start, end, deadline), evidence)


def _deadlines(folded: str, dates: tuple[FoundDate, ...]) -> Iterator[_Deadline]:
    for found in dates:
        if found.blank or (found.value is None and found.style in ("numeric", "written")):
            continue
        # The date may begin with the cue's own last word: "trước | ngày 27/8/2019".
        label_end = found.start + (5 if folded.startswith("ngay", found.start) else 0)
        label_end += 6 if folded.startswith("thang", found.start) else 0
        window = max(0, found.start - _LOOK_BACK)
        cue = _cue_pattern().search(folded, window, min(label_end, found.end))
        if cue is None or not _is_deadline(folded, cue, found):
            continue
        is_whole = found.style == "month"
        yield _Deadline(cue.start("cue"), found.end, found, is_whole)


@cache
def _table() -> dict[str, Any]:
    return read_table("deadlines")


@cache
def _cue_pattern() -> re.Pattern[str]:
    """A cue right before the date; hours and days of the week may stand between."""
    cues = any_of(tuple(_table()["cues"]["before"]))
    clock = r"(?:\s{0,2}\d{1,2}\s?(?:h|gio|g)\s?\d{0,2}(?:\s?phut)?,?)?"
    weekday = r"(?:\s{0,2}\(?(?:thu\s\w{1,5}|chu nhat)\)?,?)?"
    return re.compile(rf"\b(?P<cue>{cues}){clock}{weekday}(?:\s{{0,2}}(?:vao\s|la\s)?(?:ngay|thang)?\s{{0,2}})$")


def _is_deadline(folded: str, cue: re.Match[str], found: FoundDate) -> bool:
    before = folded[max(0, cue.start() - 30) : cue.start()]
    if _not_deadline().search(before):
        return False
    words = " ".join(cue["cue"].split())
    if words not in _table()["cues"]["weak"]:
        return True
    return _duty().search(folded[max(0, cue.start() - 250) : min(len(folded), found.end + 80)]) is not None


@cache
def _not_deadline() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(tuple(_table()['cues']['not_deadline']))}\s{{0,2}}$")


@cache
def _duty() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(tuple(_table()['cues']['duty']))}\b")


def _due(deadline: _Deadline, issued: date | None) -> date | None:
    found = deadline.found
    if found.value is not None:
        return found.value
    if deadline.is_whole_month and found.year and found.month and 1 <= found.month <= 12:
        return date(found.year, found.month, calendar.monthrange(found.year, found.month)[1])
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


def _sentence_ends(text: str, folded: str) -> list[int]:
    """Offsets behind the closing mark of each sentence."""
    return [
        match.start() + 1
        for match in _SENTENCE_END.finditer(folded)
        if text[match.start()] != "." or not _is_abbreviation(folded, match.start())
    ]


def _sentence(folded: str, ends: list[int], deadline: _Deadline) -> tuple[int, int]:
    """The bounds of the sentence the deadline stands in, cut where a paragraph without stops is endless."""
    before = bisect_right(ends, deadline.start)
    after = bisect_left(ends, deadline.end)
    start = ends[before - 1] if before else 0
    end = ends[after] if after < len(ends) else len(folded.rstrip())
    if deadline.start - start > _LONGEST_SENTENCE:
        start = folded.find(" ", deadline.start - _LONGEST_SENTENCE) + 1
    if end - deadline.end > _LONGEST_SENTENCE:
        end = folded.rfind(" ", deadline.end, deadline.end + _LONGEST_SENTENCE)
    start += len(folded[start:end]) - len(folded[start:end].lstrip(" \"')"))
    return start, end


def _is_abbreviation(folded: str, stop: int) -> bool:
    word = re.search(r"[\w/]{1,8}$", folded[max(0, stop - 8) : stop])
    return word is not None and (
        word.group() in citation_words().sentence_abbreviations or (len(word.group()) == 1 and word.group().isalpha())
    )


def _actor_and_action(text: str, folded: str, start: int, end: int, deadline: _Deadline) -> tuple[str, str]:
    """Who, when a body stands before the duty's verb, and what: the clause up to the deadline, or the one behind it."""
    bounds = (start, end)
    stop = deadline.start
    if sum(c.isalpha() for c in text[start:stop]) < 4:
        start, stop = deadline.end, end
        start += len(text[start:stop]) - len(text[start:stop].lstrip(" ,:;-"))
    clause = start
    for match in _modal().finditer(folded, start, stop):
        after = _PROPER.match(folded, match.end())
        at = after.end() if after else match.end()
        if text[at : at + 1].isupper() or _group().match(folded, at):
            clause = at
    clause = _item_start(folded, clause, stop)
    for at in (clause, *reversed(_later_clauses(text, folded, clause, stop))):
        verb = _verb_of_body(text, folded, at, stop)
        if verb is not None:
            actor = text[at : verb.start()].strip(" ,:;-")
            return actor, _action(text, verb.start("verb"), stop)
    action = _action(text, clause, stop)
    return "", action if len(action) > 1 else _action(text, *bounds)


def _later_clauses(text: str, folded: str, start: int, stop: int) -> list[int]:
    """Where a body begins behind a comma: "Kết thúc đợt cao điểm, Công an các xã báo cáo …"."""
    places = [match.end() for match in re.finditer(r",\s{1,2}", folded[start:stop])]
    return [start + place for place in places if _is_body(text, folded, start + place)]


def _is_body(text: str, folded: str, at: int) -> bool:
    if _head().match(folded, at) is None:
        return False
    return text[at].isupper() or _group().match(folded, at) is not None


def _verb_of_body(text: str, folded: str, at: int, stop: int) -> re.Match[str] | None:
    if not _is_body(text, folded, at):
        return None
    head = _head().match(folded, at)
    return _verb().search(folded, head.end() if head else at, min(stop, at + _LONGEST_NAME))


def _item_start(folded: str, at: int, stop: int) -> int:
    """Behind a list mark: "2. ", "- ", "a) "."""
    mark = re.compile(r"\s{0,3}(?:[-+*]|\(?(?:\d{1,2}|[a-z])[.)])\s{1,3}").match(folded, at, stop)
    return mark.end() if mark else at


def _action(text: str, start: int, stop: int) -> str:
    action = " ".join(text[start:stop].split()).strip(" ,:;-(")
    if len(action) > _LONGEST_ACTION:
        action = action[action.find(" ", len(action) - _LONGEST_ACTION) + 1 :]
    return action


@cache
def _modal() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(tuple(_table()['action']['modal']))}\b")


@cache
def _group() -> re.Pattern[str]:
    return re.compile(r"(?:cac|nhung|tung|moi|thu truong|cac don vi|toan the)\s")


@cache
def _head() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:cac|nhung|thu truong|giam doc|chu tich|truong|chanh|nguoi dung dau|lanh dao)\s{{1,2}}){{0,3}}"
        rf"(?:{any_of(agencies().heads)}|don vi|dia phuong|co quan|nganh|doan the|to chuc|xa|huyen)\b"
    )


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"[\s,:]{{1,3}}(?P<verb>{any_of(tuple(_table()['action']['verbs']))})\b")


def _report_to(text: str, folded: str, small: str, start: int, end: int, deadline: _Deadline) -> str:
    """Whom the result goes to, with the body it passes through: "UBND tỉnh (qua Công an tỉnh)"."""
    best = ""
    for match in _handing().finditer(folded, start, end):
        for to in _to().finditer(small, match.end(), min(end, match.end() + _HANDING_REACH)):
            at = to.end()
            if _is_body(text, folded, at):
                name = text[at : _receiver_end(text, folded, small, at, end)].strip(" ,;:.")
                if match.start() < deadline.start or not best:
                    best = name
                break
    return best


@cache
def _handing() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(tuple(_table()['report']['actions']))}\b")


@cache
def _to() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(tuple(_table()['report']['to']))}\s{{1,2}}(?=\S)")


@cache
def _receiver_stop() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(tuple(_table()['report']['ends']))}(?!\w)")


def _receiver_end(text: str, folded: str, small: str, at: int, end: int) -> int:
    stop = at
    limit = min(end, at + _LONGEST_NAME)
    while stop < limit:
        if text[stop] in ";.":
            break
        if text[stop] == "(":
            if not re.match(r"\(\s?(?:thong\s)?qua\b", folded[stop : stop + 12]):
                break
            closing = text.find(")", stop, limit)
            dated = _receiver_stop().search(small, stop + 1, closing if closing >= 0 else limit)
            if dated is not None:
                return dated.start()
            return closing + 1 if closing >= 0 else limit
        if text[stop] == "," and not text[stop + 2 : stop + 3].isupper():
            break
        if text[stop] == " " and _receiver_stop().match(small, stop + 1):
            break
        stop += 1
    return stop
