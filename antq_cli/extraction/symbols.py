"""The grammar of one number and symbol: where it ends, and what its parts are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from antq_cli.extraction.lookalikes import LIGATURE, without_ligature
from antq_cli.extraction.symbol_kinds import kinds_of_symbol
from antq_cli.vietnamese.lexicon import organs, symbol_types
from antq_cli.vietnamese.text import fold, is_upper

_DIGITS = r"(?:\d{1,3}\.\d{3}|[\doil|]{1,6}(?:\.\d{1,2})?)"
_NUMBER = re.compile(rf"(?P<digits>{_DIGITS})(?P<suffix>[a-z](?=\s?[/-]))?")
_YEAR = re.compile(r"\s{0,2}(?P<sep>[/-])\s{0,2}(?P<year>19[4-9]\d|20\d\d)(?=\s{0,2}[/-])")
_LEAD = re.compile(r"\s{0,3}(?P<mark>[/-]|)\s{0,3}")
_SEPARATOR = re.compile(r"\s{0,3}[/-]\s{0,3}|\s")
_CODE = re.compile(r"[a-z][a-z0-9&.\u0153\u00e6]{0,14}(?![\w&])")
"""With the ligatures that OCR makes of two letters; no code has one."""
_PARLIAMENT = re.compile(r"(?P<body>ubtvqh|qh)\s?(?P<term>[0-9il]{1,2})\b")
_AREA = re.compile(r"\s(?:tinh|thanh|huyen|quan|thi|xa|phuong|viet|cac|cap)\b")
_DIGIT_TWINS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "i": "1", "|": "1"})
_TONES = re.compile(r"[\u0300\u0301\u0303\u0309\u0323]")
_MOST_CODES = 6

LETTER = "letter"
PARTY = "party"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number and symbol in its parts."""

    digits: str
    """As printed, with leading zeros, decimals (`66.7`) and a letter (`12a`); empty when the place is blank."""
    year: int | None
    """The year inside the number, which normative documents have."""
    kind_abbreviation: str | None
    """In its canonical case: `CTr`, `QĐ`. None for a công văn and for documents of the National Assembly."""
    organs: tuple[str, ...]
    """Codes of bodies, units, fields, in their order."""
    family: str
    """`qh`, `normative`, `party`, `administrative`, `letter`, `glued`, `no_slash`, `legacy`."""
    repaired: bool = False
    """True when the canonical form mends what was printed: a lost separator, a letter for a digit, D for Đ."""

    @property
    def canonical(self) -> str:
        """`09/CTr-BCA-MTTW`, `138-KH/TU`, `1305/UBND-NCPC`, `33/2024/QH15`, `14-CP`."""
        organs_part = "-".join(self.organs)
        if self.family == PARTY:
            return f"{self.digits}-{self.kind_abbreviation}/{organs_part}"
        if self.family == "legacy":
            return f"{self.digits}-{organs_part}"
        symbol = "-".join(part for part in (self.kind_abbreviation, organs_part) if part)
        year = f"/{self.year}" if self.year else ""
        return f"{self.digits}{year}/{symbol}"

    @property
    def key(self) -> str:
        """`9||CTR|BCA|MTTW`: number without leading zeros, year, type, bodies; upper case, no marks, no punctuation.

        Separators are not part of it, so `09/CT-TW` and `09-CT/TW` share a key: OCR and hurried typists mix them up,
        while bodies of state and Party have codes of their own.
        """
        bare = self.digits.lstrip("0") or self.digits[:1]
        parts = (bare, str(self.year or ""), self.kind_abbreviation or "", *self.organs)
        return "|".join(_key_part(part) for part in parts).rstrip("|")

    @property
    def kind_names(self) -> tuple[str, ...]:
        """The kinds it may be, most likely first; empty when the symbol does not tell."""
        return kinds_of_symbol(self.family, self.year, self.kind_abbreviation, self.organs)


class Scanned(NamedTuple):
    """A number found in a text, and the offset after it."""

    number: DocumentNumber
    end: int


class _Codes(NamedTuple):
    codes: list[str]
    separators: list[str]
    """Before each code but the first: `-`, `/`, `.` or a blank."""
    end: int


def scan_number(text: str, folded: str, at: int) -> Scanned | None:
    """The number and symbol that begins at an offset; `folded` is the folded text, with the same offsets."""
    match = _NUMBER.match(folded, at)
    if match is None or not any(c.isdigit() for c in match["digits"]):
        return None
    digits = text[at : match.end("digits")]
    suffix = text[match.end("digits") : match.end()]
    mended = digits.translate(_DIGIT_TWINS)
    if re.fullmatch(r"\d{1,3}\.\d{3}", mended):
        mended = mended.replace(".", "")
    repaired = mended != digits
    end = match.end()
    year = _YEAR.match(folded, end)
    if year is not None:
        repaired = repaired or year["sep"] != "/"
        end = year.end()
    return scan_symbol(text, folded, end, mended + suffix, int(year["year"]) if year else None, repaired=repaired)


def scan_symbol(
    text: str, folded: str, at: int, digits: str, year: int | None, *, repaired: bool = False
) -> Scanned | None:
    """What follows number and year: separators and codes."""
    first = _LEAD.match(folded, at)
    lead = first["mark"] if first else ""
    at = first.end() if first else at
    parliament = _PARLIAMENT.match(folded, at)
    if parliament is not None and year is not None:
        term = text[parliament.start("term") : parliament.end()].translate(_DIGIT_TWINS)
        number = DocumentNumber(digits, year, None, (parliament["body"].upper() + term,), "qh", repaired)
        return Scanned(number, parliament.end())
    codes, separators, end = _codes(text, folded, at)
    if not codes or not _is_symbol(codes, year):
        return None
    made = _assembled(digits, year, lead, codes, separators, repaired or (year is not None and lead != "/"))
    return Scanned(made, end) if made is not None else None


def _codes(text: str, folded: str, at: int) -> _Codes:
    codes: list[str] = []
    separators: list[str] = []
    end = at
    match = _code_at(text, folded, at)
    while match is not None and len(codes) < _MOST_CODES:
        code = text[match.start() : match.end()]
        end = match.start() + len(code.rstrip("."))
        head, dot, tail = code.rstrip(".").partition(".")
        if dot and fold(head) in symbol_types() and not codes:
            codes += [head, tail]
            separators.append(dot)
        else:
            codes.append(code.rstrip("."))
        separator = None if code.endswith(".") else _SEPARATOR.match(folded, match.end())
        following = _code_at(text, folded, separator.end()) if separator is not None else None
        if separator is None or following is None or not _may_follow(text, folded, following, separator.group(), codes):
            break
        separators.append(separator.group().strip() or " ")
        match = following
    return _Codes(codes, separators, end)


def _code_at(text: str, folded: str, at: int) -> re.Match[str] | None:
    """A code has no tone marks: "Sở" after a hyphen is a word."""
    match = _CODE.match(folded, at)
    if match is None or _TONES.search(unicodedata.normalize("NFD", text[match.start() : match.end()])):
        return None
    return match


def _may_follow(text: str, folded: str, code: re.Match[str], separator: str, before: list[str]) -> bool:
    """After a blank only a body that is sure goes on: `33/KH UBND`; a word in small letters ends a symbol."""
    printed = text[code.start() : code.end()].rstrip(".")
    mark = separator.strip()
    if not mark:
        return (
            len(before) == 1
            and fold(before[0]) in symbol_types()
            and fold(printed) in organs().sure
            and is_upper(printed)
        ) or (
            len(before) == 1
            and is_upper(before[0])
            and is_upper(printed)
            and folded[code.end() : code.end() + 1] == "/"
        )
    if separator.startswith(" ") and separator.endswith(" ") and len(before) > 1:
        return is_upper(printed) and len(printed) > 1 and not _AREA.match(folded, code.end())
    if before[0][0].islower():
        return True
    capitals = sum(c.isupper() for c in printed)
    return printed[0].isupper() and (
        capitals > 1 or any(c.isdigit() for c in printed) or fold(printed) in organs().spelling or len(printed) == 1
    )


def _is_symbol(codes: list[str], year: int | None) -> bool:
    """Printed symbols are in capitals; typed queries may be in small letters when a known code begins them."""
    first = fold(codes[0])
    if codes[0][0].isupper():
        return sum(c.isupper() for code in codes for c in code) >= 2 or (year is not None and first in symbol_types())
    return first in symbol_types() or (first in organs().spelling and len(first) > 1)


def _assembled(
    digits: str, year: int | None, lead: str, codes: list[str], separators: list[str], repaired: bool
) -> DocumentNumber | None:
    table = organs()
    first = fold(codes[0])
    is_type = first in symbol_types() and not _is_board(codes)
    if not is_type and first not in table.spelling and (glued := _unglued(codes[0], year)) is not None:
        kind, organ = glued
        family = "normative" if year is not None else "glued" if lead else "no_slash"
        return _made(digits, year, kind, [organ, *codes[1:]], family, repaired=True)
    if is_type:
        return _of_type(digits, year, lead, codes, separators, repaired)
    if not lead:
        if digits.isdigit() and separators == ["/"] and is_upper("".join(codes)) and year is None:
            return _made(digits, year, None, codes, LETTER, repaired=True)
        if first not in table.sure or (len(codes) == 1 and not digits):
            return None
        return _made(digits, year, None, codes, "no_slash", repaired=True)
    if lead == "-":
        return (
            _made(digits, year, None, codes, "legacy", repaired) if first in table.legacy and not separators else None
        )
    return _made(digits, year, None, codes, LETTER, repaired or "/" in separators)


def _of_type(
    digits: str, year: int | None, lead: str, codes: list[str], separators: list[str], repaired: bool
) -> DocumentNumber | None:
    table = organs()
    bodies = codes[1:]
    first_mark = separators[0] if separators else ""
    if year is not None:
        return _made(digits, year, codes[0], bodies, "normative", repaired or first_mark not in ("", "-"))
    if not bodies:
        if lead == "-" and fold(codes[0]) in table.legacy:
            return _made(digits, year, None, codes, "legacy", repaired)
        return _made(digits, year, codes[0], [], "administrative", repaired) if lead == "/" else None
    if not lead:
        if fold(bodies[0]) not in table.spelling:
            return None
        if first_mark == "/" and fold(bodies[0]) not in table.party:
            # The letters of before 2005: "64 TC/TCT".
            return _made(digits, year, None, codes, LETTER, repaired=True)
        family = PARTY if first_mark == "/" else "no_slash"
        return _made(digits, year, codes[0], bodies, family, repaired=True)
    if lead == "-" and first_mark == "/":
        return _made(digits, year, codes[0], bodies, PARTY, repaired)
    if lead == "/" and first_mark == "-":
        return _made(digits, year, codes[0], bodies, "administrative", repaired)
    # Both marks alike, or a dot or a blank for one of them: the body tells which form was meant.
    family = PARTY if fold(bodies[0]) in table.party else "administrative"
    return _made(digits, year, codes[0], bodies, family, repaired=True)


def _is_board(codes: list[str]) -> bool:
    """`6/BTT-MTTQ`: Ban Thường trực of the Front, not a bản thỏa thuận."""
    return fold(codes[0]) == "btt" and any("mt" in fold(code) for code in codes[1:])


def _unglued(code: str, year: int | None) -> tuple[str, str] | None:
    """Kind and body of a code that lost its hyphen: `TBMTTQ`, `NĐCP`; None when it is one code."""
    folded = fold(code)
    if folded in organs().not_glued or len(folded) < 4:
        return None
    for size in range(min(5, len(folded) - 2), 0, -1):
        rest = folded[size:]
        sure = rest in organs().sure or rest in ("tu", "tw") or (year is not None and rest == "cp")
        if sure and folded[:size] in symbol_types() and (year is not None or size > 1):
            return code[:size], code[size:]
    return None


def _made(
    digits: str, year: int | None, kind: str | None, bodies: list[str], family: str, repaired: bool
) -> DocumentNumber:
    spelled = None if kind is None else _spelled_type(kind)
    codes = tuple(_spelled_organ(code) for code in bodies)
    repaired = repaired or spelled != kind or codes != tuple(bodies)
    return DocumentNumber(digits, year, spelled, codes, family, repaired)


def _spelled_type(printed: str) -> str:
    spellings = symbol_types()[fold(printed)]
    return printed if printed in spellings else spellings[0]


def _spelled_organ(printed: str) -> str:
    known = organs().spelling.get(fold(printed).replace("&", "").replace(".", ""))
    if (ligature := LIGATURE.search(printed)) is not None:
        return without_ligature(printed, ligature.start())
    if known is not None and len(known) == len(printed):
        return known
    return printed.upper() if printed.islower() else printed


def _key_part(part: str) -> str:
    return "".join(c for c in fold(part).upper() if c.isalnum() or c == ".").strip(".")
