"""Fields whose text layer and page differ."""

from __future__ import annotations

from dataclasses import replace

import papers

from antq_cli.extraction import analyse
from antq_cli.model.letter import State
from antq_cli.model.page import Box, Dispute


def _disputed(number: str, layer: str, seen: str):
    page = papers.letter_page(number=number)
    boxes = [word.box for word in page.words if word.text in layer.split()]
    box = Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )
    return analyse(papers.pages(replace(page, disputes=(Dispute(box, layer, seen),))))


def test_a_disputed_number_is_unreadable_with_both_values() -> None:
    """The layer's value first, then what the page shows; other fields stand."""
    letter = _disputed("Số: 15/KH-SNV", "15/KH-SNV", "75/KH-SNV")
    field = letter.fields.number
    assert field.state is State.UNREADABLE
    assert field.note == "text_layer_mismatch"
    assert [any(value in told for told in field.candidates) for value in ("15/KH-SNV", "75/KH-SNV")] == [True, True]
    assert letter.fields.date.is_found
    assert letter.fields.signer.is_found


def test_a_number_that_only_the_page_shows_is_not_missing() -> None:
    """A blank in the layer is no blank on paper."""
    letter = _disputed("Số: /KH-SNV", "Số: /KH-SNV", "457/KH-SNV")
    assert letter.fields.number.state is State.UNREADABLE
