"""The generator of invented letters: same seed, same bytes; a truth that says what is on the page."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bench.pages import letters, pages_of, profiles, write_letters
from bench.pages.damage import settled
from bench.pages.reading_order import read_pages
from bench.pages.words import fill, table
from samples.generator.compose import compose
from samples.generator.letter import formulas


def test_a_longer_list_begins_with_the_shorter_one() -> None:
    """Letters depend on the seed and their place alone, not on how many are asked for."""
    assert letters(6, 3)[:4] == letters(4, 3)
    assert letters(4, 3) != letters(4, 4)


def test_kinds_and_offices_vary() -> None:
    """A hundred letters hold all families, most kinds, and two of no subject alike in number."""
    invented = letters(100, 5)
    assert {each.letter.family for each in invented} == {"state", "front", "party"}
    assert len({each.letter.kind for each in invented}) >= 9
    assert len({each.letter.number for each in invented}) > 95
    assert Counter(bool(each.letter.handwritten) for each in invented)[True] in range(30, 71)


def test_citations_and_deadlines_stand_in_the_text() -> None:
    """What the truth says is cited or due is printed in the body, word by word."""
    for each in letters(60, 6):
        body = " ".join(each.letter.body)
        for cited in each.letter.citations:
            assert (cited.number or cited.title or "") in body
        for _, words in each.deadlines:
            assert words in body


def test_every_line_is_read_once_in_every_order() -> None:
    """Orders of a page are arrangements of its lines; without a receiver's stamp none is left out."""
    for each in letters(60, 8):
        for page in read_pages(each.letter, compose(each.letter)):
            for order in page.orders:
                assert len(set(order)) == len(order)
                assert each.letter.arrival is not None or sorted(order) == list(range(len(page.lines)))


def test_columns_are_kept_together() -> None:
    """The first order gives the whole left column of the head before the national or the Party title."""
    for each in letters(40, 9):
        first = read_pages(each.letter, compose(each.letter))[0]
        text = first.texts()[0]
        number = each.letter.number
        assert number is not None
        title = "party_title" if each.letter.family == "party" else "national_title"
        assert text.index(number.split("/")[-1]) < text.index(formulas()[title])


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """Two runs with the same arguments write the same files."""
    for name in ("a", "b"):
        write_letters(letters(2, 11), tmp_path / name, 11, ["jpeg25_100", "bilevel200"])
    first = sorted((tmp_path / "a").iterdir())
    assert len(first) == 3
    for path in first:
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_truth_has_the_keys_of_the_samples(tmp_path: Path) -> None:
    """A line of truth.jsonl can be read like one of samples/expected.jsonl."""
    write_letters(letters(1, 12), tmp_path, 12, ["jpeg25_100"])
    row = json.loads((tmp_path / "truth.jsonl").read_text("utf-8"))
    sample = json.loads(Path("samples/expected.jsonl").read_text("utf-8").splitlines()[0])
    assert set(sample) <= set(row)
    assert pages_of(row)[0].texts()


@pytest.mark.parametrize("name", sorted(profiles()))
def test_ranges_are_settled(name: str) -> None:
    """A settled profile holds no range, and the same draw gives the same numbers."""
    draws = [settled(profiles()[name], np.random.default_rng(4)) for _ in range(2)]
    assert draws[0] == draws[1]
    assert not [value for value in draws[0].values() if isinstance(value, list)]


def test_a_slip_in_the_tables_is_told() -> None:
    """A slot that nothing fills is an error, not a hole in a letter."""
    with pytest.raises(KeyError):
        fill("{no_such_table}", {}, random.Random(1))
    assert len(table("profiles")) >= 18
