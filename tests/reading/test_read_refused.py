"""Files that must be refused, each with its reason, through real workers."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from antq_cli.reading.reader import Reading, read_files
from antq_cli.settings import Limits, Settings

from .conftest import encoded, repacked, typed_pdf, word_file


def _encrypted(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typed_pdf())))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _huge_png() -> bytes:
    """A valid header of 20,000 by 10,000 pixels and almost nothing behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    )


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def _letter(document: docx.document.Document) -> None:
    document.add_paragraph("A letter")


def _no_pages() -> bytes:
    out = io.BytesIO()
    PdfWriter().write(out)
    return out.getvalue()


def _frames(count: int) -> bytes:
    frame = Image.new("1", (40, 40), 1)
    return encoded(frame, "TIFF", save_all=True, append_images=[frame] * (count - 1))


_DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
_WORD = word_file(_letter)
_MANY = dict.fromkeys(("[Content_Types].xml", "word/document.xml", *map(str, range(2001))), b"")

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty.pdf": (b"", "empty"),
    "blank.txt": (b" \n\n", "empty"),
    "text.pdf": (b"only words\n", "damaged"),
    "text.png": (b"only words\n", "damaged"),
    "cut.pdf": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<", "damaged"),
    "no-pages.pdf": (_no_pages(), "no_pages"),
    "secret.pdf": (_encrypted("user"), "encrypted"),
    "huge.png": (_huge_png(), "too_large"),
    "cut.png": (encoded(Image.effect_noise((300, 300), 90), "PNG")[:9000], "damaged"),
    "cut.jpg": (encoded(Image.effect_noise((300, 300), 90), "JPEG")[:300], "damaged"),
    "frames.tif": (_frames(40), "too_large"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_word"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_word"),
    "table.docx": (_zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "unsupported"),
    "cut.docx": (_WORD[:-200], "damaged"),
    "dtd.docx": (repacked(_WORD, "word/footnotes.xml", _DTD), "damaged"),
    "dtd16.docx": (repacked(_WORD, "word/footnotes.xml", _DTD.decode().encode("utf-16")), "damaged"),
    "bomb.docx": (repacked(_WORD, "word/media/image1.png", b"\0" * 60_000_000), "too_large"),
    "many.docx": (_zip(_MANY), "too_large"),
    "program.pdf": (b"MZ\x90\0" + b"\0" * 500, "unsupported"),
    "program": (b"\x7fELF\x02\x01\x01" + b"\0" * 500, "unsupported"),
    "archive": (_zip({"a.txt": b"a"}), "unsupported"),
    "binary.txt": (bytes(range(256)) * 8, "unsupported"),
    "tcvn3.txt": ("x\u00abq z\u00a8k w\u00e8w r\u00d2t ".encode("latin-1") * 20, "encoding"),
    "windows.txt": ("Quy\u00ea\u0301t \u0111i\u0323nh".encode("cp1258") * 20, "encoding"),
    "mojibake.txt": ("x\u00abq z\u00a8k w\u00e8w r\u00d2t p\u00d6c ".encode() * 20, "encoding"),
    "program.py": (b"print(1)\n", "unsupported"),
}  # fmt: skip


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    folder = tmp_path_factory.mktemp("refused")
    paths = []
    for name, (data, _) in REFUSED.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    settings = Settings(jobs=2, limits=Limits(pages=30, inspect_seconds=20, page_seconds=60))
    return {reading.path.name: reading for reading in read_files(paths, settings)}


@pytest.mark.parametrize("name", REFUSED)
def test_each_bad_file_is_refused_with_its_reason(readings: dict[str, Reading], name: str) -> None:
    """A file that cannot be read gives one typed error, whatever its parser thinks of it."""
    error = readings[name].error
    assert error is not None
    assert error.reason == REFUSED[name][1]


def test_nothing_was_lost_and_the_order_was_kept(readings: dict[str, Reading]) -> None:
    """Every file has one reading, in the order given."""
    assert list(readings) == list(REFUSED)


def test_originals_are_untouched(readings: dict[str, Reading]) -> None:
    """Reading changes no byte of an original and leaves nothing beside it."""
    folder = next(iter(readings.values())).path.parent
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {n: d for n, (d, _) in REFUSED.items()}


def test_missing_and_special_files(tmp_path: Path) -> None:
    """A missing file and a folder are outcomes like others."""
    found = [r.error for r in read_files([tmp_path / "none.pdf", tmp_path], Settings(jobs=1))]
    assert [error.reason for error in found if error is not None] == ["missing", "not_regular"]
