"""What the parent and a worker say to each other: one JSON object behind its length, both ways."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal, TypeVar

from antq_cli import codec
from antq_cli.errors import AntqError, InputError, ToolMissing
from antq_cli.model.page import Box, Dispute, Page, Word
from antq_cli.settings import Limits

T = TypeVar("T")

REPLY_BYTES = 64 * 1024 * 1024
"""No reply may be longer: a worker that a hostile file has taken over cannot fill the parent's memory."""
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Strip:
    """A printed line, or a part of one, whose words are a claim of the file: is that what the page shows there?"""

    box: Box
    words: tuple[Word, ...]
    """What the text layer says, from left to right."""


@dataclass(frozen=True, slots=True)
class Request:
    """One task. `inspect` reads the structure, `look` one page without OCR, `scan` one page with OCR.

    `witness` reads some lines of a page as it is drawn. `copy` writes a searchable copy of the whole file to `target`,
    `prove` reads a copy again.
    """

    task: Literal["inspect", "look", "scan", "witness", "copy", "prove", "crop"]
    path: str
    """The absolute path as hexadecimal bytes: file names need not be text."""
    limits: Limits
    media: str = ""
    """As `inspect` told it; empty in an `inspect`."""
    page: int = 1
    language: str = "vie"
    data: str = ""
    """For tasks with OCR: the folder of the language data, packed like `path`, when the library reads; empty when the
    program does."""
    bare: bool = False
    """Of a `scan`: draw the page without its text objects, whose words are known (`Look.layer`)."""
    strips: tuple[Strip, ...] = ()
    """Of a `witness`: the lines to compare."""
    pages: tuple[Page, ...] = ()
    """The pages as they were read; for `copy` and `prove` only."""
    target: str = ""
    """Where `copy` writes, packed as `path` is."""
    box: Box | None = None
    """Of a `crop`: the part of the page, in mm; `pages` then holds that page without its words."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """The structure of a file. Formats without paper (text, office) bring their pages along."""

    media: str
    page_count: int
    flags: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    signed: tuple[date, ...] = ()
    """Days of electronic signatures, as they claim."""


@dataclass(frozen=True, slots=True)
class Look:
    """One page without OCR: the page itself when nothing needs OCR, else only its size in mm."""

    width: float
    height: float
    page: Page | None = None
    layer: tuple[Word, ...] = ()
    """Words of the text layer that are to be seen on a page whose pictures need OCR as well."""
    notes: tuple[str, ...] = ()
    """What is odd about a page that needs OCR, as in `Page.notes`."""
    bare: bool = False
    """OCR is to see the page without its text objects: they are known, hidden, or not to be believed."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a searchable copy holds: pages, pages that got words, words put in, words that do not come back from it."""

    pages: int
    read: int
    words: int
    lost: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An `AntqError` on its way through the pipe."""

    family: str
    reason: str
    values: dict[str, str | int] = field(default_factory=dict)

    @classmethod
    def of(cls, error: AntqError) -> Failure:
        return cls(error.family, error.reason, error.values)

    def error(self) -> AntqError:
        kind = ToolMissing if self.family == ToolMissing.family else InputError
        return kind(self.reason, **self.values)


@dataclass(frozen=True, slots=True)
class Reply:
    """Exactly one is given."""

    inspection: Inspection | None = None
    look: Look | None = None
    page: Page | None = None
    disputes: tuple[Dispute, ...] | None = None
    copied: Copied | None = None
    crop: bytes | None = None
    """A PNG."""
    failure: Failure | None = None


def pack_path(path: Path) -> str:
    return os.fsencode(path.absolute()).hex()


def unpack_path(packed: str) -> Path:
    return Path(os.fsdecode(bytes.fromhex(packed)))


def send(stream: BinaryIO, value: object) -> None:
    """Write one message. Raises OSError when the other side is gone."""
    body = codec.encode(value)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO, kind: type[T], most: int = REPLY_BYTES) -> T | None:
    """The next message, None at the end of the stream. Raises ValueError: too long, cut, or not of its kind."""
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise ValueError("message cut in its length")
    (length,) = _LENGTH.unpack(head)
    if length > most:
        raise ValueError(f"message of {length} bytes")
    body = stream.read(length)
    if len(body) < length:
        raise ValueError("message cut")
    return codec.decode(body, kind)
