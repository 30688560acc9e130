"""Arrival stamps: what belongs to them, and what stays the letter's."""

from __future__ import annotations

import pytest
from papers import scan, shown, understood, zones

ROWS = {"decree": ("Số: 1021", "Ngày: 05/4/2022", "Chuyển: ......"), "hours": ("Giờ: ......", "Ngày: 05/4/2022")}


def _stamp(left: float, top: float, mark: str, rows: tuple[str, ...]) -> list[tuple[float, float, str]]:
    lines = [(left + 18.0, top + 6.0 * at, row) for at, row in enumerate(rows)]
    return [(left, top + 3.0 * (len(rows) - 1), mark), *lines] if mark else lines


@pytest.mark.parametrize("mark", ["ĐẾN", "DEN", "ĐEN:", "DÉN", "|ĐẾN", "ĐE N", "OEN", ""])
@pytest.mark.parametrize("form", list(ROWS))
@pytest.mark.parametrize("left", [32.0, 85.0, 145.0])
def test_a_stamp_under_the_header_changes_no_field(mark: str, form: str, left: float) -> None:
    """Wherever it stands and however its mark was read: number, day, issuer and subject are the letter's."""
    stamped = understood(scan(more=_stamp(left, 56.0, mark, ROWS[form]), gap=40.0)).fields
    plain = understood(scan()).fields
    for name in ("issuer", "issuer_parent", "number", "date", "subject", "kind"):
        assert shown(getattr(stamped, name)) == shown(getattr(plain, name)), name


def test_the_receiver_above_a_stamp_is_no_issuer() -> None:
    """The name in the frame's head belongs to the stamp, below the number or above the whole header."""
    more = [(40.0, 54.0, "UBND HUYỆN AN BIÊN"), *_stamp(32.0, 62.0, "ĐẾN", ROWS["decree"])]
    found = zones(scan(more=more, gap=45.0))
    assert "UBND HUYỆN AN BIÊN" in found["arrival_stamp"]
    assert not any(
        "AN BIÊN" in line for zone in ("header_left", "header_right", "title", "body") for line in found[zone]
    )


@pytest.mark.parametrize("address", ["CHINHPHU.VN", "baochinhphu.vn", "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ"])
def test_a_portal_s_logo_above_the_header_is_no_parent(address: str) -> None:
    """Issuer and parent begin at the height of the national title."""
    stamped = understood(scan(more=[(50.0, 6.0, address)])).fields
    plain = understood(scan()).fields
    assert shown(stamped.issuer_parent) == shown(plain.issuer_parent)
    assert shown(stamped.issuer) == shown(plain.issuer)


def test_den_within_a_heading_is_a_word() -> None:
    """A subject in capitals may run from one year to another."""
    found = zones(scan(more=[(70.0, 56.0, "GIAI ĐOẠN 2020 ĐẾN NĂM 2025")]))
    assert found["arrival_stamp"] == []
