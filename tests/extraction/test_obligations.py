"""Deadlines: who must do what by when, and to whom it is reported."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from antq_cli.extraction.obligations import find_obligations
from antq_cli.model.transcript import Transcript, Zone

Paper = Callable[..., Transcript]
ISSUED = date(2022, 8, 1)


@pytest.mark.parametrize(
    ("text", "due", "due_text"),
    [
        ("Các xã gửi báo cáo trước ngày 27/8/2022.", date(2022, 8, 27), "trước ngày 27/8/2022"),
        (
            "Báo cáo chậm nhất là ngày 25 tháng 10 năm 2022.",
            date(2022, 10, 25),
            "chậm nhất là ngày 25 tháng 10 năm 2022",
        ),
        ("Các đơn vị hoàn thành xong trước ngày 15/9/2022.", date(2022, 9, 15), "xong trước ngày 15/9/2022"),
        ("Nhận hồ sơ, đề nghị nộp đến hết ngày 31/12/2022.", date(2022, 12, 31), "đến hết ngày 31/12/2022"),
        ("Đề nghị hoàn thành rà soát trong tháng 9 năm 2022.", date(2022, 9, 30), "trong tháng 9 năm 2022"),
        ("Gửi về Văn phòng trước 17h00 ngày 05/9/2022.", date(2022, 9, 5), "trước 17h00 ngày 05/9/2022"),
        ("Các xã nộp danh sách trước ngày 15/9.", date(2022, 9, 15), "trước ngày 15/9"),
        ("Hạn nộp hồ sơ: ngày 30/9/2022.", date(2022, 9, 30), "Hạn nộp hồ sơ: ngày 30/9/2022"),
        ("Các thôn tổng vệ sinh trước ngày 19/9/2022.", date(2022, 9, 19), "trước ngày 19/9/2022"),
        ("Các thôn đăng ký trước ngày 19/9/2022.", date(2022, 9, 19), "trước ngày 19/9/2022"),
        ("Từng thôn dọn kênh trước ngày 19/9/2022.", date(2022, 9, 19), "trước ngày 19/9/2022"),
        ("Xã đặt hai thùng rác ở chợ trước ngày 19/9/2022.", date(2022, 9, 19), "trước ngày 19/9/2022"),
        ("Giao Sở Y tế trình Ủy ban nhân dân tỉnh trước ngày 15/9/2022.", date(2022, 9, 15), "trước ngày 15/9/2022"),
        ("Sở Nội vụ hoàn thành đề án trong quý III/2022.", date(2022, 9, 30), "trong quý III/2022"),
        ("Các xã hoàn thành việc thu gom trước tháng 10 năm 2022.", date(2022, 9, 30), "trước tháng 10 năm 2022"),
        ("Các xã nộp danh sách trước ngày 15/02.", date(2023, 2, 15), "trước ngày 15/02"),
    ],
)
def test_a_deadline_is_dated(text: str, due: date, due_text: str, paper: Paper) -> None:
    """Whole dates, months, and days whose year the letter's own day tells."""
    (one,) = find_obligations(paper(text), ISSUED)
    assert (one.due, one.due_text) == (due, due_text)
    assert one.due_text in one.evidence.quote


@pytest.mark.parametrize(
    ("text", "due_text"),
    [
        (
            "Đề nghị các xã trả lời trong vòng 05 ngày làm việc kể từ ngày nhận được công văn này.",
            "trong vòng 05 ngày làm việc kể từ ngày nhận được công văn này",
        ),
        ("Trong thời hạn 10 ngày kể từ ngày họp, các xã nộp biên bản.", "Trong thời hạn 10 ngày kể từ ngày họp"),
        (
            "Các xã báo cáo định kỳ hằng quý, trước ngày 15 của tháng cuối quý.",
            "định kỳ hằng quý, trước ngày 15 của tháng cuối quý",
        ),
        ("Các xã báo cáo trước ngày 25 hằng tháng.", "trước ngày 25 hằng tháng"),
        ("Các xã báo cáo huyện trước ngày 10/12 hằng năm.", "trước ngày 10/12 hằng năm"),
        ("Hằng năm các xã báo cáo huyện trước ngày 20/12.", "trước ngày 20/12"),
    ],
)
def test_a_term_or_a_recurring_day_keeps_its_words(text: str, due_text: str, paper: Paper) -> None:
    """What runs from an event or comes back has no one day: its words stand, the day stays open."""
    (one,) = find_obligations(paper(text), ISSUED)
    assert (one.due, one.due_text) == (None, due_text)


def test_a_day_without_a_year_is_not_guessed(paper: Paper) -> None:
    """Without the letter's own day the year stays open; the words are kept."""
    (one,) = find_obligations(paper("Các xã nộp danh sách trước ngày 15/9."), None)
    assert one.due is None
    assert one.due_text == "trước ngày 15/9"


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Công văn số 12/UBND-VX ngày 03/4/2022 của UBND tỉnh, các xã báo cáo.",
        "Nghị định này có hiệu lực từ ngày 05/3/2022.",
        "Trước ngày 30/4/1975, nhân dân trong vùng sống bằng nghề rừng.",
        "Người sinh trước ngày 01/01/2010 được miễn.",
        "Kế hoạch giai đoạn 2021-2025; họp ngày 05/9/2022.",
        "Ngày cập nhật 10/8/2022.",
        "Các xã báo cáo trước ngày 31/02/2022.",
        "Từ ngày 21/9/2022 đến hết ngày 29/9/2022, mỗi thôn tổ chức một buổi dọn vệ sinh.",
        "Các văn bản ban hành trước ngày 01/9/2022 được thay thế.",
        "Trong thời hạn 30 ngày kể từ ngày phát động, xã vận động được hai triệu đồng.",
        "Hợp đồng có thời hạn 12 tháng kể từ ngày 01/7/2022.",
        "Quy chế hết hiệu lực trước ngày 01/9/2022.",
        "Huyện đã trồng xong hai héc-ta rừng trước ngày 15/7/2022.",
        "Huyện trồng hai héc-ta rừng trước ngày 15/7/2022.",
        'Phát động phong trào "Sạch làng trước ngày 15/9/2022" trong toàn xã.',
        "",
    ],
)
def test_other_dates_are_no_deadlines(text: str, paper: Paper) -> None:
    """Days of documents, of validity, of history, of birth and impossible days bind nobody."""
    assert find_obligations(paper(text or "Không có gì."), ISSUED) == ()


@pytest.mark.parametrize(
    ("text", "actor", "report_to"),
    [
        (
            "Yêu cầu các sở, ban, ngành báo cáo kết quả về UBND tỉnh (qua Sở Nội vụ) trước ngày 25/10/2022.",
            "các sở, ban, ngành",
            "UBND tỉnh (qua Sở Nội vụ)",
        ),
        (
            "Đề nghị Sở Y tế rà soát thiết bị và gửi danh mục về Sở Tài chính chậm nhất ngày 15/9/2022 để tổng hợp.",
            "Sở Y tế",
            "Sở Tài chính",
        ),
        (
            "2. Kết thúc đợt thi đua, Ủy ban nhân dân các xã báo cáo kết quả bảo vệ rừng tại địa phương về "
            "Ủy ban nhân dân huyện (qua Phòng Kinh tế trước ngày 27/8/2022 để tổng hợp.",
            "Ủy ban nhân dân các xã",
            "Ủy ban nhân dân huyện",
        ),
        ("Sở Xây dựng sửa mái che trước ngày 16/9/2022.", "", ""),
        ("Sở Tài chính kiểm tra sổ sách trước ngày 16/9/2022.", "Sở Tài chính", ""),
        ("Sở Y tế là đầu mối, tổng hợp số liệu trước ngày 16/9/2022.", "Sở Y tế", ""),
        ("Thôn tự chấm; Ủy ban nhân dân xã thẩm định trước ngày 16/9/2022.", "Ủy ban nhân dân xã", ""),
        ("Trước ngày 25/10/2022, các đơn vị gửi báo cáo về Sở Nội vụ.", "các đơn vị", "Sở Nội vụ"),
        ("Hồ sơ nộp chậm nhất ngày 30/9/2022.", "", ""),
    ],
)
def test_actor_and_receiver_are_read_as_printed(text: str, actor: str, report_to: str, paper: Paper) -> None:
    """A body before the duty's verb is the actor, the body behind "về" the receiver; what is unclear stays empty."""
    (one,) = find_obligations(paper(text), ISSUED)
    assert (one.actor, one.report_to) == (actor, report_to)
    assert one.action


def test_only_the_body_binds(paper: Paper) -> None:
    """Annexes, stamps and headers set no deadlines."""
    transcript = paper((Zone.ANNEX, "Nộp báo cáo trước ngày 27/8/2022."), (Zone.STAMP, "Nộp trước ngày 28/8/2022."))
    assert find_obligations(transcript, ISSUED) == ()


@pytest.mark.parametrize(
    "text",
    [
        "báo cáo về UBND trước ngày 1/2/2023 " * 2600,
        "báo cáo " * 12000 + " trước ngày 1/2/2023",
        "ngày 1/" * 14000,
        "trong vòng 05 ngày kể từ " * 4000,
        "hằng quý, trước ngày 15 tháng cuối quý " * 2500,
        "đã; trong quý III, " * 5000,
    ],
    ids=["deadlines", "verbs", "dates", "terms", "recurring", "quarters"],
)
def test_hostile_text_costs_little(text: str, paper: Paper) -> None:
    """100 kB made to trip patterns up are read in seconds at most."""
    transcript = paper(text)
    begin = time.process_time()
    find_obligations(transcript, ISSUED)
    assert time.process_time() - begin < 10
