"""Whether decoded text can be what a person wrote."""

from __future__ import annotations

import pytest

from antq_cli.reading.sanity import is_garbled, is_legacy

_GOOD = (
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020; Kính gửi: Sở Nội vụ; 12.500.000 đồng",
    "KẾ HOẠCH 45/KH-UBND Nơi nhận: - Như trên; - Lưu: VT, NC (2b). https://example.org a@b.vn (Ảnh: T.H)",
    "The minutes of the third meeting of the board, held on 5 May 2021 at 10:30, were read and agreed.",
    "Le procès-verbal de la réunion a été approuvé; la séance est levée à midi, où « tout » va bien.",
    "STT 1 2 3 4 5 6 7 8 9 10 11 12 | | | x x x 50% 60% TT HĐND MTTQ CCB ĐVTN",
)
_LEGACY = (
    "C\u00abng v\u00a8n s\u00e8 12 v\u00d2 vi\u00d6c \u00ae\u00a8ng k\u00fd danh s\u00b8ch c\u00b8n b\u00e9 n\u00a8m",
    "Coâng vaên soá 12 veà vieäc ñaêng kyù danh saùch caùn boä naêm 2003 cuûa tænh",
)
_GARBLED = (
    "\ue001\ue002\ue003 \ue004\ue005 abc \ue006\ue007\ue008\ue009",
    "\ufffd\ufffdng h\ufffda x\ufffd h\ufffdi",
    "&{QJ KzD [m K\x01L FK~ QJKLD YL{W QDP {Fy OjS Wx GR Kmnh SK~c",
    "xq zrt bcd ghk lmn pqr stv wxz fgh jkl mnp qrs tvw",
)


@pytest.mark.parametrize("text", _GOOD)
def test_real_text_is_believed(text: str) -> None:
    """Vietnamese, other languages, tables, codes and addresses."""
    assert not is_garbled(text.split())
    assert not is_legacy(text.split())


@pytest.mark.parametrize("text", _LEGACY)
def test_text_of_old_encodings_is_known(text: str) -> None:
    """TCVN3 and VNI read as Latin."""
    assert is_legacy(text.split())
    assert is_garbled(text.split())


@pytest.mark.parametrize("text", _GARBLED)
def test_letter_salad_is_known(text: str) -> None:
    """Fonts without a table of characters."""
    assert is_garbled(text.split())


def test_nothing_is_not_garbled() -> None:
    """A page without words has no bad words."""
    assert not is_garbled([])
