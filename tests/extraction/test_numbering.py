"""Số, ký hiệu of the letter itself."""

from __future__ import annotations

import pytest
from papers import scan, shown, text_file, typed, understood

from antq_cli.model.page import Box, Guess, Slot, SlotState

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
