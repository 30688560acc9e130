"""How fully a letter names the documents it cites (NĐ 30/2020, Phụ lục I.II.6.b)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from antq_cli.checks.printed import basis_lines, opening
from antq_cli.model.letter import Citation, Letter, Relation
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.lexicon import kind_named
from antq_cli.vietnamese.text import fold

ACTING = frozenset(
    {Relation.IMPLEMENTS, Relation.BASED_ON, Relation.GUIDES, Relation.REPLIES_TO, Relation.FOLLOWS, Relation.AMENDS}
)
"""Relations in which a letter does something with the document it cites."""

_DAY = re.compile(r"\bngay\s?\d|\b\d{1,2}/\d{1,2}/\d{4}|\bthang\s?\d{1,2}\b")
_ISSUER = re.compile(r"\b(?:cua|giua)\b")
_TITLE = re.compile(
    r"\b(?:ve|quy dinh|ban hanh|phe duyet|huong dan|sua doi|cong bo|giao|dieu chinh|thanh lap|v/v)\b|\""
)
_AHEAD, _BACK = 260, 90
"""Characters after and before a citation in which its date, issuer and subject are looked for."""


def first_mentions_lacking(letter: Letter, *, acting: bool) -> dict[str, list[Citation]]:
    """First mentions by the part they lack: those that are errors of a basis, or (not `acting`) all the rest."""
    opened = {line.start for line in (*opening(letter), *basis_lines(letter))}
    found: dict[str, list[Citation]] = {}
    seen: set[str] = set()
    starts = sorted(c.evidence.start for c in letter.citations)
    own = letter.fields.number.value
    for citation in letter.citations:
        reference, key = citation.reference, citation.reference.key or citation.reference.number
        kind = kind_named(reference.kind) if reference.kind else None
        if key is None or reference.number is None or reference.is_short or key in seen or reference.number == own:
            continue
        seen.add(key)
        paragraph = letter.transcript.paragraph_at(citation.evidence.start)
        if (kind is not None and kind.by_name) or paragraph is None or paragraph.zone is not Zone.BODY:
            continue
        named_first = any(abs(paragraph.start - start) < 3 for start in opened)
        for part in _lacking(letter, citation, starts):
            charged = part == "date" and (citation.relation in ACTING or citation.source is not None)
            charged = charged or (part == "issuer" and named_first and citation.relation in ACTING)
            if charged == acting:
                found.setdefault(part, []).append(citation)
    return found


def _lacking(letter: Letter, citation: Citation, starts: Sequence[int]) -> list[str]:
    """The parts of a full citation that neither the grammar found nor the words around it show."""
    reference, evidence = citation.reference, citation.evidence
    paragraph = letter.transcript.paragraph_at(evidence.start)
    if paragraph is None:
        return []
    later = [start for start in starts if start > evidence.start]
    end = min([paragraph.end, evidence.end + _AHEAD, *later[:1]])
    ahead = fold(letter.transcript.text[evidence.start : end]).split(";")[0]
    near = fold(letter.transcript.text[max(paragraph.start, evidence.start - _BACK) : evidence.start])
    before = re.split(r"[;.]\s", near)[-1]
    lacking = []
    if reference.issued is None and not _DAY.search(ahead) and not _DAY.search(before):
        lacking.append("date")
    if reference.issuer is None and not _ISSUER.search(ahead) and not re.search(r"\bban hanh\b", before):
        lacking.append("issuer")
    if reference.title is None and not _TITLE.search(ahead):
        lacking.append("title")
    return lacking


def names_of(citations: Sequence[Citation]) -> str:
    """Their numbers, each once."""
    return ", ".join(dict.fromkeys(c.reference.number or "" for c in citations))
