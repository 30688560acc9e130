"""From the pixels of a slot to a finding: only a place seen to be empty is said to be missing."""

from __future__ import annotations

from datetime import date

import pytest

from antq_cli.checks.engine import check
from antq_cli.checks.rule import Context
from antq_cli.model.page import Box, Guess, Slot, SlotState
from tests.papers import scan, understood

NUMBER = Box(40.0, 33.0, 60.0, 42.0)
DAY = Box(148.0, 33.0, 156.0, 42.0)


def _rules(document: object) -> set[str]:
    return {finding.rule for finding in check(understood(document), Context(date(2026, 11, 1))).findings}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("slots", "missing"),
    [
        ((Slot("number", NUMBER, SlotState.EMPTY),), True),
        ((Slot("number", NUMBER, SlotState.INKED),), False),
        ((Slot("number", NUMBER, SlotState.INKED, None, (Guess("286", 0.4),)),), False),
        ((Slot("number", NUMBER, SlotState.INKED, Guess("286", 0.95), (Guess("286", 0.95),)),), False),
        ((), False),
    ],
)
def test_a_number_is_missing_where_its_slot_is_empty(slots: tuple[Slot, ...], missing: bool) -> None:
    """Ink that nobody can read, and a slot that was not looked at, accuse nobody."""
    said = _rules(scan(number="Số:        /KH-SNV", slots=slots)) & {"NUM_BLANK", "NUM_MISSING"}
    assert said == ({"NUM_BLANK"} if missing else set())


@pytest.mark.parametrize(
    ("state", "missing"), [(SlotState.EMPTY, True), (SlotState.INKED, False), (SlotState.TYPED, False)]
)
def test_a_day_is_missing_where_its_slot_is_empty(state: SlotState, missing: bool) -> None:
    """The same of the day."""
    document = scan(date="Lâm Đồng, ngày      tháng 5 năm 2022", slots=(Slot("day", DAY, state),))
    said = _rules(document) & {"DATE_BLANK", "DATE_MISSING"}
    assert said == ({"DATE_BLANK"} if missing else set())
