"""Tên loại, trích yếu and Kính gửi (NĐ 30/2020, Điều 8.2.đ, Phụ lục I.II.5 and II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from antq_cli.checks.look import Line, at, at_header, at_line, at_stretch, is_clear, is_scan, lines
from antq_cli.checks.printed import LETTER_KIND, is_kind, is_plain_letter, number_of, starts_basis, starts_item
from antq_cli.checks.rule import ALL, FRONT, PARTY, STATE, Context, Fault, fault, rule
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Letter, State
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.text import fold, is_upper

_DASH = re.compile(r"[-+*]")
_LABEL = re.compile(r"\W{0,3}(?:dong )?kinh (?:gui|trinh|chuyen)\s?[:;.]?\s?")
_ABOUT_MARK = re.compile(r"\W{0,3}v\s?/\s?v")
_WITHOUT_SUBJECT = (
    "giay gioi thieu",
    "giay nghi phep",
    "giay di duong",
    "giay uy quyen",
    "phieu",
    "thu cong",
    "hop dong",
    "luat",
    "bo luat",
    "phap lenh",
    "hien phap",
    "lenh",
    "giay chung nhan",
    "giay bien nhan",
    "ban cam ket",
    "loi keu goi",
    "tuyen bo",
)
_WITHOUT_ADDRESSEE = (
    "ke hoach",
    "thong bao",
    "chi thi",
    "quyet dinh",
    "nghi quyet",
    "chuong trinh",
    "huong dan",
    "thong cao",
    "quy che",
    "quy dinh",
)
_SUBJECT_WORDS = 25
"""Words of one printed line of a subject, and no more."""
_ABOVE = ("nhutren", "nhukinhgui")
_LONG_CHARACTERS, _LONG_WORDS = 500, 80
"""Length of the field Subject (NĐ 30/2020, Phụ lục VI); and what nobody calls short any more."""


@rule(
    "TYPE_MISSING",
    Severity.ERROR,
    "kind",
    ALL,
    needs=("zone:header", "kind_line", "addressees_label", "subject_label", "number"),
)
def kind_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """No kind is printed, and the document is no plain letter, which prints none."""
    form = letter.form
    if form.kind_line.is_found or form.addressees_label.is_found or form.subject_label.is_found:
        return
    number = number_of(letter)
    if number is not None and number.family in ("letter", "no_slash") and not number.kind_abbreviation:
        return
    # A heading antq has no name for is a heading all the same.
    headed = any(is_upper(line.text) for line in lines(letter, Zone.TITLE))
    if not headed and not is_kind(letter, LETTER_KIND):
        yield fault(at_header(letter))


@rule("TYPE_ON_CV", Severity.WARNING, "kind", STATE | FRONT | PARTY)
def kind_on_letter(letter: Letter, context: Context) -> Iterator[Fault]:
    """ "CÔNG VĂN" is printed as a heading; a plain letter has no kind line."""
    form = letter.form
    if form.kind_line.is_found and fold(form.kind_line.value or "").strip() == LETTER_KIND:
        yield fault(form.kind_line.evidence)
        return
    for line in lines(letter, Zone.TITLE):
        if line.folded.strip() == LETTER_KIND and is_upper(line.text):
            yield fault(at_line(letter, line))
            return


@rule("SUBJ_MISSING", Severity.ERROR, "kind", ALL, needs=("zone:header", "subject", "kind"))
def subject_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """No subject: no "V/v …" under a letter's number, no line under the printed kind. Some small forms have none."""
    if _something_below_kind(letter):
        return
    if letter.fields.subject.state is State.ABSENT and not is_kind(letter, *_WITHOUT_SUBJECT):
        variant = "letter" if is_plain_letter(letter) else ""
        yield fault(at(letter.form.kind_line, letter.form.number_line) or at_header(letter), variant=variant)


@rule("SUBJ_VV", Severity.WARNING, "kind", STATE | FRONT, needs=("subject", "subject_label", "kind"))
def subject_label_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A letter's subject under the number begins with "V/v". Party letters write "về việc"; "Về việc" is only noted."""
    subject, label = letter.fields.subject, letter.form.subject_label
    if not subject.is_found or not is_plain_letter(letter) or letter.form.kind_line.is_found:
        return
    if label.state is State.ABSENT:
        opening = fold(subject.value or "")
        spelt = opening.startswith("ve viec")
        if is_clear(letter, subject.evidence[:1]):
            yield fault(
                subject.evidence,
                severity=Severity.INFO if spelt else None,
                printed=subject.value,
                doubt=is_scan(letter),
            )
    elif fold(label.value or "").startswith("ve viec"):
        yield fault(label.evidence, severity=Severity.INFO, printed=label.value)


@rule("SUBJ_VV_ON_TYPED", Severity.INFO, "kind", STATE | FRONT, needs=("kind_line", "subject_label"))
def subject_label_on_typed(letter: Letter, context: Context) -> Iterator[Fault]:
    """ "V/v" stands under a printed kind, where the subject is written out."""
    form = letter.form
    if not form.kind_line.is_found or is_plain_letter(letter):
        return
    marked = form.subject_label.is_found and _ABOUT_MARK.match(fold(form.subject_label.value or ""))
    if marked or _ABOUT_MARK.match(fold(letter.fields.subject.value or "")):
        yield fault(at(form.subject_label, letter.fields.subject), kind=letter.fields.kind.value or "")


@rule("SUBJ_LONG", Severity.INFO, "metadata", ALL, needs=("subject",))
def subject_too_long(letter: Letter, context: Context) -> Iterator[Fault]:
    """The subject is one short phrase: at most 500 characters fit the registers, and 80 words are no phrase."""
    text = letter.fields.subject.value or ""
    words = len(text.split())
    if len(text) > _LONG_CHARACTERS or words > _LONG_WORDS:
        yield fault(letter.fields.subject.evidence, characters=len(text), words=words)


@rule(
    "KG_MISSING",
    Severity.ERROR,
    "addressees",
    STATE | FRONT,
    needs=("zone:header", "kind", "addressees", "addressees_label"),
)
def addressee_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A letter or a submission names no addressee. Invitations and telegrams address people in another way."""
    if not (is_plain_letter(letter) or is_kind(letter, "to trinh")):
        return
    if letter.form.addressees_label.state is State.ABSENT and letter.fields.addressees.state is State.ABSENT:
        place = at(letter.form.subject_label, letter.fields.subject, letter.form.kind_line) or at_header(letter)
        yield fault(place, kind=letter.fields.kind.value or "")


@rule("KG_EMPTY", Severity.ERROR, "addressees", ALL, needs=("addressees", "addressees_label"), in_draft=Severity.INFO)
def addressee_empty(letter: Letter, context: Context) -> Iterator[Fault]:
    """ "Kính gửi" is printed and nobody is named after it."""
    if letter.form.addressees_label.is_found and letter.fields.addressees.state is State.ABSENT:
        yield fault(letter.form.addressees_label.evidence)


@rule("KG_ON_OTHER", Severity.INFO, "addressees", STATE | FRONT, needs=("addressees_label", "kind_line", "kind"))
def addressee_on_other_kind(letter: Letter, context: Context) -> Iterator[Fault]:
    """ "Kính gửi" on a plan, a notice or a directive, which reach their readers through "Nơi nhận"."""
    form = letter.form
    if form.addressees_label.is_found and form.kind_line.is_found and is_kind(letter, *_WITHOUT_ADDRESSEE):
        yield fault(form.addressees_label.evidence, kind=letter.fields.kind.value or "")


@rule("KG_FORMAT", Severity.INFO, "addressees", STATE | FRONT, needs=("addressees", "addressees_label", "typed"))
def addressees_punctuation(letter: Letter, context: Context) -> Iterator[Fault]:
    """Two and more addressees stand on lines of their own, with "-" before, ";" between and "." at the end.

    OCR loses such marks, so scans are not judged.
    """
    if len(letter.fields.addressees.value or ()) < 2:
        return
    entries = _entries(lines(letter, Zone.ADDRESSEES))
    for position, (folded, start, end) in enumerate(entries):
        mark = "." if position == len(entries) - 1 else ";"
        if not _DASH.match(folded) or not folded.endswith(mark):
            yield fault(at_stretch(letter, start, end), printed=letter.transcript.text[start:end].strip())
            return


@rule(
    "KG_NOINHAN",
    Severity.WARNING,
    "recipients",
    STATE | FRONT,
    needs=("zone:recipients", "addressees", "recipients", "legible:recipients", "recipients_label"),
)
def addressees_not_among_recipients(letter: Letter, context: Context) -> Iterator[Fault]:
    """The recipients of a letter or a submission begin with "Như trên", which stands for those after "Kính gửi"."""
    fields = letter.fields
    if not (is_plain_letter(letter) or is_kind(letter, LETTER_KIND, "to trinh")):
        return
    if not fields.addressees.is_found or not fields.recipients.is_found:
        return
    entries = [fold(entry) for entry in fields.recipients.value or ()]
    entries = [entry for entry in entries if not re.match(r"gui (?:dien tu|ban)|ban (?:dien tu|giay)", entry)]
    above = [position for position, entry in enumerate(entries) if _is_above(entry)]
    if not above:
        unsure = not is_clear(letter, fields.recipients.evidence)
        yield fault(at(letter.form.recipients_label, fields.recipients), doubt=unsure)
    elif above[0] > 0:
        yield fault(fields.recipients.evidence[:1], first=(fields.recipients.value or ("",))[0], variant="not_first")


def _something_below_kind(letter: Letter) -> bool:
    """True when the heading was not understood, or a short line that may be the subject follows it."""
    if not letter.form.kind_line.is_found:
        return False
    if not letter.fields.kind.is_found:
        return True
    first = lines(letter, Zone.BODY)[:1]
    if not first or starts_item(first[0].folded) or starts_basis(first[0].folded):
        return False
    return len(first[0].text.split()) <= _SUBJECT_WORDS and first[0].text[-1] not in ".:;/"


def _is_above(entry: str) -> bool:
    """True for "Như trên", "Như kính gửi", one letter read wrongly at most."""
    letters = "".join(c for c in entry if c.isalnum())
    return any(Levenshtein.distance(letters[: len(form)], form, score_cutoff=1) <= 1 for form in _ABOVE)


def _entries(rows: tuple[Line, ...]) -> list[tuple[str, int, int]]:
    """Folded text, start and end of each entry: a dash and the lines that go on from it, without the label."""
    entries: list[tuple[str, int, int]] = []
    for row in rows:
        label = _LABEL.match(row.folded)
        start = row.start + (label.end() if label else 0)
        folded = row.folded[label.end() if label else 0 :].strip()
        if not folded:
            continue
        if entries and not _DASH.match(folded) and not entries[-1][0].endswith((";", ".")):
            before, first, _ = entries[-1]
            entries[-1] = (f"{before} {folded}", first, row.end)
        else:
            entries.append((folded, start, row.end))
    return entries


RULES = (
    kind_missing,
    kind_on_letter,
    subject_missing,
    subject_label_missing,
    subject_label_on_typed,
    subject_too_long,
    addressee_missing,
    addressee_empty,
    addressee_on_other_kind,
    addressees_punctuation,
    addressees_not_among_recipients,
)
