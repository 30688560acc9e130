"""Names of the head are mended by the words of the body, and only where these agree."""

from __future__ import annotations

from papers import scan, shown, typed, understood

BODY = (
    "Thực hiện Kế hoạch số 88/KH-UBND ngày 03 tháng 3 năm 2022, Ủy ban nhân dân huyện An Tuyền yêu cầu",
    "các đơn vị của huyện An Tuyền chỉnh lý tài liệu rời lẻ trước ngày 30/6/2022; tài liệu rời lẻ là tài",
    "liệu chưa lập hồ sơ. Chỉnh lý tài liệu rời lẻ là việc của mọi đơn vị./.",
)


def test_marks_of_a_name_come_from_the_body() -> None:
    """A name read with little confidence takes the spelling that the body gives it beside the same word."""
    document = scan(left=("ỦY BAN NHÂN DÂN", "HUYỆN@0.4 AN TUYEN@0.35"), body=BODY)
    assert shown(understood(document).fields.issuer) == "ỦY BAN NHÂN DÂN HUYỆN AN TUYỀN"


def test_a_word_that_cannot_be_is_mended_whatever_its_confidence() -> None:
    """No confidence makes `TUYEN` a syllable."""
    document = scan(left=("ỦY BAN NHÂN DÂN", "HUYỆN AN TUYEN"), body=BODY)
    assert shown(understood(document).fields.issuer) == "ỦY BAN NHÂN DÂN HUYỆN AN TUYỀN"


def test_subjects_are_mended_by_their_echo() -> None:
    """Witnesses between the same neighbours mend a word read with doubt; one read with confidence stands as printed."""
    doubtful = scan(title=("KẾ HOẠCH", "Chỉnh lý tài liệu rơi@0.7 lẻ"), body=BODY)
    assert shown(understood(doubtful).fields.subject) == "Chỉnh lý tài liệu rời lẻ"
    sure = scan(title=("KẾ HOẠCH", "Chỉnh lý tài liệu rơi lẻ"), body=BODY)
    assert shown(understood(sure).fields.subject) == "Chỉnh lý tài liệu rơi lẻ"


def test_witnesses_that_disagree_mend_nothing() -> None:
    """When the body spells the name in two ways, the head stays as read."""
    body = (BODY[0], BODY[1].replace("An Tuyền", "An Tuyên"), BODY[2])
    document = scan(left=("ỦY BAN NHÂN DÂN", "HUYỆN AN TUYEN@0.5"), body=body)
    assert shown(understood(document).fields.issuer) == "ỦY BAN NHÂN DÂN HUYỆN AN TUYEN"


def test_a_spelling_that_the_body_knows_stays() -> None:
    """A head that agrees with one place of the body is not outvoted by others."""
    body = (BODY[0], BODY[1].replace("rời lẻ là", "rơi lẻ là"), BODY[2])
    document = scan(title=("KẾ HOẠCH", "Chỉnh lý tài liệu rơi lẻ"), body=body)
    assert shown(understood(document).fields.subject) == "Chỉnh lý tài liệu rơi lẻ"


def test_digital_text_is_left_alone() -> None:
    """What was not read by OCR is printed so, and is not corrected."""
    document = typed(left=("ỦY BAN NHÂN DÂN", "HUYỆN AN TUYÊN"), body=BODY)
    assert shown(understood(document).fields.issuer) == "ỦY BAN NHÂN DÂN HUYỆN AN TUYÊN"


def test_digits_are_never_mended() -> None:
    """A year of the body says nothing about a year of the head."""
    body = (*BODY, "Chỉnh lý tài liệu năm 2023 và tài liệu năm 2023 làm trong quý II.")
    document = scan(title=("KẾ HOẠCH", "Chỉnh lý tài liệu năm 2022@0.3"), body=body)
    assert shown(understood(document).fields.subject) == "Chỉnh lý tài liệu năm 2022"


def test_one_word_as_read_may_be_two() -> None:
    """Each place takes the spelling of its own neighbours."""
    body = (
        "Tài liệu lưu trữ tài chính được giữ ở kho; tài liệu lưu trữ tài chính gồm sổ sách cũ còn lại, đơn vị",
        "chỉnh lý hồ sơ tại kho lưu trữ của mình; mọi hồ sơ tại kho lưu trữ phải có mục lục và tờ kiểm./.",
    )
    title = ("KẾ HOẠCH", "Chỉnh lý hồ sơ tai@0.4 kho lưu trữ tai@0.4 chính")
    assert shown(understood(scan(title=title, body=body)).fields.subject) == "Chỉnh lý hồ sơ tại kho lưu trữ tài chính"
