"""No text from outside can speak to the terminal, on any way out."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from antq_cli.cli.output import json_line
from antq_cli.render.console import show_line
from antq_cli.render.csv_table import cell
from antq_cli.render.safe import safe
from antq_cli.render.tables import Column, show_pairs, show_table

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
"""Lone surrogates and all."""
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_harmless(text: str) -> bool:
    """No C0 but the line break, no C1, no bidirectional control, no lone surrogate."""
    return all(
        (character == "\n" or unicodedata.category(character) not in ("Cc", "Cs")) and character not in BIDI
        for character in text
    )


@given(ANY_TEXT)
def test_no_text_speaks_to_the_terminal(text: str) -> None:
    """What is shown is harmless and can be written; without `lines` it is one line."""
    assert is_harmless(safe(text))
    assert is_harmless(safe(text, lines=True))
    assert "\n" not in safe(text)
    safe(text).encode("utf-8")


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs", "M")), max_size=60))
def test_visible_text_stays_itself(text: str) -> None:
    """Letters, signs and spaces of any script pass unchanged."""
    assert safe(text) == text


@given(ANY_TEXT)
def test_json_holds_no_live_character(text: str) -> None:
    """One ASCII-safe line as far as controls go, and the value comes back."""
    import json

    line = json_line({"path": text, "list": [text], "more": {"value": text, "count": 1}})
    assert is_harmless(line)
    assert "\n" not in line
    expected = text.encode("utf-8", "backslashreplace").decode("utf-8")
    assert json.loads(line) == {"path": expected, "list": [expected], "more": {"value": expected, "count": 1}}


@given(ANY_TEXT)
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet that opens the catalogue runs nothing that a letter holds."""
    shown = cell(text)
    assert is_harmless(shown)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b[31m", "<U+001B>[31m"),
        ("invoice\u202efdp.exe", "invoice<U+202E>fdp.exe"),
        ("caf\udce9.txt", "caf<E9>.txt"),
        ("Kế hoạch số 45/KH-UBND – “thử”", "Kế hoạch số 45/KH-UBND – “thử”"),
    ],
)
def test_how_dangerous_characters_are_shown(text: str, shown: str) -> None:
    """By their code points, bytes of a name that is no text by their value."""
    assert safe(text) == shown


def test_markup_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets of Rich's markup and emoji names are printed as they are."""
    show_line(Text(safe("[bold red]x[/] :smile: [link=http://x]y[/link]")))
    show_table([Column("[b]a")], [["[red]b[/red]"]])
    show_pairs([("[i]", "[/i]")])
    assert capsys.readouterr().out == (
        "[bold red]x[/] :smile: [link=http://x]y[/link]\n[b]a\n[red]b[/red]\n[i]  [/i]\n"
    )


def test_no_view_prints_a_name_unguarded() -> None:
    """Modules that print values of letters go through `safe`."""
    folder = Path(__file__).resolve().parents[2] / "antq_cli" / "render"
    for name in ("documents", "lists", "checks", "graph", "health", "csv_table"):
        assert "import safe" in (folder / f"{name}.py").read_text("utf-8")
