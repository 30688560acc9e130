"""Nơi nhận (NĐ 30/2020, Điều 8.2.i, Phụ lục I.II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antq_cli.checks.look import Line, at, at_foot, at_line, at_stretch, is_clear, is_scan, lines, page_of
from antq_cli.checks.printed import is_kind
from antq_cli.checks.rule import ALL, FRONT, NORMATIVE, STATE, Context, Fault, fault, rule
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Letter, State
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.text import fold

_LABEL = re.compile(r"\W{0,3}noi nhan\s?[:;.]?")
_DASH = re.compile(r"[-+*]\s?")
_KEEP = re.compile(r"(?:[-+*]\s?)?l[ui]u\b")
_KEEP_RIGHT = re.compile(r"(?:[-+*]\s?)?luu\s?:\s?(?:vt|van thu|vp|hs)\b")
_UNSENT = ("hop dong", "thu cong", "ban ghi nho", "thoa thuan", "giay uy quyen", "giay nghi phep", "ban cam ket")
_LEVEL_SHARE = 0.03
"""Recipients and signature begin on one height; a difference above this share of the page is seen."""


@rule(
    "NN_MISSING",
    Severity.ERROR,
    "recipients",
    ALL - NORMATIVE,
    needs=("zone:recipients", "recipients", "recipients_label"),
)
def recipients_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """No "Nơi nhận" at the end. Contracts and letters of courtesy have none; an extract is not charged."""
    gone = letter.form.recipients_label.state is State.ABSENT and letter.fields.recipients.state is State.ABSENT
    if gone and not is_kind(letter, *_UNSENT):
        yield fault(at_foot(letter))


@rule(
    "NN_LUU",
    Severity.WARNING,
    "recipients",
    STATE | FRONT,
    needs=("zone:recipients", "recipients", "legible:recipients"),
)
def file_copy_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """The last recipient is the office's own file: "Lưu: VT, …"."""
    recipients = letter.fields.recipients
    if not recipients.is_found or _keep_line(letter) is not None:
        return
    said = " ".join(fold(entry) for entry in recipients.value or ())
    if not re.search(r"\bl[ui]u\b", said):
        unsure = not is_clear(letter, recipients.evidence)
        yield fault(recipients.evidence[-1:] or at(letter.form.recipients_label), doubt=unsure)


@rule("NN_LUU_FORM", Severity.INFO, "recipients", STATE | FRONT, needs=("zone:recipients", "recipients"))
def file_copy_misprinted(letter: Letter, context: Context) -> Iterator[Fault]:
    """The file line is "- Lưu: VT, <unit>." with its colon. Party documents write "Lưu Văn phòng"."""
    line = _keep_line(letter)
    if line is None or _KEEP_RIGHT.match(line.folded):
        return
    evidence = at_line(letter, line)
    if is_clear(letter, evidence):
        yield fault(evidence, printed=line.text, doubt=is_scan(letter))


@rule("NN_PUNCT", Severity.INFO, "recipients", STATE | FRONT, needs=("zone:recipients", "recipients", "typed"))
def recipients_punctuation(letter: Letter, context: Context) -> Iterator[Fault]:
    """Each recipient stands after "-" and before ";", the last one before ".". Scans are not judged."""
    entries: list[tuple[str, int, int]] = []
    for line in lines(letter, Zone.RECIPIENTS):
        label = _LABEL.match(line.folded)
        start = line.start + (label.end() if label else 0)
        folded = line.folded[label.end() if label else 0 :].strip()
        if _DASH.match(folded):
            entries.append((folded, start, line.end))
        elif entries and folded and not entries[-1][0].endswith((";", ".")):
            entries[-1] = (f"{entries[-1][0]} {folded}", entries[-1][1], line.end)
    for position, (folded, start, end) in enumerate(entries):
        mark = "." if position == len(entries) - 1 else ";"
        if not folded.endswith(mark):
            text = letter.transcript.text[start:end].strip()
            yield fault(at_stretch(letter, start, end), printed=text, right=mark)
            return


@rule(
    "NN_NHU_DIEU",
    Severity.INFO,
    "recipients",
    STATE,
    needs=("zone:recipients", "recipients", "kind", "legible:recipients", "recipients_label"),
)
def articles_not_among_recipients(letter: Letter, context: Context) -> Iterator[Fault]:
    """A decision or resolution names "Như Điều …" among its recipients, for those who must carry it out."""
    recipients = letter.fields.recipients
    if not recipients.is_found or not is_kind(letter, "quyet dinh", "nghi quyet"):
        return
    if not any(re.match(r"nh[uw]\s?di[ec]u\b|nhu tren\b", fold(entry)) for entry in recipients.value or ()):
        unsure = not is_clear(letter, recipients.evidence)
        yield fault(at(letter.form.recipients_label, recipients), doubt=unsure)


@rule(
    "NN_POS",
    Severity.INFO,
    "recipients",
    STATE,
    needs=("zone:recipients", "recipients_label", "signature", "geometry"),
)
def recipients_not_level(letter: Letter, context: Context) -> Iterator[Fault]:
    """ "Nơi nhận" begins level with the signature block when both stand on one page."""
    label, block = letter.form.recipients_label, letter.form.signature
    if not label.is_found or not block.is_found:
        return
    head = at(letter.fields.authority, letter.fields.position)
    if not head or head[0].box.top > block.evidence[0].box.bottom:
        return  # the block's own beginning was not read
    page = page_of(letter, label.evidence)
    if page is None or page is not page_of(letter, block.evidence):
        return
    top = min(place.box.top for place in block.evidence if place.page == page.number)
    if abs(label.evidence[0].box.top - top) > _LEVEL_SHARE * page.height:
        yield fault(label.evidence)


def _keep_line(letter: Letter) -> Line | None:
    return next((line for line in reversed(lines(letter, Zone.RECIPIENTS)) if _KEEP.match(line.folded)), None)


RULES = (
    recipients_missing,
    file_copy_missing,
    file_copy_misprinted,
    recipients_punctuation,
    articles_not_among_recipients,
    recipients_not_level,
)
