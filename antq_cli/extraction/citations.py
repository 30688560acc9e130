"""Văn bản viện dẫn: the documents a letter names, how it stands to each, and where that is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from antq_cli.extraction.aliases import Alias, find_aliases, masked
from antq_cli.extraction.grammar import Named, find_named
from antq_cli.extraction.identity import agree, reference_of
from antq_cli.extraction.relations import begins_proposal, cue_before, is_list_join, relation_after, strength
from antq_cli.extraction.tails import Region, Tail, read_tail, title_end
from antq_cli.model.letter import Citation, Reference, Relation
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.dates import find_dates
from antq_cli.vietnamese.lexicon import citation_words, formulas, lowered
from antq_cli.vietnamese.text import fold

_ZONES = (Zone.HEADER_LEFT, Zone.TITLE, Zone.BODY, Zone.ANNEX)
_NUMBER_LINE = re.compile(r"\W{0,3}s[o06]\s{0,3}[:.;]?\s{0,3}[^a-z\s]")
_SENTENCE_END = re.compile(r"(?P<word>(?<![\w/.])[\w/.]{0,24})[.!?][\"')]?\s(?=[\"\w+\-(])")
_LEADER = re.compile(r":\s*$")
_ITEM = re.compile(r"\s{0,3}[-+*\u2022\u2013]")
_LIST_MARK = re.compile(r"\s?(?:[,;]|\bva\b|\bcung\b)\s{0,2}(?:cac\s|nhung\s|mot so\s)?$")
_CHANGES = frozenset({Relation.AMENDS, Relation.REPLACES, Relation.REPEALS})
_TITLE_HEAD = 20
"""A document amends what the first words of its subject say it amends."""
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class _Mention:
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


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention on its way to becoming a citation; offsets are of the transcript."""

    reference: Reference
    relation: Relation
    source: Reference | None
    alias: str | None
    start: int
    end: int
    code: tuple[int, int]


def find_citations(transcript: Transcript, own: Reference | None) -> tuple[Citation, ...]:
    """The documents a letter names in its subject, its body and its annexes, in the order of the text, each once.

    Several mentions of one document give one citation, with the strongest relation and the place where it is said;
    what one mention leaves out another fills in. A short form ("Chỉ thị 28") is the full number of that kind in the
    same letter when there is exactly one. `own` is the letter itself, which is never among its citations.
    """
    seen: list[_Seen] = []
    led_by: Relation | None = None
    for zone, start, end in _regions(transcript):
        text = transcript.text[start:end].replace("\n", " ")
        leader = led_by if _ITEM.match(text) or (led_by and zone is Zone.BODY) else None
        mentions = _read(text, leader)
        if zone is Zone.BODY:
            led_by = _leading(text) if _LEADER.search(text) else (leader if mentions else None)
        seen += _placed(mentions, start, zone)
    return _gathered(transcript, seen, own)


def _regions(transcript: Transcript) -> Iterator[tuple[Zone, int, int]]:
    """Stretches of running text: a paragraph of the body, the lines of title or subject together."""
    open_region: tuple[Zone, int, int] | None = None
    for paragraph in _own_words(transcript):
        if open_region is not None and _goes_on(transcript.text, open_region, paragraph):
            open_region = (open_region[0], open_region[1], paragraph.end)
            continue
        if open_region is not None:
            yield open_region
        open_region = (paragraph.zone, paragraph.start, paragraph.end)
    if open_region is not None:
        yield open_region


def _own_words(transcript: Transcript) -> Iterator[Paragraph]:
    """The paragraphs where others are cited; of the header only the subject under the number."""
    under_number = False
    for paragraph in transcript.in_zones(*_ZONES):
        if paragraph.zone is Zone.HEADER_LEFT:
            folded = fold(transcript.slice(paragraph)).lstrip()
            if _NUMBER_LINE.match(folded):
                under_number = True
                continue
            under_number = under_number or folded.startswith(formulas().subject_labels[:3])
            if not under_number:
                continue
        yield paragraph


def _goes_on(text: str, region: tuple[Zone, int, int], paragraph: Paragraph) -> bool:
    zone, _, end = region
    if zone is not paragraph.zone or paragraph.start > end + 1:
        return False
    if zone in (Zone.TITLE, Zone.HEADER_LEFT):
        return True
    # A line break inside a sentence, as plain texts and bad scans have them.
    last, first = text[end - 1 : end], text[paragraph.start : paragraph.start + 1]
    return fold(last) not in '.;:!?"' and (first.islower() or (first.isdigit() and _is_code_start(text, paragraph)))


def _is_code_start(text: str, paragraph: Paragraph) -> bool:
    return re.match(r"\d{1,6}\s?[/-]\s?\w", text[paragraph.start : paragraph.start + 12]) is not None


def _read(text: str, led_by: Relation | None) -> list[_Mention]:
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


def _settled(region: Region, named: Sequence[Named], led_by: Relation | None) -> list[_Mention]:
    mentions: list[_Mention] = []
    ends = _sentence_ends(region.text, region.folded)
    index = 0
    while index < len(named):
        index = _settle(region, named, index, mentions, ends, None, None, led_by)
    return mentions


def _settle(
    region: Region,
    named: Sequence[Named],
    index: int,
    mentions: list[_Mention],
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
    mentions.append(_Mention(one, tail, tail.end, parent, _reference(region, one, tail, None), relation))
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
    mentions: list[_Mention],
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
    mentions: Sequence[_Mention],
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


def _leading(text: str) -> Relation | None:
    """What a line such as "Căn cứ các văn bản sau:" says of the items under it."""
    folded = fold(text)
    cue = cue_before(text, folded, max(0, len(text) - 160), len(text))
    return cue.relation if cue is not None else None


def _with_aliases(mentions: list[_Mention], aliases: Sequence[Alias]) -> list[_Mention]:
    for alias in aliases:
        before = [place for place, each in enumerate(mentions) if each.named.end <= alias.start]
        fitting = [place for place in before if _fits(mentions[place], alias)]
        if fitting:
            mentions[fitting[-1]] = replace(mentions[fitting[-1]], alias=alias.name)
    return mentions


def _fits(mention: _Mention, alias: Alias) -> bool:
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


def _placed(mentions: Sequence[_Mention], offset: int, zone: Zone) -> list[_Seen]:
    """Mentions with offsets of the transcript. An annex says nothing of how the letter stands to what it names."""
    placed = []
    for each in mentions:
        source = mentions[each.parent].reference if each.parent is not None else None
        relation = each.relation
        if zone is Zone.ANNEX and (
            relation is Relation.ATTACHED_TO or (each.named.law and not each.named.is_known_law)
        ):
            # "(Kèm theo Quyết định số …)" names the letter itself; names of laws in torn tables are not claimed.
            continue
        if zone is Zone.ANNEX:
            relation, source = Relation.MENTIONS, None
        start, end = each.named.start + offset, each.end + offset
        code = (each.named.code[0] + offset, each.named.code[1] + offset)
        placed.append(_Seen(each.reference, relation, source, each.alias, start, end, code))
    return placed


def _gathered(transcript: Transcript, seen: Sequence[_Seen], own: Reference | None) -> tuple[Citation, ...]:
    groups: list[list[_Seen]] = []
    for each in sorted(seen, key=lambda one: one.reference.is_short):
        if own is not None and _is_own(each.reference, own):
            continue
        fitting = [group for group in groups if any(agree(one.reference, each.reference) for one in group)]
        if len(fitting) == 1:
            fitting[0].append(each)
        else:
            groups.append([each])
    resolved = [(group, _joined(group)) for group in groups]
    chosen = [(_strongest(group), reference, group) for group, reference in resolved]
    chosen.sort(key=lambda row: row[0].start)
    return tuple(_citation(transcript, one, reference, group) for one, reference, group in chosen)


def _is_own(reference: Reference, own: Reference) -> bool:
    return own.key is not None and agree(reference, own)


def _joined(group: Sequence[_Seen]) -> Reference:
    """The fullest reference of a group, its gaps filled from the others."""
    first = group[0].reference
    for other in (each.reference for each in group[1:]):
        first = Reference(
            kind=first.kind or other.kind,
            number=first.number or other.number,
            key=first.key if first.number else other.key or first.key,
            issued=first.issued or other.issued,
            issuer=first.issuer or other.issuer,
            title=first.title or other.title,
        )
    return first


def _strongest(group: Sequence[_Seen]) -> _Seen:
    """The mention that tells most. What the letter itself does with a document comes before what others do with it."""

    def rank(one: _Seen) -> tuple[int, int, bool, int]:
        is_bare = one.relation is Relation.MENTIONS
        order = 2 if is_bare and one.source is None else 3 if is_bare else 0 if one.source is None else 1
        return (order, strength(one.relation), one.reference.is_short, one.start)

    return min(group, key=rank)


def _citation(transcript: Transcript, one: _Seen, reference: Reference, group: Sequence[_Seen]) -> Citation:
    alias = next((each.alias for each in sorted(group, key=lambda each: each.start) if each.alias), None)
    end = one.end
    if end - one.start > _LONGEST_QUOTE:
        cut = transcript.text.rfind(" ", one.start, one.start + _LONGEST_QUOTE)
        end = max(cut, one.code[1])
    raw = " ".join(transcript.text[slice(*one.code)].split())
    return Citation(reference, one.relation, transcript.evidence(one.start, end), raw, one.source, alias)
