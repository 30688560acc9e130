"""Letters as files give them, before layout: plain text, printed pages with places, scans. All texts are invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from antq_cli.extraction import analyse
from antq_cli.layout import transcribe
from antq_cli.model.letter import Field, Letter, State
from antq_cli.model.page import CLEAR, Box, Document, Page, PageOrigin, Slot, SlotState, Word
from antq_cli.model.transcript import Zone
from antq_cli.reading import nominal

NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
CAPITAL, SMALL = 2.55, 2.0
"""Width of a letter in mm."""
LINE = 6.0
BODY = (
    "Thực hiện Kế hoạch số 88/KH-UBND ngày 03 tháng 3 năm 2022 về chỉnh lý tài liệu, cơ quan đề nghị",
    "các đơn vị rà soát hồ sơ đang để ở kho tạm, lập danh mục và báo cáo trước ngày 30/6/2022./.",
)


def text_file(text: str) -> Document:
    """A plain text file; words keep their columns, a tab is eight spaces."""
    words: list[Word] = []
    for number, line in enumerate(text.strip("\n").split("\n")):
        words += nominal.words_of(line.replace("\t", " " * 8), number, 20.0, 20.0 + 5.0 * number)
    return _document((nominal.page(1, words, PageOrigin.PLAIN),), "text")


def printed(
    lines: Iterable[tuple[float, float, str]],
    *,
    origin: PageOrigin = PageOrigin.TEXT_LAYER,
    confidence: float = 0.96,
    slots: Sequence[Slot] = (),
    number: int = 1,
) -> Page:
    """A page of lines, each with its left edge and top in mm. A word written `word@0.3` has that confidence."""
    words = [word for left, top, text in lines for word in _words(left, top, text, origin, confidence)]
    return Page(number, 210.0, 297.0, tuple(words), origin if words else PageOrigin.BLANK, slots=tuple(slots))


def pages(*made: Page) -> Document:
    """A document of these pages."""
    return _document(made, "pdf")


def centred(middle: float, top: float, *texts: str) -> list[tuple[float, float, str]]:
    """Lines around a middle, one below the other."""
    return [(middle - _width(text) / 2, top + LINE * n, text) for n, text in enumerate(texts)]


def letter_page(
    *,
    left: Sequence[str] = ("UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ"),
    number: str = "Số: 15/KH-SNV",
    subject: Sequence[str] = (),
    right: Sequence[str] = (NATIONAL, MOTTO),
    date: str = "Lâm Đồng, ngày 12 tháng 5 năm 2022",
    title: Sequence[str] = ("KẾ HOẠCH", "Chỉnh lý tài liệu năm 2022"),
    body: Sequence[str] = BODY,
    recipients: Sequence[str] = ("Nơi nhận:", "- Như trên;", "- Lưu: VT."),
    blocks: Sequence[Sequence[str]] = (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Trần Thị Thử"),),
    more: Iterable[tuple[float, float, str]] = (),
    gap: float = 0.0,
    origin: PageOrigin = PageOrigin.TEXT_LAYER,
    confidence: float = 0.96,
    slots: Sequence[Slot] = (),
) -> Page:
    """A letter of one page as NĐ 30/2020, Phụ lục I.IV draws it; several blocks stand above the recipients.

    `gap` is more room, in mm, under the header; `more` are further lines, as `printed` takes them.
    """
    lines = centred(60.0, 20.0, *left) + centred(148.0, 20.0, *right)
    top = 20.0 + LINE * max(len(left), len(right)) + 3.0
    lines += centred(60.0, top, *filter(None, (number,)), *subject) + centred(148.0, top, *filter(None, (date,)))
    top += LINE * (1 + len(subject)) + 8.0 + gap
    lines += centred(111.0, top, *title)
    top += LINE * len(title) + 8.0
    lines += [(40.0 if n == 0 else 30.0, top + LINE * n, text) for n, text in enumerate(body)]
    top += LINE * len(body) + 8.0
    middles = {1: (150.0,), 2: (65.0, 150.0), 3: (50.0, 105.0, 165.0)}[max(1, len(blocks))]
    for middle, block in zip(middles, blocks, strict=False):
        lines += [line for line in centred(middle, top, *block) if line[2]]
    if len(blocks) > 1:
        top += LINE * max(map(len, blocks)) + 4.0
    lines += [(30.0, top + 5.0 * n, text) for n, text in enumerate(recipients)]
    return printed([*lines, *more], origin=origin, confidence=confidence, slots=slots)


def scan(**parts: object) -> Document:
    """The same letter as a scan; without `slots` of its own, the pixels show number, day and month to be typed.

    No ink stands in its head that was not read.
    """
    page = letter_page(origin=PageOrigin.OCR, **parts)  # type: ignore[arg-type]
    slots = page.slots if "slots" in parts else tuple(_typed_slots(page))
    return pages(replace(page, slots=slots, notes=tuple(CLEAR + name for name in ("number", "day"))))


def _typed_slots(page: Page) -> Iterable[Slot]:
    for name, label in (("number", "Số"), ("day", "tháng"), ("month", "tháng")):
        word = next((w for w in page.words if w.text.startswith(label) and w.box.top < 60), None)
        if word is not None:
            yield Slot(name, Box(word.box.right, word.box.top, word.box.right + 5, word.box.bottom), SlotState.TYPED)


def typed(**parts: object) -> Document:
    """The same letter as a born-digital file."""
    return pages(letter_page(**parts))  # type: ignore[arg-type]


def zones(document: Document) -> dict[str, list[str]]:
    """The paragraphs of each zone."""
    transcript = transcribe(document)
    found: dict[str, list[str]] = {zone.value: [] for zone in Zone}
    for paragraph in transcript.paragraphs:
        found[paragraph.zone.value].append(transcript.slice(paragraph).replace("\n", " "))
    return found


def understood(document: Document) -> Letter:
    """The letter in the document."""
    return analyse(document)


def shown(field: Field[object]) -> object:
    """The value of a found field, else its state: `absent`, `unreadable`."""
    return field.value if field.state is State.FOUND else field.state.value


def _words(left: float, top: float, text: str, origin: PageOrigin, confidence: float) -> Iterable[Word]:
    for part in re.finditer(r"\S+", text):
        word, _, own = part.group().partition("@")
        start = left + _width(re.sub(r"@\S+", "", text[: part.start()]))
        box = Box(start, top, start + _width(word), top + 4.0)
        sure = float(own) if own else confidence
        yield Word(word, box, sure if origin is PageOrigin.OCR else 1.0)


def _width(text: str) -> float:
    return sum(CAPITAL if c.isupper() else SMALL for c in text)


def _document(made: Sequence[Page], media: str) -> Document:
    return Document("0" * 64, f"letter.{media}", media, tuple(made))
