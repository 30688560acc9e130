"""The administrative map: which bodies were no more on a day, and what is never taken for one of them."""

from __future__ import annotations

from datetime import date

import pytest

from antq_cli.vietnamese.administration import (
    bodies_named,
    body_coded,
    ended_act,
    ended_bodies,
    is_headed,
    may_show_degrees,
    province_called,
    province_in,
    province_now,
)

AFTER = date(2025, 8, 1)


@pytest.mark.parametrize(
    "text",
    [
        "UBND các huyện, thị xã, thành phố",
        "ỦY BAN NHÂN DÂN HUYỆN ĐỨC TRỌNG",
        "UBND thành phố Đà Lạt",
        "Ủy ban MTTQ Việt Nam các quận",
        "Huyện uỷ Đức Trọng",
        "Công an huyện",
        "Sở Y tế tỉnh Hà Giang",
        "BỘ GIAO THÔNG VẬN TẢI",
        "Bộ Lao động-Thương binh và Xã hội",
    ],
)
def test_bodies_that_ended_in_2025(text):
    """Gone after July 2025, and there before."""
    assert ended_bodies(text, AFTER)
    assert not ended_bodies(text, date(2024, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "UBND thành phố Hà Nội",
        "Ủy ban nhân dân thành phố Huế",
        "Ủy ban nhân dân Thành phố",
        "Bộ Chỉ huy Quân sự tỉnh",
        "UBND các xã, phường, đặc khu",
        "UBND tỉnh Phú Thọ",
        "Công an tỉnh Lâm Đồng",
        "Bộ Nông nghiệp và Môi trường",
        "Trung tâm Y tế huyện",
        "",
    ],
)
def test_bodies_that_stay(text):
    """Central cities, communes, the army, and bodies outside the table are never charged."""
    assert ended_bodies(text, AFTER) == ()


def test_the_police_of_districts_ended_first():
    """District police ended in March 2025, four months before the committees."""
    april = date(2025, 4, 1)
    assert ended_bodies("Công an huyện", april)
    assert not ended_bodies("UBND huyện", april)


def test_provinces():
    """A province is known by its name, with what it became."""
    assert province_in("ỦY BAN NHÂN DÂN TỈNH BẮC KẠN") == "Bắc Kạn"
    assert province_now("Bắc Kạn") == province_now("Thái Nguyên") == "Thái Nguyên"
    assert province_called("TP. Hồ Chí Minh") == province_called("HCM") == "Hồ Chí Minh"
    assert province_called("Đà Lạt") is None
    assert province_in("tỉnh Hà Nam và tỉnh Hà Giang") is None


def test_a_longer_name_hides_the_shorter():
    """The government's office is not the government."""
    assert bodies_named("VĂN PHÒNG CHÍNH PHỦ") == {"government_office"}
    assert bodies_named("BỘ CÔNG AN") == {"ministry_police"}
    assert body_coded("ubnd") == "people_committee"
    assert body_coded("XYZ") is None


def test_headed_bodies_and_degrees():
    """Departments are led by a head, councils are not; hospitals may print degrees."""
    assert is_headed("SỞ Y TẾ")
    assert not is_headed("HỘI ĐỒNG TRƯỜNG")
    assert may_show_degrees("BỆNH VIỆN ĐA KHOA")
    assert not may_show_degrees("SỞ NỘI VỤ")


def test_acts_that_ended():
    """An act ends on its day, not before."""
    ended = ended_act("110/2004/NĐ-CP", date(2020, 3, 5))
    assert ended is not None
    assert ended.successor == "30/2020/NĐ-CP"
    assert ended_act("110/2004/NĐ-CP", date(2020, 3, 4)) is None
    assert ended_act("1/2030/NĐ-CP", AFTER) is None
