"""Several readings of one block of lines, brought to one."""

from __future__ import annotations

import time

import numpy as np
import pytest

from antq_cli.errors import InputError
from antq_cli.reading.lines import SCALES, _in_place, reread, vote
from antq_cli.reading.ocr import Seen
from antq_cli.reading.passages import doubtful_numbers, recipients_box
from antq_cli.reading.prepare import Prepared


def line(text: str, top: int = 100, number: int = 0, confidence: float = 90.0) -> list[Seen]:
    """Words of ten pixels a character; `word@40` is read with confidence 40."""
    found, left = [], 100
    for part in text.split():
        word, _, given = part.partition("@")
        right = left + 10 * len(word)
        found.append(Seen(word, (left, top, right, top + 30), float(given or confidence), number))
        left = right + 10
    return found


def text(words: list[Seen]) -> str:
    return " ".join(word.text for word in words)


def page() -> Prepared:
    gray = np.full((2000, 1600), 255, dtype=np.uint8)
    return Prepared(gray, 200.0, 203.2, 254.0, False, False, None, ())


@pytest.mark.parametrize(
    ("readings", "wanted"),
    [
        (["- Sở Y tế;", "- Sở Y tế;", "- Sở Y tế;"], "- Sở Y tế;"),
        (["- DBND@70 tỉnh;", "- DBND@37 tỉnh;", "- UBND@85 tỉnh;"], "- UBND tỉnh;"),
        (["xã (/o)@45", "xã (b/c)@92", "xã (b/c@40"], "xã (b/c)"),
        (["số 563/TTr-SNV@73", "số 565/TTr-SNV@70", "số 565/TTr-SNV@69"], "số 565/TTr-SNV"),
        (["- Lưu: VT.", "- Lưu: VT. ^@9", "- Lưu: VT."], "- Lưu: VT."),
    ],
)
def test_each_place_goes_to_what_most_readings_support(readings, wanted):
    """Confidence, agreement, and known words decide place by place; a scrap that one reading saw is left out."""
    assert text(vote([line(reading) for reading in readings])) == wanted


def test_a_line_only_the_second_reading_has_is_kept_when_read_well():
    """A lost line comes back; garbage that the first reading does not have does not."""
    first = line("- Sở Nội vụ;")
    second = [*line("- Sở Nội vụ;"), *line("- Sở Tài chính;", 160, 1), *line("x@5 zq@3 ii@9", 220, 2)]
    assert text(vote([first, second])) == "- Sở Nội vụ; - Sở Tài chính;"


def test_only_lines_of_the_first_reading_stay_when_asked():
    """What a cut-out shows of its neighbours is no part of it."""
    second = [*line("số 5/KH-UBND"), *line("phần dòng dưới", 160, 1)]
    assert text(vote([line("số S/KH-UBND@40"), second], only_known=True)) == "số 5/KH-UBND"


def test_disagreement_lowers_confidence():
    """A word all readings agree on keeps its confidence; one they differ on does not."""
    agreed = vote([line("1747/QĐ-UBND")] * 3)[0]
    disputed = vote([line("1747/QĐ-UBND"), line("1741/QĐ-UBND"), line("1747/QĐ-UBND")])[0]
    assert agreed.confidence == pytest.approx(90.0)
    assert disputed.text == agreed.text
    assert disputed.confidence < agreed.confidence


class Scripted:
    """An engine that says the same of every picture, or has no time."""

    def __init__(self, *words: Seen, is_late: bool = False) -> None:
        self.script, self.is_late, self.calls = list(words), is_late, 0

    def words(self, gray, dpi, seconds, psm=3):
        self.calls += 1
        if self.is_late:
            raise InputError("timeout")
        return self.script

    def turn(self, gray, dpi, seconds):
        return None


def test_without_time_the_first_reading_stands():
    """A reading that runs out of time changes nothing."""
    seen = line("- Sở Nội vụ;")
    engine = Scripted(is_late=True)
    assert reread(page(), seen, [(90, 90, 400, 140)], [], engine, time.monotonic() + 5) == seen
    assert engine.calls == 1


def test_what_engine_loses_is_not_lost():
    """When later readings see nothing at all, the words of the first one stay."""
    seen = line("- Sở Nội vụ;")
    engine = Scripted()
    again = reread(page(), seen, [(90, 90, 400, 140)], [], engine, time.monotonic() + 5)
    assert text(again) == text(seen)
    assert engine.calls == len(SCALES)


@pytest.mark.parametrize(
    ("printed", "doubted"),
    [
        ("Căn cứ Kế hoạch số 15/KH-UBND ngày 02/3/2021", False),
        ("Căn cứ Kế hoạch số 15/KH-UBND@60 ngày 02/3/2021", True),
        ("Căn cứ Kế hoạch số 1 15/KH-UBND ngày 02/3/2021", True),
        ("Căn cứ Kế hoạch số 15/KH- UBND@50 ngày 02/3/2021", True),
        ("thực hiện từ ngày 02/3/2021@50 đến ngày 05/4/2021", False),
        ("cán bộ và/hoặc công chức có mặt", False),
    ],
)
def test_numbers_read_weakly_or_torn_are_doubted(printed, doubted):
    """Only lines that name a document by a weak or torn number are read again."""
    assert bool(doubtful_numbers(page(), line(printed, 900))) is doubted


def test_recipients_are_cut_out_without_the_signature():
    """The box begins above the label, ends below the list and leaves the signature block alone."""
    left = [*line("Nơi nhận:", 1400), *line("- Như trên;", 1450, 1), *line("- Lưu: VT.", 1500, 2)]
    right = [
        Seen(w.text, (w.box[0] + 900, *w.box[1:2], w.box[2] + 900, w.box[3]), 90.0, 3) for w in line("CHỦ TỊCH", 1400)
    ]
    box = recipients_box(page(), left + right)
    assert box is not None
    assert box[1] <= 1400
    assert box[3] > 1530
    assert box[2] < 1000


def test_a_page_that_closes_nothing_has_no_recipients():
    """Running text is not taken for a list."""
    assert recipients_box(page(), line("Các đơn vị báo cáo kết quả thực hiện", 900)) is None


def test_a_sure_word_is_not_lost_to_cut_outs_that_lose_it():
    """A known word read surely stays, though both cut-outs show nothing or no word at its place."""
    first = line("Nơi nhận: - Sở Nội vụ;", confidence=96)
    cut = line("Nơi nhệ@60 - Sở Nội vụ;")
    assert text(vote([first, cut, cut])).split()[:2] == ["Nơi", "nhận:"]
    assert text(vote([line("Nơi nhận:", confidence=96), [cut[0]], [cut[0]]])) == "Nơi nhận:"


def test_boxes_on_which_two_readings_agree_are_not_read_a_third_time():
    """All boxes are one picture; the next scale is for those in which the readings differ."""
    seen = line("- Sở Nội vụ;")
    same = [
        Seen(w.text, (round((w.box[0] - 90) * 1.25) + 12, 24, round((w.box[2] - 90) * 1.25) + 12, 60), 90.0, 0)
        for w in seen
    ]
    engine = Scripted(*same)
    again = reread(page(), seen, [(90, 90, 400, 140)], [], engine, time.monotonic() + 5)
    assert (text(again), engine.calls) == (text(seen), 1)


def test_a_list_under_a_block_at_the_left_is_cut_out_whole():
    """Two bodies sign side by side above the list: the left one's head is no right edge of it."""
    heads = line("CHỦ TỊCH", 1000)
    right = [Seen(w.text, (w.box[0] + 900, w.box[1], w.box[2] + 900, w.box[3]), 90.0, 1) for w in heads]
    rows = ["Nơi nhận:", "- Các tổ chức thành viên của Mặt trận;", "- Lưu: VT."]
    below = [word for place, row in enumerate(rows) for word in line(row, 1400 + 50 * place, 2 + place)]
    box = recipients_box(page(), heads + right + below)
    assert box is not None
    assert box[2] > max(word.box[2] for word in below)
    assert 1200 < box[1] <= 1400


def test_words_read_again_stand_where_the_old_ones_stood() -> None:
    """The order of reading is kept: what follows a block on the page follows its new words."""
    before, old, after = (
        Seen(text, (0, top, 50, top + 10), 90.0, top) for text, top in (("a", 0), ("b", 20), ("c", 40))
    )
    new = [Seen("B", (0, 20, 50, 30), 95.0, 100)]
    assert _in_place([before, old, after], [(0, 15, 60, 35)], [new]) == [before, *new, after]
    assert _in_place([before, after], [(0, 15, 60, 35)], [new]) == [before, after, *new]
