"""The signature block and the seal (NĐ 30/2020, Điều 8.2.g, h; Điều 13; Phụ lục I.II.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from antq_cli.checks.look import at_foot, is_clear, is_scan, page_of, signature_page
from antq_cli.checks.printed import is_kind, is_plain_letter
from antq_cli.checks.rule import ALL, FRONT, LETTERS, PARTY, STATE, Context, Fault, fault, rule
from antq_cli.model.finding import Severity
from antq_cli.model.letter import DocumentClass, Letter, State
from antq_cli.model.page import Box
from antq_cli.model.transcript import Evidence
from antq_cli.vietnamese.administration import bodies_named, is_headed, may_show_degrees
from antq_cli.vietnamese.text import fold, is_upper, squeeze

_AUTHORITY = re.compile(
    r"\W{0,3}(?P<form>t\s?[./]?\s?u\s?q|t\s?[./]?\s?[ml]|k\s?[./]?\s?t|q)(?P<mark>\s?[.,:]?)\s?(?=[a-z])"
)
_SLASHED = re.compile(r"\W{0,3}(?:t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|t\s?/\s?uq)\b")
_DOTLESS = re.compile(r"\W{0,3}(?:tm|kt|tl|tuq)\s{1,2}(?=[a-z])")
_DOTTED = re.compile(r"\W{0,3}(?:tm|kt|tl|tuq)\s?\.")
_KT = re.compile(r"\W{0,3}k\s?[./]?\s?t\s?[.,:]?\s{0,2}(?=[a-z])")
_TUQ = re.compile(r"\W{0,3}t\s?/?\s?uq\b")
_COLLECTIVE = re.compile(r"\W{0,3}t\s?[./]?\s?m\s?[.,:]?\s{0,2}(?P<body>[a-z].*)")
_DEPUTY = re.compile(r"\bpho\b|\bthu truong\b")
_HEAD = re.compile(r"(?:pho )?chu tich\b")
_DEGREE = re.compile(r"\b(?:PGS|GS|TSKH|TS|ThS|Ths|ThS|BS|KS|CN|LS|CKI{1,2}|BSCKI{1,2})\s?\.")
_OWN_ACTS = ("quyet dinh", "chi thi", "cong dien", "giay moi", "giay uy quyen", "thong bao", "thu cong")
"""Kinds the chairman of a people's committee issues in his own name, on the committee's paper."""
_NO_SEAL = ("bien ban", "giay nghi phep", "phieu")
_SEAL_REACH = 45.0
"""A seal belongs to a block when it lies within this many mm of it: it stands between the position and the name."""
_SEAL_SIZE = (20.0, 60.0)
"""Diameter in mm of what can be a seal, ink spread included."""


@rule(
    "SIGN_MISSING",
    Severity.ERROR,
    "signature",
    ALL,
    needs=("zone:signature", "signature", "signer", "position", "authority"),
)
def signature_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """No signature block at the end. Extracts and annexes have none, and a page not scanned is not held against it."""
    fields = letter.fields
    if (
        letter.form.signature.is_found
        or fields.signer.is_found
        or fields.position.is_found
        or fields.authority.is_found
    ):
        return
    yield fault(at_foot(letter))


@rule(
    "SIGN_NAME",
    Severity.ERROR,
    "signature",
    ALL,
    needs=("zone:signature", "signature", "signer"),
    in_draft=Severity.INFO,
)
def name_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A signature block without a name. "(Đã ký)" stands for the pen; a name antq does not know is a name."""
    block, signer = letter.form.signature, letter.fields.signer
    if not block.is_found or signer.state is not State.ABSENT or signer.note == "signed_without_name":
        return
    rows = [squeeze(row) for row in block.value or ()]
    if any(_may_be_name(row) for row in rows):
        return
    yield fault(block.evidence[-1:], doubt=is_scan(letter))


@rule("SIGN_POSITION", Severity.ERROR, "signature", ALL, needs=("zone:signature", "signature", "signer", "position"))
def position_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A name without the position. A line in capitals above it that antq has no word for is a position all the same."""
    block = letter.form.signature
    if not letter.fields.signer.is_found or letter.fields.position.state is not State.ABSENT:
        return
    rows = block.value or ()
    if not any(is_upper(row) and not _AUTHORITY.match(fold(row)) and len(row.strip()) > 3 for row in rows):
        yield fault(letter.fields.signer.evidence, signer=letter.fields.signer.value, doubt=is_scan(letter))


@rule("SIGN_AUTH_FORM", Severity.WARNING, "signature", STATE | FRONT, needs=("signature",))
def authority_misspelt(letter: Letter, context: Context) -> Iterator[Fault]:
    """`T/M`, `K/T`, `TM` without its dot: state documents print TM., KT., TL., TUQ., Q.

    Local Fronts write T/M by custom: only noted. A lost dot is not judged on scans.
    """
    usual = Severity.INFO if letter.regime in FRONT else None
    for row, evidence in _rows(letter):
        folded = fold(row)
        if not is_upper(row):
            continue
        slashed = _SLASHED.match(folded) and is_clear(letter, evidence)
        dotless = _DOTLESS.match(folded) and not is_scan(letter)
        if slashed or dotless:
            yield fault(evidence, severity=usual, printed=row.strip(), doubt=is_scan(letter))
            return


@rule("SIGN_AUTH_FORM_PARTY", Severity.INFO, "signature", PARTY, needs=("signature",))
def authority_not_party_form(letter: Letter, context: Context) -> Iterator[Fault]:
    """A Party document prints T/M, K/T, T/L with a slash; TM. is only noted."""
    for row, evidence in _rows(letter):
        if is_upper(row) and _DOTTED.match(fold(row)):
            yield fault(evidence, printed=row.strip())
            return


@rule("SIGN_KT_DEPUTY", Severity.ERROR, "signature", STATE, needs=("signature", "authority", "position"))
def signed_for_head_by_no_deputy(letter: Letter, context: Context) -> Iterator[Fault]:
    """Under "KT. X" the signer is X's deputy: PHÓ …, THỨ TRƯỞNG. On a scan "PHÓ" may have been lost: a warning."""
    rows = _rows(letter)
    position = letter.fields.position
    for index, (row, evidence) in enumerate(rows):
        if not (is_upper(row) and _KT.match(fold(row))):
            continue
        below = [fold(text) for text, _ in rows[index + 1 :] if is_upper(text)]
        if (
            not position.is_found
            or not below
            or any(_DEPUTY.search(text) for text in (*below, fold(position.value or "")))
        ):
            return
        if _DEPUTY.search(fold(row)):
            return
        unsure = is_scan(letter)
        severity = Severity.WARNING if unsure else None
        values = {"authority": row.strip(), "position": position.value}
        yield fault((*evidence, *position.evidence), severity=severity, doubt=unsure, **values)
        return


@rule("SIGN_DEPUTY_NO_KT", Severity.WARNING, "signature", STATE, needs=("signature", "authority", "position"))
def deputy_in_own_name(letter: Letter, context: Context) -> Iterator[Fault]:
    """A deputy signs without KT., TM. or TL. above him. Deputies for a collective body (TM.) sign without KT."""
    position = letter.fields.position
    if not position.is_found or not re.match(r"(?:pho\b|thu truong\b)", fold(position.value or "")):
        return
    if letter.fields.authority.is_found or any(_AUTHORITY.match(fold(row)) for row, _ in _rows(letter)):
        return
    yield fault(position.evidence, position=position.value, doubt=is_scan(letter))


@rule("SIGN_TM_HEADED", Severity.WARNING, "signing_power", STATE, needs=("signature", "authority"))
def collective_form_for_headed_body(letter: Letter, context: Context) -> Iterator[Fault]:
    """TM. stands before collective bodies; a department, a police office or a school is led by its head.

    Councils and boards (HĐQT, Hội đồng trường) are collective.
    """
    authority = letter.fields.authority
    for text in (authority.value or "").split(" / "):
        match = _COLLECTIVE.match(fold(text))
        if match and is_headed(text[match.start("body") :]):
            yield fault(authority.evidence, authority=text)
            return


@rule(
    "SIGN_UBND_TM", Severity.WARNING, "signature", STATE, needs=("signature", "authority", "position", "issuer", "kind")
)
def committee_without_collective_form(letter: Letter, context: Context) -> Iterator[Fault]:
    """A people's committee is a collective body: its chairman signs "TM. ỦY BAN NHÂN DÂN".

    Decisions, directives and some others the chairman issues in his own name on the committee's paper; letters he may
    write so, and for them it is only noted.
    """
    fields = letter.fields
    if not fields.issuer.is_found or not fields.position.is_found or is_kind(letter, *_OWN_ACTS):
        return
    header = fields.issuer.value or ""
    if "people_committee" not in bodies_named(header) or re.match(r"\W*(?:chu tich|van phong)\b", fold(header)):
        return
    if not fields.kind.is_found or not _HEAD.match(fold(fields.position.value or "")):
        return
    forms = [fold(row) for row, _ in _rows(letter)]
    if any(_COLLECTIVE.match(form) or re.match(r"\W{0,3}t\s?[./]?\s?(?:l|uq)\b", form) for form in forms):
        return
    severity = Severity.INFO if is_plain_letter(letter) else None
    yield fault(fields.position.evidence, severity=severity, position=fields.position.value, doubt=is_scan(letter))


@rule("SIGN_TUQ_KT", Severity.ERROR, "signing_power", STATE, needs=("signature",))
def entrusted_power_passed_on(letter: Letter, context: Context) -> Iterator[Fault]:
    """TUQ. and KT. in one block: who signs by authorisation may not pass it on."""
    rows = [(fold(row), evidence) for row, evidence in _rows(letter) if is_upper(row)]
    entrusted = [evidence for row, evidence in rows if _TUQ.match(row)]
    deputised = [evidence for row, evidence in rows if _KT.match(row)]
    if entrusted and deputised:
        yield fault((*entrusted[0], *deputised[0]))


@rule("SIGN_DEGREE", Severity.INFO, "signature", STATE, needs=("signature", "signer"))
def degree_before_name(letter: Letter, context: Context) -> Iterator[Fault]:
    """A degree before the signer's name. Police, army, schools, hospitals and science follow rules of their own."""
    fields = letter.fields
    names = f"{fields.issuer_parent.value or ''} {fields.issuer.value or ''}"
    if not fields.issuer.is_found or may_show_degrees(names):
        return
    for row, evidence in _rows(letter):
        if not is_upper(row) and (match := _DEGREE.match(row.strip())):
            yield fault(evidence, printed=match.group())
            return


@rule(
    "SEAL_MISSING",
    Severity.WARNING,
    "seal",
    ALL,
    needs=("zone:signature", "signature", "colour"),
    classes=LETTERS - {DocumentClass.EXCERPT},
    in_draft=Severity.INFO,
)
def seal_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """No red ink near the signature block of a colour scan.

    Grey scans, documents born digital and signed files cannot be judged; minutes and Party cells need no seal.
    """
    if is_kind(letter, *_NO_SEAL) or re.search(r"\bchi bo\b", fold(letter.fields.issuer.value or "")):
        return
    if "signature_present" in letter.transcript.document.flags:
        return
    page, block = signature_page(letter), _block(letter)
    if page is None or block is None:
        return
    if not any(_is_near(seal, block) for seal in page.red):
        yield fault(letter.form.signature.evidence[:1])


@rule("SEAL_POS", Severity.INFO, "seal", ALL, needs=("zone:signature", "signature", "signer", "colour"))
def seal_on_the_right(letter: Letter, context: Context) -> Iterator[Fault]:
    """The seal covers about a third of the signature on its left; here it stands wholly to the right of the name."""
    page, signer = signature_page(letter), letter.fields.signer
    if page is None or not signer.is_found or page_of(letter, signer.evidence) is not page:
        return
    name, block = signer.evidence[0].box, _block(letter)
    seals = [seal for seal in page.red if _is_seal(seal) and block is not None and _is_near(seal, block)]
    if len(seals) == 1 and seals[0].left > name.centre and seals[0].centre > name.right:
        yield fault(signer.evidence)


def _rows(letter: Letter) -> Sequence[tuple[str, tuple[Evidence, ...]]]:
    """The printed lines of the block with their places."""
    block = letter.form.signature
    if not block.is_found:
        return ()
    rows, places = block.value or (), block.evidence
    if len(rows) == len(places):
        return [(row, (place,)) for row, place in zip(rows, places, strict=True)]
    return [(row, places[:1]) for row in rows]


def _may_be_name(row: str) -> bool:
    """One to six words that each begin with a capital and are not all capitals; some peoples have names of one word."""
    words = row.strip(" .,*_-").split()
    return 1 <= len(words) <= 6 and not is_upper(row) and all(word[:1].isupper() for word in words)


def _block(letter: Letter) -> Box | None:
    """The box around the block's lines on its first page."""
    places = letter.form.signature.evidence
    boxes = [place.box for place in places if place.page == places[0].page]
    if not boxes:
        return None
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return whole


def _is_near(seal: Box, block: Box) -> bool:
    return (
        seal.bottom > block.top - _SEAL_REACH / 2
        and seal.top < block.bottom + _SEAL_REACH
        and seal.right > block.left - _SEAL_REACH
        and seal.left < block.right + _SEAL_REACH
    )


def _is_seal(red: Box) -> bool:
    low, high = _SEAL_SIZE
    return low <= red.width <= high and low <= red.height <= high


RULES = (
    signature_missing,
    name_missing,
    position_missing,
    authority_misspelt,
    authority_not_party_form,
    signed_for_head_by_no_deputy,
    deputy_in_own_name,
    collective_form_for_headed_body,
    committee_without_collective_form,
    entrusted_power_passed_on,
    degree_before_name,
    seal_missing,
    seal_on_the_right,
)
