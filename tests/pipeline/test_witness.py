"""Letters whose text layer lies, from the file to the finding."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from antq_cli.checks.engine import check
from antq_cli.checks.rule import Context
from antq_cli.errors import ToolMissing
from antq_cli.model.letter import State
from antq_cli.pipeline.reading import read_letters
from antq_cli.reading import reader
from antq_cli.settings import Settings

_LINES = (
    (25, 20, "UBND TINH THU"),
    (110, 20, "CONG HOA XA HOI CHU NGHIA VIET NAM"),
    (25, 26, "SO NOI VU"),
    (125, 26, "Doc lap - Tu do - Hanh phuc"),
    (25, 34, "So: 125/KH-SNV"),
    (115, 34, "Thu Dau, ngay 12 thang 5 nam 2022"),
    (95, 48, "KE HOACH"),
    (60, 55, "Chinh ly tai lieu nam 2022"),
    (30, 70, "Thuc hien Ke hoach so 88/KH-UBND ngay 03 thang 3 nam 2022 ve chinh ly tai lieu,"),
    (30, 77, "co quan de nghi cac don vi ra soat ho so dang de o kho tam, lap danh muc."),
)


def _letter(path: Path, *, shown: str = "") -> Path:
    """A digital letter; `shown` is a picture over its number."""
    made = FPDF(format="A4")
    made.set_font("Times", size=13)
    made.add_page()
    for left, top, text in _LINES:
        made.text(left, top, text)
    if shown:
        image = Image.new("L", (460, 70), 255)
        ImageDraw.Draw(image).text((4, 6), shown, fill=0, font=ImageFont.load_default(size=54))
        made.image(image, 25, 29.5, 39)
    path.write_bytes(bytes(made.output()))
    return path


@pytest.mark.ocr
def test_a_number_under_another_is_disputed_and_told(tmp_path: Path) -> None:
    """Neither number is claimed, both are shown, the check says so, and an honest letter passes."""
    lying = _letter(tmp_path / "a.pdf", shown="So: 947/KH-SNV")
    honest = _letter(tmp_path / "b.pdf")
    (_, bad), (_, good) = read_letters([lying, honest], Settings(jobs=1))
    assert bad is not None
    assert good is not None
    assert bad.fields.number.value != "125/KH-SNV"
    flags = set(bad.transcript.document.flags)
    assert flags & {"text_layer_mismatch", "hidden_text"}
    assert good.fields.number.value == "125/KH-SNV"
    assert not good.transcript.document.flags
    report = check(good, Context(date(2022, 6, 1)))
    assert not any(finding.rule.startswith("TEXT_LAYER") for finding in report.findings)


def test_without_tesseract_the_letter_is_read_and_the_layer_unverified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A digital letter needs no OCR to be taken in; that its layer was not compared is said."""

    def missing(language: str = "vie") -> object:
        raise ToolMissing("tesseract")

    monkeypatch.setattr(reader, "require_tesseract", missing)
    ((reading, letter),) = read_letters([_letter(tmp_path / "a.pdf")], Settings(jobs=1))
    assert reading.error is None
    assert letter is not None
    assert letter.fields.number.state is State.FOUND
    assert letter.transcript.document.flags == ("text_layer_unverified",)
