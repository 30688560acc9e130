"""What a file is by its content; its name is only a hint."""

from __future__ import annotations

import codecs
import zipfile
from dataclasses import dataclass
from pathlib import Path

from antq_cli.errors import InputError
from antq_cli.settings import Limits

EXTENSIONS: dict[str, str] = {
    ".pdf": "pdf",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".jpe": "jpeg",
    ".png": "png",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".text": "text",
}
"""Extensions of documents and the medium each promises."""

_HEAD = 4096
_PDF_WITHIN = 1024  # ISO 32000 readers accept the header anywhere in the first kilobyte
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"))
_BIG_TIFF = (b"II+\0", b"MM\0+")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHER = (
    b"MZ",
    b"\x7fELF",
    b"GIF8",
    b"BM",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"RIFF",
    b"SQLite format 3",
    b"{\\rtf",
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`mismatch` is True when the extension promises another medium."""

    media: str
    mismatch: bool


def sniff(path: Path, limits: Limits) -> Sniffed:
    """The medium of a file. Raises InputError: `empty`, `unsupported`, `old_word`, `damaged`, `missing`, `denied`."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError:
        raise InputError("missing") from None
    except PermissionError:
        raise InputError("denied") from None
    promised = EXTENSIONS.get(path.suffix.lower(), "")
    media = _media_of(path, head, promised)
    return Sniffed(media, bool(promised) and promised != media)


def _media_of(path: Path, head: bytes, promised: str) -> str:
    if not head:
        raise InputError("empty")
    for magic, media in _PICTURES:
        if head.startswith(magic):
            return media
    if head.startswith(_BIG_TIFF):
        return "tiff"
    if head.startswith(_OLE2):
        # Both Word 97-2003 and a password-protected .docx; other old Office files are not letters.
        raise InputError("old_word" if promised in ("doc", "docx") else "unsupported")
    if head.startswith(_ZIP):
        return _zip_media(path, promised)
    at = head[:_PDF_WITHIN].find(b"%PDF-")
    if at == 0 or (at > 0 and promised == "pdf"):
        return "pdf"
    if head.startswith(_OTHER) and not _looks_like_text(head):
        raise InputError("unsupported")
    if head.startswith(b"{\\rtf"):
        raise InputError("unsupported")
    if promised == "text" or not _is_extension(path.suffix):
        return "text"  # `plain` decides whether it truly is
    if not promised:
        raise InputError("unsupported")  # tables, programs, web pages: text, but no letters
    # A binary format without its magic: cut, overwritten or renamed.
    raise InputError("unsupported" if promised == "doc" and _looks_like_text(head) else "damaged")


def _zip_media(path: Path, promised: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputError("damaged" if promised == "docx" else "unsupported") from None
    if "[Content_Types].xml" in names and any(n.startswith("word/document") and n.endswith(".xml") for n in names):
        return "docx"
    if promised == "docx" and "[Content_Types].xml" in names and any(n.startswith("word/") for n in names):
        raise InputError("damaged")
    raise InputError("unsupported")


def _is_extension(suffix: str) -> bool:
    """`.xlsx` is one; in "letter 12.2021" and "letter no. 5" there is none."""
    return 2 <= len(suffix) <= 6 and suffix[1:].isalnum() and any(c.isalpha() for c in suffix)


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not any(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
