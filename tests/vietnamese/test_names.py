"""People's names and syllables."""

from __future__ import annotations

import pytest

from antq_cli.vietnamese.names import is_common, name_in, spelled
from antq_cli.vietnamese.syllables import is_syllable


@pytest.mark.parametrize("word", ["Hồng", "quyền", "GIẾNG", "Khuê", "Uyên", "Việt", "nghiêng", "gìn", "ước"])
def test_syllables(word: str) -> None:
    """Onset, rhyme and tone that exist together."""
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Hễng", "Viêt", "Bhiăng", "xyz", "", "TT", "ngh", "Tuyêt", "a1"])
def test_what_is_no_syllable(word: str) -> None:
    """Rhymes that do not exist, stops without their tone, scraps."""
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Lê Thu Hà", "Lê Thu Hà"),
        ("~ Đại tá Lê Thu Hà .", "Lê Thu Hà"),
        ("gô Đình Hòa", None),
        ("Ĩ Văn Tùng", None),
        ("+ Văn Tùng", "Văn Tùng"),
        ("Kế hoạch năm", None),
    ],
)
def test_the_name_in_a_line(line: str, name: str | None) -> None:
    """Ranks and marks are left out; a name that may begin before its first word is none."""
    place = name_in(line)
    assert (None if place is None else line[slice(*place)]) == name


def test_marks_and_common_words() -> None:
    """A lost mark of a family name is restored; a given name with odd marks is noticed."""
    assert spelled("Nguyên Thu Hà") == "Nguyễn Thu Hà"
    assert is_common("Bùi Bích Chi")
    assert not is_common("Bùi Bích Chỉ")
    assert is_common("Ksor H'Bia")
