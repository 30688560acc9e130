"""The measure by which two readings are compared."""

from __future__ import annotations

import pytest

from antq_cli.reading.evidence import evidence, likelihood
from antq_cli.reading.ocr import Seen


def _seen(text: str, confidence: float = 95) -> list[Seen]:
    return [Seen(word, (0, 0, 10, 10), confidence, 0) for word in text.split()]


@pytest.mark.parametrize("word", ["trường", "Nghiệp,", "12/5/2021", "45/BC-UBND", "UBND", "(b/c);", "100%"])
def test_what_letters_print_speaks_for_a_reading(word: str) -> None:
    """Syllables, days, numbers of documents, abbreviations."""
    assert likelihood(word) > 0


@pytest.mark.parametrize("word", ["tYUPhE", "/@®S", "¬rn.", "\\GHU", "~", "w`~"])
def test_what_seals_and_rims_are_made_into_speaks_against_it(word: str) -> None:
    """Letter salad and stray signs."""
    assert likelihood(word) < 0


def test_more_text_is_better_and_scraps_are_worse_than_nothing() -> None:
    """A reading that lost half of the page is sure of the rest; one full of scraps is longer."""
    assert evidence(_seen("kính gửi các phòng")) > evidence(_seen("kính gửi", 99))
    assert evidence(_seen("kính gửi")) > evidence(_seen("kính gửi ®S~ \\GHU"))


def test_doubtful_words_count_little() -> None:
    """Of two spellings that both exist, the surer one wins."""
    assert evidence(_seen("tổ chức", 90)) > evidence(_seen("tố chức", 60))
