"""What is printed, in the terms the rules speak: the kind, the number as it stands on paper, the lines of the bases."""

from __future__ import annotations

import re

from antq_cli.checks.look import Line, lines
from antq_cli.extraction.numbers import DocumentNumber, parse_number
from antq_cli.model.letter import Letter, Reference
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.text import fold, squeeze

LETTER_KIND = "cong van"

_ITEM = re.compile(r"(?:[-+*]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-z])\s?[.)/])\s?")
_BASIS = re.compile(r"(?:[-+*]\s?)?(?:can cu|theo de nghi|theo quyet dinh|xet|thuc hien)\b")
_LABEL = re.compile(r"so\s?[:.]?\s?")


def kind_of(letter: Letter) -> str:
    """The kind, folded: `ke hoach`; empty when it was not found."""
    return squeeze(fold(letter.fields.kind.value or ""))


def is_kind(letter: Letter, *kinds: str) -> bool:
    """True when the letter's kind is one of these or a special form of one: `ke hoach` holds `ke hoach phoi hop`."""
    kind = kind_of(letter)
    return any(kind == known or kind.startswith(f"{known} ") for known in kinds)


def is_plain_letter(letter: Letter) -> bool:
    """True for a công văn: it is one by its kind, and prints no other kind."""
    if letter.form.kind_line.is_found and fold(letter.form.kind_line.value or "") != LETTER_KIND:
        return False
    return is_kind(letter, LETTER_KIND)


def printed_number(letter: Letter) -> str:
    """Number and symbol as they stand on the paper, without the label "Số:"; empty when no number was found."""
    field = letter.fields.number
    if not field.is_found:
        return ""
    raw = squeeze((field.raw or field.value or "").replace("*", ""))
    label = _LABEL.match(fold(raw))
    return raw[label.end() :].strip() if label else raw


def number_of(letter: Letter) -> DocumentNumber | None:
    """The number as the grammar sees what is printed; None when it fits no form."""
    field = letter.fields.number
    return parse_number(printed_number(letter)) or (parse_number(field.value) if field.value else None)


def own_reference(letter: Letter) -> Reference:
    """The letter as another document would name it."""
    fields = letter.fields
    parsed = parse_number(fields.number.value) if fields.number.value else None
    return Reference(
        kind=fields.kind.value,
        number=fields.number.value,
        key=parsed.key if parsed else None,
        issued=fields.date.value,
        issuer=fields.issuer.value,
        title=fields.subject.value,
    )


def starts_item(folded: str) -> bool:
    """True when a line begins with a number, a letter or a dash of a list."""
    return bool(_ITEM.match(folded))


def starts_basis(folded: str) -> bool:
    """True when a line begins as a basis does: "Căn cứ", "Theo đề nghị", "Xét", "Thực hiện"."""
    return bool(_BASIS.match(folded))


def opening(letter: Letter) -> tuple[Line, ...]:
    """The paragraphs of the body before its first numbered item, three at most."""
    found: list[Line] = []
    for line in lines(letter, Zone.BODY):
        if starts_item(line.folded) and not _BASIS.match(line.folded):
            break
        found.append(line)
        if len(found) == 3:
            break
    return tuple(found)


def basis_lines(letter: Letter) -> tuple[Line, ...]:
    """The paragraphs that each name a basis ("Căn cứ …;"), from the first to the last of an unbroken run."""
    found: list[Line] = []
    for line in lines(letter, Zone.BODY):
        if _BASIS.match(line.folded):
            found.append(line)
        elif found:
            break
    return tuple(found)
