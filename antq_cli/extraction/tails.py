"""What follows a document's number: its day, its issuer, its subject."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache

from antq_cli.vietnamese.dates import FoundDate
from antq_cli.vietnamese.lexicon import agencies, any_of, citation_words, joined_names
from antq_cli.vietnamese.text import fold

_SKIP = re.compile(r"[\s,]{0,3}")
_BRACKET = re.compile(r"\(?\s?(?:khoa)\s[a-z0-9]{1,6}\b\)?|\((?:sua doi|da sua doi|duoc sua doi)[^()]{0,40}\)")
_BEFORE_DATE = re.compile(r"\(?(?:(?:da|duoc|do|quoc hoi|ban hanh|ky|ra|khoa|thong qua|[ivx]{1,5})\s{1,2}){0,7}$")
_OF = re.compile(r"(?:cua|do|giua)\s{1,2}")
_WITH = re.compile(r"\bvoi\s")
_OPEN_END = re.compile(r"\s(?:va|voi|cung|hoac|cac)$")
_LONGEST_ISSUER = 140
_LONGEST_TITLE = 600
_ABOUT = re.compile(r"\s?(?:ve viec|ve|v/v)\s")
_BLANKED = re.compile(r"\(\s{3}")


@dataclass(frozen=True, slots=True)
class Tail:
    """Offsets are of the text."""

    end: int
    """After day and issuer; the subject, if any, begins behind it."""
    issued: date | None = None
    issuer: tuple[int, int] | None = None
    title: int | None = None
    """Where the subject's own words begin, "về việc" and the opening quotation mark left out."""
    title_from: int | None = None
    """Where the words that open the subject begin."""
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of running text in its three forms, of equal length, and its dates in order."""

    text: str
    folded: str
    small: str
    dates: tuple[FoundDate, ...]


def read_tail(region: Region, at: int, limit: int) -> Tail:
    """Day, issuer and the start of the subject from an offset on, in any order, none of them beyond `limit`."""
    issued: date | None = None
    issuer: tuple[int, int] | None = None
    has_date = False
    end = at
    for _ in range(8):
        gap = _SKIP.match(region.folded, end)
        here = gap.end() if gap else end
        had_comma = "," in region.folded[end:here]
        if here >= limit:
            break
        if (bracket := _BRACKET.match(region.folded, here)) is not None and not region.folded.startswith(
            "(sau day", here
        ):
            end = bracket.end()
            continue
        dated = None if has_date else _date_from(region, here)
        if dated is not None:
            has_date, issued, end = True, dated.value, dated.end
            if region.folded[here] == "(" and region.folded[end : end + 1] == ")":
                end += 1
            continue
        of = _OF.match(region.folded, here)
        is_joint = of is not None and of.group().startswith("giua")
        if of is not None and issuer is None and (stop := _issuer_end(region, of.end(), limit, is_joint)) is not None:
            issuer, end = (of.end(), stop), stop
            continue
        opening = _title_opening(region, here, had_comma)
        if opening is not None and opening[0] < limit:
            return Tail(end, issued, issuer, opening[0], here, opening[1])
        break
    return Tail(min(end, limit), issued, issuer)


def _date_from(region: Region, here: int) -> FoundDate | None:
    """A date right here, or behind "(", "ban hành", "được Quốc hội khóa XV thông qua"."""
    index = bisect_left(region.dates, here, key=lambda each: each.start)
    found = region.dates[index] if index < len(region.dates) else None
    if found is None or found.start - here > 60 or found.style == "month":
        return None
    between = region.folded[here : found.start]
    return found if _BEFORE_DATE.fullmatch(between) else None


@cache
def _issuer_stop() -> re.Pattern[str]:
    return re.compile(rf"{any_of(citation_words().issuer_ends)}(?!\w)")


@cache
def _comma_names() -> re.Pattern[str]:
    """Names of bodies that hold a comma or a dash: "Sở Văn hóa, Thể thao và Du lịch"."""
    return re.compile(rf"{any_of((*joined_names(), *map(fold, citation_words().issuer_commas)))}\b")


def _issuer_end(region: Region, start: int, limit: int, is_joint: bool) -> int | None:
    """The end of a body's name; None when what stands there is none. Stops are words in small letters only.

    `is_joint` for "giữa A và các tổ chức thành viên với B", where "và" does not end the name before "với".
    """
    if not region.text[start : start + 1].isupper():
        return None
    stop = min(limit, start + _LONGEST_ISSUER, len(region.text))
    at = start
    while at < stop:
        if (known := _comma_names().match(region.folded, at)) is not None:
            at = known.end()
            continue
        if region.folded[at] in ",;.:()\n\"'":
            break
        if region.text[at] == " " and _ends_here(region, at + 1):
            goes_on = (
                is_joint
                and region.folded.startswith("va ", at + 1)
                and _WITH.search(region.folded, at, min(stop, at + 60))
            )
            if not goes_on:
                break
            at = goes_on.start()
        at += 1
    name = _OPEN_END.sub("", region.folded[start:at].rstrip(" -"))
    end = start + len(name.rstrip(" -"))
    return end if end > start + 1 else None


def _ends_here(region: Region, at: int) -> bool:
    text = region.text
    if text[at : at + 1].isdigit() and not re.match(r"\d{1,2}(?!\d|[/.-])", text[at : at + 3]):
        return True
    if region.folded.startswith("va ", at):
        following = text[at + 3 : at + 4]
        return not following.isupper()
    if text[at : at + 1].isupper():
        return False
    return _issuer_stop().match(region.small, at) is not None


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<about>{any_of(citation_words().about)}(?!\w)\s{{0,2}})?(?P<verb>{any_of(citation_words().title_verbs)}(?!\w))?"
    )


def _title_opening(region: Region, here: int, had_comma: bool) -> tuple[int, bool] | None:
    """Where the subject begins and whether it is quoted; None when no subject follows."""
    if region.folded[here] == '"':
        about = _ABOUT.match(region.folded, here + 1)
        return (about.end() if about else here + 1), True
    match = _opener().match(region.small, here)
    if match is None or match.end() == here:
        return None
    if match["about"] is None:
        return None if had_comma else (here, False)
    start = match.end("about")
    start += len(region.text[start:]) - len(region.text[start:].lstrip(" :")) if start < len(region.text) else 0
    is_quoted = region.folded[start : start + 1] == '"'
    return (start + 1, True) if is_quoted else (start, False)


@cache
def _title_stop() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s,(])\(?{any_of(citation_words().title_ends)}(?!\w)")


@cache
def _main_clause() -> re.Pattern[str]:
    """A comma and a body in capitals that does something: the letter itself speaks again."""
    return re.compile(rf",\s{{1,2}}(?:(?:nay|hom nay|thi)\s)?(?={any_of(agencies().heads)}\b)")


def title_end(region: Region, start: int, limit: int, *, is_quoted: bool) -> int:
    """The end of a subject, leaving aside other documents named in it."""
    limit = min(limit, start + _LONGEST_TITLE)
    if is_quoted:
        closing = region.folded.find('"', start, limit)
        if closing >= 0:
            return closing + 1
    end = limit
    stop = _title_stop().search(region.small, start, end)
    if stop is not None and stop.start() > start:
        end = stop.start()
    clause = next(
        (
            match.start()
            for match in _main_clause().finditer(region.folded, start, end)
            if region.text[match.end() : match.end() + 1].isupper()
        ),
        None,
    )
    semicolon = region.text.find(";", start, end)
    blanked = _BLANKED.search(region.text, start, end)
    stops = (end, clause, semicolon if semicolon >= 0 else None, blanked.start() if blanked else None)
    end = min(at for at in stops if at is not None)
    return start + len(region.text[start:end].rstrip(" ,;:./"))
