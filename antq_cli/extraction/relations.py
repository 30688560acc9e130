"""How a document stands to one it cites: the cue before the citation (`tables/relations.toml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from antq_cli.model.letter import Relation
from antq_cli.vietnamese.lexicon import agencies, any_of, kinds, lowered, read_table

_CHANGES = frozenset({Relation.AMENDS, Relation.REPLACES, Relation.REPEALS})
_REACH = 130
"""Characters between a cue and what it governs."""
_WINDOW = 400
_LIST = re.compile(
    r"(?:[\s,;:\"'.)-]|\b(?:va|hoac|cung|voi|cac|nhung|noi dung|mot so|van ban|sau|gom|khac|lien quan|tai|cua)\b){0,30}"
)
_PROPOSAL = re.compile(r"(?:[,;]|\bva\b)\s{1,2}(?:theo\s)?(?:de nghi|de xuat|y kien)\b[^;.]{0,140}\btai\s{0,2}$")
_LIST_END = re.compile(r"(?:[,;:]|\bva\b|\bhoac\b|\bcung\b|\bvoi\b)\s?(?:\b(?:cac|nhung|noi dung|tai|theo)\b\s?){0,3}$")


_TOLD = re.compile(r"\b(?:duoc|bi|da|se|dang)\s{1,2}$")
"""Before a word of change: what others did, have done or will do."""
_DRAFT = re.compile(r"\bdu thao\b[^,;.:()]{0,60}$")
"""What a draft is to do with a document, nothing does yet."""
_BY = re.compile(r"\s{1,2}(?:boi|bang)\b")
_NEXT = 30
"""Characters between a word of change and the "theo" that belongs to it."""


@dataclass(frozen=True, slots=True)
class Cue:
    relation: Relation
    start: int
    end: int


def strength(relation: Relation) -> int:
    """0 for the strongest; several mentions of one document become one citation with the strongest relation."""
    order: list[str] = _table()["order"]
    return order.index(relation.value)


def cue_before(text: str, folded: str, start: int, at: int) -> Cue | None:
    """The cue that governs what stands at an offset; it is looked for from `start` on, in the same sentence."""
    nearest: Cue | None = None
    earlier: Cue | None = None
    floor = max(start, at - _WINDOW)
    pattern, relations = _cues()
    for match in pattern.finditer(folded, floor, at):
        earlier, nearest = nearest, Cue(relations[(match.lastindex or 1) - 1], match.start(), match.end())
    if nearest is None or at - nearest.end > _REACH or _is_broken(text, folded, nearest.end, at):
        return None
    if (
        _is_denied(text, floor, nearest)
        or _is_asked_for(folded, floor, nearest)
        or _DRAFT.search(folded, max(floor, nearest.start - 70), nearest.start)
        or _is_told_change(folded, floor, nearest, at)
        or (earlier is not None and _is_way_of_change(folded, floor, earlier, nearest))
    ):
        return Cue(Relation.MENTIONS, nearest.start, nearest.end)
    if nearest.relation in _CHANGES and _proposal_words().search(
        folded, max(start, nearest.start - 160), nearest.start
    ):
        # Who proposes to amend does not amend.
        return Cue(Relation.MENTIONS, nearest.start, nearest.end)
    return nearest


def is_list_join(text: str, folded: str, start: int, at: int) -> bool:
    """True when only what parts two items of one list stands between: the second is governed as the first."""
    between = folded[start:at]
    if _LIST.fullmatch(between) or begins_proposal(between) is not None:
        return True
    if len(between) > 80 or _LIST_END.search(between) is None or re.search(r"[.!?]", between):
        return False
    return not _is_broken(text, folded, start, at)


def begins_proposal(between: str) -> int | None:
    """Where "và đề nghị của … tại", which leads to a further item of the list, begins; None when it is not there."""
    match = _PROPOSAL.search(between)
    return match.start() if match else None


def _is_denied(text: str, floor: int, cue: Cue) -> bool:
    """ "chưa thực hiện", "không thay thế". With its marks: "sửa chữa theo" denies nothing."""
    words = lowered(text[max(floor, cue.start - 16) : cue.start])
    return re.search(rf"(?<!\w){any_of(tuple(_table()['clause']['denial']))}\s{{1,2}}$", words) is not None


def _is_asked_for(folded: str, floor: int, cue: Cue) -> bool:
    """ "Đề nghị Sở Y tế trả lời Công văn …": who asks for an answer does not answer."""
    return cue.relation is Relation.REPLIES_TO and _request().search(folded[floor : cue.start]) is not None


def _is_told_change(folded: str, floor: int, cue: Cue, at: int) -> bool:
    """ "được sửa đổi bởi Nghị định …": the document named is the one that changes another; "năm 2021 sẽ bãi bỏ".

    "Các văn bản sau bị bãi bỏ:" leads to what is changed.
    """
    is_told = _TOLD.search(folded, max(floor, cue.start - 8), cue.start) is not None
    return (
        cue.relation in _CHANGES
        and (is_told or _BY.match(folded, cue.end, at) is not None)
        and (":" not in folded[cue.end : at])
    )


def _is_way_of_change(folded: str, floor: int, earlier: Cue, cue: Cue) -> bool:
    """ "được sửa đổi, bổ sung theo Nghị định …": nothing rests on the one that changed another."""
    return (
        cue.relation is Relation.BASED_ON
        and cue.start - earlier.end <= _NEXT
        and _is_told_change(folded, floor, earlier, cue.start)
    )


def relation_after(folded: str, end: int, limit: int) -> Relation | None:
    """What is said of the document right behind it: "… hết hiệu lực", where the letter tells that it ends it.

    "đã hết hiệu lực từ ngày …" tells what others did.
    """
    stop = min(limit, end + 60)
    found = next((relation for pattern, relation in _after() if pattern.match(folded, end, stop)), None)
    begin = max(folded.rfind(". ", 0, end), end - _WINDOW, 0)
    return found if found is not None and _itself().search(folded, begin, limit) else None


@cache
def _table() -> dict[str, Any]:
    return read_table("relations")


@cache
def _cues() -> tuple[re.Pattern[str], tuple[Relation, ...]]:
    """One group per cue, longest first, so that "hướng dẫn thực hiện" is tried before "thực hiện"."""
    rows = [
        (phrase, relation) for name, phrases in _table()["cues"].items() for phrase, relation in _each(phrases, name)
    ]
    rows.sort(key=lambda row: (-len(row[0]), row[0]))
    return re.compile(r"\b(?:" + "|".join(f"({_phrase(phrase)})" for phrase, _ in rows) + r")\b"), tuple(
        relation for _, relation in rows
    )


def _each(phrases: list[str], name: str) -> list[tuple[str, Relation]]:
    return [(phrase, Relation(name)) for phrase in phrases]


def _phrase(phrase: str) -> str:
    gap = rf"(?:\s{{1,2}}[^\s.;]{{1,24}}){{0,{_table()['gap']}}}?\s{{1,2}}"
    parts = (
        r"\s{1,2}".join(re.escape(word.rstrip(",")) + (r"\s?," if word.endswith(",") else "") for word in part.split())
        for part in phrase.split(" ... ")
    )
    return gap.join(parts)


@cache
def _after() -> tuple[tuple[re.Pattern[str], Relation], ...]:
    return tuple(
        (re.compile(rf"[^.;]{{0,40}}?\b{any_of(tuple(phrases))}\b"), Relation(name))
        for name, phrases in _table()["after"].items()
    )


@cache
def _itself() -> re.Pattern[str]:
    """ "Nghị định này", "kể từ ngày ký"."""
    names = tuple(dict.fromkeys(name for kind in kinds() for name in kind.folded_names))
    return re.compile(rf"\b(?:{any_of((*names, 'van ban'))}\s{{1,2}}nay|ke tu ngay ky)\b")


@cache
def _request() -> re.Pattern[str]:
    words = any_of(tuple(_table()["clause"]["request"]))
    return re.compile(rf"(?:^|[,;:.]\s{{0,2}}|\bva\s|\bsau do\s|\bkinh\s){words}\b[^;.:]{{0,120}}$")


@cache
def _proposal_words() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(tuple(_table()['clause']['proposal']))}\b")


@cache
def _new_clause() -> re.Pattern[str]:
    return re.compile(rf",\s{{1,2}}(?=(?P<head>{any_of(agencies().heads)})\b)")


def _is_broken(text: str, folded: str, start: int, at: int) -> bool:
    """True when another clause begins between: a semicolon, or a comma and a body of its own."""
    if ";" in text[start:at]:
        return True
    return any(text[match.end()].isupper() for match in _new_clause().finditer(folded, start, at))
