"""How fully a letter names the documents it cites (NĐ 30/2020, Phụ lục I.II.6.b)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from antq_cli.checks.look import at_stretch, is_legible
from antq_cli.checks.printed import basis_lines
from antq_cli.model.letter import Citation, Letter, Relation
from antq_cli.model.transcript import Paragraph, Zone
from antq_cli.vietnamese.lexicon import kind_named
from antq_cli.vietnamese.text import fold

ACTING = frozenset(
    {Relation.IMPLEMENTS, Relation.BASED_ON, Relation.GUIDES, Relation.REPLIES_TO, Relation.FOLLOWS, Relation.AMENDS}
)
"""Relations in which a letter does something with the document it cites."""

_DAY = re.compile(r"\bngay\s?\d|\b\d{1,2}/\d{1,2}/\d{4}|\bthang\s?\d{1,2}\b")
_ISSUED_BEFORE = re.compile(r"\bngay\s?\d[\d/.-]{0,9}.{0,90}\b(?:ban hanh|ky|phe duyet|thong qua|quyet dinh)\b")
_LISTED = re.compile(r"\s{0,3}(?:,|va)?\s{0,3}(?:va\s)?(?:so\s?:?\s?)?")
"""What may stand between two members of a list of citations: ", số", " và "."""
_ISSUER = re.compile(r"\b(?:cua|giua)\b")
_ISSUER_BEFORE = re.compile(r"\b(?:cua\b.{0,140}\b(?:tai|theo)|ban hanh)\b[^;.]{0,20}$")
_TITLE = re.compile(
    r"\b(?:ve|quy dinh|ban hanh|phe duyet|huong dan|sua doi|cong bo|giao|dieu chinh|thanh lap|v/v)\b|\""
)
_AHEAD, _BACK = 260, 220
"""Characters after and before a citation in which its date, issuer and subject are looked for."""


def first_mentions_lacking(letter: Letter, *, acting: bool) -> dict[tuple[str, ...], list[Citation]]:
    """First mentions by the parts they lack (`date`, `issuer`, `title`): errors of a basis, or all the rest.

    What cannot be read well around a citation on a scan is not held against it.
    """
    bases = {line.start for line in basis_lines(letter) if line.folded.lstrip("-+* ").startswith("can cu")}
    found: dict[tuple[str, ...], list[Citation]] = {}
    seen: set[str] = set()
    spans = sorted((c.evidence.start, c.evidence.end) for c in letter.citations)
    own = letter.fields.number.value
    for citation in letter.citations:
        reference, key = citation.reference, citation.reference.key or citation.reference.number
        kind = kind_named(reference.kind) if reference.kind else None
        if key is None or reference.number is None or reference.is_short or key in seen or reference.number == own:
            continue
        seen.add(key)
        paragraph = letter.transcript.paragraph_at(citation.evidence.start)
        if fold(citation.evidence.quote).startswith("so "):
            continue  # a later member of a list, whose kind and issuer stand at its head
        if (kind is not None and kind.by_name) or paragraph is None or paragraph.zone is not Zone.BODY:
            continue
        lacking = _lacking(letter, citation, paragraph, spans)
        acted_upon = citation.relation in ACTING
        as_basis = any(abs(paragraph.start - start) < 3 for start in bases)
        charged = tuple(
            part
            for part in lacking
            if (part == "date" and (acted_upon or citation.source is not None))
            or (part == "issuer" and as_basis and acted_upon)
        )
        parts = charged if acting else tuple(part for part in lacking if part not in charged)
        if parts:
            found.setdefault(parts, []).append(citation)
    return found


def _lacking(letter: Letter, citation: Citation, paragraph: Paragraph, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The parts of a full citation that neither the grammar found nor the words around it show.

    In a list ("các Quyết định số 5/QĐ-X, 6/QĐ-X ngày … của …") the last one carries the parts of all.
    """
    reference, evidence = citation.reference, citation.evidence
    last = evidence.end
    following = paragraph.end
    for start, stop in spans:
        if start >= last and not _LISTED.fullmatch(fold(letter.transcript.text[last:start])):
            following = start
            break
        last = max(last, stop) if start > evidence.start else last
    end = min(paragraph.end, last + _AHEAD, following)
    if not is_legible(letter, at_stretch(letter, evidence.start, end)):
        return []
    ahead = fold(letter.transcript.text[evidence.start : end])
    near = fold(letter.transcript.text[max(paragraph.start, evidence.start - _BACK) : evidence.start])
    before = re.split(r"[;.]\s", near)[-1]
    named_before = bool(_ISSUER_BEFORE.search(before) or _ISSUED_BEFORE.search(before))
    lacking = []
    if reference.issued is None and not _DAY.search(ahead) and not _ISSUED_BEFORE.search(before):
        lacking.append("date")
    if reference.issuer is None and not _ISSUER.search(ahead) and not named_before:
        lacking.append("issuer")
    # "Theo đề nghị của … tại Tờ trình số …" names a proposal by number and date alone, as the templates do.
    if reference.title is None and not _TITLE.search(ahead) and not named_before:
        lacking.append("title")
    return lacking


def names_of(citations: Sequence[Citation]) -> str:
    """Their numbers, each once."""
    return ", ".join(dict.fromkeys(c.reference.number or "" for c in citations))
