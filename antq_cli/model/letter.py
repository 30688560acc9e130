"""What was understood of a document: fields, citations, obligations, each with the place it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from antq_cli.model.transcript import Evidence, Transcript

T = TypeVar("T")


class State(StrEnum):
    """Three states, never two: a scan that cannot be read does not prove that something is missing."""

    FOUND = "found"
    ABSENT = "absent"
    """The place where it would stand was read well and holds none."""
    UNREADABLE = "unreadable"
    """Something stands there, or the place was not seen; antq cannot tell."""


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One thing read off a letter. `evidence` is never empty when FOUND."""

    state: State
    value: T | None = None
    raw: str | None = None
    """The words as printed, before repair."""
    confidence: float = 0.0
    """0..1; how sure antq is of `value`."""
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[str, ...] = ()
    """When UNREADABLE: what was seen but is not claimed."""
    note: str = ""
    """A stable word on how the value came to be: `repaired`, `handwritten`, `from_symbol` …"""

    def __post_init__(self) -> None:
        if self.state is State.FOUND and (self.value is None or not self.evidence):
            raise ValueError("a found field needs a value and its evidence")

    @property
    def is_found(self) -> bool:
        return self.state is State.FOUND


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of the machine contract, in its order."""

    issuer: Field[str]
    """Tên cơ quan ban hành, as printed, lines joined."""
    issuer_parent: Field[str]
    """Tên cơ quan chủ quản, the line above the issuer's."""
    number: Field[str]
    """Số, ký hiệu in canonical form: `1305/UBND-NCPC`, `138-KH/TU`."""
    kind: Field[str]
    """Tên loại in lower case: `kế hoạch`, `công văn`."""
    place: Field[str]
    """Địa danh."""
    date: Field[date]
    """Ngày ban hành."""
    subject: Field[str]
    """Trích yếu."""
    addressees: Field[tuple[str, ...]]
    """Kính gửi."""
    recipients: Field[tuple[str, ...]]
    """Nơi nhận."""
    authority: Field[str]
    """Quyền hạn: `TM. ỦY BAN NHÂN DÂN`; several lines are joined by ` / `."""
    position: Field[str]
    """Chức vụ: `CHỦ TỊCH`."""
    signer: Field[str]
    """Họ và tên."""

    def items(self) -> Iterator[tuple[str, Field[object]]]:
        for item in fields(self):
            yield item.name, getattr(self, item.name)


class DocumentClass(StrEnum):
    """What a file is; rules of form apply to letters, and with reserve to excerpts, drafts and copies."""

    LETTER = "letter"
    EXCERPT = "excerpt"
    """The body of a letter without its header and signature."""
    NEWS = "news"
    ANNEX = "annex"
    DRAFT = "draft"
    COPY = "copy"
    OTHER = "other"


class Regime(StrEnum):
    """The body of form rules a document answers to (docs/regimes.md)."""

    STATE_TTLT55 = "STATE_TTLT55"
    STATE_TT01 = "STATE_TT01"
    STATE_ND30 = "STATE_ND30"
    PARTY_HD11 = "PARTY_HD11"
    PARTY_HD36 = "PARTY_HD36"
    PARTY_HD05 = "PARTY_HD05"
    MTTQ_HD91 = "MTTQ_HD91"
    MTTQ_QD207 = "MTTQ_QD207"
    VBQPPL = "VBQPPL"
    """Legal normative documents, under their own law."""
    OTHER_UNION = "OTHER_UNION"
    """Youth union, trade unions and others with forms of their own."""
    UNKNOWN = "UNKNOWN"


class Relation(StrEnum):
    """What the citing document says of the cited one."""

    IMPLEMENTS = "implements"
    BASED_ON = "based_on"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    REPLIES_TO = "replies_to"
    FOLLOWS = "follows"
    GUIDES = "guides"
    REPORTS_ON = "reports_on"
    ATTACHED_TO = "attached_to"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as others name it; any part may be unknown."""

    kind: str | None = None
    """Vietnamese name in lower case: `kế hoạch`, `chỉ thị`, `luật`."""
    number: str | None = None
    """Canonical number and symbol: `138-KH/TU`, `23/2012/TT-BCA-V28`; for a short form only the digits: `28`."""
    key: str | None = None
    """Comparison key: `138||KH|TU`, `23|2012|TT|BCA|V28`; for a short form `28||CT`; for a law by name `LUAT|…`."""
    issued: date | None = None
    issuer: str | None = None
    """As printed."""
    title: str | None = None

    @property
    def is_short(self) -> bool:
        """True when only kind and number are known: `Chỉ thị 28`."""
        return self.number is not None and self.number.isdigit()


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of another document."""

    reference: Reference
    relation: Relation
    evidence: Evidence
    raw: str = ""
    """The code as printed, before repair."""
    source: Reference | None = None
    """The document that stands in the relation when it is not the letter itself: in "Kế hoạch 5/KH-X thực hiện Chỉ thị
    9-CT/TW" the plan implements the directive, and the letter only reports it. None: the letter itself."""
    alias: str | None = None
    """The short name the letter binds to it: "(sau đây gọi tắt là …)"."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who must do what by when."""

    actor: str
    """As printed; empty when the letter names none."""
    action: str
    due: date | None
    """Only when it can be computed from the letter alone."""
    due_text: str
    report_to: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Form:
    """What the rules of form look at beyond the fields of the contract. Each is FOUND, ABSENT or UNREADABLE."""

    national_title: Field[str]
    """Quốc hiệu, as printed (NĐ 30/2020, Điều 8.2.a)."""
    motto: Field[str]
    """Tiêu ngữ."""
    party_title: Field[str]
    """"ĐẢNG CỘNG SẢN VIỆT NAM" at the top right (HD 36-HD/VPTW, II.1)."""
    party_star: Field[str]
    """The lone `*` under a Party issuer."""
    number_line: Field[str]
    """The whole printed line "Số: …"; FOUND even when its number is blank or written by hand."""
    date_line: Field[str]
    """The whole printed line of place and date; FOUND even when the day is blank or written by hand."""
    kind_line: Field[str]
    """The printed kind: `KẾ HOẠCH`. A công văn has none."""
    subject_label: Field[str]
    """The label before a công văn's subject: `V/v`, `về việc`; ABSENT when the subject has none."""
    addressees_label: Field[str]
    """`Kính gửi:`, `Kính trình:`."""
    recipients_label: Field[str]
    """`Nơi nhận:`."""
    signature: Field[tuple[str, ...]]
    """The printed lines of the signature block, from the authority to the name."""
    basis: Field[str]
    """The first stretch that names what the letter rests on ("Căn cứ …", "Thực hiện Kế hoạch số …")."""
    ending: Field[str]
    """The closing mark `./.` of the body."""
    arrival_number: Field[str]
    """Số đến, from the receiver's stamp ĐẾN; never the letter's own number."""
    arrival_date: Field[str]
    """Ngày đến, from the same stamp, as printed."""
    draft: Field[str]
    """`DỰ THẢO` and its like."""
    secret: Field[str]
    """A stamp MẬT, TỐI MẬT, TUYỆT MẬT."""
    urgent: Field[str]
    """A stamp KHẨN, THƯỢNG KHẨN, HỎA TỐC."""
    copy: Field[str]
    """SAO Y, SAO LỤC, TRÍCH SAO."""
    annex: Field[str]
    """The first heading "Phụ lục …"."""
    news: Field[str]
    """The strongest sign that the text is a news item: byline, view counter, "Sưu tầm"."""

    def items(self) -> Iterator[tuple[str, Field[object]]]:
        for item in fields(self):
            yield item.name, getattr(self, item.name)


@dataclass(frozen=True)
class Letter:
    """All that was understood of one document."""

    transcript: Transcript
    document_class: DocumentClass
    regime: Regime
    fields: Fields
    form: Form
    citations: tuple[Citation, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    unseen: tuple[str, ...] = ()
    """Zones the file does not hold at all: `header`, `signature`, `recipients`. An extract lacks them without fault."""
    period: tuple[date | None, date | None] = (None, None)
    """Earliest and latest day the letter can have been issued, when its own date is unknown: not before the newest
    document it cites, not after the first deadline it sets. Either end may be unknown."""
