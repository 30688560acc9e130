"""Reading one stretch of text: the documents it names, which stand in another's subject, and what governs each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antq_cli.extraction.aliases import Alias, find_aliases, masked
from antq_cli.extraction.grammar import Named, find_named
from antq_cli.extraction.identity import reference_of
from antq_cli.extraction.relations import begins_proposal, cue_before, is_list_join, relation_after
from antq_cli.extraction.tails import Region, Tail, read_tail, title_end
from antq_cli.model.letter import Reference, Relation
from antq_cli.vietnamese.dates import find_dates
from antq_cli.vietnamese.lexicon import citation_words, lowered
from antq_cli.vietnamese.text import fold

_SENTENCE_END = re.compile(r"(?P<word>(?<![\w/.])[\w/.]{0,24})[.!?][\"')]?\s(?=[\"\w+\-(])")
_LIST_MARK = re.compile(r"\s?(?:[,;]|\bva\b|\bcung\b)\s{0,2}(?:cac\s|nhung\s|mot so\s)?$")
_CHANGES = frozenset({Relation.AMENDS, Relation.REPLACES, Relation.REPEALS})
_TITLE_HEAD = 20
"""A document amends what the first words of its subject say it amends."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of a document; offsets are of the region."""

    named: Named
    tail: Tail
    end: int
    """After all that belongs to it, its subject too."""
    parent: int | None
    """Index of the mention in whose subject it stands."""
    reference: Reference
    relation: Relation
    alias: str | None = None


def read_mentions(text: str, led_by: Relation | None) -> list[Mention]:
    """The documents a stretch of running text names. `led_by` governs items of a list that have no cue themselves."""
    folded = fold(text)
    aliases = find_aliases(text, folded)
    if aliases:
        text = masked(text, aliases)
        folded = fold(text)
    named = find_named(text, folded)
    if not named:
        return []
    region = Region(text, folded, lowered(text), find_dates(text))
    mentions = _settled(region, named, led_by)
    return _with_aliases(mentions, aliases)


def _settled(region: Region, named: Sequence[Named], led_by: Relation | None) -> list[Mention]:
    mentions: list[Mention] = []
    ends = _sentence_ends(region.text, region.folded)
    index = 0
    while index < len(named):
        index = _settle(region, named, index, mentions, ends, None, None, led_by)
    return mentions


def _settle(
    region: Region,
    named: Sequence[Named],
    index: int,
    mentions: list[Mention],
    ends: Sequence[int],
    parent: int | None,
    bound: int | None,
    led_by: Relation | None,
) -> int:
    """Reads one document with those in its subject; gives the index of the next one outside it."""
    one = named[index]
    sentence = next((end for end in ends if end > one.end), len(region.text))
    limit = min(sentence, bound) if bound is not None else sentence
    following = named[index + 1].start if index + 1 < len(named) else limit
    tail = read_tail(region, one.end, max(one.end, min(limit, following)))
    place = len(mentions)
    relation = _relation(region, one, mentions, parent, ends, led_by)
    mentions.append(Mention(one, tail, tail.end, parent, _reference(region, one, tail, None), relation))
    index += 1
    end = tail.end
    if tail.title is not None:
        end = title_end(region, tail.title, limit, is_quoted=tail.is_quoted)
        index, end = _read_subject(region, named, index, mentions, ends, place, tail, end)
    reference = _reference(region, one, tail, end)
    if relation is Relation.MENTIONS and parent is None:
        relation = relation_after(region.folded, max(end, tail.end), sentence) or relation
    mentions[place] = replace(mentions[place], end=max(end, tail.end), reference=reference, relation=relation)
    return index


def _read_subject(
    region: Region,
    named: Sequence[Named],
    index: int,
    mentions: list[Mention],
    ends: Sequence[int],
    place: int,
    tail: Tail,
    end: int,
) -> tuple[int, int]:
    """The documents inside a subject; the subject ends before one that is an item of the outer list."""
    at, has_inner = tail.title_from if tail.title_from is not None else tail.end, False
    while index < len(named) and named[index].start < end:
        start = named[index].start
        is_item = not tail.is_quoted and not has_inner and start > at and _is_item(region.folded[at:start])
        if is_item:
            cut = begins_proposal(region.folded[at:start])
            return index, at + (cut if cut is not None else len(_LIST_MARK.sub("", region.folded[at:start])))
        has_inner = True
        index = _settle(region, named, index, mentions, ends, place, end, None)
        at = mentions[-1].end
        end = max(end, at) if tail.is_quoted else end
    return index, end


def _is_item(between: str) -> bool:
    """ "… về phòng, chống dịch và Công văn số 5": parted by a comma or "và", and no cue before it."""
    return _LIST_MARK.search(between) is not None or begins_proposal(between) is not None


def _relation(
    region: Region,
    one: Named,
    mentions: Sequence[Mention],
    parent: int | None,
    ends: Sequence[int],
    led_by: Relation | None,
) -> Relation:
    """The nearest cue before it; an item of a list is governed as the item before."""
    begin = max((end for end in ends if end <= one.start), default=0)
    previous = next((each for each in reversed(mentions) if each.parent == parent and each.end <= one.start), None)
    if parent is not None:
        outer = mentions[parent].tail
        begin = max(begin, outer.title_from if outer.title_from is not None else outer.end)
        previous = previous if previous is not None and previous.named.start >= begin else None
    # The subject of the item before may hold cues of its own; only what stands behind it counts.
    start = max(begin, previous.end) if previous is not None else begin
    cue = cue_before(region.text, region.folded, start, one.start)
    if cue is not None:
        is_far = parent is not None and cue.relation in _CHANGES and cue.start > begin + _TITLE_HEAD
        return Relation.MENTIONS if is_far else cue.relation
    if previous is not None and previous.end >= begin:
        joined = is_list_join(region.text, region.folded, previous.end, one.start)
        return previous.relation if joined else Relation.MENTIONS
    if led_by is not None and parent is None:
        return led_by
    return Relation.MENTIONS


def _reference(region: Region, one: Named, tail: Tail, end: int | None) -> Reference:
    title = one.law
    if title is None and tail.title is not None and end is not None:
        title = region.text[tail.title : end - 1 if tail.is_quoted else end].strip(" ,;:.(") or None
    number = one.number.canonical if one.number is not None else one.digits
    issuer = region.text[slice(*tail.issuer)].strip() if tail.issuer else None
    return reference_of(kind=one.kind, number=number, issued=tail.issued, issuer=issuer, title=title)


def _sentence_ends(text: str, folded: str) -> list[int]:
    ends = []
    for match in _SENTENCE_END.finditer(folded):
        if text[match.end() : match.end() + 1].islower():
            continue
        word = match["word"].rsplit("/", 1)[-1].strip(".")
        if word in citation_words().sentence_abbreviations or (len(word) == 1 and word.isalpha()):
            continue
        ends.append(match.end())
    return ends


def leading_relation(text: str) -> Relation | None:
    """What a line such as "Căn cứ các văn bản sau:" says of the items under it."""
    folded = fold(text)
    cue = cue_before(text, folded, max(0, len(text) - 160), len(text))
    return cue.relation if cue is not None else None


def _with_aliases(mentions: list[Mention], aliases: Sequence[Alias]) -> list[Mention]:
    for alias in aliases:
        before = [place for place, each in enumerate(mentions) if each.named.end <= alias.start]
        fitting = [place for place in before if _fits(mentions[place], alias)]
        if fitting:
            mentions[fitting[-1]] = replace(mentions[fitting[-1]], alias=alias.name)
    return mentions


def _fits(mention: Mention, alias: Alias) -> bool:
    """The short name has the document's number, or at least its kind."""
    one = mention.named
    digits = (one.number.digits if one.number is not None else one.digits) or ""
    if alias.digits is not None:
        return digits.lstrip("0") == alias.digits or (one.law is not None and alias.digits in one.law)
    name = fold(alias.name)
    words = citation_words()
    return (
        one.kind is not None and name.startswith(fold(one.kind).split()[0])
    ) or alias.name in words.short_abbreviations
