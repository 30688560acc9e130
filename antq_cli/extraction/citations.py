"""Văn bản viện dẫn: the documents a letter names, how it stands to each, and where that is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from antq_cli.extraction.doubts import Read, settled
from antq_cli.extraction.field import is_from_scan
from antq_cli.extraction.identity import agree
from antq_cli.extraction.mentions import Mention, leading_relation, read_mentions
from antq_cli.extraction.relations import strength
from antq_cli.model.letter import Citation, Reference, Relation
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import formulas, kind_named
from antq_cli.vietnamese.text import fold

_ZONES = (Zone.HEADER_LEFT, Zone.TITLE, Zone.BODY, Zone.ANNEX)
_NUMBER_LINE = re.compile(r"\W{0,3}s[o06]\s{0,3}[:.;]?\s{0,3}[^a-z\s]")
_LEADER = re.compile(r":\s*$")
_ITEM = re.compile(r"\s{0,3}[-+*\u2022\u2013]")
_OPEN = re.compile(r"\b(?:ngay|thang|nam|so)$")
"""A line that ends so goes on with figures."""
_LONGEST_QUOTE = 300
_NEAR = 60
"""Documents with one number that a further one is compared with; a letter names no more."""
_COMPARED = 20
"""Mentions of one document that a further one is compared with."""


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
        mentions = read_mentions(text, leader)
        if zone is Zone.BODY:
            led_by = leading_relation(text) if _LEADER.search(text) else (leader if mentions else None)
        seen += _placed(mentions, start, zone)
    return _gathered(transcript, _weighed(transcript, seen), own)


def _weighed(transcript: Transcript, seen: Sequence[_Seen]) -> list[_Seen]:
    """Off a scan, numbers read with doubt as the letter's other mentions have them; what cannot be is left out."""
    if not any(is_from_scan(transcript, one.code[0]) for one in seen[:1]):
        return list(seen)
    readings = [Read(one.reference, transcript.evidence(*one.code).confidence) for one in seen]
    weighed = settled(readings)
    known = {one.reference: reference for one, reference in zip(seen, weighed, strict=True)}
    return [
        replace(one, reference=reference, source=known.get(one.source, one.source) if one.source else None)
        for one, reference in zip(seen, weighed, strict=True)
        if reference is not None
    ]


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
    if fold(last) in '.;:!?"' or not (first.islower() or first.isdigit()):
        return False
    return (
        first.islower()
        or _is_code_start(text, paragraph)
        or _OPEN.search(fold(text[max(0, end - 8) : end])) is not None
    )


def _is_code_start(text: str, paragraph: Paragraph) -> bool:
    return re.match(r"\d{1,6}\s?[/-]\s?\w", text[paragraph.start : paragraph.start + 12]) is not None


def _placed(mentions: Sequence[Mention], offset: int, zone: Zone) -> list[_Seen]:
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
    shelves: dict[str, list[list[_Seen]]] = {}
    for each in sorted(seen, key=lambda one: one.reference.is_short):
        if own is not None and _is_own(each.reference, own):
            continue
        near = shelves.setdefault(_shelf(each), [])
        fitting = [group for group in near[:_NEAR] if _is_among(each, group)]
        if len(fitting) == 1:
            fitting[0].append(each)
        else:
            groups.append([each])
            near.append(groups[-1])
    resolved = [(group, _joined(group)) for group in groups]
    chosen = [(_strongest(group), reference, group) for group, reference in resolved]
    chosen.sort(key=lambda row: row[0].start)
    return tuple(_citation(transcript, one, reference, group) for one, reference, group in chosen)


def _is_among(each: _Seen, group: Sequence[_Seen]) -> bool:
    return any(agree(one.reference, each.reference) for one in group[:_COMPARED])


def _shelf(one: _Seen) -> str:
    """Only what shares it can be one document: laws by name or number together, all others by their number."""
    kind = kind_named(one.reference.kind) if one.reference.kind else None
    if kind is not None and kind.by_name:
        return kind.name
    return (one.reference.key or "").split("|")[0]


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
