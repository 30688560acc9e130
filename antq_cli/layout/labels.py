"""Is this row that label? Tolerant of what OCR does to letters, over folded text."""

from __future__ import annotations

import re
from itertools import takewhile

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from antq_cli.layout.rows import Row
from antq_cli.vietnamese.lexicon import formulas, kinds
from antq_cli.vietnamese.text import fold, is_upper, upper_share

LIKE = 80.0
"""Similarity in per cent from which a long set phrase counts as seen."""

NUMBER_LABEL = re.compile(r"\W{0,2}s[o06]\s{0,3}[^a-z\s]|\W{0,2}s[o06]$")
SYMBOL = re.compile(r"\d{0,6}\s?[/-]\s?[A-ZĐ]{1,6}[A-Za-zĐđ]{0,6}\s?[-/]\s?[A-ZĐ]{2,}|/\s?[A-ZĐ]{2,}")
DATE = re.compile(r"nga?y?\W{0,4}.{0,14}?thang.{0,10}?nam|\bthang.{0,10}?\bnam\b|\bngay.{1,12}?\bthang\b")
NUMERIC_DATE = re.compile(r"(?:\bngay\s{0,3}|^\D{2,40},\s?)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}\b")
_PUNCTUATION = " .:;,-–—_~*'\"|“”‘’^`"


def is_like(folded: str, phrase: str) -> bool:
    """True when the phrase stands in the folded text, some letters wrong."""
    if len(folded) < len(phrase) * 0.7:
        return False
    return fuzz.partial_ratio(phrase, folded, score_cutoff=LIKE) >= LIKE


def starts_like(folded: str, phrase: str, errors: int = 1) -> bool:
    """True when the text begins with the phrase, up to this many letters wrong; marks before it do not count."""
    head = folded.lstrip(_PUNCTUATION)
    return any(
        Levenshtein.distance(head[:size], phrase, score_cutoff=errors) <= errors
        for size in (len(phrase), len(phrase) - 1, len(phrase) + 1)
        if 0 < size <= len(head)
    )


def is_national_title(row: Row) -> bool:
    return is_like(row.folded, formulas().national_title)


def is_motto(row: Row) -> bool:
    return is_like(row.folded, formulas().motto)


def is_party_title(row: Row) -> bool:
    return is_like(row.folded, formulas().party_title) and upper_share(row.text) > 0.6


def is_title(row: Row) -> bool:
    """The national title, its motto, or the Party's title."""
    return is_national_title(row) or is_motto(row) or is_party_title(row)


_WITHIN_SENTENCE = re.compile(
    r"\b(?:truoc|sau|den|tu|het|vao|trong|qua|sang|chieu|toi|ke tu|cham nhat|thoi gian|den het)\W{1,2}(?:het\s)?ngay\b"
)


def is_date_line(row: Row) -> bool:
    """A line with "ngày … tháng … năm", except a deadline or what binds an annex to its document."""
    if row.folded.startswith(("(", "can cu ")) or "kem theo" in row.folded or _WITHIN_SENTENCE.search(row.folded):
        return False
    return bool(DATE.search(row.folded) or NUMERIC_DATE.search(row.folded))


_PLACE = r"(?P<place>[^\d(]{2,12}\d{1,2},\s?|[^\d(]{0,45}?)"
_DATED_PLACE = (
    re.compile(_PLACE + r"\W{0,3}(?:n?g[ae]y.{0,16}?)?th[ae]ng.{0,12}?n[ae]m.{0,10}$"),
    re.compile(_PLACE + r"(?:ngay\s?|,\s?)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}\W{0,3}$"),
)
SMALL_WORDS = 2
"""Words in small letters in a place's name at most: `Thành phố Huế`; a sentence has more."""


def is_dated_place(row: Row) -> bool:
    """A short line that is nothing but a place and a date."""
    match = next((match for pattern in _DATED_PLACE if (match := pattern.match(row.folded)) is not None), None)
    if match is None or not is_date_line(row):
        return False
    place = row.text[: match.end("place")].split()
    return sum(word[0].islower() for word in place) <= SMALL_WORDS


_PART_OF_DATE = re.compile(
    r"^(?:[^\d(]{2,40},\s?ngay\W{0,3}.{0,14}(?:nam)?$|\d{4}$"
    r"|(?:\d{0,2}\s?thang\W{1,3}\d{0,2}\s?)?(?:\d{1,2}\s)?nam\s\d{4}\W{0,3}$)"
)


def is_part_of_date(row: Row) -> bool:
    """Half of a line of place and date that is broken in two."""
    return len(row.folded) < 60 and _PART_OF_DATE.match(row.folded) is not None


def is_number_line(row: Row) -> bool:
    """A label "Số" with something after it, or a bare symbol such as /QĐ-UBND."""
    if NUMBER_LABEL.match(row.folded):
        # "Sở, ban, ngành …" folds to the same label: a number line has a digit, a symbol, or nothing at all.
        bare = row.folded.strip(_PUNCTUATION + "\u2026")
        return len(row.text) < 120 and (
            len(bare) <= 3 or any(c.isdigit() for c in row.text[:24]) or SYMBOL.search(row.text) is not None
        )
    return len(row.text) < 40 and SYMBOL.search(row.text) is not None


def is_annex(row: Row) -> bool:
    """The heading of an annex: `PHỤ LỤC I`."""
    head = row.folded.strip(_PUNCTUATION)
    return any(head == word or head.startswith(word + " ") for word in formulas().annex) and upper_share(row.text) > 0.6


def is_copy(row: Row) -> bool:
    """The heading of a copy: `SAO Y`, `TRÍCH SAO` (NĐ 30/2020, Phụ lục I, Phần II)."""
    return row.folded.strip(_PUNCTUATION) in formulas().copies and is_upper(row.text)


def is_copy_mark(row: Row) -> bool:
    """The mark of an electronic copy: `SAO Y; UBND TỈNH …; 20/4/2023; 14:05` (the same, Phần II.I.3)."""
    return any(row.folded.startswith(copy + ";") for copy in formulas().copies)


def opens_another(row: Row) -> bool:
    """The row begins a document below the letter's end: a title, an annex's or a copy's heading, a kind alone."""
    return is_title(row) or is_annex(row) or is_copy(row) or (kind_of(row) is not None and is_upper(row.text))


def is_addressees(row: Row) -> bool:
    return any(starts_like(row.folded, label) for label in formulas().addressees)


def is_recipients(row: Row) -> bool:
    """The label "Nơi nhận": alone, or with a colon after it."""
    label = formulas().recipients
    if not starts_like(row.folded, label):
        return False
    rest = row.folded.lstrip(_PUNCTUATION)[len(label) - 1 : len(label) + 4]
    return ":" in rest or len(row.folded.strip(_PUNCTUATION)) <= len(label) + 2


def subject_label(row: Row) -> str | None:
    """The label of a công văn's subject at the start of the row: `v/v`, `ve viec`."""
    head = row.folded.lstrip(_PUNCTUATION)
    return next((label for label in formulas().subject_labels if head.startswith(label)), None)


def heading_words(text: str) -> str:
    """The words of a heading; scraps of a stamp beside it, of one or two small letters, and marks are left out."""
    return " ".join(word for word in re.findall(r"\w+", text) if len(word) > 2 or is_upper(word))


def kind_of(row: Row) -> str | None:
    """The kind whose name this row prints in capitals, alone or as its first words; None when it prints none."""
    text = heading_words(row.text)
    if upper_share(text) < 0.8:
        return _kind_before_subject(text)
    head = fold(text)
    for kind in kinds():
        for name in kind.names:
            if head == fold(name) or (len(head) > len(name) + 3 and _begins_with(text, head, name)):
                return kind.name
    if len(head) >= 5 and not any(c.isdigit() for c in head):
        for kind in kinds():
            for name in kind.folded_names:
                if len(name) >= 6 and Levenshtein.distance(head, name, score_cutoff=1) <= 1:
                    return kind.name
    return None


def _begins_with(text: str, folded: str, name: str) -> bool:
    """Does the text begin with the name? Marks may be misread, but not all of them: PHƯỜNG AN HÒA is no PHƯƠNG ÁN."""
    if not folded.startswith(fold(name) + " "):
        return False
    printed = text[: len(name)].lower()
    return printed.isascii() or any(ours == theirs for ours, theirs in zip(printed.split(), name.split(), strict=False))


def _kind_before_subject(text: str) -> str | None:
    """`KẾ HOẠCH Chỉnh lý tài liệu`: the whole name in capitals, its subject on the same line."""
    words = text.split()
    head = list(takewhile(is_upper, words))
    if not head or len(head) == len(words) or not words[len(head)][0].isupper():
        return None
    name = fold(" ".join(head))
    return next((kind.name for kind in kinds() if name in kind.folded_names and " " in name), None)


_AUTHORITY = re.compile(
    r"(?:tm|kt|tl|tuq|t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|t\s?/\s?uq)\s?[.,:]?\s?(?=[a-z])|q\s?\.\s?(?=[a-z])"
)


def is_authority(text: str, folded: str) -> bool:
    """A line such as `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `T/M BAN THƯỜNG VỤ`, in capitals."""
    head = folded.lstrip(_PUNCTUATION)
    match = _AUTHORITY.match(head)
    if match is None or upper_share(text) < 0.7:
        return False
    mark = match.group()
    # "KT CHU" without a mark between is accepted, but "TLE" is a word.
    return not mark[-1].isalpha() or len(head) > len(mark) + 3


def is_position(text: str, folded: str) -> bool:
    """A line that begins with a position (chức vụ) in capitals: `CHỦ TỊCH`, `PHÓ GIÁM ĐỐC`."""
    if upper_share(text) < 0.75:
        return False
    head = folded.strip(_PUNCTUATION)
    return any(
        head == position or (len(position) > 6 and (head.startswith(position + " ") or starts_like(head, position)))
        for position in formulas().positions
    )


def is_signature_head(row: Row) -> bool:
    """The row may open a signature block."""
    return is_authority(row.text, row.folded) or (is_position(row.text, row.folded) and is_upper(row.text))


def is_page_number(row: Row, height: float) -> bool:
    """A lone number of up to three digits near the top or the bottom of the page."""
    bare = row.folded.strip(_PUNCTUATION)
    return bare.isdigit() and len(bare) <= 3 and (row.box.top < 0.09 * height or row.box.bottom > 0.92 * height)
