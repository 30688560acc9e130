"""Do arrival stamps and printed boxes of electronic signatures stay out of a letter's own fields?

    python -m bench.stamps --count 60 --boxes 20 --seed 1 [--each]

Invented letters with typed numbers and days are drawn as scans, one page each, with a receiver's stamp: five places,
four forms, four colours, with and without a frame, a little turned, its number and day typed, written or left empty;
others with a box that a signing program printed, and the logo of a portal above the header. Printed are, for each of
the letter's own fields, right, wrong (claimed), unreadable and absent, and how often a wrong value holds words of the
stamp; the same for the stamp's own number and day.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from antq_cli.model.letter import Field, State
from antq_cli.model.letter import Letter as Read
from antq_cli.model.transcript import Zone
from antq_cli.pipeline.reading import read_letters
from antq_cli.settings import Settings
from antq_cli.vietnamese.text import fold
from bench.pages import letters
from bench.real_fields import same
from bench.scans import KINDS, write_scan
from samples.generator.ageing import age
from samples.generator.compose import compose
from samples.generator.expected import expected
from samples.generator.fonts import font
from samples.generator.items import Page, Rule, Text
from samples.generator.letter import Letter, Scan
from samples.generator.pen import written
from samples.generator.raster import draw_page

OWN = ("issuer", "issuer_parent", "number", "date", "subject")
COLOURS = {"red": (205, 28, 40), "blue": (30, 50, 160), "violet": (120, 30, 90), "black": (35, 35, 35)}
PLACES = ("left", "centre", "right", "top left", "top right")
FILLS = ("typed", "pen", "empty")
FORMS = ("decree", "heading", "hours", "bare")
_PEN = (20, 30, 110)


@dataclass(frozen=True)
class Stamp:
    """A receiver's stamp as it will be drawn."""

    form: str
    place: str
    colour: str
    framed: bool
    fill: str
    office: str
    number: str
    day: str
    angle: float

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Labels and what is filled in."""
        number = ("S\u1ed1:", self.number)
        day = ("Ng\u00e0y:", self.day)
        moved = ("Chuy\u1ec3n:", "")
        match self.form:
            case "decree":
                return number, day, moved, ("L\u01b0u h\u1ed3 s\u01a1 s\u1ed1:", "")
            case "hours":
                return ("Gi\u1edd:", ""), day
            case "heading":
                return number, day, moved
        return number, day


def draw_stamp(stamp: Stamp, scale: float, rng: random.Random) -> Image.Image:
    """The stamp as transparent ink; `scale` is in pixels per mm."""
    em = scale * 25.4 / 72
    rows = stamp.rows()
    has_side_mark = stamp.form in ("decree", "hours")
    pitch = rng.uniform(6.2, 7.6)
    head = 7.5 if stamp.form in ("decree", "hours") else 8.5 if stamp.form == "heading" else 9.0
    width = 52.0 if has_side_mark else 44.0
    height = head + pitch * len(rows) + 3.0
    image = Image.new("RGBA", (round(width * scale), round(height * scale)), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    ink = COLOURS[stamp.colour]
    line = max(round(0.35 * scale), 1)
    if stamp.framed:
        draw.rectangle((line, line, image.width - line - 1, image.height - line - 1), outline=ink, width=line)
        draw.line((0, head * scale, image.width, head * scale), fill=ink, width=line)
    title = "\u0110\u1ebeN"
    if has_side_mark:
        draw.text((width / 2 * scale, head / 2 * scale), stamp.office, fill=ink, font=font("Bold", 9 * em), anchor="mm")
        draw.text((9 * scale, (head + height) / 2 * scale), title, fill=ink, font=font("Bold", 15 * em), anchor="mm")
    else:
        words = "C\u00d4NG V\u0102N \u0110\u1ebeN" if stamp.form == "heading" else title
        draw.text((width / 2 * scale, head / 2 * scale), words, fill=ink, font=font("Bold", 13 * em), anchor="mm")
    left = 19.0 if has_side_mark else 3.0
    typeface = font("Regular", 10.5 * em)
    dots = rng.random() < 0.8
    for row, (label, value) in enumerate(rows):
        base = (head + pitch * (row + 0.85)) * scale
        start = left * scale + typeface.getlength(label + " ")
        draw.text((left * scale, base), label, fill=ink, font=typeface, anchor="ls")
        if value and stamp.fill == "typed":
            draw.text((start, base), value, fill=ink, font=font("Bold", 11 * em), anchor="ls")
            continue
        if dots:
            room = (width - 2) * scale - start
            draw.text((start, base), "." * int(room / typeface.getlength(".")), fill=ink, font=typeface, anchor="ls")
        if value and stamp.fill == "pen":
            pen = written(value, 3.4 * scale, 0.42 * scale, rng, _PEN)
            room = round(image.width - start)
            if pen.width > room:
                pen = pen.resize((room, pen.height), Image.Resampling.LANCZOS)
            image.alpha_composite(pen, (round(start), max(0, round(base - pen.height * 0.78))))
    image.putalpha(image.getchannel("A").point(lambda level: round(level * 0.92)))
    return image.rotate(stamp.angle, resample=Image.Resampling.BICUBIC, expand=True)


def _stamps(count: int, seed: int) -> list[Stamp]:
    rng = random.Random(f"stamps/{seed}")
    made = []
    for index in range(count):
        day = f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(2020, 2025)}"
        made.append(
            Stamp(
                form=FORMS[index % len(FORMS)],
                place=PLACES[index % len(PLACES)],
                colour=rng.choice(list(COLOURS)),
                framed=rng.random() < 0.65,
                fill=FILLS[index % len(FILLS)],
                office=rng.choice(
                    (
                        "UBND HUY\u1ec6N AN BI\u00caN",
                        "V\u0102N PH\u00d2NG UBND T\u1ec8NH",
                        "S\u1ede N\u1ed8I V\u1ee4",
                        "C\u1ed4NG TH\u00d4NG TIN \u0110I\u1ec6N T\u1eec",
                    )
                ),
                number=str(rng.randint(3, 6200)),
                day=day,
                angle=rng.uniform(-2.0, 2.0),
            )
        )
    return made


def _lowered(page: Page, by: float) -> Page:
    """The items further down; what would run off the paper is left out."""
    moved: list[Any] = []
    for item in page:
        match item:
            case Text() if item.baseline + by < 284:
                moved.append(replace(item, baseline=item.baseline + by))
            case Rule() if item.top + by < 284:
                moved.append(replace(item, top=item.top + by))
    return tuple(moved)


def _head_bottom(page: Page, letter: Letter) -> float:
    """Where what follows the header may begin, in mm, by the gap that was asked for."""
    tops = sorted(item.baseline for item in page if isinstance(item, Text))
    widest, low = max((after - before, before) for before, after in pairwise(tops))
    return low if widest >= letter.gap else tops[0]


def stamped_page(letter: Letter, stamp: Stamp, dpi: int, rng: random.Random) -> Image.Image:
    """Page 1 with the stamp on clear paper."""
    scale = dpi / 25.4
    ink = draw_stamp(stamp, scale, rng)
    width, height = ink.width / scale, ink.height / scale
    if stamp.place.startswith("top"):
        page = _lowered(compose(replace(letter, arrival=None, gap=0.0))[0], height - 8.0)
        top = rng.uniform(4.0, 6.0)
    else:
        gapped = replace(letter, arrival=None, gap=height + 8.0)
        page = _lowered(compose(gapped)[0], 0.0)
        top = _head_bottom(page, gapped) + rng.uniform(3.0, 5.5)
    left = {"left": rng.uniform(20, 36), "top left": rng.uniform(12, 30), "centre": 105 - width / 2}.get(
        stamp.place, 192 - width
    )
    sheet = draw_page(page, dpi, rng)
    _lay(sheet, ink, left * scale, top * scale)
    return sheet


def _lay(sheet: Image.Image, ink: Image.Image, left: float, top: float) -> None:
    sheet.paste(ink.convert("RGB"), (round(left), round(top)), ink.getchannel("A"))


def boxed_page(letter: Letter, dpi: int, rng: random.Random) -> tuple[Image.Image, str]:
    """Page 1 with a signing program's box at the top, on some with a portal's logo; tells the box's day."""
    by = 16.0
    page = list(_lowered(compose(replace(letter, arrival=None, gap=0.0))[0], by))
    office = "V\u0103n ph\u00f2ng " + rng.choice(
        ("\u1ee6y ban nh\u00e2n d\u00e2n t\u1ec9nh", "Ch\u00ednh ph\u1ee7", "S\u1edf N\u1ed9i v\u1ee5")
    )
    day = f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(2020, 2025)}"
    lines = [
        rng.choice(("Ng\u01b0\u1eddi k\u00fd:", "K\u00fd b\u1edfi:", "\u0110\u01b0\u1ee3c k\u00fd b\u1edfi:"))
        + " "
        + office,
        "Email: vanthu@coquan.gov.vn",
        "C\u01a1 quan: " + office,
        f"Th\u1eddi gian k\u00fd: {day} {rng.randint(7, 17):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02} +07:00",
    ]
    if rng.random() < 0.3:
        del lines[1]
    left = rng.choice((14.0, 128.0))
    points = rng.uniform(7.0, 9.5)
    for row, line in enumerate(lines):
        page.append(Text(left, 8.0 + row * points * 0.46, line, "Regular", points))
    if rng.random() < 0.6:
        logo = rng.choice(
            (
                "CHINHPHU.VN",
                "C\u1ed4NG TH\u00d4NG TIN \u0110I\u1ec6N T\u1eec CH\u00cdNH PH\u1ee6",
                "baochinhphu.vn",
            )
        )
        page.append(Text(50.0 if left > 100 else 110.0, 11.0, logo, "Bold", 9))
    return draw_page(tuple(page), dpi, rng), day


def _pollution(stamp: Stamp | None) -> re.Pattern[str]:
    """Words that only the stamp or the box has."""
    words = [r"\bden\b", r"\bchuyen:", r"\bluu ho so", r"chinhphu", r"thoi gian ky", r"\bky boi\b", r"@", r"\.vn\b"]
    if stamp is not None:
        words += [re.escape(fold(stamp.office))] if stamp.form in ("decree", "hours") else []
        words += [re.escape(stamp.day)] if stamp.fill != "empty" else []
    return re.compile("|".join(words))


def _outcome(name: str, field: Field[Any], true: str | None) -> str:
    if field.state is State.FOUND:
        # str() of a day is ISO 8601, as the truth has it.
        return "right" if true and same(name, true, str(field.value)) else "wrong"
    if field.state is State.UNREADABLE:
        return "unreadable"
    return "absent" if true else "right"


def _score(read: Read, truth: dict[str, Any], stamp: Stamp | None, counts: Counter[tuple[str, str]]) -> list[str]:
    fields = dict(read.fields.items())
    odd = []
    for name in OWN:
        outcome = _outcome(name, fields[name], truth[name])
        counts[name, outcome] += 1
        said = fold(str(fields[name].value or ""))
        dirty = outcome == "wrong" and _pollution(stamp).search(said) is not None
        if stamp is not None and name == "date" and outcome == "wrong":
            dirty = dirty or said == "-".join(reversed(stamp.day.split("/")))
        counts[name, "polluted"] += dirty
        if outcome != "right":
            odd.append(f"{name} {outcome}: {truth[name]!r} / {fields[name].value!r} {fields[name].candidates}")
    return odd


def _score_arrival(read: Read, stamp: Stamp, counts: Counter[tuple[str, str]]) -> list[str]:
    odd = []
    has_number = any(fold(label).startswith("so") for label, _ in stamp.rows())
    for name, field, true in (
        ("arrival_number", read.form.arrival_number, stamp.number if has_number else ""),
        ("arrival_date", read.form.arrival_date, stamp.day),
    ):
        case = stamp.fill if true else "no such row"
        if field.state is State.FOUND:
            is_right = stamp.fill != "empty" and true and _bare(str(field.value)) == _bare(true)
            outcome = "right" if is_right else "wrong"
        else:
            outcome = field.state.value
        counts[f"{name}, {case}", outcome] += 1
        if outcome == "wrong":
            odd.append(f"{name} wrong: {true!r} ({stamp.fill}) / {field.value!r}")
    return odd


def _bare(text: str) -> str:
    return "/".join(part.lstrip("0") for part in re.findall(r"\d+", text))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=60, help="letters with a stamp")
    parser.add_argument("--boxes", type=int, default=20, help="letters with a printed box")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="folder of an OCR cache, to measure understanding alone")
    parser.add_argument("--keep", type=Path, help="folder in which the drawn files stay")
    parser.add_argument("--each", action="store_true", help="one line for each field that is not right")
    chosen = parser.parse_args(arguments)
    settings = replace(Settings.load(jobs=chosen.jobs), cache=chosen.cache)
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        made = _draw(folder, chosen.count, chosen.boxes, chosen.seed)
        own: dict[str, Counter[tuple[str, str]]] = {"stamp": Counter(), "box": Counter()}
        arrivals: Counter[tuple[str, str]] = Counter()
        found: Counter[str] = Counter()
        total: Counter[str] = Counter()
        readings = read_letters([path for path, _, _, _ in made], settings)
        for (path, truth, stamp, day), (_, read) in zip(made, readings, strict=True):
            if read is None:
                print(path.name, "not read")
                continue
            case = "stamp" if stamp else "box"
            total[case] += 1
            zone = Zone.ARRIVAL_STAMP if stamp else Zone.E_SIGNATURE
            is_found = bool(read.transcript.in_zones(zone))
            found[case] += is_found
            odd = [] if is_found else [f"{case} not found"]
            odd += _score(read, truth, stamp, own[case])
            if stamp is not None:
                odd += _score_arrival(read, stamp, arrivals)
            else:
                arrivals["arrival without stamp", read.form.arrival_number.state.value] += 1
            if chosen.each and odd:
                about = json.dumps([stamp.form, stamp.place, stamp.colour, stamp.fill] if stamp else [day])
                print(path.name, about, *odd, sep="\n    ")
    for case, counts in own.items():
        print(f"{case}: found {found[case]} of {total[case]}")
        _table(counts, (*("right", "wrong", "unreadable", "absent"), "polluted"))
    _table(arrivals, ("right", "wrong", "unreadable", "absent"))
    return 0


def _draw(folder: Path, count: int, boxes: int, seed: int) -> list[tuple[Path, dict[str, Any], Stamp | None, str]]:
    made: list[tuple[Path, dict[str, Any], Stamp | None, str]] = []
    stamps: list[Stamp | None] = [*_stamps(count, seed), *([None] * boxes)]
    for index, (each, stamp) in enumerate(zip(letters(len(stamps), seed, pen=0.0), stamps, strict=True)):
        rng = random.Random(f"{seed}/{index}")
        kind: Scan = KINDS[index % len(KINDS)]
        if stamp is not None:
            sheet, day = stamped_page(each.letter, stamp, kind.dpi, rng), stamp.day
        else:
            sheet, day = boxed_page(each.letter, kind.dpi, rng)
        path = folder / f"{'stamp' if stamp else 'box'}-{seed}-{index:03}.pdf"
        if not path.exists():
            # The writer puts the hour into a PDF, so files written anew would not be found in an OCR cache.
            write_scan(path, age([sheet], kind, index), kind)
        made.append((path, expected(each.letter), stamp, day))
    return made


def _table(counts: Counter[tuple[str, str]], outcomes: Sequence[str]) -> None:
    print(f"  {'':28}" + "".join(f"{outcome:>12}" for outcome in outcomes))
    for name in dict.fromkeys(name for name, _ in counts):
        print(f"  {name:28}" + "".join(f"{counts[name, outcome]:>12}" for outcome in outcomes))


if __name__ == "__main__":
    raise SystemExit(main())
