"""What file names, signatures and citations may do to a number or a day written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from papers import scan, shown, understood

from antq_cli.extraction.hints import by_value, claimed_day, claimed_number, leading_number
from antq_cli.model.page import Box, Guess, Slot, SlotState

NUMBER, DAY = Box(50, 32, 70, 44), Box(150, 32, 160, 44)


def _inked(name: str, reading: Guess | None = None, *guesses: Guess) -> Slot:
    return Slot(name, NUMBER if name == "number" else DAY, SlotState.INKED, reading, guesses, whole=True)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("286_QD-ABC_signed.pdf", "286"),
        ("0045-KH.pdf", "45"),
        ("20250510_124908.pdf", None),
        ("20250510_124908 17 KH.pdf", "17"),
        ("12-03-2024 thong bao.pdf", None),
        ("van ban.pdf", None),
        ("AB12.pdf", None),
    ],
)
def test_a_name_tells_the_number_it_begins_with(name: str, number: str | None) -> None:
    """Moments of an export and dates are no numbers of letters, nor are digits behind other letters."""
    assert leading_number(name) == number


def test_a_name_confirms_or_contradicts_but_never_fills() -> None:
    """The name's number counts only where a reader saw it, too."""
    sure, fair = Guess("41", 0.9), Guess("41", 0.7)
    assert (
        claimed_number(_inked("number", sure), "41 KH.pdf").confidence
        > claimed_number(  # type: ignore[union-attr]
            _inked("number", sure), "x.pdf"
        ).confidence
    )  # type: ignore[union-attr]
    assert claimed_number(_inked("number", fair), "2770 KH.pdf") is None
    assert claimed_number(_inked("number", sure), "2770 KH.pdf").digits == "41"  # type: ignore[union-attr]
    assert claimed_number(_inked("number", sure, sure, Guess("47", 0.1)), "47 KH.pdf") is None
    assert claimed_number(_inked("number", None, Guess("47", 0.4)), "47 KH.pdf").digits == "47"  # type: ignore[union-attr]
    assert claimed_number(_inked("number"), "47 KH.pdf") is None


def test_a_day_is_never_later_than_a_signature() -> None:
    """A signature the day after confirms a single reader; one before contradicts even two."""
    read = _inked("day", Guess("09", 0.9))
    assert claimed_day(read, 2024, 9, (date(2024, 9, 8),)) is None
    assert claimed_day(read, 2024, 9, ()).digits == "09"  # type: ignore[union-attr]
    seen = _inked("day", None, Guess("04", 0.5))
    assert claimed_day(seen, 2024, 9, (date(2024, 9, 5),)).digits == "04"  # type: ignore[union-attr]
    assert claimed_day(seen, 2024, 9, ()) is None
    assert claimed_day(_inked("day", Guess("31", 0.9)), 2024, 9, ()) is None


def test_zeros_do_not_part_days() -> None:
    """`5` and `05` are one day."""
    assert by_value([Guess("5", 0.4), Guess("05", 0.3), Guess("8", 0.1)])[0] == Guess("5", 0.7)


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        (_inked("number", Guess("286", 0.9)), "286/KH-SNV"),
        (_inked("number", None, Guess("286", 0.4)), "unreadable"),
    ],
)
def test_agreed_ink_with_a_sure_symbol_is_a_number(slot: Slot, value: str) -> None:
    """What OCR makes of the ink counts for nothing."""
    field = understood(scan(number="Số: 83/KH-SNV", slots=(slot,))).fields.number
    assert shown(field) == value
    assert field.note == "handwritten"
    assert field.confidence < 1
    if value == "unreadable":
        assert field.candidates == ("286/KH-SNV",)


def test_an_inked_day_joins_the_printed_month() -> None:
    """Two readers and no contradiction make a date; a signature before it unmakes it."""
    document = scan(date="Nam Định, ngày 88 tháng 9 năm 2024", slots=(_inked("day", Guess("05", 0.9)),))
    assert shown(understood(document).fields.date) == date(2024, 9, 5)
    assert understood(document).fields.date.note == "handwritten"
    assert shown(understood(replace(document, signed=(date(2024, 9, 4),))).fields.date) == "unreadable"
    assert shown(understood(replace(document, signed=(date(2026, 9, 6),))).fields.date) == "unreadable"


@pytest.mark.parametrize(
    ("name", "guesses", "digits"),
    [
        ("47 KH.pdf", (Guess("47", 0.5), Guess("41", 0.2)), "47"),
        ("47 KH.pdf", (Guess("47", 0.5), Guess("41", 0.3)), None),
        ("47 KH.pdf", (Guess("41", 0.5), Guess("47", 0.4)), None),
        ("47 KH.pdf", (Guess("47", 0.2),), None),
        ("1286 KH.pdf", (Guess("1286", 0.2),), None),
        ("47.pdf", (Guess("47", 0.5),), None),
        ("1.pdf", (Guess("1", 0.9),), None),
        ("012.pdf", (Guess("12", 0.9),), None),
        ("12 (2)_signed.pdf", (Guess("12", 0.9),), None),
        ("286.pdf", (Guess("286", 0.5),), "286"),
    ],
)
def test_a_name_confirms_only_a_clear_best_guess(name: str, guesses: tuple[Guess, ...], digits: str | None) -> None:
    """A rival half as likely, a weak guess or the name of a file that was merely counted confirms nothing."""
    claim = claimed_number(_inked("number", None, *guesses), name)
    assert (claim.digits if claim is not None else None) == digits
    if claim is not None:
        assert claim.confidence < 0.9


def test_a_name_confirms_no_cut_that_lost_ink() -> None:
    """Digits beside the cut may have been lost: 47 of 347."""
    slot = replace(_inked("number", None, Guess("47", 0.5)), whole=False)
    assert claimed_number(slot, "47 KH.pdf") is None


def test_a_counted_file_adds_no_confidence() -> None:
    """`4.pdf` says nothing of the number 4."""
    slot = _inked("number", Guess("4", 0.9))
    assert claimed_number(slot, "4.pdf") == claimed_number(slot, "x.pdf")
