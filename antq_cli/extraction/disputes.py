"""Fields whose text layer and drawn page differ: neither is claimed, both are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any

from antq_cli.model.letter import Field, Fields, Form, State
from antq_cli.model.page import Box, Dispute, Document

NOTE = "text_layer_mismatch"
"""Note of a field that is disputed."""
_LINES = {"number": "number_line", "date": "date_line", "place": "date_line", "kind": "kind_line"}
"""The printed line in which a field stands, also where the text layer has nothing of it."""


def disputed(document: Document, fields: Fields, form: Form) -> tuple[Fields, Form]:
    """The fields and marks of form, UNREADABLE where the layer's words are disputed, with what each side says."""
    if not any(page.disputes for page in document.pages):
        return fields, form
    pages = {page.number: page.disputes for page in document.pages}
    settled: dict[str, Field[Any]] = {}
    for name, field in fields.items():
        found = _touching(field, pages)
        if not found and field.state is State.ABSENT and name in _LINES:
            # What the layer leaves blank may be printed on the page.
            line: Field[Any] = getattr(form, _LINES[name])
            found = [each for each in _touching(line, pages) if any(c.isdigit() for c in each.seen)]
        settled[name] = _unsettled(field, found) if found else field
    return Fields(**settled), _each(form, pages)


def _each(form: Form, pages: dict[int, tuple[Dispute, ...]]) -> Form:
    changed = {}
    for item in fields_of(Form):
        field: Field[Any] = getattr(form, item.name)
        found = _touching(field, pages) if field.state is State.FOUND else []
        if found:
            changed[item.name] = _unsettled(field, found)
    return replace(form, **changed)


def _touching(field: Field[Any], pages: dict[int, tuple[Dispute, ...]]) -> list[Dispute]:
    return [
        dispute
        for place in field.evidence
        for dispute in pages.get(place.page, ())
        if _meet(place.box, dispute.box) and (field.state is not State.FOUND or _is_quoted(dispute, place.quote))
    ]


def _is_quoted(dispute: Dispute, quote: str) -> bool:
    """True when the quotation holds a word of the layer that is disputed: boxes of two lines may touch."""
    words = set(quote.split())
    return any(word in words or word in quote for word in dispute.layer.split())


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0.25 * min(one.height, other.height)


def _unsettled(field: Field[Any], found: Sequence[Dispute]) -> Field[Any]:
    """What the layer says first, then what the page shows."""
    said = field.raw or " ".join(dispute.layer for dispute in found)
    seen = said
    for dispute in found:
        seen = seen.replace(dispute.layer, dispute.seen) if dispute.layer in seen else f"{seen} {dispute.seen}"
    told = dict.fromkeys(text for text in (" ".join(said.split()), " ".join(seen.split())) if text)
    return Field(
        State.UNREADABLE,
        raw=field.raw,
        confidence=0.0,
        evidence=field.evidence,
        candidates=tuple(told),
        note=NOTE,
    )
