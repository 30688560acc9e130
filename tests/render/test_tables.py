"""Tables: whole in a pipe, cut but never wrapped on a terminal."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.render.tables import Column, _fitted, show_pairs, show_table

COLUMNS = [Column("No"), Column("Number", 4), Column("Kind", 4, expendable=True), Column("Subject", 6)]
ROWS = [["1", "21/KH-UBND", "kế hoạch", "Trồng cây bóng mát ven đường"], ["2", "-", "-", "Ngắn"]]


class Terminal(io.StringIO):
    """A stream that takes itself for a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def shown_on(columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that a terminal of this width shows, without colours."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    show_table(COLUMNS, ROWS)
    return [line.rstrip() for line in terminal.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()]


def test_a_pipe_gets_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is cut or wrapped, and no line ends in spaces."""
    show_table(COLUMNS, [*ROWS, ["3", "x", "y", "z" * 300]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "1   21/KH-UBND  kế hoạch  Trồng cây bóng mát ven đường"
    assert lines[3].endswith("z" * 300)
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("columns", [20, 30, 40, 60, 100])
def test_a_terminal_gets_lines_that_fit(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for each row, none wider than the terminal."""
    lines = shown_on(columns, monkeypatch)
    assert len(lines) == 3
    assert max(map(len, lines)) <= columns


def test_the_widest_column_gives_way_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number stays whole while the subject has more to spare; then a column is left out."""
    assert shown_on(44, monkeypatch)[1] == "1   21/KH-UBND  kế hoạch  Trồng cây bóng má…"
    assert shown_on(20, monkeypatch)[1] == "1   21/KH…  Trồng c…"


@given(
    st.lists(st.tuples(st.integers(1, 200), st.one_of(st.none(), st.integers(1, 50))), min_size=1, max_size=8),
    st.integers(1, 300),
)
def test_widths_fit_when_they_can(columns: list[tuple[int, int | None]], available: int) -> None:
    """No column grows, none falls below what it must keep, and the sum fits unless all are at their least."""
    natural = [wide for wide, _ in columns]
    least = [None if low is None else min(low, wide) for wide, low in columns]
    widths = _fitted(natural, least, available)
    assert all(wide <= before for wide, before in zip(widths, natural, strict=True))
    assert all(
        wide >= (before if low is None else low) for wide, before, low in zip(widths, natural, least, strict=True)
    )
    fits = sum(widths) + 2 * (len(widths) - 1) <= available
    assert fits or all(
        wide == (before if low is None else low) for wide, before, low in zip(widths, natural, least, strict=True)
    )


def test_pairs_stand_in_one_column(capsys: pytest.CaptureFixture[str]) -> None:
    """Further lines of a value stand below its first."""
    show_pairs([("Nơi nhận", "- a\n- b"), ("Số", "1")])
    assert capsys.readouterr().out == "Nơi nhận  - a\n          - b\nSố        1\n"
