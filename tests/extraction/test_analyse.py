"""A letter as a whole: states, evidence, no invention."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import BODY, letter_page, pages, printed, scan, text_file, typed, understood

from antq_cli.model.letter import State
from antq_cli.model.page import Document, PageOrigin

HEADED = text_file("SỞ NỘI VỤ\nSố: 4/TB-SNV\nTHÔNG BÁO\nLịch công tác\nSở làm việc cả ngày./.\nGIÁM ĐỐC\nLê Thu Hà")
PARTS = [
    *BODY,
    *("Số: 15/KH-SNV", "KẾ HOẠCH", "Kính gửi:", "- Lưu: VT.", "Nơi nhận:", "TM. ỦY BAN", "CHỦ TỊCH", ""),
    *("V/v lưu trữ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ngày 05 tháng 9 năm 2024", "SAO Y", "Lê Thu Hà"),
]
COVER = pages(
    letter_page(title=("QUYẾT ĐỊNH", "Ban hành Kế hoạch chỉnh lý"), number="Số: 82/QĐ-SNV"),
    letter_page(number="", date="", title=("KẾ HOẠCH", "Chỉnh lý tài liệu năm 2022"), blocks=(), recipients=()),
)


@pytest.mark.parametrize("document", [typed(), scan(), HEADED, COVER])
def test_what_is_found_has_evidence_and_what_is_not_has_no_value(document: Document) -> None:
    """Each quotation of evidence stands in the transcript at the place it names."""
    letter = understood(document)
    for _, field in (*letter.fields.items(), *letter.form.items()):
        assert (field.value is not None) == (field.state is State.FOUND)
        for piece in field.evidence:
            assert " ".join(letter.transcript.text[piece.start : piece.end].split()) == piece.quote


def test_a_decision_with_its_plan_in_one_file_is_the_decision() -> None:
    """Number, kind, subject and signer are those of the first document."""
    fields = understood(COVER).fields
    assert (fields.number.value, fields.kind.value) == ("82/QĐ-SNV", "quyết định")
    assert (fields.subject.value, fields.signer.value) == ("Ban hành Kế hoạch chỉnh lý", "Trần Thị Thử")


def test_a_page_that_could_not_be_read_makes_nothing_absent() -> None:
    """Where OCR failed, a field that was not seen is unreadable."""
    failed = replace(printed([], number=2), origin=PageOrigin.FAILED)
    fields = understood(pages(letter_page(origin=PageOrigin.OCR, recipients=(), blocks=()), failed)).fields
    assert fields.recipients.state is State.UNREADABLE
    assert fields.signer.state is State.UNREADABLE


def test_a_page_of_noise_claims_nothing() -> None:
    """Scraps read with no confidence give no field at all."""
    noise = [(30.0 + 7 * n, 20.0 + 9 * (n % 20), f"x{n}@0.1") for n in range(60)]
    letter = understood(pages(printed(noise, origin=PageOrigin.OCR)))
    assert [name for name, field in letter.fields.items() if field.is_found] == []


def test_an_empty_file_has_no_fields() -> None:
    """Nothing is found, and nothing fails."""
    assert not any(field.is_found for _, field in understood(pages(printed([]))).fields.items())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(PARTS),
        min_size=1,
        max_size=14,
    ),
    st.booleans(),
)
def test_no_order_of_lines_makes_it_fail(lines: list[str], as_scan: bool) -> None:
    """However the parts of a letter are shuffled, understanding ends and every word is kept."""
    if as_scan:
        page = printed([(30.0, 20.0 + 6 * n, line) for n, line in enumerate(lines)], origin=PageOrigin.OCR)
        document = pages(page)
    else:
        document = text_file("\n".join(["Lời đầu", *lines]))
    letter = understood(document)
    assert len(letter.transcript.tokens) == sum(len(page.words) for page in document.pages)


def test_understanding_a_letter_takes_a_moment() -> None:
    """A letter of three full pages stays well under what an office PC would notice."""
    full = [(30.0, 20.0 + 6 * n, BODY[n % 2]) for n in range(42)]
    document = pages(letter_page(), *(printed(full, origin=PageOrigin.OCR, number=n) for n in (2, 3)))
    understood(document)
    started = time.process_time()
    understood(document)
    assert time.process_time() - started < 0.5
