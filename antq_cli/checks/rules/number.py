"""Số, ký hiệu (NĐ 30/2020, Điều 8.2.c, Phụ lục I.II.3; Party: HD 36-HD/VPTW)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antq_cli.checks.look import at_header, is_clear, is_scan, is_text_layer, lines, written
from antq_cli.checks.printed import (
    is_kind,
    is_plain_letter,
    kind_of,
    number_of,
    own_reference,
    printed_number,
)
from antq_cli.checks.rule import ALL, FRONT, PARTY, STATE, STATE_ND30, Context, Fault, Kept, fault, rule
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Letter, State
from antq_cli.vietnamese.administration import bodies_named, body_coded
from antq_cli.vietnamese.lexicon import Kind, kind_named, kinds_abbreviated
from antq_cli.vietnamese.text import fold, squeeze

_NO_COLON = re.compile(r"so\s?\d")
_COLON = re.compile(r"so\s?:")
_SPACED = re.compile(r"\s[/-]|[/-]\s")
_ATTACHED = re.compile(r"\(?(?:ban hanh )?kem theo")
_UNSYMBOLLED = ("giay moi", "giay gioi thieu", "phieu", "thu cong", "hop dong", "ban ghi nho", "thoa thuan", "bien ban")
"""Kinds that offices lawfully or by long use number as plain letters, or not at all."""
_WITH_ADDRESSEE = frozenset({"ttr", "bc", "gm", "cd", "ggt", "pc", "pg"})
"""Kinds of document that have "Kính gửi": their heading may merely have been missed."""
_CODE_NUMBER, _CODE_NOTATION = 11, 30
"""Lengths of the fields CodeNumber and CodeNotation (NĐ 30/2020, Phụ lục VI, Phần II)."""
_SAME_TEXT = 0.6
"""Share of common words above which two subjects are taken for one document scanned twice."""


@rule(
    "NUM_MISSING",
    Severity.ERROR,
    "number",
    ALL,
    needs=("zone:header", "number", "number_line"),
    in_draft=Severity.INFO,
)
def number_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A document without its number cannot be registered, cited or found.

    Silent when the number was written by hand or not read (the engine skips the rule), and when the line is printed
    but empty (NUM_BLANK). A PDF's own text often lacks the number stamped at signing: then only a warning.
    """
    fields, form = letter.fields, letter.form
    if fields.number.state is State.ABSENT and not form.number_line.is_found:
        unsure = is_text_layer(letter)
        yield fault(at_header(letter), severity=Severity.WARNING if unsure else None, doubt=unsure)


@rule(
    "NUM_BLANK",
    Severity.WARNING,
    "number_given",
    ALL,
    needs=("zone:header", "number", "number_line"),
    in_draft=Severity.INFO,
)
def number_blank(letter: Letter, context: Context) -> Iterator[Fault]:
    """The line "Số:" is printed and its number is empty. A paper gets its number after it was signed."""
    if letter.fields.number.state is State.ABSENT and letter.form.number_line.is_found:
        unsure = is_scan(letter) or is_text_layer(letter)
        yield fault(letter.form.number_line.evidence, printed=letter.form.number_line.value, doubt=unsure)


@rule("NUM_NOSLASH", Severity.WARNING, "number", STATE | FRONT, needs=("number",))
def slash_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """No slash between number and symbol: `1305UBND-NCPC`. Recognition may have lost it, so the original decides."""
    number = number_of(letter)
    evidence = letter.fields.number.evidence
    if number is not None and number.family == "no_slash" and is_clear(letter, evidence):
        yield fault(evidence, printed=printed_number(letter), right=letter.fields.number.value, doubt=True)


@rule("NUM_COLON", Severity.INFO, "number", STATE_ND30 | FRONT, needs=("number_line", "number"))
def colon_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """ "Số" is followed by a colon in state and Front documents. Party documents print none."""
    line = letter.form.number_line
    if line.is_found and _NO_COLON.match(fold(line.value or "")) and is_clear(letter, line.evidence):
        yield fault(line.evidence, printed=line.value, doubt=is_scan(letter))


@rule("NUM_COLON_PARTY", Severity.INFO, "number", PARTY, needs=("number_line",))
def colon_on_party_document(letter: Letter, context: Context) -> Iterator[Fault]:
    """A Party document prints "Số 36-HD/VPTW" without a colon. Very many print one; it is only noted."""
    line = letter.form.number_line
    if line.is_found and _COLON.match(fold(line.value or "")):
        yield fault(line.evidence, printed=line.value)


@rule("NUM_SPACE", Severity.INFO, "number", STATE | FRONT, needs=("number", "typed"))
def spaces_in_symbol(letter: Letter, context: Context) -> Iterator[Fault]:
    """Spaces beside the slash or the hyphens. OCR adds them, so scans are not judged."""
    printed = printed_number(letter)
    if _SPACED.search(printed):
        yield fault(letter.fields.number.evidence, printed=printed, right=letter.fields.number.value)


@rule("NUM_PAD", Severity.WARNING, "number", ALL, needs=("number",))
def number_not_padded(letter: Letter, context: Context) -> Iterator[Fault]:
    """Numbers below 10 take a leading zero: 05/UBND-VP. A scan read less clearly may have lost it."""
    printed, field = printed_number(letter), letter.fields.number
    if re.match(r"[1-9](?!\d)", printed) and not re.match(r"\d\.\d", printed):
        yield fault(
            field.evidence, printed=printed, right=f"0{field.value}", doubt=not is_clear(letter, field.evidence)
        )


@rule("NUM_SEP_REGIME", Severity.WARNING, "number", STATE | FRONT | PARTY, needs=("zone:header", "number"))
def separator_of_another_regime(letter: Letter, context: Context) -> Iterator[Fault]:
    """A hyphen before the kind in a state or Front number, or a slash there in a Party number.

    Unions and the youth union have forms of their own and are not judged.
    """
    number = number_of(letter)
    if number is None:
        return
    party = letter.regime in PARTY
    if (number.family == "party" and not party) or (number.family in ("administrative", "letter", "glued") and party):
        variant = "party" if party else ""
        yield fault(letter.fields.number.evidence, printed=printed_number(letter), variant=variant)


@rule("NUM_TYPE_MISMATCH", Severity.ERROR, "abbreviation", ALL, needs=("number", "kind", "kind_line"))
def symbol_against_kind(letter: Letter, context: Context) -> Iterator[Fault]:
    """The symbol's abbreviation is of another kind than the one printed: KẾ HOẠCH numbered TB.

    Abbreviations with several meanings (QĐ, TT, CTr) agree with each of them, a special kind agrees with its general
    one, and a regulation attached to a decision carries the decision's number.
    """
    number, printed = number_of(letter), _printed_kind(letter)
    if number is None or printed is None or not number.kind_abbreviation or _is_attached(letter):
        return
    meant = kinds_abbreviated(number.kind_abbreviation)
    if not meant or any(kind.copy for kind in meant) or any(_agree(printed, kind) for kind in meant):
        return
    unsure = not is_clear(letter, letter.fields.number.evidence)
    yield fault(
        letter.fields.number.evidence,
        severity=Severity.WARNING if unsure else None,
        abbreviation=number.kind_abbreviation,
        meaning=meant[0].name,
        kind=printed.name,
        right=next(iter(printed.abbreviations or printed.party), ""),
        doubt=unsure,
    )


@rule("NUM_UNKNOWN_ABBR", Severity.WARNING, "abbreviation", STATE | FRONT, needs=("number", "kind", "kind_line"))
def abbreviation_not_in_list(letter: Letter, context: Context) -> Iterator[Fault]:
    """A document of a listed kind whose symbol has another abbreviation than the list of its regime, or none.

    Kinds the list does not have (specialised documents) are not judged.
    """
    number, printed = number_of(letter), _printed_kind(letter)
    if number is None or printed is None or not printed.abbreviations or _is_attached(letter):
        return
    if is_kind(letter, *_UNSYMBOLLED) or number.family not in ("administrative", "letter", "glued"):
        return
    right = printed.abbreviations[0]
    evidence = letter.fields.number.evidence
    abbreviation = number.kind_abbreviation
    if not abbreviation:
        if number.organs and body_coded(number.organs[0]):
            yield fault(evidence, kind=printed.name, right=right, variant="none", printed=printed_number(letter))
        elif number.organs and len(number.organs) > 1 and is_clear(letter, evidence):
            yield fault(evidence, abbreviation=number.organs[0], kind=printed.name, right=right)
    elif letter.regime in STATE_ND30 and fold(abbreviation) in map(fold, printed.older):
        yield fault(evidence, abbreviation=abbreviation, kind=printed.name, right=right)


@rule("NUM_CV_IN_STATE", Severity.WARNING, "number", STATE, needs=("number",))
def letter_code_in_state_number(letter: Letter, context: Context) -> Iterator[Fault]:
    """`12/CV-SYT`: a state letter's symbol has no kind. Party letters do have CV, and firms write it."""
    number = number_of(letter)
    if number is None:
        return
    codes = (number.kind_abbreviation or "", *number.organs[:1])
    if any(fold(code) == "cv" for code in codes):
        yield fault(letter.fields.number.evidence, printed=printed_number(letter))


@rule(
    "NUM_CV_HAS_TYPE",
    Severity.WARNING,
    "number",
    STATE | FRONT,
    needs=("number", "kind_line", "subject_label", "addressees_label"),
)
def letter_numbered_as_typed(letter: Letter, context: Context) -> Iterator[Fault]:
    """A plain letter (V/v, Kính gửi, no kind printed) whose symbol has the abbreviation of a kind.

    Tờ trình, báo cáo and others with "Kính gửi" are left alone: their heading may have been missed.
    """
    number, form = number_of(letter), letter.form
    if number is None or form.kind_line.is_found or not form.subject_label.is_found:
        return
    code = fold(number.kind_abbreviation or "")
    if form.addressees_label.is_found and code and code != "cv" and code not in _WITH_ADDRESSEE:
        yield fault(
            letter.fields.number.evidence, printed=printed_number(letter), abbreviation=number.kind_abbreviation
        )


@rule("NUM_YEAR", Severity.WARNING, "number", STATE | FRONT, needs=("number",))
def year_in_administrative_number(letter: Letter, context: Context) -> Iterator[Fault]:
    """The year belongs into the number of normative acts only. Kinds that may be normative are left alone."""
    number = number_of(letter)
    if number is None or number.year is None:
        return
    meant = kinds_abbreviated(number.kind_abbreviation) if number.kind_abbreviation else ()
    if any(kind.normative for kind in meant) or ((kind := _printed_kind(letter)) is not None and kind.normative):
        return
    if meant or is_plain_letter(letter):
        yield fault(letter.fields.number.evidence, printed=printed_number(letter), year=number.year)


@rule("NUM_JOINT", Severity.INFO, "number", ALL, needs=("number", "issuer"))
def joint_symbol(letter: Letter, context: Context) -> Iterator[Fault]:
    """Two bodies issue together and the symbol has the code of one only."""
    number, issuer = number_of(letter), letter.fields.issuer
    if number is None or not issuer.is_found or len(number.organs) != 1:
        return
    parts = [bodies_named(part) for part in re.split(r"\s-\s", fold(issuer.value or ""))]
    known = [bodies for bodies in parts if bodies]
    if len(known) > 1 and not known[0] & known[1]:
        yield fault(letter.fields.number.evidence, printed=printed_number(letter), issuer=issuer.value)


@rule("NUM_DUP", Severity.ERROR, "duplicate", ALL, needs=("number", "issuer", "date", "same_number"))
def number_used_twice(letter: Letter, context: Context) -> Iterator[Fault]:
    """The archive holds another document of the same issuer and year under the same number and symbol.

    The same document scanned twice (same subject, same day) is not meant. Party numbers run through a term of office.
    """
    fields = letter.fields
    if context.same_number is None or not (fields.number.is_found and fields.issuer.is_found and fields.date.is_found):
        return
    twins = [kept for kept in context.same_number(own_reference(letter)) if _is_other(kept, letter)]
    if twins:
        twin = twins[0]
        day = written(twin.issued) if twin.issued else ""
        other = ", ".join(filter(None, (twin.name, day)))
        yield fault(fields.number.evidence, number=fields.number.value, other=other)


@rule("NUM_LEN", Severity.INFO, "metadata", ALL, needs=("number",))
def number_too_long(letter: Letter, context: Context) -> Iterator[Fault]:
    """Number or symbol do not fit the fields of document management systems."""
    value = letter.fields.number.value
    if value is None:
        return
    code, _, notation = value.partition("/")
    if len(code) > _CODE_NUMBER or len(notation) > _CODE_NOTATION:
        yield fault(letter.fields.number.evidence, printed=value)


def _printed_kind(letter: Letter) -> Kind | None:
    """The kind whose name is printed; a kind known from the symbol alone proves nothing about the symbol."""
    if not letter.form.kind_line.is_found:
        return None
    return kind_named(squeeze(letter.form.kind_line.value or "")) or kind_named(kind_of(letter))


def _agree(printed: Kind, meant: Kind) -> bool:
    return any(
        one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")
        for one in printed.folded_names
        for other in meant.folded_names
    )


def _is_attached(letter: Letter) -> bool:
    """True when a line says that the document comes with another, whose number it carries."""
    return any(_ATTACHED.match(line.folded) for line in lines(letter)[:40])


def _is_other(kept: Kept, letter: Letter) -> bool:
    if kept.id == letter.transcript.document.id:
        return False
    if kept.issued != letter.fields.date.value:
        return True
    mine, its = (set(fold(subject or "").split()) for subject in (letter.fields.subject.value, kept.subject))
    if not mine or not its:
        return False
    return len(mine & its) / len(mine | its) < _SAME_TEXT


RULES = (
    number_missing,
    number_blank,
    slash_missing,
    colon_missing,
    colon_on_party_document,
    spaces_in_symbol,
    number_not_padded,
    separator_of_another_regime,
    symbol_against_kind,
    abbreviation_not_in_list,
    letter_code_in_state_number,
    letter_numbered_as_typed,
    year_in_administrative_number,
    joint_symbol,
    number_used_twice,
    number_too_long,
)
