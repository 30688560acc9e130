"""The signature block read again, with an engine that was recorded; and once with the true one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from antq_cli.errors import InputError
from antq_cli.extraction.closing import read_closing
from antq_cli.layout import transcribe
from antq_cli.model.letter import State
from antq_cli.model.page import Box, Document, Page, PageOrigin, Word
from antq_cli.reading.ocr import Seen
from antq_cli.reading.prepare import Gray, Prepared
from antq_cli.reading.rereading import NOTE, reread_signature
from antq_cli.reading.views import views
from antq_cli.reading.votes import sureness

DPI = 127.0
"""Five pixels a millimetre."""
Line = tuple[float, float, str]
LEFT = [(25.0, 200.0, "Nơi nhận:"), (25.0, 206.0, "- Như trên;"), (25.0, 212.0, "- Lưu: VT.")]
HEADS = [(135.0, 200.0, "KT. GIÁM ĐỐC"), (132.0, 206.0, "PHÓ GIÁM ĐỐC")]
NAME = (135.0, 235.0, "Lê Thu Hà")


def _words(lines: Sequence[Line], confidence: float = 0.95) -> tuple[Word, ...]:
    found = []
    for number, (left, top, text) in enumerate(lines):
        for part in text.split():
            word, _, own = part.partition("@")
            box = Box(left, top, left + 2.4 * len(word), top + 4.0)
            found.append(Word(word, box, float(own) if own else confidence, number))
            left = box.right + 2.0
    return tuple(found)


def _page(*lines: Line) -> Page:
    return Page(1, 210.0, 297.0, _words([*LEFT, *lines]), PageOrigin.OCR)


def _prepared() -> Prepared:
    gray = np.full((1485, 1050), 255, dtype=np.uint8)
    return Prepared(gray, DPI, 210.0, 297.0, False, True, None, ())


@dataclass
class Recorded:
    """Gives its readings, in mm of the page, one after another; the last one again and again."""

    readings: list[list[Line] | InputError]
    calls: int = 0
    boxes: list[tuple[int, ...]] = field(default_factory=list)

    def words(self, gray: Gray, dpi: float, seconds: float, psm: int = 3) -> list[Seen]:
        given = self.readings[min(self.calls, len(self.readings) - 1)]
        self.calls += 1
        self.boxes.append(gray.shape)
        if isinstance(given, InputError):
            raise given
        top, left = 200.0 - 0.02 * 297.0, 0.42 * 210.0
        return [
            Seen(
                word.text,
                (
                    round((word.box.left - left) * 5),
                    round((word.box.top - top) * 5),
                    round((word.box.right - left) * 5),
                    round((word.box.bottom - top) * 5),
                ),
                word.confidence * 100,
                word.line,
            )
            for word in _words(given)
        ]

    def turn(self, gray: Gray, dpi: float, seconds: float) -> int | None:
        return None


def _reread(page: Page, engine: Recorded, seconds: float = 60.0) -> Page:
    return reread_signature(_prepared(), page, engine, time.monotonic() + seconds)


def _closing(page: Page) -> tuple[object, object, object]:
    closing = read_closing(transcribe(Document("0", "a.pdf", "pdf", (page,))))
    return tuple(  # type: ignore[return-value]
        found.value if found.state is State.FOUND else found.state.value
        for found in (closing.authority, closing.position, closing.signer)
    )


def test_a_block_that_was_read_surely_costs_nothing() -> None:
    """Nor does a page that closes no letter."""
    engine = Recorded([[]])
    assert NOTE not in _reread(_page(*HEADS, NAME), engine).notes
    assert NOTE not in _reread(Page(1, 210.0, 297.0, _words([(30.0, 50.0, "văn bản")]), PageOrigin.OCR), engine).notes
    assert engine.calls == 0


def test_a_name_that_two_pictures_show_is_believed() -> None:
    """It stands in the place of what the page's reading made of it, and scraps go; the search ends early."""
    engine = Recorded([[*HEADS, NAME]])
    page = _reread(_page(*HEADS, (135.0, 235.0, "bê@0.2 Tnu@0.1"), (150.0, 222.0, "x@0.3")), engine)
    assert _closing(page) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thu Hà")
    assert engine.calls == 2
    assert {word.text for word in page.words}.isdisjoint({"bê", "Tnu", "x"})
    assert NOTE in page.notes
    name = next(word for word in page.words if word.text == "Lê")
    assert name.box.left == pytest.approx(135.0, abs=0.2)
    assert name.confidence == sureness(2)


@pytest.mark.parametrize(
    "readings",
    [
        [[*HEADS, (135.0, 235.0, text)] for text in ("Lê Thu Hà", "Lê Thư Hà", "Lê Thi Hà", "Lê Thị Ha", "Lê Tha Hà")],
        [[*HEADS, NAME], [*HEADS, (135.0, 235.0, "Xuê Thu Hà")]],
        [[*HEADS, (135.0, 235.0, "Lê Thu Hễng")]],
        [[*HEADS, (135.0, 235.0, "Vị Thu Hà")]],
        [[*HEADS, (150.0, 235.0, "Văn Tùng")]],
    ],
)
def test_without_agreement_no_name_is_claimed(readings: list[list[Line] | InputError]) -> None:
    """Readings that differ, an unknown family, no syllable, unsure marks, a family name that is lost."""
    engine = Recorded(readings)
    page = _reread(_page(*HEADS), engine)
    assert _closing(page) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "unreadable")
    assert engine.calls <= 5


def test_hidden_lines_over_the_name_come_back() -> None:
    """Authority and position, too, need two pictures."""
    engine = Recorded([[*HEADS, NAME]])
    page = _reread(_page((135.0, 200.0, "K@0.2"), (145.0, 206.0, "ÁM@0.4 ĐỐC"), NAME), engine)
    assert _closing(page) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thu Hà")


def test_recipients_beside_the_block_stay() -> None:
    """Only the block's own place is read anew."""
    before = _page(*HEADS, (25.0, 235.0, "(để@0.4 báo cáo)"))
    page = _reread(before, Recorded([[*HEADS, NAME]]))
    assert {word.text for word in before.words} <= {word.text for word in page.words} | {"KT.", "PHÓ", "GIÁM", "ĐỐC"}


def test_time_that_is_up_ends_the_search() -> None:
    """What was agreed on stands; nothing is read after the last moment."""
    late = Recorded([InputError("timeout")])
    assert _reread(_page(*HEADS), late).words == _page(*HEADS).words
    none = Recorded([[]])
    _reread(_page(*HEADS), none, seconds=-1.0)
    assert (late.calls, none.calls) == (1, 0)


def test_other_errors_are_not_hidden() -> None:
    """A missing program is no reason to go on quietly."""
    with pytest.raises(InputError):
        _reread(_page(*HEADS), Recorded([InputError("damaged")]))


def test_a_red_seal_is_thinned_out() -> None:
    """In every coloured picture red over white is light, and print stays dark."""
    rgb = np.full((200, 200, 3), 250, dtype=np.uint8)
    rgb[50:60, :] = (210, 30, 40)
    rgb[100:110, 20:180] = (25, 25, 25)
    page = Prepared(np.ascontiguousarray(rgb[..., 0]), DPI, 40.0, 40.0, True, False, None, (), rgb)
    made = list(views(page, (10, 10, 190, 190)))
    assert len(made) == 5
    for view in made:
        assert view.gray.shape == (180, 180)
        assert view.gray[45, 80] > 180
        assert view.gray[95, 80] < 60


@pytest.mark.ocr
def test_a_name_under_a_seal_on_a_drawn_page(tmp_path: Path) -> None:
    """A sealed block drawn as a coloured scan is read with its three lines."""
    from antq_cli.reading import scan
    from antq_cli.reading.ocr import TesseractEngine
    from antq_cli.reading.pixels import Picture
    from samples.generator.compose import compose
    from samples.generator.letter import Letter, Signature
    from samples.generator.raster import draw_pages

    block = Signature(("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC", "Trần Quốc Bình", "SỞ NỘI VỤ TỈNH MẪU")
    body = ("Sở Nội vụ đề nghị các cơ quan chỉnh lý tài liệu và báo cáo kết quả thực hiện trước ngày 30/6/2022./.",)
    letter = Letter(
        "a.pdf", "state", "letter", "", issuer=("SỞ NỘI VỤ",), number="15/SNV-VP", kind="công văn", subject="báo cáo",
        place="Mẫu", date="2022-05-12", body=body, recipients=("Như trên", "Lưu: VT"), signatures=(block,),
    )  # fmt: skip
    image = draw_pages(compose(letter), 200, 4177)[0]
    picture = Picture(image, (200, 200), 210.0, 297.0)
    page = scan.read_page(picture, 1, TesseractEngine("vie", tmp_path), measure_ink=False, seconds=60)
    assert _closing(page) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Quốc Bình")
