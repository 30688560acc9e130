"""Slots of number, day and month: found beside their printed words, judged by their pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from antq_cli.model.page import Box, Ink, SlotState, Word
from antq_cli.reading.anchors import find_anchors
from antq_cli.reading.components import components
from antq_cli.reading.cutting import without_rules
from antq_cli.reading.prepare import Prepared
from antq_cli.reading.slots import find_slots, is_possible

SCALE = 25.4 / 300
"""Millimetres a pixel."""
LINE = 60.0
STROKE = 0.4


def _word(text: str, left: float, right: float, top: float = 57.6, bottom: float = 62.4) -> Word:
    return Word(text, Box(left, top, right, bottom), 0.95, 0, Ink(bottom - top, 1.2 * STROKE))


def _header(number: str = "Số:") -> list[Word]:
    return [
        _word(number, 30, 36),
        _word("/KH-UBND", 50, 72),
        _word("ngày", 120, 130),
        _word("tháng", 140, 151.5),
        _word("năm", 160, 168),
        _word("2024", 170, 180),
    ]


def _page(*marks: tuple[float, float, float, float], shade: int = 0) -> Prepared:
    image = Image.new("L", (round(210 / SCALE), round(297 / SCALE)), 255)
    draw = ImageDraw.Draw(image)
    # The year and the symbol as plain bars, as high as digits and capitals are.
    bars = [(x, 58.2, x + STROKE, 61.8) for x in (52, 55, 58, 61, 171, 173, 175, 177)]
    for left, top, right, bottom in (*bars, *marks):
        draw.rectangle((left / SCALE, top / SCALE, right / SCALE, bottom / SCALE), fill=shade)
    return Prepared(np.asarray(image), 300.0, 210.0, 297.0, colour=False, bilevel=False, red=None, notes=())


def test_slots_lie_between_their_printed_words() -> None:
    """Day and month on the date line, the number between label and symbol."""
    places = {place.name: place for place in find_anchors(_header(), 210.0, 297.0)}
    assert set(places) == {"day", "month", "number"}
    assert 129 < places["day"].left < places["day"].right <= 140
    assert places["number"].right == 50
    assert places["number"].certain


def test_a_label_grown_together_with_ink_is_capped() -> None:
    """OCR's box of the label swallows the pen; the slot begins where a printed label must have ended."""
    words = [_word("Số:45", 30, 46), *_header()[1:]]
    place = next(place for place in find_anchors(words, 210.0, 297.0) if place.name == "number")
    assert place.left < 38
    assert not place.certain


def test_a_date_in_the_text_has_no_slots() -> None:
    """A line that goes on behind its year cites another document."""
    words = [*_header()[2:], _word("của", 184, 190)]
    assert find_anchors(words, 210.0, 297.0) == ()


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ((), SlotState.EMPTY),
        (tuple((38 + x, 61.6, 38.2 + x, 61.8) for x in range(10)), SlotState.EMPTY),
        (((37, 61.9, 49.5, 62.1),), SlotState.EMPTY),
        (((41, 58.2, 41 + STROKE, 61.8), (43, 58.2, 43 + STROKE, 61.8)), SlotState.TYPED),
        (((41, 57.0, 41 + STROKE, 62.0), (43, 58.2, 43 + STROKE, 61.8)), SlotState.INKED),
        (((41, 58.2, 42, 61.8),), SlotState.INKED),
    ],
)
def test_pixels_decide(marks: tuple[tuple[float, float, float, float], ...], state: SlotState) -> None:
    """Leader dots and rules are empty; what stands as high and thick as print is typed; all else is ink."""
    slots = {slot.name: slot.state for slot in find_slots(_page(*marks), _header())}
    assert slots["number"] is state


def test_pale_ink_is_not_empty() -> None:
    """A stroke that is barely darker than the paper keeps a slot from being called empty."""
    slots = {slot.name: slot.state for slot in find_slots(_page((41, 58.2, 42, 61.8), shade=215), _header())}
    assert slots["number"] is SlotState.INKED


def test_a_rule_under_writing_goes_and_the_stroke_stays() -> None:
    """Removing a ruled line leaves the stroke that crosses it in one piece."""
    dark = np.zeros((60, 200), dtype=np.bool_)
    dark[40:42, 10:190] = True
    dark[10:55, 100:104] = True
    (left,) = components(without_rules(dark, 50))
    assert (left.top, left.bottom, left.width) == (10, 55, 4)


@pytest.mark.parametrize(
    ("name", "digits", "possible"),
    [("day", "31", True), ("day", "32", False), ("day", "0", False), ("month", "12", True), ("month", "13", False),
     ("number", "08", True), ("number", "000", False), ("number", "1039", True), ("number", "1234567", False)],
)  # fmt: skip
def test_only_possible_digits_are_offered(name: str, digits: str, possible: bool) -> None:
    """Days, months and numbers have their bounds."""
    assert is_possible(name, digits) is possible


def test_ink_grown_to_a_label_does_not_move_the_slot() -> None:
    """`04tháng` is one word of OCR; the label is measured from its right end."""
    words = [*_header()[:3], _word("04tháng", 132, 151.5), *_header()[4:]]
    places = {place.name: place for place in find_anchors(words, 210.0, 297.0)}
    assert 138.5 < places["day"].right < 142
    assert places["month"].left == pytest.approx(151.5, abs=0.1)


def test_a_label_that_swallowed_ink_leaves_no_empty_slot() -> None:
    """The box of `năm` reaches over the month's digit: what is left of the slot is not called empty."""
    words = [*_header()[:4], _word("năm", 153, 168), _word("2024", 170, 180)]
    slots = {slot.name: slot for slot in find_slots(_page((155, 57.5, 156, 62.0)), words)}
    assert slots["month"].state is SlotState.INKED


def test_a_symbol_that_swallowed_ink_leaves_no_empty_slot() -> None:
    """Digits read as capitals before the slash are ink, and the slot ends at the slash."""
    words = [_header()[0], _word("M0/KH-UBND", 40, 72), *_header()[2:]]
    slots = {slot.name: slot for slot in find_slots(_page((41, 57.0, 42, 62.0), (44, 57.0, 45, 62.0)), words)}
    assert slots["number"].state is SlotState.INKED
    assert slots["number"].box.right > 44


def test_a_misread_label_end_leaves_digits_unclaimed() -> None:
    """Ink over the first letter of the label spoils it: a digit may reach beyond the slot."""
    words = [*_header()[:3], _word("3háng", 140, 151.5), *_header()[4:]]
    places = {place.name: place for place in find_anchors(words, 210.0, 297.0)}
    assert not places["day"].closed
    assert places["month"].closed


def test_a_place_that_looks_like_a_label_is_none() -> None:
    """`Trăng` is a letter from `tháng`, and stands before the date."""
    words = [_word("Sóc", 92, 100), _word("Trăng,", 101, 115), *_header()[2:]]
    places = {place.name: place for place in find_anchors(words, 210.0, 297.0)}
    assert 129 < places["day"].left < 131


def test_a_party_number_ends_at_its_hyphen() -> None:
    """The hyphen of `-KL/TU` closes the slot as the slash does elsewhere; the later slash is none of its ends."""
    words = [_word("Số", 30, 34.5), _word("-KL/TU", 50, 66), *_header()[2:]]
    place = next(place for place in find_anchors(words, 210.0, 297.0) if place.name == "number")
    assert (place.right, place.closed, place.certain) == (50, True, True)


def test_joint_letters_have_one_number_and_one_date() -> None:
    """Two issuers side by side above one number: the slots are those of the letter."""
    above = [_word("BỘ", 30, 36, 40, 44), _word("TÀI", 38, 46, 40, 44), _word("BỘ", 60, 66, 40, 44)]
    names = [place.name for place in find_anchors([*above, *_header()], 210.0, 297.0)]
    assert sorted(names) == ["day", "month", "number"]


def test_a_slot_without_its_label_is_not_read() -> None:
    """Where `Số` was not read its letters lie in the slot and look like 50: no reading, suggestions at most."""
    bars = tuple((x, 57.5, x + STROKE, 61.9) for x in (40.0, 42.0))
    with_label = {slot.name: slot for slot in find_slots(_page(*bars), _header())}["number"]
    without = {slot.name: slot for slot in find_slots(_page(*bars), _header()[1:])}["number"]
    assert with_label.reading is not None
    assert without.state is SlotState.INKED
    assert without.reading is None
