"""Files with text of before Unicode."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from antq_cli.errors import InputError
from antq_cli.reading import legacy, office, plain
from antq_cli.settings import Limits
from antq_cli.vietnamese.legacy import Encoding, encode

_TEXT = "công văn số 12 về việc đăng ký danh sách cán bộ tham gia lớp học của tỉnh"


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
@pytest.mark.parametrize("bytes_of", ["latin-1", "utf-8"])
def test_plain_text_is_converted(encoding: Encoding, bytes_of: str) -> None:
    """By its letters, whether saved as bytes of the old encoding or as the Latin letters they look like."""
    text, notes = plain.decoded(encode(_TEXT, encoding).encode(bytes_of))
    assert text == _TEXT
    assert notes == (f"legacy:{encoding.family}",)


def test_only_the_old_lines_are_converted() -> None:
    """A Unicode part beside an old one stays as it is."""
    old = encode(_TEXT, Encoding.TCVN3)
    lines, notes = legacy.repaired_lines([old, old, "Nơi nhận: Ủy ban tỉnh, có dấu", old])
    assert lines == [_TEXT, _TEXT, "Nơi nhận: Ủy ban tỉnh, có dấu", _TEXT]
    assert notes == ("legacy:tcvn3",)


def test_utf8_encoded_twice_is_undone() -> None:
    """Only where nothing was lost."""
    twice = _TEXT.encode().decode("latin-1").encode()
    assert plain.decoded(twice) == (_TEXT, ("utf8_twice",))


def test_runs_of_a_word_document_are_converted_by_their_fonts(tmp_path: Path) -> None:
    """Runs in .VnTime and VNI-Times are converted, those in other fonts are not touched."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, font in (
        (encode("kế hoạch ", Encoding.TCVN3), ".VnTimeH"),
        (encode("Đường lối ", Encoding.VNI), "VNI-Times"),
        ("có Unicode", "Times New Roman"),
    ):
        run = paragraph.add_run(text)
        run.font.name = font
        assert run._r.find(qn("w:rPr")) is not None
    path = tmp_path / "a.docx"
    document.save(str(path))
    (page,) = office.inspect(path, Limits()).pages
    assert " ".join(word.text for word in page.words) == "KẾ HOẠCH Đường lối có Unicode"
    assert {"legacy:tcvn3", "legacy:vni"} <= set(page.notes)


def test_a_word_document_of_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    """Wrong words must not come into the archive."""
    document = docx.Document()
    document.add_paragraph(
        "x\u00abq z\u00a8k w\u00e8\u00e8 r\u00d2\u00d2t p\u00d6\u00d6c g\u00ae\u00a8\u00a8 h\u00bbb\u00bb"
    )
    path = tmp_path / "a.docx"
    document.save(str(path))
    with pytest.raises(InputError) as told:
        office.inspect(path, Limits())
    assert told.value.reason == "encoding"
