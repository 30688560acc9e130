"""Số, ký hiệu of the letter itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from papers import letter_page, pages, scan, shown, text_file, typed, understood

from antq_cli.model.page import CLEAR, Box, Guess, Page, PageOrigin, Slot, SlotState

BOX = Box(50, 30, 70, 36)
FAR = Box(50, 130, 70, 136)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 15/KH-SNV", "15/KH-SNV"),
        ("Số: 007/KH-UBND", "007/KH-UBND"),
        ("Số: 15a/KH-UBND", "15a/KH-UBND"),
        ("Số: 12/2022/QĐ-UBND", "12/2022/QĐ-UBND"),
        ("Số : 88 / KH - UBND", "88/KH-UBND"),
        ("Số 19/KH-UBND", "19/KH-UBND"),
        ("Số:264/KH-UBND", "264/KH-UBND"),
        ("Số 45-CT/TU", "45-CT/TU"),
        ("Số: 91/SGD&ĐT-VP", "91/SGD&ĐT-VP"),
        ("Số: 1305UBND-NCPC", "1305/UBND-NCPC"),
        ("Số: 14/HDLN-STP-SNV-STC", "14/HDLN-STP-SNV-STC"),
    ],
)
def test_numbers_as_offices_write_them(line: str, number: str) -> None:
    """The canonical form, whatever spaces, colons and zeros are printed."""
    field = understood(typed(number=line)).fields.number
    assert field.value == number
    assert field.evidence[0].page == 1


@pytest.mark.parametrize(
    "line", ["Số:          /KH-UBND", "Số: ……/KH-UBND", "Số:.......... /KH-UBND", "Số: ___/KH-SNV"]
)
def test_a_blank_in_a_text_is_absent_and_its_line_is_found(line: str) -> None:
    """A number still to be given is no number; the line with its label is there."""
    letter = understood(text_file(f"UBND TỈNH GIA LAI\n{line}\nKẾ HOẠCH\nChỉnh lý tài liệu"))
    assert (shown(letter.fields.number), letter.fields.number.note) == ("absent", "blank")
    assert letter.form.number_line.is_found


@pytest.mark.parametrize(
    ("line", "slots", "expected"),
    [
        ("Số: 15/KH-SNV", (Slot("number", BOX, SlotState.TYPED),), "15/KH-SNV"),
        ("Số: 15/KH-SNV@0.4", (Slot("number", BOX, SlotState.TYPED),), "unreadable"),
        ("Số: 15/KH-SNV", (Slot("number", BOX, SlotState.INKED),), "unreadable"),
        ("Số: /KH-SNV", (Slot("number", BOX, SlotState.EMPTY),), "absent"),
        ("Số: 1.5. /KH-SNV", (Slot("number", BOX, SlotState.EMPTY),), "unreadable"),
        ("Số: /KH-SNV", (), "unreadable"),
        ("Số: 15/KH-SNV", (), "unreadable"),
        ("Số: 15/KH-SNV", (Slot("number", BOX, SlotState.EMPTY),), "unreadable"),
        ("Số: 15/KH-SNV", (Slot("number", FAR, SlotState.TYPED),), "unreadable"),
        ("Số: 15 /KH-SNVO@0.3", (Slot("number", BOX, SlotState.TYPED),), "unreadable"),
        ("Số: 15/KH-SNV@0.7", (), "unreadable"),
        ("Số: 04/KHH-SNV", (), "unreadable"),
    ],
)
def test_on_a_scan_digits_are_never_guessed(line: str, slots: tuple[Slot, ...], expected: str) -> None:
    """What is written by hand, unsure, or no code at all is unreadable; an empty slot seen in the pixels is absent."""
    assert shown(understood(scan(number=line, slots=slots)).fields.number) == expected


def test_a_copy_s_number_is_not_the_letter_s() -> None:
    """The block SAO Y below has a number of its own."""
    document = typed(number="Số:     /KH-SNV", more=[(40.0, 230.0, "Số: 145/SY-UBND")])
    assert shown(understood(document).fields.number) != "145/SY-UBND"


def test_a_letter_without_the_label_has_no_number() -> None:
    """The column was read and holds no number."""
    assert shown(understood(typed(number="")).fields.number) == "absent"


def test_a_spoilt_label_is_told_by_the_slot_on_its_line() -> None:
    """Ink over `Số:` hides the label, not the number: the symbol on the slot's line has it."""
    slot = Slot("number", Box(40, 33, 60, 42), SlotState.INKED, Guess("286", 0.95), (Guess("286", 0.95),))
    assert shown(understood(scan(number="Sóy: /KH-SNV", slots=(slot,))).fields.number) == "286/KH-SNV"
    assert shown(understood(scan(number="Sóy: /KH-SNV")).fields.number) == "unreadable"


def _second(**parts: object) -> tuple[Page, Page]:
    """A blank page before a scanned letter."""
    letter = replace(letter_page(origin=PageOrigin.OCR, **parts), number=2)  # type: ignore[arg-type]
    return Page(1, 210.0, 297.0, (), PageOrigin.BLANK), letter


@pytest.mark.parametrize(
    ("state", "number"), [(None, "unreadable"), (SlotState.TYPED, "15/KH-SNV"), (SlotState.INKED, "unreadable")]
)
def test_the_page_of_the_head_tells_what_is_print(state: SlotState | None, number: str) -> None:
    """Behind a blank page the slots of the letter's own page count, and without any no digit does."""
    slots = (Slot("number", Box(50, 35, 60, 39), state),) if state is not None else ()
    assert shown(understood(pages(*_second(slots=slots))).fields.number) == number


def test_a_spoilt_label_is_told_by_the_slot_on_the_page_of_the_head() -> None:
    """Behind a blank page, too, the symbol on the slot's line has the number."""
    slot = Slot("number", Box(40, 33, 60, 42), SlotState.INKED, Guess("286", 0.95), (Guess("286", 0.95),))
    assert shown(understood(pages(*_second(number="Sóy: /KH-SNV", slots=(slot,)))).fields.number) == "286/KH-SNV"


@pytest.mark.parametrize(("notes", "state"), [((), "unreadable"), ((CLEAR + "number",), "absent")])
def test_a_scan_lacks_a_number_only_where_no_ink_was_left_unread(notes: tuple[str, ...], state: str) -> None:
    """OCR may lose the whole line; legible words beside it tell nothing."""
    page = replace(letter_page(origin=PageOrigin.OCR, number=""), notes=notes)
    letter = understood(pages(page))
    assert shown(letter.fields.number) == state
    assert shown(letter.form.number_line) == state
    if state == "unreadable":
        assert letter.fields.number.note == "not_seen"


@pytest.mark.parametrize(
    ("symbol", "number"),
    [("BC-UBNO@0.12", "unreadable"), ("BC-UBNO@0.7", "47/BC-UBNO"), ("BC-UBND@0.12", "47/BC-UBND")],
)
def test_an_unknown_symbol_needs_to_be_read_well(symbol: str, number: str) -> None:
    """A kind does not vouch for the body beside it; the claim is no surer than the print."""
    slot = Slot("number", Box(40, 33, 60, 42), SlotState.INKED, Guess("47", 0.97), (Guess("47", 0.97),))
    field = understood(scan(number=f"Số: /{symbol}", slots=(slot,))).fields.number
    assert shown(field) == number
    assert field.confidence < 0.9


def test_words_of_a_text_layer_need_no_slot() -> None:
    """On a page of both, what the file says is no guess."""
    page = letter_page(origin=PageOrigin.OCR, confidence=1.0)
    assert shown(understood(pages(page)).fields.number) == "unreadable"
    assert shown(understood(pages(replace(page, notes=("text_and_ocr",)))).fields.number) == "15/KH-SNV"
