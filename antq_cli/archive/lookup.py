"""Finding documents by what others call them: candidates through the catalogue, then the judgement of `agree`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from antq_cli.archive.analysis import words
from antq_cli.archive.catalogue import Catalogue
from antq_cli.archive.query import Filter
from antq_cli.archive.records import CitationRecord, Record
from antq_cli.archive.rows import folded, head
from antq_cli.extraction.identity import agree
from antq_cli.extraction.numbers import number_key, parse_number
from antq_cli.model.letter import Reference
from antq_cli.vietnamese.administration import bodies_named, is_standing_body
from antq_cli.vietnamese.lexicon import kind_named, kinds, kinds_abbreviated

ID_LETTERS = 6
"""Fewer first characters of an id could be a number that somebody typed."""
_ID = re.compile(r"[0-9a-f]{1,64}")
_SPELLED_OUT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmttqvn": "uy ban mat tran to quoc viet nam",
}
# Not the end of one name and the beginning of "uy ban ...".
_PARTY_COMMITTEE = re.compile(r"\b(tinh|thanh|huyen|quan|thi|xa|dang|khu) uy\b(?! ban (?:nhan|mat|kiem tra)\b)")


def by_id(catalogue: Catalogue, prefix: str) -> list[Record]:
    """Documents whose id begins so; none for what cannot be the beginning of an id."""
    wanted = prefix.strip().lower()
    if not _ID.fullmatch(wanted):
        return []
    return catalogue.records("id >= ? AND id < ?", (wanted, wanted + "g"))


def by_name(catalogue: Catalogue, text: str) -> list[Record]:
    """What a person types for a document: its archive number, the start of its id, or its number and symbol."""
    wanted = text.strip()
    if wanted.isdecimal() and len(wanted) < 19:
        found = catalogue.records("seq = ?", (int(wanted),))
        if found:
            return found
    if len(wanted) >= ID_LETTERS:
        found = by_id(catalogue, wanted)
        if found:
            return found
    number = parse_number(wanted)
    if number is None:
        return []
    exact = catalogue.records("key = ?", (number.key,))
    return exact or referred(catalogue, Reference(number=number.canonical, key=number.key))


def referred(catalogue: Catalogue, reference: Reference) -> list[Record]:
    """Archived documents that a reference may mean."""
    condition, values = _candidates(reference)
    if not condition:
        return []
    return [record for record in catalogue.records(condition, values) if agree(record.reference, reference)]


def citing(catalogue: Catalogue, reference: Reference) -> list[CitationRecord]:
    """Citations in archived documents whose target agrees with a reference."""
    condition, values = _candidates(reference)
    if not condition:
        return []
    places: dict[int, list[int]] = {}
    for seq, position in catalogue.cited(condition, values):
        places.setdefault(seq, []).append(position)
    records = catalogue.by_seq(list(places))
    found: list[CitationRecord] = []
    for seq, positions in places.items():
        citations = catalogue.citations(seq)
        found += [
            CitationRecord(records[seq], citations[position])
            for position in positions
            if agree(citations[position].reference, reference)
        ]
    return found


def all_citations(catalogue: Catalogue, batch: int = 100) -> Iterator[CitationRecord]:
    """Every citation of the archive, document by document. Between batches a writer may come in."""
    seqs = catalogue.all_seqs()
    for start in range(0, len(seqs), batch):
        some = seqs[start : start + batch]
        records = catalogue.by_seq(some)
        for seq in some:
            for citation in catalogue.citations(seq):
                yield CitationRecord(records[seq], citation)


def _candidates(reference: Reference) -> tuple[str, list[str]]:
    """A condition for all that may agree: the same first part of the key, or any law where names count."""
    conditions: list[str] = []
    values: list[str] = []
    key = reference.key or (number_key(reference.number) if reference.number else None)
    if key is None and reference.number and reference.number.isdecimal():
        key = reference.number.lstrip("0")
    if key:
        conditions.append("head = ?")
        values.append(head(key))
    known = kind_named(reference.kind) if reference.kind else None
    if known is not None and known.by_name:
        names = [name for kind in kinds() if kind.by_name for name in kind.folded_names]
        conditions.append(f"folded_kind IN ({', '.join('?' * len(names))})")
        values += names
    return " OR ".join(conditions), values


def allowed(
    catalogue: Catalogue,
    filters: Sequence[Filter],
    *,
    kind: str | None = None,
    issuer: str | None = None,
    since: str | None = None,
    until: str | None = None,
    document_class: str | None = None,
    number: str | None = None,
) -> set[int] | None:
    """The archive numbers that meet all filters; None when there is no filter."""
    asked = list(filters)
    for name, value in (("number", number), ("kind", kind), ("issuer", issuer)):
        if value is not None:
            asked.append(Filter(name, value, excluded=False))  # type: ignore[arg-type]
    found: set[int] | None = None
    for item in asked:
        matching = _matching(catalogue, item)
        if item.excluded:
            found = (set(catalogue.all_seqs()) if found is None else found) - matching
        else:
            found = matching if found is None else found & matching
    for condition, bound in (("issued >= ?", since), ("issued <= ?", until), ("document_class = ?", document_class)):
        if bound is not None:
            matching = catalogue.seqs(condition, (bound,))
            found = matching if found is None else found & matching
    return found


SortKey = Literal["seq", "date", "number", "kind", "issuer", "added", "name"]
_ORDERS: dict[SortKey, str] = {
    "seq": "seq {0}",
    "date": "issued IS NULL, issued {0}, seq {0}",
    "number": "head IS NULL, CAST(head AS INTEGER) {0}, key {0}, seq {0}",
    "kind": "folded_kind IS NULL, folded_kind {0}, seq {0}",
    "issuer": "folded_issuer IS NULL, folded_issuer {0}, seq {0}",
    "added": "added {0}, seq {0}",
    "name": "name {0}, seq {0}",
}


def ordered(
    catalogue: Catalogue, sort: SortKey, descending: bool, allowed: set[int] | None, limit: int | None
) -> list[Record]:
    """The records among those allowed (None: all), sorted; what lacks the sort key comes last."""
    seqs = catalogue.all_seqs(_ORDERS[sort].format("DESC" if descending else "ASC"))
    chosen = [seq for seq in seqs if allowed is None or seq in allowed][:limit]
    records = catalogue.by_seq(chosen)
    return [records[seq] for seq in chosen]


def _matching(catalogue: Catalogue, item: Filter) -> set[int]:
    match item.name:
        case "number":
            return _numbered(catalogue, item.value)
        case "kind":
            named = kind_named(item.value)
            kinds = [named] if named else list(kinds_abbreviated(item.value))
            names = [folded(kind.name) for kind in kinds] or [folded(item.value)]
            return catalogue.seqs(f"folded_kind IN ({', '.join('?' * len(names))})", names)
        case "issuer":
            return _issued_by(catalogue, item.value)


def _issued_by(catalogue: Catalogue, value: str) -> set[int]:
    """Documents of the issuers named so: by words that follow one another, or, when there are none, with words between.

    A standing body is named by the body above it, too ("tỉnh ủy"); of other issuers the line above may only go on
    where their own name ends ("sở nội vụ tỉnh …"). `UBND` also finds it spelled out.
    """
    wanted = _name_words(value)
    if not wanted:
        return set()
    issuers = catalogue.issuers()
    chosen = [each for each in issuers if _is_named(*each, value, wanted)]
    chosen = chosen or [each for each in issuers if _is_named_with_gaps(*each, wanted)]
    found: set[int] = set()
    for each in chosen:
        found |= catalogue.seqs("folded_issuer = ? AND issuer_parent IS ?", each)
    return found


def _is_named(issuer: str, parent: str | None, value: str, wanted: list[str]) -> bool:
    own = _own_words(issuer, parent)
    size = len(wanted)
    if any(own[start : start + size] == wanted for start in range(len(own) - size + 1)):
        return True
    bodies = bodies_named(value) if len(words(value)) == 1 else frozenset()
    return bool(bodies) and bodies <= bodies_named(issuer)


def _is_named_with_gaps(issuer: str, parent: str | None, wanted: list[str]) -> bool:
    if wanted[0] not in _own_words(issuer, parent):
        return False
    names, above = _name_words(issuer), _name_words(parent or "")
    return _are_in_order(wanted, [*names, *above]) or _are_in_order(wanted, [*above, *names])


def _own_words(issuer: str, parent: str | None) -> list[str]:
    own = _name_words(issuer)
    return [*_name_words(parent), *own] if parent and is_standing_body(issuer) else own


def _are_in_order(wanted: list[str], those: list[str]) -> bool:
    rest = iter(those)
    return all(word in rest for word in wanted)


def _name_words(name: str) -> list[str]:
    """The folded words of a body's name, abbreviations spelled out; a party committee (tỉnh ủy) is one word."""
    spelled = " ".join(_SPELLED_OUT.get(word, word) for word in words(name))
    return _PARTY_COMMITTEE.sub(r"\1_uy", spelled).split()


def _numbered(catalogue: Catalogue, value: str) -> set[int]:
    """`so:9` means all numbers 9, `so:9/CTr` all that begin so."""
    bare = value.strip().lstrip("0")
    if bare.isdecimal():
        return catalogue.seqs("head = ?", (bare,))
    number = parse_number(value)
    if number is None:
        return set()
    return {record.seq for record in referred(catalogue, Reference(number=number.canonical, key=number.key))} | (
        catalogue.seqs("key = ? OR substr(key, 1, ?) = ?", (number.key, len(number.key) + 1, number.key + "|"))
    )
