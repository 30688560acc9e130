"""A letter as data: what it says, how it is drawn, what antq must find in it. Loaded from `letters/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

FAMILIES = ("state", "front", "party", "plain")
"""`front` and `state` share the national title; `plain` has no header (news, excerpts, annexes)."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One block: lines of authority (`TM. …`, `KT. …`), position, name."""

    authority: tuple[str, ...] = ()
    position: str | None = None
    name: str | None = None
    seal: str = ""
    """Words around the red seal; empty for none."""
    scribble: bool = True
    """Whether a signature is drawn by pen."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The receiver's stamp ĐẾN: its number and day are not the letter's."""

    office: str
    number: str
    date: str
    left: float
    top: float
    """Corner of the stamp, in mm."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner and the years did to the paper."""

    dpi: int = 200
    colours: str = "grey"
    """`colour`, `grey` or `bilevel`."""
    quality: int = 55
    """JPEG quality, 1..95."""
    skew: float = 0.0
    """Degrees, positive is counter-clockwise."""
    blur: float = 0.4
    """Radius in pixels at 200 dpi."""
    noise: float = 2.0
    """Standard deviation of the sensor's noise, in grey levels."""
    paper: int = 250
    """Grey level of the paper."""
    ink: int = 25
    """Grey level of the print."""
    specks: int = 0
    """Number of dark specks on a page."""
    shade: float = 0.0
    """Darkening towards one edge, in grey levels."""
    show_through: float = 0.0
    """Strength of the back page's mirror image, 0..1."""
    turn: tuple[int, ...] = ()
    """Degrees by which each page lies turned (0, 90, 180, 270); pages beyond the list lie upright."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation that antq must find, as the archive would name it."""

    relation: str
    number: str | None = None
    date: str | None = None
    title: str | None = None
    """Of a law that is cited by its name alone."""
    source: str | None = None
    """Number of the citing document when it is not the letter itself."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything about one sample. Lists of lines are drawn as given; other text is broken where it must."""

    file: str
    family: str
    document_class: str
    regime: str
    """A regime of antq; empty where the question does not arise (annexes)."""
    shows: str = ""
    """What the sample is for, in Vietnamese (column of the README)."""
    shows_en: str = ""
    parent: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    number: str | None = None
    kind: str | None = None
    """In lower case, with the canonical name of the kind; `công văn` is not printed."""
    heading: str | None = None
    """The printed kind when it is not the kind in capitals."""
    subject: str | None = None
    place: str | None = None
    date: str | None = None
    """`yyyy-mm-dd`."""
    date_printed: str | None = None
    """The day and month as printed, `d/m`, when they break the rule of the leading zero."""
    addressees: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    """Paragraphs. A leading `# ` makes a bold one, `^ ` a centred bold one, `~ ` a centred italic one, `/ ` an italic
    one, `| ` a line of a plain text that is kept as it is; a stretch between ** at the beginning is bold."""
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    handwritten: tuple[str, ...] = ()
    """Of `number` and `date` (the day)."""
    arrival: Arrival | None = None
    page_numbers: str = "top"
    """`top` (centred, NĐ 30), `bottom` (right, Thông tư 01/2011) or `none`."""
    gap: float = 0.0
    """Extra room between the header and what follows, in mm."""
    size: float = 14.0
    """Body size in points."""
    line: float = 18.0
    """Body line distance in points."""
    scan: Scan = Scan()
    scanned_pages: tuple[int, ...] | None = None
    """For a mixed PDF: the pages that are pictures; None: all pages of a scan, none of a born-digital file."""
    born_digital: bool = False
    citations: tuple[Cited, ...] = ()
    faults: tuple[str, ...] = ()
    """Ids of the rules that must report."""
    seed: int = 1


def letter_from(table: dict[str, Any]) -> Letter:
    """A letter from its TOML table. Raises ValueError on a key or a family it does not know."""
    known = {item.name for item in fields(Letter)}
    unknown = sorted(set(table) - known)
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(unknown)}")
    if table["family"] not in FAMILIES:
        raise ValueError(f"unknown family: {table['family']}")
    made: dict[str, Any] = {key: _frozen(value) for key, value in table.items()}
    made["signatures"] = tuple(
        Signature(**{key: _frozen(value) for key, value in block.items()}) for block in table.get("signatures", ())
    )
    made["citations"] = tuple(Cited(**cited) for cited in table.get("citations", ()))
    if "arrival" in table:
        made["arrival"] = Arrival(**table["arrival"])
    if "scan" in table:
        made["scan"] = Scan(**{key: _frozen(value) for key, value in table["scan"].items()})
    return Letter(**made)


def load_letters(folder: Path = HERE / "letters") -> tuple[Letter, ...]:
    """All letters of a folder, in the order of their file names."""
    letters = []
    for path in sorted(folder.glob("*.toml")):
        with path.open("rb") as stream:
            letters.append(letter_from(tomllib.load(stream)))
    return tuple(letters)


@cache
def formulas() -> dict[str, str]:
    """The words shared by all letters."""
    with (HERE / "formulas.toml").open("rb") as stream:
        return tomllib.load(stream)


def date_words(letter: Letter) -> tuple[str, str, str]:
    """Before the day, the day, and after it: three parts of the line of place and date; empty without a date."""
    if letter.date is None:
        return "", "", ""
    year, month, day = letter.date.split("-")
    if int(month) > 2:
        month = str(int(month))
    if letter.date_printed is not None:
        day, month = letter.date_printed.split("/")
    pattern = formulas()["date"] if letter.place else formulas()["date_of_unplaced"]
    before, after = pattern.split("{day}")
    return before.format(place=letter.place), day, after.format(month=month, year=year)


def heading_of(letter: Letter) -> str | None:
    """The printed line of the kind; None for a công văn and for what has no kind."""
    if letter.heading is not None:
        return letter.heading
    if letter.kind is None or is_plain_letter(letter):
        return None
    return letter.kind.upper()


def is_plain_letter(letter: Letter) -> bool:
    """True for a công văn, whose subject stands under the number."""
    return letter.heading is None and letter.kind == formulas()["plain_letter"]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
