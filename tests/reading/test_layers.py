"""What of a PDF's text layer is believed: what is to be seen, and what the rest of the page adds to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from antq_cli.model.page import Box, Page, PageOrigin, Slot, SlotState, Word
from antq_cli.reading import pdf
from antq_cli.reading.mixed import MIXED, merge
from antq_cli.reading.protocol import Look
from antq_cli.settings import Limits

from .conftest import drawn_page

Store = Callable[[str, bytes], Path]


def _sheet() -> FPDF:
    made = FPDF(format="A4")
    made.set_font("Helvetica", size=13)
    made.add_page()
    for number in range(6):
        made.text(30, 30 + 10 * number, "Words that everybody sees here")
    return made


def _look(store: Store, made: FPDF) -> Look:
    return pdf.look(store("a.pdf", bytes(made.output())), 1, Limits())


def _white(made: FPDF) -> None:
    made.set_text_color(255, 255, 255)
    made.text(30, 120, "forged")


def _covered(made: FPDF) -> None:
    made.text(30, 120, "forged")
    made.set_fill_color(255, 255, 255)
    made.rect(25, 110, 60, 20, style="F")


def _pictured(made: FPDF) -> None:
    made.text(30, 120, "forged")
    made.image(Image.new("RGB", (60, 20), "white"), 25, 110, 60, 20)


def _transparent(made: FPDF) -> None:
    with made.local_context(fill_opacity=0.0):
        made.text(30, 120, "forged")


def _tiny(made: FPDF) -> None:
    made.set_font_size(0.7)
    made.text(30, 120, "forged")


def _clipping(made: FPDF) -> None:
    made.text_mode = "CLIP"
    made.text(30, 120, "forged")


def _outside(made: FPDF) -> None:
    made.text(230, 120, "forged")


@pytest.mark.parametrize("hide", [_white, _covered, _pictured, _transparent, _tiny, _clipping, _outside])
def test_words_that_nobody_sees_are_left_out(store: Store, hide: Callable[[FPDF], None]) -> None:
    """However they are hidden; the others stay, and the page tells of it."""
    made = _sheet()
    hide(made)
    page = _look(store, made).page
    assert page is not None
    assert "forged" not in {word.text for word in page.words}
    assert len(page.words) == 30
    assert "hidden_text" in page.notes


def test_a_hidden_figure_within_a_number_is_left_out(store: Store) -> None:
    """Each character is judged, not each word."""
    made = _sheet()
    made.text(30, 120, "12")
    made.set_text_color(255, 255, 255)
    made.text(30 + made.get_string_width("12"), 120, "5")
    page = _look(store, made).page
    assert page is not None
    assert "12" in {word.text for word in page.words}


def test_white_words_on_a_dark_ground_are_honest(store: Store) -> None:
    """The head of a table may be white on blue, and pale grey is a colour."""
    made = _sheet()
    made.set_fill_color(20, 50, 120)
    made.rect(25, 110, 100, 12, style="F")
    made.set_text_color(255, 255, 255)
    made.text(30, 118, "honest 2024, no. 1-2; i.e. all")
    made.set_text_color(190, 190, 190)
    made.text(30, 140, "pale, but to be seen")
    page = _look(store, made).page
    assert page is not None
    assert len(page.words) == 30 + 6 + 5
    assert not page.notes


def test_a_body_that_is_a_picture_is_left_to_ocr_beside_the_words(store: Store) -> None:
    """The header's words are kept, the page without them is what OCR gets."""
    made = _sheet()
    body = drawn_page().crop((0, 150, 1654, 800))
    made.image(body, 0, 120, 210)
    path = store("a.pdf", bytes(made.output()))
    look = pdf.look(path, 1, Limits())
    assert look.page is None
    assert look.bare
    assert len(look.layer) == 30
    bare = pdf.picture(path, 1, Limits(), bare=True).image.convert("L")
    header = bare.crop((0, 0, bare.width, round(bare.height * 0.33)))
    assert header.getextrema() == (255, 255)
    assert bare.getextrema()[0] < 60


def test_a_small_picture_without_letters_needs_no_ocr(store: Store) -> None:
    """A logo or a seal in a digital letter is no text."""
    made = _sheet()
    made.image(Image.linear_gradient("L"), 90, 150, 30)
    assert _look(store, made).page is not None


@pytest.mark.parametrize("first", ["text", "picture"])
def test_a_layer_over_or_under_a_scan_is_not_read(store: Store, first: str) -> None:
    """Hidden under the picture, or printed over what the picture shows already."""
    made = FPDF(format="A4")
    made.set_font("Helvetica", size=13)
    made.add_page()
    scan = drawn_page()
    if first == "picture":
        made.image(scan, 0, 0, 210, 297)
        made.text_mode = "INVISIBLE"
    for number in range(8):
        made.text(30, 30 + 10 * number, "Wrong words of another machine")
    if first == "text":
        made.image(scan, 0, 0, 210, 297)
    look = _look(store, made)
    assert (look.page, look.layer, look.bare) == (None, (), True)


def test_a_number_set_on_a_scan_is_kept(store: Store) -> None:
    """Visible words on clear paper of a scan are part of the letter, and no sign of hidden text."""
    made = FPDF(format="A4")
    made.set_font("Helvetica", size=13)
    made.add_page()
    made.image(drawn_page(), 0, 0, 210, 297)
    made.text(150, 200, "125/QD-UBND")
    look = _look(store, made)
    assert [word.text for word in look.layer] == ["125/QD-UBND"]
    assert look.page is None


def _word(text: str, left: float, top: float, line: int = 0, confidence: float = 1.0) -> Word:
    return Word(text, Box(left, top, left + 10, top + 4), confidence, line)


def test_words_of_both_are_put_together_once() -> None:
    """What both hold is the layer's; lines stay apart; a slot that the layer fills is typed."""
    slot = Slot("number", Box(40, 19, 60, 25), SlotState.EMPTY)
    scan = Page(
        1,
        210,
        297,
        (_word("twice", 20, 50, 0, 0.9), _word("body", 20, 100, 1, 0.9)),
        PageOrigin.OCR,
        slots=(slot,),
    )
    page = merge(scan, (_word("125", 45, 20), _word("Twice", 20, 50, 1)), ("hidden_text",))
    assert [word.text for word in page.words] == ["body", "125", "Twice"]
    assert len({word.line for word in page.words}) == 3
    assert page.slots[0].state is SlotState.TYPED
    assert {MIXED, "hidden_text"} <= set(page.notes)


def test_words_follow_the_picture_that_ocr_turned() -> None:
    """A word at the top left of a page that is turned left comes to lie at the bottom left."""
    scan = Page(1, 297, 210, (), PageOrigin.OCR, notes=("rotated:90",))
    (word,) = merge(scan, (Word("x", Box(10, 20, 30, 24), 1.0),)).words
    assert word.box == Box(20, 180, 24, 200)
