"""Laws, codes and ordinances cited by name (NĐ 30/2020, Phụ lục I.II.6.a): "Luật Đất đai năm 2024"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from antq_cli.vietnamese.lexicon import any_of, citation_words, kind_named, kinds, lowered
from antq_cli.vietnamese.text import fold

_MOST_WORDS = 14
_FUZZY_LETTERS = 12
_INNER = re.compile(r"(?:bo luat|luat|phap lenh)\s")
_AMENDING = re.compile(r"sua doi\b")
_YEAR = re.compile(r"\s{1,2}(?:nam\s{1,2})?(?:19[4-9]\d|20\d\d)\b")
_REPUBLIC = re.compile(r"\s{1,2}nuoc cong hoa xa hoi chu nghia viet nam")
_JOIN = re.compile(r"\s?(?:,|;|\bva\b)\s{1,2}(?=(?:bo luat|luat|phap lenh)\s)")


@dataclass(frozen=True, slots=True)
class Law:
    """A law named in a text; offsets are of that text."""

    start: int
    end: int
    kind: str
    name: str
    """Without the kind before it, with the year behind it when printed: `Đất đai năm 2024`. A name of the table of laws
    stands in its right spelling."""
    is_known: bool = False


def find_laws(text: str, folded: str) -> tuple[Law, ...]:
    """The laws a text names, in its order. A law named inside another's title is part of that title."""
    small = lowered(text)
    found: list[Law] = []
    end = 0
    for match in _kind_pattern().finditer(folded):
        if match.start() < end or not text[match.start()].isupper() or _is_no_law(text, folded, match):
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


def _is_no_law(text: str, folded: str, match: re.Match[str]) -> bool:
    """ "Hội Luật gia", "Luật này"; but "Luật Giá" is a law."""
    if _before().search(folded, max(0, match.start() - 16), match.start()):
        return True
    after = _after().match(folded, match.end())
    return after is not None and (
        text[match.end() + 1].islower()
        or (text[match.end() - 1].isupper() and not _known().match(folded, match.end() + 1))
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
    if _AMENDING.match(folded, start):
        name = _amending(text, folded, small, start)
    else:
        name = _name(text, folded, small, start)
    if name is None:
        return None
    year = _YEAR.match(folded, name.end)
    end = year.end() if year else name.end
    return Law(match.start(), end, kind.name, name.words + text[name.end : end], name.is_known)


class _Name(NamedTuple):
    words: str
    end: int
    is_known: bool


def _amending(text: str, folded: str, small: str, start: int) -> _Name | None:
    """ "sửa đổi, bổ sung một số điều của Luật A và Luật B"."""
    inner = _INNER.search(folded, start, start + 70)
    if inner is None or re.search(r"[.;]", folded[start : inner.start()]):
        end = _stop(small, start, first_comma=folded.find(",", start, start + 20))
        return _Name(text[start:end].strip(), end, False) if end is not None else None
    words, end, is_known = "", start, True
    while inner is not None:
        name = _name(text, folded, small, inner.end())
        if name is None:
            break
        words += text[end : inner.end()] + name.words
        end, is_known = name.end, is_known and name.is_known
        join = _JOIN.match(folded, end)
        inner = _INNER.match(folded, join.end()) if join else None
    return _Name(words, end, is_known) if words else None


@cache
def _known() -> re.Pattern[str]:
    """Known names; a scan turns commas into stops."""
    return re.compile(rf"{any_of(citation_words().laws)}(?!\w)".replace(",\\s{1,3}", r"\s?[,.]\s{1,3}"))


@cache
def _spelled() -> dict[str, str]:
    return {_bare(name): name for name in citation_words().law_names}


def _bare(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"\s{{1,2}}(?:{any_of(citation_words().law_ends)}(?!\w)|\()|[,.;:()\"/\u201c\u201d]|\d")


def _name(text: str, folded: str, small: str, start: int) -> _Name | None:
    """A law's name; None when none stands there. A known name decides, one letter wrong at most; else the words up to a
    stop are the name.
    """
    if not text[start : start + 1].isupper():
        return None
    known = _known().match(folded, start)
    if known is not None:
        return _Name(_spelled().get(_bare(known.group()), text[start : known.end()]), known.end(), True)
    end = _stop(small, start)
    if end is None:
        return None
    bare = _bare(text[start:end])
    near = [name for known_bare, name in _spelled().items() if _is_misread(bare, known_bare)]
    return _Name(near[0], end, True) if len(near) == 1 else _Name(text[start:end].strip(), end, False)


def _is_misread(bare: str, known: str) -> bool:
    return len(known) >= _FUZZY_LETTERS and Levenshtein.distance(bare, known, score_cutoff=1) == 1


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
