"""The body: how it begins and ends, open brackets, deadlines (NĐ 30/2020, Phụ lục I.II.6; good writing)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from antq_cli.checks.look import Line, at, at_line, at_stretch, is_scan, lines, sentences, written
from antq_cli.checks.printed import starts_item
from antq_cli.checks.rule import FRONT, PARTY, STATE, WITH_ANNEX, Context, Fault, fault, rule
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Letter, State
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.text import fold

_OPENER = re.compile(r"(?:thuc hien|trien khai|phuc dap|tra loi|tiep theo|theo|quan triet)\b")
_BODY = (
    r"(?:ban|uy ban|ubnd|hdnd|hoi dong|bo|so|cong an|van phong|chu tich|tinh uy|thanh uy|huyen uy|dang uy|truong"
    r"|phong|hoi|cuc|chi cuc|tong cuc|trung tam|lien doan|doan|mat tran|thuong truc|co quan|don vi|vien|toa an)\b"
)
_VERB = (
    r"\b(?:de nghi|yeu cau|thong bao|bao cao|ban hanh|xay dung|to chuc|giao|huong dan|trien khai|kinh|cong bo"
    r"|co y kien|chi dao|tra loi|xin|gui|tham muu|phoi hop|thong nhat|nhat tri|dong y|da|nhan thay|cung cap|lap|trinh"
    r"|de xuat|kien nghi|tong hop|ra soat|bo sung|chuyen|moi|dang ky|cu|phan cong|tiep tuc|trao doi|phuc dap|gop y"
    r"|xac nhan|bo tri|tang cuong|tiep nhan|phan hoi)\b"
)
_ACTING = re.compile(rf"\A{_BODY}.{{0,220}}?{_VERB}")
_MAIN_CLAUSE = re.compile(rf"[,:]\s{_BODY}[^,;]{{0,120}}?{_VERB}")
_REACH = 400
_OPEN, _CLOSE = "([", ")]"
_LIST_MARK = re.compile(r"(?:^|[\s(])[a-z0-9]{1,3}[)\]]$")
_PLAIN_STOP = re.compile(r"[a-z0-9)]\.$")
_FRAME = {")": "(", "]": "["}


@rule("BODY_END", Severity.INFO, "ending", STATE | FRONT, needs=("ending",))
def ending_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """The templates end with "./."; no article orders it. Silent when the file does not show the letter's end,
    and on scans unless a plain full stop was read there.
    """
    if letter.form.ending.state is not State.ABSENT or {"signature", "recipients"} <= set(letter.unseen):
        return
    body = lines(letter, Zone.BODY)[-1:]
    if is_scan(letter) and not (body and _PLAIN_STOP.search(body[0].folded)):
        return  # whatever stands after the last word on a scan may be the mark
    yield fault(at(letter.form.ending) or (at_line(letter, body[0]) if body else ()))


@rule("BODY_END_PARTY", Severity.INFO, "party_ending", PARTY, needs=("ending",))
def ending_on_party_document(letter: Letter, context: Context) -> Iterator[Fault]:
    """A Party document ends with a full stop, not with "./."."""
    if letter.form.ending.is_found:
        yield fault(letter.form.ending.evidence)


@rule("BODY_FRAGMENT", Severity.INFO, "style")
def opening_without_main_clause(letter: Letter, context: Context) -> Iterator[Fault]:
    """The opening "Thực hiện …" stops before its main clause, which follows as a sentence of its own.

    Seen by both halves: the first sentence has no body that acts, the next one begins with a body that does.
    A list of bases ("Căn cứ …;") is another form and is right.
    """
    body = lines(letter, Zone.BODY)
    if not body or not _OPENER.match(body[0].folded):
        return
    text = body[0].text + ("\n" + body[1].text if len(body) > 1 and not starts_item(body[1].folded) else "")
    parts = list(sentences(text))
    if len(parts) < 2:
        return
    (start, end), (follow, _) = parts[:2]
    first, after = fold(text[start:end]).strip(), fold(text[follow : follow + _REACH]).strip()
    if not first.endswith(".") or _MAIN_CLAUSE.search(first) or not re.match(_BODY, after):
        return
    if _ACTING.match(after):
        stop = min(end, len(body[0].text))
        yield fault(at_stretch(letter, body[0].start, body[0].start + stop), printed=text[:60].strip())


@rule("BODY_QUOTE", Severity.INFO, "style", classes=WITH_ANNEX, needs=("typed",))
def bracket_left_open(letter: Letter, context: Context) -> Iterator[Fault]:
    """A bracket or a quotation mark has no partner.

    Judged twice: in its paragraph and in the whole body, so that a quotation over several paragraphs and a paragraph
    cut by a page are left alone. List marks such as "a)" have none by nature. OCR loses marks: scans are not judged.
    """
    paragraphs = _joined(lines(letter, Zone.BODY))
    marks = [mark for paragraph in paragraphs for mark in _open_brackets(paragraph)]
    opened = sum(mark.character in _OPEN for mark in marks)
    if marks and opened * 2 != len(marks):
        mark = marks[-1] if opened * 2 > len(marks) else marks[0]
        yield fault(
            at_stretch(letter, *mark.around), mark=mark.character, printed=_snippet(letter, mark), variant="bracket"
        )
    quotes = [paragraph for paragraph in paragraphs if fold(paragraph.text).count('"') % 2]
    if len(quotes) % 2:
        text, start = quotes[0].text, quotes[0].start
        place = fold(text).rindex('"')
        mark = _Mark(text[place], start + place, start + len(text), start)
        yield fault(at_stretch(letter, *mark.around), mark=mark.character, printed=_snippet(letter, mark))


@rule("BODY_DEADLINE", Severity.INFO, "deadline", classes=WITH_ANNEX)
def deadline_found(letter: Letter, context: Context) -> Iterator[Fault]:
    """The document sets deadlines; they belong into the register (DueDate)."""
    due = [obligation for obligation in letter.obligations if obligation.due is not None]
    if due:
        days = sorted({obligation.due for obligation in due if obligation.due is not None})
        evidence = tuple(dict.fromkeys(obligation.evidence for obligation in due))
        yield fault(evidence, days=", ".join(written(day) for day in days))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark without a partner; offsets in the transcript's text."""

    character: str
    at: int
    end: int
    """End of its paragraph."""
    start: int
    """Start of its paragraph."""

    @property
    def around(self) -> tuple[int, int]:
        """The mark with a few words: after an opening one, before a closing one."""
        if self.character in _CLOSE:
            return max(self.start, self.at - 60), self.at + 1
        return self.at, min(self.end, self.at + 60)


def _snippet(letter: Letter, mark: _Mark) -> str:
    start, end = mark.around
    return " ".join(letter.transcript.text[start:end].split())


def _joined(rows: tuple[Line, ...]) -> list[Line]:
    """Paragraphs, those cut by a page or a line end joined again: no closing mark before, a small letter after."""
    joined: list[Line] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last is not None and last.text[-1] not in ".;:!?" and row.text[:1].islower() and not starts_item(row.folded):
            gap = " " * (row.start - last.end)
            text = last.text + gap + row.text
            joined[-1] = Line(text, fold(text), last.start, row.end, last.page, last.zone)
        else:
            joined.append(row)
    return joined


def _open_brackets(paragraph: Line) -> list[_Mark]:
    stack: list[int] = []
    lonely: list[int] = []
    for index, character in enumerate(paragraph.text):
        if character in _OPEN:
            stack.append(index)
        elif character in _CLOSE:
            if stack and paragraph.text[stack[-1]] == _FRAME[character]:
                stack.pop()
            elif not _LIST_MARK.search(paragraph.folded[max(0, index - 5) : index + 1]):
                lonely.append(index)
    return [
        _Mark(paragraph.text[index], paragraph.start + index, paragraph.end, paragraph.start)
        for index in sorted((*stack, *lonely))
    ]


RULES = (
    ending_missing,
    ending_on_party_document,
    opening_without_main_clause,
    bracket_left_open,
    deadline_found,
)
