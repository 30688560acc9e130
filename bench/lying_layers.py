"""How many planted lies of text layers are found, and how many honest files are doubted.

    python -m bench.lying_layers --count 40 --seed 1
    python -m bench.lying_layers --honest FOLDER        counts flags on PDFs known to be honest

Invented letters are written as digital PDFs, honest ones in several dresses (fonts, colours, sizes, tables, frames) and
planted ones of each make. A lie is found when its field is not claimed with the lying value and the document is
flagged. The seed of the figures in docs/textlayers.md was not used while the rules were made.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from antq_cli.pipeline.reading import read_letters
from antq_cli.settings import Settings
from bench.pages import letters
from samples.generator.compose import compose
from samples.generator.fonts import STYLES, font_path
from samples.generator.items import Page, Rule, Scribble, Seal, Text
from samples.generator.letter import Letter
from samples.generator.pen import signature
from samples.generator.stamps import seal

FLAGS = ("text_layer_mismatch", "hidden_text")
_MM = 25.4
_FAMILIES = ("", "Arimo", "DejaVuSerif", "DejaVuSans", "P052", "C059")
_OTHER_FACES = {
    "Regular": ("Regular", "Roman", ""),
    "Bold": ("Bold",),
    "Italic": ("Italic", "Oblique"),
    "BoldItalic": (),
}


@dataclass(frozen=True)
class Dress:
    """How an honest letter looks."""

    family: str = ""
    colour: tuple[int, int, int] = (0, 0, 0)
    scale: float = 1.0
    table: bool = False
    frame: bool = False
    seal: bool = True
    spacing: float = 0.0
    """Between letters, in points (Tc)."""
    stretch: float = 100.0
    """Width of letters, in per cent (Tz)."""
    note: bool = False
    """Words that stand upright in the margin, as some programs print them."""


Plant = Callable[[FPDF, Page, Letter, random.Random], str]
"""Draws the lie over the page; gives the value that must not be claimed, empty when any may stand."""


class Drawing:
    """One digital PDF being drawn."""

    def __init__(self, dress: Dress) -> None:
        self.dress = dress
        self.pdf = FPDF(unit="mm", format="A4")
        self.pdf.set_margin(0)
        self.pdf.set_auto_page_break(False)
        for style in STYLES:
            self.pdf.add_font(f"Serif{style}", fname=_face(dress.family, style))

    def page(self, page: Page, seed: int, skip: Sequence[Text] = ()) -> None:
        pdf, rng = self.pdf, random.Random(seed)
        pdf.add_page()
        if self.dress.frame:
            pdf.set_draw_color(60, 60, 160)
            pdf.rect(12, 8, 190, 282)
        pdf.set_text_color(*self.dress.colour)
        pdf.set_draw_color(0, 0, 0)
        pdf.set_char_spacing(self.dress.spacing)
        pdf.set_stretching(self.dress.stretch)
        for item in page:
            match item:
                case Text() if item not in skip:
                    self.text(item)
                case Rule():
                    pdf.set_line_width(item.points * _MM / 72)
                    pdf.line(item.left, item.top, item.right, item.top)
                case Scribble():
                    _put(pdf, signature(item.width * 8, 4.4, rng), item.centre, item.middle)
                case Seal() if self.dress.seal:
                    _put(pdf, seal(item.words, 8.0, rng), item.centre, item.middle)
        pdf.set_char_spacing(0)
        pdf.set_stretching(100)
        if self.dress.note:
            pdf.set_font("SerifRegular", size=9)
            with pdf.rotation(90, 8, 200):
                pdf.text(8, 200, f"H\u1ec7 th\u1ed1ng qu\u1ea3n l\u00fd v\u0103n b\u1ea3n {rng.randrange(10**6)}")
        if self.dress.table and not any(isinstance(item, Text) and item.baseline > 266 for item in page):
            self._table(rng)

    def text(self, item: Text) -> None:
        self.pdf.set_font(f"Serif{item.style}", size=item.points * self.dress.scale)
        self.pdf.text(item.left, item.baseline, item.text + (" " if item.spaced else ""))

    def _table(self, rng: random.Random) -> None:
        pdf = self.pdf
        pdf.set_fill_color(20, 60, 120)
        pdf.rect(30, 270, 160, 7, style="F")
        pdf.set_text_color(255, 255, 255)
        pdf.set_font("SerifBold", size=10)
        for column, text in enumerate(("STT", "N\u1ed9i dung", "S\u1ed1 l\u01b0\u1ee3ng", "Ghi ch\u00fa")):
            pdf.text(33 + 40 * column, 275, text)
        pdf.set_text_color(120, 120, 120)
        pdf.set_font("SerifItalic", size=9)
        pdf.text(33, 282, f"1     {rng.randrange(10, 999)}     {rng.randrange(10, 999)}")


def _face(family: str, style: str) -> Path:
    """A font's file; where the family is not installed, the serif that the samples use."""
    if family:
        for face in _OTHER_FACES[style]:
            names = [f"{family}-{face}.ttf"] if face else [f"{family}.ttf"]
            for folder in (Path("/usr/share/fonts"), Path("/usr/local/share/fonts")):
                found = [path for name in names for path in sorted(folder.rglob(name))]
                if found:
                    return found[0]
    return font_path(style)


def _put(pdf: FPDF, ink: Image.Image, centre: float, middle: float) -> None:
    width, height = (side / 8.0 for side in ink.size)
    pdf.image(ink, centre - width / 2, middle - height / 2, w=width)


def _find(page: Page, pattern: str) -> Text | None:
    return next((item for item in page if isinstance(item, Text) and re.search(pattern, item.text)), None)


def _box(item: Text) -> tuple[float, float, float, float]:
    """Left, top, width, height in mm."""
    height = item.points * _MM / 72
    width = ImageFont.truetype(str(font_path(item.style)), 1000).getlength(item.text) / 1000 * height
    return item.left, item.baseline - 0.95 * height, width, 1.25 * height


def _picture(text: str, item: Text, box: tuple[float, float, float, float]) -> Image.Image:
    """The text as opaque pixels that fill the box."""
    scale = 300 / _MM
    image = Image.new("RGB", (round(box[2] * scale), round(box[3] * scale)), "white")
    face = ImageFont.truetype(str(font_path(item.style)), item.points * _MM / 72 * scale)
    ImageDraw.Draw(image).text((0, 0.95 * item.points * _MM / 72 * scale), text, fill="black", font=face, anchor="ls")
    return image


def _other_digits(text: str, rng: random.Random) -> str:
    """The text with each digit before the first slash, or all of them, changed."""
    head, slash, tail = text.partition("/")
    changed = re.sub(r"\d", lambda m: str((int(m.group()) + rng.randrange(1, 9)) % 10), head)
    return changed + slash + tail


def _number(page: Page, letter: Letter) -> Text | None:
    digits = (letter.number or "").split("/")[0].split("-")[0]
    return _find(page, rf"^(S\u1ed1:? ?)?{re.escape(digits)}[/-]") if digits.isdigit() else None


def _day(page: Page, letter: Letter) -> Text | None:
    return _find(page, r"ng\u00e0y \d+ th\u00e1ng") or _find(page, r"^\d{1,2}$")


def _name(page: Page, letter: Letter) -> Text | None:
    name = letter.signatures[0].name if letter.signatures else ""
    return _find(page, re.escape(name)) if name else None


def _covered(item: Text, shown: str, pdf: FPDF, *, outlined: bool = False) -> None:
    """The text hidden under a white box, and another text to be seen there."""
    left, top, width, height = _box(item)
    pdf.set_fill_color(255, 255, 255)
    pdf.rect(left - 0.2, top, width + 0.4, height, style="F")
    image = _picture(shown, item, (left, top, width + 2, height))
    if not outlined:
        pdf.image(image, left, top, w=width + 2)
        return
    pdf.set_fill_color(0, 0, 0)
    small = image.convert("L").resize((image.width // 2, image.height // 2))
    unit = (width + 2) / small.width
    for y in range(small.height):
        start = None
        for x in range(small.width + 1):
            dark = x < small.width and small.getpixel((x, y)) < 128
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                pdf.rect(left + start * unit, top + y * unit, (x - start) * unit, unit * 1.05, style="F")
                start = None


def plant_number_picture(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    return _plant(pdf, _number(page, letter), letter.number, rng)


def plant_number_outlines(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    return _plant(pdf, _number(page, letter), letter.number, rng, outlined=True)


def plant_figure_more(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    """The page shows one figure more than the layer has, often a 1."""
    return _plant_figures(pdf, page, letter, lambda digits: digits + rng.choice("111372"))


def plant_figure_less(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    """The page shows a number without its last figure."""
    return _plant_figures(pdf, page, letter, lambda digits: digits[:-1])


def _plant_figures(pdf: FPDF, page: Page, letter: Letter, change: Callable[[str], str]) -> str:
    item = _number(page, letter)
    if item is None or not letter.number:
        return ""
    _covered(item, re.sub(r"\d{2,}", lambda match: change(match.group()), item.text, count=1), pdf)
    return letter.number


def plant_day_picture(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    item = _day(page, letter)
    return _plant(pdf, item, letter.date, rng)


def plant_signer_picture(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    item = _name(page, letter)
    if item is None:
        return ""
    shown = rng.choice(
        ("Ho\u00e0ng V\u0103n Ki\u00ean", "L\u00e2m Th\u1ecb Ph\u01b0\u1ee3ng", "\u0110\u1ed7 Qu\u1ef3nh Mai")
    )
    _covered(item, shown, pdf)
    return item.text


def _plant(pdf: FPDF, item: Text | None, value: str | None, rng: random.Random, *, outlined: bool = False) -> str:
    if item is None or not value:
        return ""
    _covered(item, _other_digits(item.text, rng), pdf, outlined=outlined)
    return value


def hidden_white(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    return _hidden(pdf, page, letter, rng, lambda: pdf.set_text_color(255, 255, 255))


def hidden_mode(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    return _hidden(pdf, page, letter, rng, lambda: setattr(pdf, "text_mode", "INVISIBLE"))


def hidden_clear(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    with pdf.local_context(fill_opacity=0.0):
        return _hidden(pdf, page, letter, rng, lambda: None)


def hidden_tiny(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    return _hidden(pdf, page, letter, rng, lambda: pdf.set_font_size(0.8))


def hidden_box(pdf: FPDF, page: Page, letter: Letter, rng: random.Random) -> str:
    lie = _hidden(pdf, page, letter, rng, lambda: None)
    pdf.set_fill_color(255, 255, 255)
    pdf.rect(28, 281, 170, 9, style="F")
    return lie


def _hidden(pdf: FPDF, page: Page, letter: Letter, rng: random.Random, hide: Callable[[], object]) -> str:
    """Words that nobody sees, in free room of the page."""
    pdf.set_font("SerifRegular", size=12)
    pdf.set_text_color(0, 0, 0)
    hide()
    number = f"{rng.randrange(100, 999)}/Q\u0110-UBND"
    pdf.text(30, 287, f"Thay th\u1ebf Quy\u1ebft \u0111\u1ecbnh s\u1ed1 {number}")
    pdf.text_mode = "FILL"
    return ""


PLANTS: dict[str, Plant] = {
    "number under a picture": plant_number_picture,
    "number under outlines": plant_number_outlines,
    "a figure more in a picture": plant_figure_more,
    "a figure less in a picture": plant_figure_less,
    "day under a picture": plant_day_picture,
    "signer under a picture": plant_signer_picture,
    "white words": hidden_white,
    "invisible words": hidden_mode,
    "transparent words": hidden_clear,
    "tiny words": hidden_tiny,
    "words under a white box": hidden_box,
}
TABLES = {"digits in ToUnicode": "0123456789", "letters in ToUnicode": "nhtcgiaou"}
_LAST_PAGE = ("signer under a picture",)


def swapped(data: bytes, letters_: str, wanted: str, rng: random.Random) -> bytes:
    """The PDF with two characters of its fonts' ToUnicode tables changed for one another, one of them of `wanted`."""
    here = [c for c in letters_ if c in wanted]
    if not here:
        return data
    one = rng.choice(here)
    other = rng.choice([c for c in letters_ if c != one])
    a, b = (f"{ord(c):04X}".encode() for c in (one, other))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for item in list(writer._objects):
        if isinstance(item, dict) and "/ToUnicode" in item:
            stream = item["/ToUnicode"].get_object()
            assert isinstance(stream, StreamObject)
            table = stream.get_data()
            table = re.sub(
                rb"(<[0-9A-Fa-f]+>\s*)<(" + a + b"|" + b + rb")>(\s*[\r\n])",
                lambda m: m.group(1) + b"<" + (b if m.group(2).upper() == a else a) + b">" + m.group(3),
                table,
                flags=re.IGNORECASE,
            )
            changed = DecodedStreamObject()
            changed.set_data(table)
            item[NameObject("/ToUnicode")] = writer._add_object(changed)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def honest(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, str]]:
    """Letters in many dresses."""
    rng = random.Random(f"honest/{seed}")
    for index, each in enumerate(letters(count, seed, pen=0.0)):
        family = _FAMILIES[index % len(_FAMILIES)]
        dress = Dress(
            family=family,
            colour=rng.choice(((0, 0, 0), (0, 0, 0), (30, 30, 30), (0, 0, 120), (110, 110, 110))),
            # Wide faces would run off the paper at full size.
            scale=0.8 * rng.choice((1.0, 0.95)) if "DejaVu" in family else rng.choice((1.0, 1.0, 0.9, 0.8)),
            table=rng.random() < 0.4,
            frame=rng.random() < 0.3,
            seal=rng.random() < 0.6,
        )
        set_apart = random.Random(f"setting/{seed}/{index}")
        dress = replace(
            dress,
            spacing=set_apart.choice((0.0, 0.0, 0.0, 0.15, -0.1)),
            stretch=set_apart.choice((100.0, 100.0, 97.0, 94.0)),
            note=set_apart.random() < 0.2,
        )
        drawing = Drawing(dress)
        for number, page in enumerate(compose(each.letter)):
            drawing.page(page, index * 100 + number)
        path = folder / f"honest-{index:03d}.pdf"
        path.write_bytes(bytes(drawing.pdf.output()))
        yield path, f"{dress.family or 'serif'} {dress.colour} {dress.scale}"


def planted(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, str, str]]:
    """Path, make and lying value of letters with one lie each; the makes take turns."""
    rng = random.Random(f"planted/{seed}")
    makes = [*PLANTS, *TABLES]
    for index, each in enumerate(letters(count, seed + 1, pen=0.0)):
        make = makes[index % len(makes)]
        drawing = Drawing(Dress())
        pages = compose(each.letter)
        lie, done = "", make in TABLES
        for number, page in enumerate(pages):
            drawing.page(page, index * 100 + number)
            on = number == len(pages) - 1 if make in _LAST_PAGE else number == 0
            if on and make in PLANTS:
                lie = PLANTS[make](drawing.pdf, page, each.letter, rng)
                done = bool(lie) or make not in list(PLANTS)[:6]
        data = bytes(drawing.pdf.output())
        if make in TABLES:
            text = (each.letter.number or "").split("/")[0]
            text = text if make.startswith("digits") else "".join(s.name for s in each.letter.signatures).lower()
            data = swapped(data, TABLES[make], text, rng)
        if done:
            path = folder / f"planted-{index:03d}.pdf"
            path.write_bytes(data)
            yield path, make, lie


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=22)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--each", action="store_true", help="one line a file that is wrong")
    parser.add_argument("--honest", type=Path, help="a folder of PDFs known to be honest, in place of drawn ones")
    chosen = parser.parse_args()
    settings = Settings(jobs=chosen.jobs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = (
            [(path, "") for path in sorted(chosen.honest.rglob("*.pdf"))]
            if chosen.honest
            else list(honest(folder, chosen.count, chosen.seed))
        )
        began = time.monotonic()
        doubted: Counter[str] = Counter()
        read_honest = 0
        for (path, dress), (_, letter) in zip(made, read_letters([p for p, _ in made], settings), strict=True):
            read_honest += letter is not None
            if letter is None:
                continue
            document = letter.transcript.document
            flags = [flag for flag in document.flags if flag in FLAGS]
            doubted.update(flags)
            if flags and chosen.each:
                print(path.name, dress, flags, [d for page in document.pages for d in page.disputes])
        seconds = time.monotonic() - began
        print(f"honest: {read_honest} read, {seconds / max(1, len(made)):.2f} s a file with {chosen.jobs} jobs")
        for flag in FLAGS:
            share = doubted[flag] / max(1, read_honest)
            print(f"  false {flag:<22} {doubted[flag]:>4} = {share:.1%}")
        if chosen.honest:
            return 0
        _report(list(planted(folder, chosen.count, chosen.seed)), settings, each=chosen.each)
    return 0


def _report(made: list[tuple[Path, str, str]], settings: Settings, *, each: bool) -> None:
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    results = read_letters([path for path, _, _ in made], settings)
    for (path, make, lie), (_, letter) in zip(made, results, strict=True):
        if letter is None:
            continue
        total[make] += 1
        claimed = {str(field.value) for _, field in letter.fields.items() if field.is_found}
        is_found = any(flag in FLAGS for flag in letter.transcript.document.flags) and not (lie and lie in claimed)
        found[make] += is_found
        if each and not is_found:
            print(path.name, make, repr(lie), letter.transcript.document.flags, sorted(claimed)[:12])
    print("planted:")
    for make in total:
        print(f"  {make:<26} {found[make]:>3} of {total[make]}")
    print(f"  {'all':<26} {found.total():>3} of {total.total()}")


if __name__ == "__main__":
    raise SystemExit(main())
