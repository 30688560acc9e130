"""Printed boxes of electronic signatures."""

from __future__ import annotations

from datetime import date

import pytest
from papers import printed, scan, shown, typed, understood, zones

from antq_cli.extraction.signing import signing_days
from antq_cli.layout import transcribe
from antq_cli.layout.esign import signature_box_words

BOX = ("Ký bởi: Sở Nội vụ", "Cơ quan: Tỉnh Lâm Đồng", "Thời gian ký: 13.05.2022 08:15:20 +07:00")


def _box(left: float, top: float, *lines: str) -> list[tuple[float, float, str]]:
    return [(left, top + 4.5 * at, line) for at, line in enumerate(lines)]


@pytest.mark.parametrize(
    "lines",
    [
        BOX,
        ("Người ký: Sở Nội vụ", "Email: snv.vidu.vn", "Ngày ký: 13/05/2022 08:15:20", "+07:00"),
        ("Digitally signed by Sở Nội vụ", "Date: 2022.05.13 08:15:20 +07'00'"),
    ],
)
@pytest.mark.parametrize("place", [(120.0, 3.0), (120.0, 215.0)])
def test_a_box_is_no_part_of_the_letter(lines: tuple[str, ...], place: tuple[float, float]) -> None:
    """Above the header or at the foot: number, date, issuer and signer stay the letter's, the day is told apart."""
    for document in (scan(more=_box(*place, *lines)), typed(more=_box(*place, *lines))):
        assert " ".join(zones(document)["e_signature"]).startswith(lines[0])
        fields = understood(document).fields
        plain = understood(typed()).fields
        for name in ("issuer", "number", "date", "signer", "position"):
            assert shown(getattr(fields, name)) == shown(getattr(plain, name))
        assert signing_days(transcribe(document)) == (date(2022, 5, 13),)


def test_a_label_alone_is_no_box() -> None:
    """A form may have a line "Người ký:"; prose may speak of who signed."""
    assert not signature_box_words(printed([(30.0, 100.0, "Người ký: ………")]))
    assert not signature_box_words(printed([(30.0, 100.0, "Ngày ký ban hành và thời gian nộp hồ sơ ghi rõ.")]))


def test_the_name_under_a_box_is_the_signer_s() -> None:
    """What stands below the moment of signing is the letter's own."""
    block = ("GIÁM ĐỐC", *BOX, "Lê Thu Hà")
    assert understood(scan(blocks=[block])).fields.signer.value == "Lê Thu Hà"


def test_an_unsure_printed_day_is_no_day() -> None:
    """Digits read badly off a scan hint at nothing."""
    box = _box(120.0, 3.0, "Ký bởi: Sở Nội vụ", "Thời gian ký: 13.05.2022@0.4 08:15:20 +07:00")
    assert signing_days(transcribe(scan(more=box))) == ()


def test_lines_of_office_programs_are_no_text() -> None:
    """What a program prints at the edge of the sheet belongs to no zone of the letter."""
    found = zones(typed(more=[(30.0, 290.0, "snv-13/05/2022 08:15:20-vidu")]))
    assert found["stamp"] == ["snv-13/05/2022 08:15:20-vidu"]
