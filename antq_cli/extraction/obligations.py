"""Deadlines a letter sets: who must do what by when, and to whom it is to be reported (NĐ 30/2020, Phụ lục VI)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from antq_cli.extraction.deadlines import Deadline, find_deadlines
from antq_cli.model.letter import Obligation
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import agencies, any_of, citation_words, lowered, read_table
from antq_cli.vietnamese.text import fold

_LONGEST_ACTION = 400
_LONGEST_NAME = 200
_LONGEST_SENTENCE = 1200
_HANDING_REACH = 200
"""Characters between "báo cáo" and the body it goes to."""
_SENTENCE_END = re.compile(r"[.!?;][\"')]?\s(?=\S)")
_QUARTER_WORD = re.compile(r"\bquy\s[iv]")
_JOINED = re.compile(r"\b(?:va|de|da|duoc|dang|khong|viec|ve|cho)$")
_IS = re.compile(r"\sl\u00e0(?:m)?\s")
_PROPER = re.compile(r"[\s,(]*")


def find_obligations(transcript: Transcript, issued: date | None) -> tuple[Obligation, ...]:
    """The deadlines in a letter's body, in its order.

    `due` is None when the day cannot be told from the letter alone: a day and month without a year need `issued`.
    The dates of documents cited, of events and of validity are no deadlines.
    """
    found: list[Obligation] = []
    for paragraph in transcript.in_zones(Zone.BODY):
        text = transcript.slice(paragraph)
        if any(c.isdigit() for c in text) or _QUARTER_WORD.search(fold(text)):
            found += _in_paragraph(transcript, paragraph, text, issued)
    return tuple(found)


def _in_paragraph(transcript: Transcript, paragraph: Paragraph, text: str, issued: date | None) -> Iterator[Obligation]:
    folded = fold(text)
    ends = _sentence_ends(text, folded)
    small = lowered(text)
    seen: set[tuple[date | None, str]] = set()
    for deadline in find_deadlines(text, issued):
        start, end = _sentence(folded, ends, deadline)
        actor, action = _actor_and_action(text, folded, start, end, deadline)
        due_text = text[deadline.start : deadline.end].strip()
        due = deadline.due
        if (due, due_text) in seen:
            continue
        seen.add((due, due_text))
        evidence = transcript.evidence(paragraph.start + start, paragraph.start + end)
        yield Obligation(actor, action, due, due_text, _report_to(text, folded, small, start, end, deadline), evidence)


@cache
def _table() -> dict[str, Any]:
    return read_table("deadlines")


def _sentence_ends(text: str, folded: str) -> list[int]:
    """Offsets behind the closing mark of each sentence."""
    return [
        match.start() + 1
        for match in _SENTENCE_END.finditer(folded)
        if text[match.start()] != "." or not _is_abbreviation(folded, match.start())
    ]


def _sentence(folded: str, ends: list[int], deadline: Deadline) -> tuple[int, int]:
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


def _actor_and_action(text: str, folded: str, start: int, end: int, deadline: Deadline) -> tuple[str, str]:
    """Who, when a body stands before the duty's verb, and what: the clause up to the deadline, or the one behind it."""
    bounds = (start, end)
    stop = deadline.start
    if sum(c.isalpha() for c in text[start:stop]) < 4:
        start, stop = deadline.end, end
        start += len(text[start:stop]) - len(text[start:stop].lstrip(" ,:;-"))
    clause = start
    part = folded.rfind("; ", start, stop)
    if part >= 0 and _is_body(text, folded, part + 2):
        clause = start = part + 2
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
            being = _IS.search(lowered(actor))
            if being is not None:
                return actor[: being.start()].strip(" ,"), _action(text, verb.start("verb"), stop)
            if _JOINED.search(fold(actor)) or "," in verb.group():
                break  # a verb unknown stands between: whose name ends where is not clear
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
    for verb in _verb().finditer(folded, head.end() if head else at, min(stop, at + _LONGEST_NAME)):
        if text[verb.start("verb")].islower():  # a capital is of a name: "Sở Xây dựng"
            return verb
    return None


def _item_start(folded: str, at: int, stop: int) -> int:
    """Behind a list mark: "2. ", "- ", "a) "."""
    mark = re.compile(r"\s{0,3}(?:[-+*]|\(?(?:\d{1,2}|[a-z])[.)])\s{1,3}").match(folded, at, stop)
    return mark.end() if mark else at


def _action(text: str, start: int, stop: int) -> str:
    action = " ".join(text[start:stop].split()).strip(" ,:;-(").rstrip(" ./")
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


def _report_to(text: str, folded: str, small: str, start: int, end: int, deadline: Deadline) -> str:
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
            # A bracket left open, or closed behind the day only, is no part of the name.
            return stop if dated is not None or closing < 0 else closing + 1
        if text[stop] == "," and not text[stop + 2 : stop + 3].isupper():
            break
        if text[stop] == " " and _receiver_stop().match(small, stop + 1):
            break
        stop += 1
    return stop
