"""What questions are understood to ask."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.answers.intents import LONGEST, Intent
from antq_cli.answers.naming import reference_called
from antq_cli.answers.question import understand
from antq_cli.vietnamese.text import fold

UNDERSTOOD = [
    ("Văn bản nào thực hiện Kế hoạch 73/KH-UBND?", "implements"),
    ("Những văn bản triển khai thực hiện Kế hoạch số 73/KH-UBND", "implements"),
    ("Kế hoạch 73/KH-UBND được triển khai bằng văn bản nào?", "implements"),
    ("Kế hoạch 73/KH-UBND đã được cụ thể hóa bằng những văn bản nào?", "implements"),
    ("Kế hoạch 73/KH-UBND có những văn bản nào triển khai?", "implements"),
    ("Có bao nhiêu văn bản thực hiện Kế hoạch 73/KH-UBND?", "implements"),
    ("Có văn bản nào thực hiện Kế hoạch 73/KH-UBND không?", "implements"),
    ("Liệt kê các văn bản thực hiện Kế hoạch 73/KH-UBND", "implements"),
    ("Để triển khai Kế hoạch 73/KH-UBND đã có những văn bản nào?", "implements"),
    ("UBND huyện đã ban hành văn bản nào để thực hiện Kế hoạch 73/KH-UBND?", "implements"),
    ("Which documents implement Plan 73/KH-UBND?", "implements"),
    ("Which letters were issued to carry out Plan No. 73/KH-UBND?", "implements"),
    ("By which documents is plan 73/KH-UBND implemented?", "implements"),
    ("List the documents implementing 73/KH-UBND", "implements"),
    ("Căn cứ của Kế hoạch 73/KH-UBND là gì?", "rests_on"),
    ("Kế hoạch 73/KH-UBND dựa trên văn bản nào?", "rests_on"),
    ("Kế hoạch 73/KH-UBND căn cứ vào đâu?", "rests_on"),
    ("Kế hoạch 73/KH-UBND thực hiện những văn bản nào?", "rests_on"),
    ("Kế hoạch 73/KH-UBND được ban hành để thực hiện văn bản nào?", "rests_on"),
    ("Văn bản nào là căn cứ của Kế hoạch 73/KH-UBND?", "rests_on"),
    ("Cơ sở pháp lý của Kế hoạch 73/KH-UBND", "rests_on"),
    ("What is Plan 73/KH-UBND based on?", "rests_on"),
    ("Which documents does plan 73/KH-UBND implement?", "rests_on"),
    ("What does 73/KH-UBND rest on?", "rests_on"),
    ("Văn bản nào căn cứ vào Kế hoạch 73/KH-UBND?", "based_on"),
    ("Which documents are based on Plan 73/KH-UBND?", "based_on"),
    ("Kế hoạch 73/KH-UBND ban hành khi nào?", "when"),
    ("73/KH-UBND ký ngày nào?", "when"),
    ("Kế hoạch 73/KH-UBND ngày bao nhiêu?", "when"),
    ("Ngày ban hành Kế hoạch 73/KH-UBND là ngày nào?", "when"),
    ("Khi nào Kế hoạch 73/KH-UBND được ban hành?", "when"),
    ("When was plan 73/KH-UBND issued?", "when"),
    ("What is the date of 73/KH-UBND?", "when"),
    ("Ai ký Kế hoạch 73/KH-UBND?", "by_whom"),
    ("Kế hoạch 73/KH-UBND do ai ký?", "by_whom"),
    ("Người ký Kế hoạch 73/KH-UBND là ai?", "by_whom"),
    ("Cơ quan nào ban hành Kế hoạch 73/KH-UBND?", "by_whom"),
    ("Kế hoạch 73/KH-UBND do cơ quan nào ban hành?", "by_whom"),
    ("Kế hoạch 73/KH-UBND do lãnh đạo nào ký?", "by_whom"),
    ("Who signed 73/KH-UBND?", "by_whom"),
    ("By whom was plan 73/KH-UBND issued?", "by_whom"),
    ("Which agency issued 73/KH-UBND?", "by_whom"),
    ("Kế hoạch 73/KH-UBND gửi cho ai?", "to_whom"),
    ("Kế hoạch 73/KH-UBND được gửi tới những cơ quan nào?", "to_whom"),
    ("Nơi nhận của Kế hoạch 73/KH-UBND", "to_whom"),
    ("To whom was letter 73/UBND-VX sent?", "to_whom"),
    ("Who is letter 73/UBND-VX addressed to?", "to_whom"),
    ("Kế hoạch 73/KH-UBND nói về gì?", "about"),
    ("What is 73/KH-UBND about?", "about"),
    ("Văn bản nào sửa đổi, bổ sung Quyết định 15/QĐ-UBND?", "amends"),
    ("Văn bản nào thay thế Quyết định 15/QĐ-UBND?", "replaces"),
    ("Quyết định 15/QĐ-UBND bị bãi bỏ bởi văn bản nào?", "repeals"),
    ("Văn bản nào trả lời Công văn 73/UBND-VX?", "replies_to"),
    ("Báo cáo nào về kết quả thực hiện Kế hoạch 73/KH-UBND?", "reports_on"),
    ("Văn bản nào hướng dẫn thực hiện Nghị định 30/2020/NĐ-CP?", "guides"),
    ("Hạn báo cáo của Công văn 73/UBND-VX là khi nào?", "deadlines"),
    ("Khi nào phải báo cáo kết quả thực hiện Kế hoạch 73/KH-UBND?", "deadlines"),
    ("What are the deadlines of letter 73/UBND-VX?", "deadlines"),
]

NOT_UNDERSTOOD = [
    "",
    "Hôm nay trời thế nào?",
    "73/KH-UBND",
    "Kế hoạch 73/KH-UBND có hiệu lực từ ngày nào?",
    "Kế hoạch 73/KH-UBND còn hiệu lực không?",
    "Kế hoạch 73/KH-UBND thực hiện khi nào?",
    "Kế hoạch 73/KH-UBND được triển khai như thế nào?",
    "Đơn vị nào thực hiện Kế hoạch 73/KH-UBND?",
    "Văn bản nào không thực hiện Kế hoạch 73/KH-UBND?",
    "Văn bản nào chưa triển khai Kế hoạch 73/KH-UBND?",
    "Which documents do not implement 73/KH-UBND?",
    "Ai ký văn bản thực hiện Kế hoạch 73/KH-UBND?",
    "Văn bản triển khai Kế hoạch 73/KH-UBND ban hành ngày nào?",
    "Tờ trình xin ý kiến về Kế hoạch 73/KH-UBND do ai ký?",
    "Kế hoạch 73/KH-UBND có thực hiện Chỉ thị 12-CT/TW không?",
    "Văn bản nào thực hiện Kế hoạch 73/KH-UBND và Chỉ thị 12-CT/TW?",
    "Mục đích của Kế hoạch 73/KH-UBND là gì?",
    "Hội nghị triển khai Kế hoạch 73/KH-UBND họp ngày nào?",
    "Ai phải thực hiện Công văn 73/UBND-VX?",
    "When does decree 30/2020/NĐ-CP take effect?",
    "Who implements 73/KH-UBND?",
]


@pytest.mark.parametrize(("text", "intent"), UNDERSTOOD)
def test_wordings_are_understood(text: str, intent: str) -> None:
    """Each wording is understood, with its document, whether or not the diacritics are typed."""
    for typed in (text, fold(text)):
        question = understand(typed)
        assert question.intent == intent
        assert question.reference is not None
        assert question.reference.key is not None


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_unclear_questions_are_not_answered(text: str) -> None:
    """A question about something else, about two documents or with its sense turned round has no intent."""
    assert understand(text).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    ("named", "kind", "number"),
    [
        ("Chương trình phối hợp 17", "chương trình phối hợp", "17"),
        ("CTPH 17", "chương trình phối hợp", "17"),
        ("chuong trinh phoi hop so 17", "chương trình phối hợp", "17"),
        ("the coordination programme no. 17", "chương trình phối hợp", "17"),
        ("17/CTr-BCA-MTTW", None, "17/CTr-BCA-MTTW"),
        ("17/ctr-bca-mttw", None, "17/CTr-BCA-MTTW"),
        ("Chỉ thị số 17-CT/TW", "chỉ thị", "17-CT/TW"),
        ("KH 17", "kế hoạch", "17"),
        ("CV 17", "công văn", "17"),
        ("Nghị định 30/2020/NĐ-CP", "nghị định", "30/2020/NĐ-CP"),
    ],
)
def test_names_of_documents(named: str, kind: str | None, number: str) -> None:
    """Full and short names, abbreviations and English names of a document are read alike."""
    reference = understand(f"Which documents implement {named}?").reference
    assert reference is not None
    assert (reference.kind, reference.number) == (kind, number)


@pytest.mark.parametrize(
    ("name", "number"),
    [("CTPH 31", "31"), ("Plan 83/KH-CA-MTTQ", "83/KH-CA-MTTQ"), ("rác thải", None), ("1/A-B 2/C-D", None)],
)
def test_a_name_alone_is_a_reference(name: str, number: str | None) -> None:
    """What `trace` is given may be a short name or a number; anything else names no document."""
    reference = reference_called(name)
    assert (reference.number if reference is not None else None) == number


def test_what_is_said_of_the_document_is_kept_apart() -> None:
    """Date, issuer and subject after the name belong to the document and do not disturb the intent."""
    question = understand(
        "Kế hoạch 73/KH-UBND ngày 08 tháng 5 năm 2019 của UBND tỉnh về thực hiện phong trào xanh do ai ký?"
    )
    assert question.intent is Intent.BY_WHOM
    assert question.reference is not None
    assert question.reference.issued == date(2019, 5, 8)
    assert question.issuer == "ubnd tinh"
    assert question.subject == "thuc hien phong trao xanh"


def test_years_of_the_document_and_of_the_answers() -> None:
    """ "Năm 2019" after the document is its year; "trong năm 2021" asks for answers of that year."""
    question = understand("Chỉ thị 28 năm 2019 được triển khai bằng những văn bản nào trong năm 2021?")
    assert (question.year, question.answers_year) == (2019, 2021)


def test_kind_asked_for() -> None:
    """ "Kế hoạch nào" asks for plans only, in English too."""
    assert understand("Kế hoạch nào thực hiện Chỉ thị 12-CT/TW?").kinds == ("kế hoạch",)
    assert understand("Which plans implement Directive 12-CT/TW?").kinds == ("kế hoạch",)
    assert understand("Văn bản nào thực hiện Chỉ thị 12-CT/TW?").kinds == ()


def test_title_instead_of_a_number() -> None:
    """A document without a number is named by kind and subject."""
    reference = understand("Văn bản nào thực hiện chương trình phối hợp về phân loại rác?").reference
    assert reference is not None
    assert (reference.kind, reference.number, reference.title) == ("chương trình phối hợp", None, "về phân loại rác")


def test_archive_number_names_a_document() -> None:
    """ "#12" is the archive's own number."""
    question = understand("Văn bản #12 nói về gì?")
    assert (question.intent, question.handle) == (Intent.ABOUT, "12")


@pytest.mark.parametrize(
    ("text", "outgoing"),
    [("Văn bản nào thay thế Quyết định 15/QĐ-UBND?", False), ("Quyết định 15/QĐ-UBND thay thế văn bản nào?", True)],
)
def test_direction_of_a_relation(text: str, outgoing: bool) -> None:
    """Who replaces whom follows from the order of the words."""
    question = understand(text)
    assert (question.intent, question.outgoing) == (Intent.REPLACES, outgoing)


@given(st.text(alphabet=st.sampled_from("văn bản nào thực hiện ký ai 73/KH-UBND @#?<>về của 2019-"), max_size=LONGEST))
def test_any_text_is_read_without_error(text: str) -> None:
    """No text breaks the reading, and an intent never comes without a document."""
    question = understand(text)
    assert question.intent is Intent.UNKNOWN or question.names_a_document


@pytest.mark.parametrize(
    "unit", ["văn bản nào ", "kế hoạch về ", "báo cáo kết quả ", "1/KH-UBND ", "của ", "cho em hỏi ", "1/a-", "@"]
)
def test_hostile_questions_are_read_quickly(unit: str) -> None:
    """Repeated words as long as a question may be take no noticeable time."""
    understand("Ai ký 1/KH-UBND?")
    text = (unit * LONGEST)[:LONGEST]
    started = time.process_time()
    understand(text)
    assert time.process_time() - started < 1.0


def test_pasted_pages_are_refused() -> None:
    """A text longer than a question is not understood, even if a question stands in it."""
    assert understand("Ai ký 1/KH-UBND? " * 100).intent is Intent.UNKNOWN
