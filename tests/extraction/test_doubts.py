"""Numbers read with doubt, weighed against the letter's other numbers."""

from __future__ import annotations

from datetime import date

import pytest

from antq_cli.extraction.doubts import Read, settled
from antq_cli.extraction.identity import reference_of
from antq_cli.model.letter import Reference

DAY = date(2023, 12, 29)


def _cited(number: str, issued: date | None = None, kind: str | None = None) -> Reference:
    return reference_of(kind=kind, number=number, issued=issued)


def _numbers(*readings: Read) -> list[str | None]:
    return [reference.number if reference else None for reference in settled(readings)]


def test_a_doubted_number_is_its_sure_twin_of_that_day() -> None:
    """Two readings of one day that differ in one figure are one document."""
    sure, doubted = _cited("41/2023/TT-BXD", DAY), _cited("47/2023/TT-BXD", DAY)
    assert _numbers(Read(sure, 0.95), Read(doubted, 0.4)) == ["41/2023/TT-BXD", "41/2023/TT-BXD"]


@pytest.mark.parametrize(
    ("other", "confidence"),
    [
        (_cited("47/2023/TT-BXD", DAY), 0.7),
        (_cited("47/2023/TT-BXD", date(2023, 5, 4)), 0.4),
        (_cited("47/2023/TT-BXD"), 0.4),
        (_cited("47/2022/TT-BXD", DAY), 0.4),
        (_cited("956/2023/TT-BXD", DAY), 0.4),
    ],
)
def test_another_document_stays_another(other: Reference, confidence: float) -> None:
    """Read well, of another or no day, of another year, or too far: no twin."""
    sure = _cited("41/2023/TT-BXD", DAY)
    assert _numbers(Read(sure, 0.95), Read(other, confidence))[1] == other.number


def test_two_twins_settle_nothing() -> None:
    """A doubted number between two sure ones stays as it was read."""
    one, other, doubted = (_cited(f"4{n}/2023/TT-BXD", DAY) for n in (1, 2, 3))
    assert _numbers(Read(one, 0.9), Read(other, 0.9), Read(doubted, 0.3))[2] == "43/2023/TT-BXD"


def test_what_nobody_issues_is_not_claimed_in_doubt() -> None:
    """A circular of a body that is no ministry is a misreading, unless it was read well."""
    odd = _cited("12/2021/TT-BTT")
    assert _numbers(Read(odd, 0.3)) == [None]
    assert _numbers(Read(odd, 0.9)) == ["12/2021/TT-BTT"]


def test_what_nobody_issues_is_its_one_sure_twin() -> None:
    """Even where no day is said."""
    odd, sure = _cited("12/2021/TT-BTT"), _cited("12/2021/TT-BYT")
    assert _numbers(Read(odd, 0.3), Read(sure, 0.9)) == ["12/2021/TT-BYT", "12/2021/TT-BYT"]
