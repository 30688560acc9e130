"""Laws, codes and ordinances cited by name (NĐ 30/2020, Phụ lục I.II.6.a): "Luật Đất đai năm 2024"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from antq_cli.vietnamese.lexicon import any_of, citation_words, kind_named, kinds, lowered

_MOST_WORDS = 14
_AMENDING = re.compile(r"sua doi\b")
_YEAR = re.compile(r"\s{1,2}(?:nam\s{1,2})(?:19[4-9]\d|20\d\d)\b")
_REPUBLIC = re.compile(r"\s{1,2}nuoc cong hoa xa hoi chu nghia viet nam")
_JOIN = re.compile(r"\s?(?:,|;|\bva\b)\s{1,2}(?=(?:bo luat|luat|phap lenh)\s)")


@dataclass(frozen=True, slots=True)
class Law:
    """A law named in a text; offsets are of that text."""

    start: int
    end: int
    kind: str
    name: str
    """Without the kind before it, with the year behind it when printed: `Đất đai năm 2024`."""


def find_laws(text: str, folded: str) -> tuple[Law, ...]:
    """The laws a text names, in its order. A law named inside another's title is part of that title."""
    small = lowered(text)
    found: list[Law] = []
    end = 0
    for match in _kind_pattern().finditer(folded):
        if match.start() < end or not text[match.start()].isupper() or _is_no_law(folded, match):
            continue
        law = _law(text, folded, small, match)
        if law is not None:
            found.append(law)
            end = law.end
    return tuple(found)


@cache
def _kind_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(tuple(name for kind in kinds() if kind.by_name for name in kind.folded_names))}\b")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(citation_words().not_law_before)}\s{{1,2}}$")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s{{1,2}}{any_of(citation_words().not_law_after)}\b")


def _is_no_law(folded: str, match: re.Match[str]) -> bool:
    return bool(
        _before().search(folded, max(0, match.start() - 16), match.start()) or _after().match(folded, match.end())
    )


def _law(text: str, folded: str, small: str, match: re.Match[str]) -> Law | None:
    kind = kind_named(match.group())
    start = match.end() + 1
    if kind is None or folded[match.end() : start] != " ":
        return None
    if kind.folded_names[0] == "hien phap":
        republic = _REPUBLIC.match(folded, match.end())
        year = _YEAR.match(folded, republic.end() if republic else match.end())
        end = year.end() if year else republic.end() if republic else None
        return (
            None
            if end is None
            else Law(match.start(), end, kind.name, text[year.start() : end].strip() if year else "")
        )
    end = (
        _amending_end(text, folded, small, start)
        if _AMENDING.match(folded, start)
        else _name_end(text, folded, small, start)
    )
    if end is None:
        return None
    year = _YEAR.match(folded, end)
    end = year.end() if year else end
    return Law(match.start(), end, kind.name, text[start:end].strip())


def _amending_end(text: str, folded: str, small: str, start: int) -> int | None:
    """The end of "sửa đổi, bổ sung một số điều của Luật A và Luật B"."""
    inner = re.compile(r"(?:bo luat|luat|phap lenh)\s").search(folded, start, start + 70)
    if inner is None or re.search(r"[.;]", folded[start : inner.start()]):
        return _stop(small, start, first_comma=folded.find(",", start))
    end = None
    while inner is not None:
        name_end = _name_end(text, folded, small, inner.end())
        if name_end is None:
            return end if end is not None else _stop(small, inner.end())
        end = name_end
        join = _JOIN.match(folded, end)
        inner = re.compile(r"(?:bo luat|luat|phap lenh)\s").match(folded, join.end()) if join else None
    return end


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"{any_of(citation_words().laws)}(?!\w)")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"\s{{1,2}}(?:{any_of(citation_words().law_ends)}(?!\w)|\()|[,.;:()\"/\u201c\u201d]|\d")


def _name_end(text: str, folded: str, small: str, start: int) -> int | None:
    """The end of a law's name; None when no name stands there. A known name decides; else the words up to a stop."""
    if not text[start : start + 1].isupper():
        return None
    known = _known().match(folded, start)
    if known is not None:
        return known.end()
    return _stop(small, start)


def _stop(small: str, start: int, first_comma: int = -1) -> int | None:
    """The end of an unknown name. In an amending title the first comma belongs to "sửa đổi, bổ sung"."""
    at = first_comma + 1 if first_comma >= 0 else start
    limit = min(len(small), start + 140)
    match = _ends().search(small, at, limit)
    if match is not None and first_comma >= 0 and match.group().strip() not in ".;:(":
        # Behind "sửa đổi, bổ sung một số điều của" the name of what is amended goes on.
        match = _ends().search(small, match.end(), limit)
    end = match.start() if match is not None else limit
    words = small[start:end].split()
    if not words or len(words) > _MOST_WORDS:
        return None
    return end
