"""The documents a stretch of text names: by number and symbol, by kind and number, or by a law's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from antq_cli.extraction.identity import same_kind
from antq_cli.extraction.laws import Law, find_laws
from antq_cli.extraction.lookalikes import untwinned
from antq_cli.extraction.mending import mended
from antq_cli.extraction.symbols import LETTER, DocumentNumber, Scanned, scan_number
from antq_cli.vietnamese.lexicon import (
    Kind,
    any_of,
    citation_words,
    kind_named,
    kinds,
    kinds_abbreviated,
    lowered,
    organs,
)
from antq_cli.vietnamese.text import fold

# Short of the digits a symbol begins with, nothing here is looked for: the cheap test before the dear one.
_CANDIDATE = re.compile(
    r"(?<![\w/.,])(?<!\w-)(?=[\doil|]{0,5}\d)[\doil|]{1,6}(?:\.\d{1,3})?[a-z]?\s{0,3}(?:[/-]|(?=[a-z]))"
)
_BOUND_NUMBER = re.compile(r"\b(?P<label>s[o06])\s?[:.]?\s?$")
_GLUED_LABEL = re.compile(r"(?<![a-z])s[o0](?=\d)")
_SHORT_TAIL = re.compile(
    r"\s{1,3}(?:(?P<label>s[o06])\s?[:.]?\s?)?(?P<digits>\d{1,5}[a-d]?)(?![\w%])(?!\s?[/-]\s?\w)(?![.,]\d)(?!\s\d)"
)
_TORN_NUMBER = re.compile(r"\bs[o06]\s?:?\s?\d{1,4}\s$")
_TORN_SYMBOL = re.compile(r"[^\w\s,;()]{1,2}\s?[^\W\d]")
_YEARS = re.compile(r"\s{0,2}nam\b(?!\s\d{4}\b(?!\s?(?:-|den\b)\s?(?:nam\s)?\d))")
"""So many years, not a number of a year: "5 năm", "5 năm 2021 - 2025"."""
_SCRAP_BEFORE = re.compile(r"[^\w\s.,;(\"'\u201c\u201d\u2019/-]$")
_LABEL_BEFORE = re.compile(r"\b(?:s[o06]|so hieu)\s?:$")
_REACH = 90
"""Characters between the kind and the number, when the issuer stands between: "Quyết định của … số 5/QĐ-TTg"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A document named in a text, without what follows its number. Offsets are of that text."""

    start: int
    """Of the kind's name, or of the number when no kind is printed."""
    end: int
    """After the number, or after the law's name."""
    code: tuple[int, int]
    """The number as printed; for a law without a number its name."""
    kind: str | None
    number: DocumentNumber | None = None
    digits: str | None = None
    """Of a short form: `28`."""
    law: str | None = None
    """The law's name, without "Luật" before it."""
    is_known_law: bool = False
    """The name is one of the table of laws, in its right spelling."""


@dataclass(frozen=True, slots=True)
class _KindWord:
    start: int
    end: int
    kind: Kind | None
    """None for "văn bản" and the like."""
    is_capital: bool
    is_abbreviation: bool = False


def find_named(text: str, folded: str) -> tuple[Named, ...]:
    """All documents named in the text, in its order. `folded` is the folded text."""
    text, folded = untwinned(text, folded)
    laws = find_laws(text, folded)
    has_digit = any(c.isdigit() for c in text)
    if not has_digit:
        return tuple(_named_law(law) for law in laws)
    words = _kind_words(text, folded)
    found = _codes(text, folded, words)
    taken = [one.code for one in found]
    found += _short_forms(lowered(text), folded, words, taken)
    return tuple(sorted(_with_laws(found, laws, folded), key=lambda one: one.start))


def _named_law(law: Law) -> Named:
    return Named(law.start, law.end, (law.start, law.end), law.kind, law=law.name, is_known_law=law.is_known)


def _with_laws(found: list[Named], laws: tuple[Law, ...], folded: str) -> list[Named]:
    """Laws by name, joined with the number behind the name: "Luật Quy hoạch số 21/2017/QH14"."""
    result = list(found)
    for law in laws:
        numbered = next(
            (
                one
                for one in result
                if one.number is not None
                and law.end <= one.code[0] <= law.end + 12
                and re.fullmatch(r"[\s,]{0,3}(?:s[o06]\s?:?\s?)?", folded[law.end : one.code[0]])
            ),
            None,
        )
        if numbered is None:
            if not any(one.start < law.end and law.start < one.code[1] for one in result):
                result.append(_named_law(law))
            continue
        result.remove(numbered)
        result.append(
            Named(
                law.start,
                numbered.end,
                numbered.code,
                law.kind,
                numbered.number,
                law=law.name,
                is_known_law=law.is_known,
            )
        )
    return result


@cache
def _kind_pattern() -> re.Pattern[str]:
    names = tuple(dict.fromkeys(name for kind in kinds() if not kind.copy for name in kind.folded_names))
    return re.compile(rf"\b{any_of((*names, *citation_words().general_kinds))}\b")


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    words = citation_words()
    return re.compile(
        rf"(?<![\w/-]){any_of((*words.short_abbreviations, *words.short_abbreviations_numbered))}(?![\w/-])"
    )


def _kind_words(text: str, folded: str) -> list[_KindWord]:
    found = [
        _KindWord(match.start(), match.end(), kind_named(match.group()), text[match.start()].isupper())
        for match in _kind_pattern().finditer(folded)
    ]
    for match in _abbreviation_pattern().finditer(text):
        abbreviated = kinds_abbreviated(match.group())
        if abbreviated:
            found.append(_KindWord(match.start(), match.end(), abbreviated[0], is_capital=True, is_abbreviation=True))
    return sorted(found, key=lambda word: word.start)


def _codes(text: str, folded: str, words: list[_KindWord]) -> list[Named]:
    found: list[Named] = []
    end = 0
    for match in _CANDIDATE.finditer(_without_glued_labels(folded)):
        at = match.start()
        if at < end:
            continue
        scanned = scan_number(text, folded, at)
        if scanned is None or _is_torn(text, folded, at, scanned):
            continue
        previous = found[-1] if found else None
        word = _kind_before(folded, words, at, previous.code[1] if previous else 0)
        inherited = previous if word is None and previous is not None and _is_list(folded, previous.end, at) else None
        label = _BOUND_NUMBER.search(folded, max(0, at - 6), at)
        if not _is_document(text, folded, at, scanned.number, word is not None or inherited is not None, bool(label)):
            continue
        number = mended(scanned.number, word.kind if word is not None else None)
        kind = _kind(word, inherited, number)
        start = word.start if word is not None else label.start() if label else at
        end = scanned.end
        found.append(Named(start, end, (at, end), kind, number))
    return found


def _is_torn(text: str, folded: str, at: int, scanned: Scanned) -> bool:
    """A number or a symbol torn by a bad scan ("số 1 07/2021/NĐ-CP", "06/TTr- SG?TYT") is not claimed."""
    if _TORN_NUMBER.search(folded, max(0, at - 12), at):
        return True
    if _SCRAP_BEFORE.search(text, max(0, at - 1), at) and not _LABEL_BEFORE.search(folded, max(0, at - 9), at):
        return True  # a first figure that was read as a mark: "\u00a77/2024/TT-BYT"
    return not scanned.number.organs and _TORN_SYMBOL.match(text, scanned.end) is not None


def _without_glued_labels(folded: str) -> str:
    """`số31-QĐ/TW`: the label glued to the number must not hide it."""
    return _GLUED_LABEL.sub("  ", folded)


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s,:(]|\b{any_of(citation_words().between_kind_and_number)}\b){{0,24}}")


def _kind_before(folded: str, words: list[_KindWord], at: int, floor: int) -> _KindWord | None:
    """The kind's name that governs a number: right before it, or with the issuer between and "số" at the end."""
    nearest = next((word for word in reversed(words) if floor <= word.start and word.end <= at), None)
    if nearest is None or at - nearest.end > _REACH:
        return None
    gap = folded[nearest.end : at]
    if len(gap) <= 40 and _filler().fullmatch(gap):
        return nearest
    is_between = re.match(r"\s{1,2}(?:cua|do|lien)\b", gap) and not re.search(r"[.;:()]", gap)
    return nearest if is_between and _BOUND_NUMBER.search(gap) else None


def _is_list(folded: str, start: int, at: int) -> bool:
    """Only days, separators and "số" between two numbers: the kind before the first holds for the second."""
    gap = folded[start:at]
    return len(gap) <= 60 and bool(
        re.fullmatch(r"(?:[\s,;:]|\bva\b|\bso\b|\bngay\b|\bthang\b|\bnam\b|\d{1,4}|[/.-](?=\d)|\bhoac\b){0,40}", gap)
    )


def _is_document(text: str, folded: str, at: int, number: DocumentNumber, has_kind: bool, has_label: bool) -> bool:
    """Is this a document rather than an address, an account or a date?"""
    if number.family == "qh":
        return True
    if number.family == "normative" and any(fold(code) in organs().spelling for code in number.organs):
        return True  # a year and a known body: no address looks so, whatever word stands before it
    if not has_kind and _is_elsewhere(folded, at):
        return False
    known = [code for code in number.organs if len(code) > 1 and fold(code) in organs().spelling]
    if number.family in ("no_slash", "legacy"):
        if text[at : at + 8].split(" ")[0].isdigit() and not (has_label or has_kind):
            return False
        return (has_kind or has_label) and bool(known)
    if number.family == LETTER:
        return has_kind or (
            bool(known) and (has_label or (fold(number.organs[0]) in organs().sure and len(number.organs) > 1))
        )
    if not number.organs:
        return has_kind or has_label
    long_code = any(len(code) >= 3 and sum(c.isupper() for c in code) >= 2 for code in number.organs)
    return has_kind or has_label or bool(known) or (long_code and bool(number.kind_names))


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(citation_words().not_documents)}\s{{0,2}}(?:s[o06]\s?:?)?\s{{0,2}}$")


def _is_elsewhere(folded: str, at: int) -> bool:
    return bool(_elsewhere().search(folded, max(0, at - 30), at))


def _kind(word: _KindWord | None, inherited: Named | None, number: DocumentNumber) -> str | None:
    """The printed kind unless the symbol contradicts it; the symbol's own kind when it leaves no choice."""
    printed = word.kind.name if word is not None and word.kind is not None else None
    if word is None and inherited is not None:
        printed = inherited.kind
    names = number.kind_names
    if printed is not None and (not names or any(same_kind(printed, name) for name in names)):
        return printed
    if printed is not None and inherited is None and (number.kind_abbreviation is None or not number.organs):
        return printed
    if not names or number.family == "qh" or _is_open(names):
        return printed if printed is not None and not names else None
    return names[0]


def _is_open(names: tuple[str, ...]) -> bool:
    """Several kinds of which none is a special form of the first: Party QĐ is a quyết định or a quy định."""
    return any(not same_kind(names[0], name) for name in names[1:]) and len(names) == 2


def _short_forms(small: str, folded: str, words: list[_KindWord], taken: list[tuple[int, int]]) -> list[Named]:
    found: list[Named] = []
    for word in words:
        if word.kind is None:
            continue
        match = _SHORT_TAIL.match(folded, word.end)
        if match is None or any(start < match.end() and word.start < end for start, end in taken):
            continue
        if _is_short_form(small, folded, word, word.kind, match):
            code = (match.start("digits"), match.end("digits"))
            found.append(Named(word.start, match.end(), code, word.kind.name, digits=match["digits"]))
    return found


@cache
def _follower() -> re.Pattern[str]:
    """With its marks or with none at all: "Chỉ thị 3 nói trên" goes on so, "Thông báo 3 nội dung" does not."""
    words = citation_words().after_short
    either = any_of(tuple(dict.fromkeys((*words, *map(fold, words)))))
    return re.compile(rf"\s{{0,2}}(?:$|[,.;:)\"'\u201c\u201d\u2019]|{either}(?!\w))")


def _is_short_form(small: str, folded: str, word: _KindWord, kind: Kind, match: re.Match[str]) -> bool:
    """ "Chỉ thị 28 của UBND tỉnh" is one; "kế hoạch 5 năm", "Kế hoạch 5 năm 2021 - 2025", "Kế hoạch 2021" are not."""
    words = citation_words()
    if word.is_abbreviation and match["label"] is None and not _is_free_abbreviation(folded, word):
        return False
    if match["label"] is not None:
        return _follower().match(small, match.end()) is not None or not word.is_abbreviation
    is_year = re.fullmatch(r"(?:19|20)\d\d", match["digits"]) is not None
    if is_year or not word.is_capital or kind.folded_names[0] in words.programmes or kind.by_name:
        return False
    return _follower().match(small, match.end()) is not None and not _YEARS.match(folded, match.end())


def _is_free_abbreviation(folded: str, word: _KindWord) -> bool:
    return folded[word.start : word.end] in {fold(short) for short in citation_words().short_abbreviations}
