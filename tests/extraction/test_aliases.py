"""Short names bound to documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antq_cli.extraction.aliases import find_aliases, masked
from antq_cli.extraction.citations import find_citations
from antq_cli.model.transcript import Transcript
from antq_cli.vietnamese.text import fold


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kế hoạch số 5/KH-X (sau đây gọi tắt là Kế hoạch 5).", "Kế hoạch 5"),
        ("Nghị định số 5/2020/NĐ-CP (viết tắt là Nghị định 5)", "Nghị định 5"),
        ("Kế hoạch số 5/KH-X (gọi tắt là “Kế hoạch phối hợp”)", "Kế hoạch phối hợp"),
        ("Kế hoạch số 5/KH-X, sau đây gọi là Kế hoạch; các xã làm", "Kế hoạch"),
        ("Chương trình số 5/CTr-X-Y (sau đây viết tắt là CTPH 05)", "CTPH 05"),
    ],
)
def test_a_binding_is_found(text: str, name: str) -> None:
    """The short name is what stands between the binding words and the closing mark."""
    (alias,) = find_aliases(text, fold(text))
    assert alias.name == name


@pytest.mark.parametrize(
    "text", ["Ủy ban nhân dân tỉnh (sau đây gọi tắt là UBND tỉnh)", "ông Ba (gọi là Tư)", "(viết tắt là", ""]
)
def test_short_names_of_bodies_are_left_alone(text: str) -> None:
    """Only the short name of a document counts."""
    assert find_aliases(text, fold(text)) == ()


def test_masking_keeps_offsets() -> None:
    """The binding is blanked out and the text keeps its length."""
    text = "Kế hoạch số 5/KH-X (gọi tắt là Kế hoạch 5) và Kế hoạch số 6/KH-X"
    blanked = masked(text, find_aliases(text, fold(text)))
    assert len(blanked) == len(text)
    assert "gọi tắt" not in blanked
    assert blanked.endswith("Kế hoạch số 6/KH-X")


def test_the_short_name_goes_to_the_document_it_fits(paper: Callable[..., Transcript]) -> None:
    """By its number, else by its kind; the short name is no citation of its own."""
    text = (
        "Thực hiện Kế hoạch số 50/KH-SNV ngày 02/3/2022 về triển khai Chương trình số 7/CTr-BCA-MTTW "
        "(sau đây gọi tắt là Chương trình 7), Sở Nội vụ mời họp."
    )
    found = find_citations(paper(text), None)
    assert [(one.reference.number, one.alias) for one in found] == [
        ("50/KH-SNV", None),
        ("7/CTr-BCA-MTTW", "Chương trình 7"),
    ]
