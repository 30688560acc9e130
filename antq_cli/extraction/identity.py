"""When two references mean one document: nothing that is known on both sides differs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.numbers import DocumentNumber, number_key, parse_number
from antq_cli.model.letter import Reference
from antq_cli.vietnamese.administration import bodies_named, body_coded, province_in
from antq_cli.vietnamese.lexicon import any_of, kind_named, lowered, organs
from antq_cli.vietnamese.text import clean, fold

_YEAR_IN_TITLE = re.compile(r"[\s,(]{1,3}(?:nam\s)?(?P<year>19[4-9]\d|20\d\d)\)?\W*$")
_PLACE_WORD = re.compile(r"[\w'-]{1,15}")
_PLACE_WORDS = 4
_FUZZY_PLACE = 8
"""Letters of a place's name from which on one may be misread: Tân Hà and Tân Hoa are two."""
_PARTY = "party"
_FUZZY_LETTERS = 4
"""Shorter codes differ by one letter as a rule: BCT, BYT, BTC."""


@dataclass(frozen=True, slots=True)
class _Key:
    digits: str
    year: str
    type: str
    organs: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        return bool(self.organs)


def agree(a: Reference, b: Reference) -> bool:
    """True when the two may be one document: number, kind, bodies, days and issuers, as far as both have them, agree.

    Without a number on one side only documents cited by name (laws, codes, ordinances) can agree, by equal names.
    A short form ("Chỉ thị 28") agrees with every full number of its kind that nothing else speaks against.
    """
    if not _dates_agree(a, b) or not _kinds_agree(a, b):
        return False
    one, other = _key(a), _key(b)
    if one is not None and other is not None:
        return _keys_agree(one, other, a, b) and _issuers_agree(a, b, one, other)
    return _is_by_name(a) and _is_by_name(b) and a.kind is not None and _names_agree(a, b)


def reference_of(
    *,
    kind: str | None = None,
    number: str | None = None,
    issued: date | None = None,
    issuer: str | None = None,
    title: str | None = None,
) -> Reference:
    """A reference with its comparison key: from the number; for a short form from kind and digits; for a law by name
    from its kind and title.
    """
    parsed = parse_number(number) if number else None
    if parsed is not None and parsed.digits:
        return Reference(kind, parsed.canonical, parsed.key, issued, issuer, title)
    bare = (number or "").strip()
    if bare.isdigit():
        return Reference(kind, bare, short_key(kind, bare), issued, issuer, title)
    return Reference(kind, number, name_key(kind, title), issued, issuer, title)


def short_key(kind: str | None, digits: str) -> str:
    """`28||CT` for "Chỉ thị 28"; `28` for kinds without an abbreviation."""
    known = kind_named(kind) if kind else None
    forms = (*known.abbreviations, *known.party, *known.also) if known is not None else ()
    bare = digits.lstrip("0") or "0"
    return f"{bare}||{fold(forms[0]).upper()}" if forms else bare


def name_key(kind: str | None, title: str | None) -> str | None:
    """`LUAT|dat dai` for a law cited by its name; None for other kinds or without a name."""
    known = kind_named(kind) if kind else None
    if known is None or not known.by_name:
        return None
    name, _ = _name_and_year(title or "")
    if not name and known.folded_names[0] != "hien phap":
        return None
    return f"{known.folded_names[0].upper().replace(' ', '')}|{name}"


def _key(reference: Reference) -> _Key | None:
    key = reference.key or (number_key(reference.number) if reference.number else None)
    if key is None and reference.number and reference.number.isdigit():
        key = short_key(reference.kind, reference.number)
    if key is None or not key[:1].isdigit():
        return None
    parts = [*key.split("|"), "", "", ""]
    return _Key(parts[0], parts[1], parts[2], tuple(part for part in parts[3:] if part))


def _keys_agree(one: _Key, other: _Key, a: Reference, b: Reference) -> bool:
    if one.digits != other.digits or (one.year and other.year and one.year != other.year):
        return False
    if not one.is_full or not other.is_full:
        return _short_agrees(one, other, a, b)
    if _reads_as_letter(one) and _reads_as_letter(other) and _all_codes(one) == _all_codes(other):
        return True
    if one.type != other.type and not _are_variants(one.type, other.type):
        return False
    if bool(one.year) != bool(other.year) and fold(one.type) not in organs().always_dated:
        # The year inside the number tells a normative act from an individual one of the same body.
        return False
    return _organs_agree(one, other, a, b)


def _short_agrees(one: _Key, other: _Key, a: Reference, b: Reference) -> bool:
    """One side has no bodies: its kind must be known, and be the other's."""
    if one.type and other.type:
        return one.type == other.type or _are_variants(one.type, other.type)
    if one.is_full == other.is_full:
        return a.kind is not None and b.kind is not None
    short, full = (b, a) if one.is_full else (a, b)
    kinds = _kinds_of(full)
    return short.kind is not None and (not kinds or any(same_kind(short.kind, kind) for kind in kinds))


def _reads_as_letter(key: _Key) -> bool:
    """`64/TC-TCT` may be read as a kind and a body, or as a body and a unit, as in `64 TC/TCT`."""
    return not key.year and (not key.type or fold(key.type) in organs().shared_types)


def _all_codes(key: _Key) -> tuple[str, ...]:
    return (*((key.type,) if key.type else ()), *key.organs)


def _are_variants(one: str, other: str) -> bool:
    """`CTR` and `CTRPH`, `KH` and `KHPH`: the joint form of the same kind."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and longer in (f"{shorter}PH", f"{shorter.removesuffix('R')}PH")


def _organs_agree(one: _Key, other: _Key, a: Reference, b: Reference) -> bool:
    left, right = sorted(one.organs), sorted(other.organs)
    if left == right:
        return True
    shorter, longer = sorted((one.organs, other.organs), key=len)
    if len(shorter) < len(longer):
        # "Thông tư 23/2012/TT-BCA" for 23/2012/TT-BCA-V28: the unit is often left out, and year or day make it sure.
        is_dated = bool(one.year and other.year) or (a.issued is not None and a.issued == b.issued)
        return is_dated and longer[: len(shorter)] == shorter
    differing = [code for code in left if code not in right], [code for code in right if code not in left]
    if len(differing[0]) != 1 or len(differing[1]) != 1:
        return False
    misread, right_code = differing[0][0], differing[1][0]
    if min(len(misread), len(right_code)) < _FUZZY_LETTERS or {fold(misread), fold(right_code)} <= _known_codes():
        return False
    return Levenshtein.distance(misread, right_code, score_cutoff=1) <= 1


def _known_codes() -> frozenset[str]:
    return frozenset(organs().spelling)


def _kinds_of(reference: Reference) -> tuple[str, ...]:
    """The kinds a reference may be of: the printed one, else those its symbol allows."""
    if reference.kind is not None:
        return (reference.kind,)
    parsed: DocumentNumber | None = parse_number(reference.number) if reference.number else None
    return parsed.kind_names if parsed is not None else ()


def _kinds_agree(a: Reference, b: Reference) -> bool:
    left, right = _kinds_of(a), _kinds_of(b)
    return not left or not right or any(same_kind(one, other) for one in left for other in right)


def same_kind(one: str, other: str) -> bool:
    """A chương trình phối hợp is a chương trình; a thông tư liên tịch is a thông tư."""
    left, right = " ".join(fold(one).split()), " ".join(fold(other).split())
    return left == right or left.startswith(right + " ") or right.startswith(left + " ")


def _dates_agree(a: Reference, b: Reference) -> bool:
    if a.issued is not None and b.issued is not None:
        return a.issued == b.issued
    one, other = _year(a), _year(b)
    return one is None or other is None or one == other


def _year(reference: Reference) -> int | None:
    if reference.issued is not None:
        return reference.issued.year
    parts = (reference.key or "").split("|")
    if len(parts) > 1 and parts[0][:1].isdigit() and parts[1].isdigit():
        return int(parts[1])
    return _name_and_year(reference.title)[1] if _is_by_name(reference) and reference.title else None


def _issuers_agree(a: Reference, b: Reference, one: _Key, other: _Key) -> bool:
    left, right = _bodies(a, one), _bodies(b, other)
    if not (one.is_full and other.is_full) and left and right and not left & right:
        return False
    if a.issuer is None or b.issuer is None:
        return True
    named, named_too = bodies_named(clean(a.issuer)), bodies_named(clean(b.issuer))
    if named and named_too and not named & named_too:
        return False
    if (level := _level(a.issuer)) and (level_too := _level(b.issuer)) and level != level_too:
        return False
    if not _places_agree(a.issuer, b.issuer):
        return False
    area, area_too = province_in(clean(a.issuer)), province_in(clean(b.issuer))
    return area is None or area_too is None or area == area_too


def _places_agree(one: str, other: str) -> bool:
    """False for "huyện Đức Trọng" and "huyện Lâm Hà"; one misread letter of a long name parts none."""
    named, named_too = _places(one), _places(other)
    return all(
        Levenshtein.distance(name, named_too[level], score_cutoff=1) <= (len(name) >= _FUZZY_PLACE)
        for level, name in named.items()
        if level in named_too
    )


def _places(issuer: str) -> dict[str, str]:
    """Level and folded name of the places below the province that an issuer is named by: `district` and `duc trong`."""
    printed = clean(issuer)
    small, found = lowered(printed), {}
    for level, pattern in _levels()[:2]:
        match = pattern.search(small)
        if match is None:
            continue
        words: list[str] = []
        for word in re.split(r"\s{1,3}", re.split(r"[,;(]", printed[match.end() :].strip(), maxsplit=1)[0]):
            is_name = _PLACE_WORD.fullmatch(word) and not word[0].islower()
            if not is_name or len(words) == _PLACE_WORDS or any(each.search(lowered(word)) for _, each in _levels()):
                break
            words.append(fold(word))
        if words:
            found[level] = " ".join(words)
    return found


def _bodies(reference: Reference, key: _Key) -> frozenset[str]:
    """Ids of the bodies that issued it, by its symbol and by the issuer's name."""
    found = {body for code in key.organs if (body := body_coded(code))}
    if any(fold(code) in organs().party for code in key.organs):
        found.add(_PARTY)
    if reference.issuer:
        found |= bodies_named(clean(reference.issuer))
        if any(name in fold(clean(reference.issuer)) for name in organs().party_names):
            found.add(_PARTY)
    return frozenset(found)


def _level(issuer: str) -> str | None:
    small = lowered(clean(issuer))
    return next((name for name, pattern in _levels() if pattern.search(small)), None)


@cache
def _levels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Lowest first, for a commune's body is named with its province. "xã hội" is no commune."""
    return tuple(
        (name, re.compile(rf"(?<!\w){any_of(words)}(?!\w|\s+h\S{{1,2}}i\b)")) for name, words in organs().levels
    )


def _is_by_name(reference: Reference) -> bool:
    kind = kind_named(reference.kind) if reference.kind else None
    return kind is not None and kind.by_name


def _names_agree(a: Reference, b: Reference) -> bool:
    one, other = _name_and_year(a.title or "")[0], _name_and_year(b.title or "")[0]
    is_named = bool(one) or (kind_named(a.kind or "") == kind_named("hien phap"))
    # "một số điều Luật …" for "một số điều của Luật …".
    return is_named and one.replace(" cua ", " ") == other.replace(" cua ", " ")


def _name_and_year(title: str) -> tuple[str, int | None]:
    """The folded name of a law without its marks, and the year behind it."""
    folded = fold(clean(title)).strip(" .,;:'\"()")
    match = _YEAR_IN_TITLE.search(" " + folded)
    year = int(match["year"]) if match else None
    if match:
        folded = (" " + folded)[: match.start()]
    return " ".join(re.findall(r"[a-z0-9]+", folded)), year
