"""Invented, well-formed letters, one per kind of form; a test changes one thing and looks at one rule.

A letter is described by the parts printed on it. `make_letter` sets them on one page, so that every field has its
words, its box and its evidence. Change values: a string prints something else, `absent`, `blank` and `unreadable`
list parts by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from antq_cli.extraction.numbers import parse_number
from antq_cli.model.letter import (
    Citation,
    DocumentClass,
    Field,
    Fields,
    Form,
    Letter,
    Obligation,
    Reference,
    Regime,
    Relation,
    State,
)
from antq_cli.model.page import Box, Dispute, Document, Page, PageOrigin, Word
from antq_cli.model.transcript import Paragraph, Token, Transcript, Zone

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, STEP = 30.0, 112.0, 6.0

BASES: dict[str, dict[str, Any]] = {
    "state_letter": {
        "regime": "STATE_ND30",
        "national_title": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
        "number_line": "Số: 1205/UBND-VX",
        "number": "1205/UBND-VX",
        "date_line": "Lâm Đồng, ngày 12 tháng 5 năm 2022",
        "place": "Lâm Đồng",
        "date": date(2022, 5, 12),
        "kind": "công văn",
        "subject_label": "V/v",
        "subject": "rà soát tủ hồ sơ của các cơ quan",
        "addressees_label": "Kính gửi:",
        "addressees": ["Các sở, ban, ngành;", "Ủy ban nhân dân các huyện, thành phố."],
        "body": [
            "Thực hiện Kế hoạch số 88/KH-UBND ngày 03/3/2022 của Ủy ban nhân dân tỉnh về chỉnh lý tài liệu, Ủy ban"
            " nhân dân tỉnh đề nghị các cơ quan thực hiện như sau:",
            "1. Rà soát tủ hồ sơ (kể cả hồ sơ đã nộp).",
            "2. Báo cáo kết quả trước ngày 30/6/2022./.",
        ],
        "recipients_label": "Nơi nhận:",
        "recipients": ["- Như trên;", "- Chủ tịch, các Phó Chủ tịch;", "- Lưu: VT, VX."],
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "position": "CHỦ TỊCH",
        "signer": "Nguyễn Văn Mẫu",
        "citations": [
            {
                "raw": "88/KH-UBND",
                "kind": "kế hoạch",
                "number": "88/KH-UBND",
                "issued": date(2022, 3, 3),
                "issuer": "Ủy ban nhân dân tỉnh",
                "title": "chỉnh lý tài liệu",
                "relation": "implements",
            }
        ],
        "obligations": [{"quote": "trước ngày 30/6/2022", "due": date(2022, 6, 30)}],
    },
    "state_decision": {
        "regime": "STATE_ND30",
        "national_title": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "issuer_parent": "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
        "issuer": "SỞ NỘI VỤ",
        "number_line": "Số: 15/QĐ-SNV",
        "number": "15/QĐ-SNV",
        "date_line": "Lâm Đồng, ngày 04 tháng 02 năm 2022",
        "place": "Lâm Đồng",
        "date": date(2022, 2, 4),
        "kind_line": "QUYẾT ĐỊNH",
        "kind": "quyết định",
        "subject": "Về việc thành lập tổ chỉnh lý tài liệu",
        "body": [
            "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;",
            "Căn cứ Quyết định số 70/QĐ-UBND ngày 05/01/2021 của Ủy ban nhân dân tỉnh quy định chức năng của Sở;",
            "Theo đề nghị của Chánh Văn phòng Sở.",
            "QUYẾT ĐỊNH:",
            "Điều 1. Thành lập tổ chỉnh lý tài liệu.",
            "Điều 2. Chánh Văn phòng Sở chịu trách nhiệm thi hành./.",
        ],
        "recipients_label": "Nơi nhận:",
        "recipients": ["- Như Điều 2;", "- Lưu: VT, VP."],
        "authority": "KT. GIÁM ĐỐC",
        "position": "PHÓ GIÁM ĐỐC",
        "signer": "Trần Thị Thử",
        "citations": [
            {
                "raw": "70/QĐ-UBND",
                "kind": "quyết định",
                "number": "70/QĐ-UBND",
                "issued": date(2021, 1, 5),
                "issuer": "Ủy ban nhân dân tỉnh",
                "title": "quy định chức năng của Sở",
                "relation": "based_on",
            }
        ],
    },
    "state_plan": {
        "regime": "STATE_ND30",
        "national_title": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
        "number_line": "Số: 31/KH-UBND",
        "number": "31/KH-UBND",
        "date_line": "Lâm Đồng, ngày 20 tháng 10 năm 2021",
        "place": "Lâm Đồng",
        "date": date(2021, 10, 20),
        "kind_line": "KẾ HOẠCH",
        "kind": "kế hoạch",
        "subject": "Chỉnh lý tài liệu năm 2022",
        "body": [
            "Căn cứ Luật Lưu trữ, Ủy ban nhân dân tỉnh ban hành Kế hoạch chỉnh lý tài liệu với các nội dung sau:",
            "I. MỤC ĐÍCH",
            "Sắp xếp tài liệu theo hồ sơ./.",
        ],
        "recipients_label": "Nơi nhận:",
        "recipients": ["- Các sở, ngành;", "- Lưu: VT, NC."],
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "position": "CHỦ TỊCH",
        "signer": "Nguyễn Văn Mẫu",
    },
    "front_letter": {
        "regime": "MTTQ_HD91",
        "national_title": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "issuer_parent": "ỦY BAN MTTQ VIỆT NAM TỈNH LÂM ĐỒNG",
        "issuer": "BAN THƯỜNG TRỰC",
        "number_line": "Số: 249/MTTQ-BTT",
        "number": "249/MTTQ-BTT",
        "date_line": "Lâm Đồng, ngày 12 tháng 5 năm 2020",
        "place": "Lâm Đồng",
        "date": date(2020, 5, 12),
        "kind": "công văn",
        "subject_label": "V/v",
        "subject": "tổ chức hội nghị",
        "addressees_label": "Kính gửi:",
        "addressees": ["Ủy ban MTTQ Việt Nam các huyện, thành phố"],
        "body": [
            "Thực hiện Kế hoạch số 12/KH-MTTQ ngày 02/3/2020 của Ban Thường trực về hội nghị, Ban Thường trực đề"
            " nghị các đơn vị chuẩn bị./."
        ],
        "recipients_label": "Nơi nhận:",
        "recipients": ["- Như trên;", "- Lưu: VT, Ban Phong trào."],
        "authority": "TM. BAN THƯỜNG TRỰC",
        "position": "PHÓ CHỦ TỊCH",
        "signer": "Lê Văn Thí",
        "citations": [
            {
                "raw": "12/KH-MTTQ",
                "kind": "kế hoạch",
                "number": "12/KH-MTTQ",
                "issued": date(2020, 3, 2),
                "issuer": "Ban Thường trực",
                "title": "hội nghị",
                "relation": "implements",
            }
        ],
    },
    "party_plan": {
        "regime": "PARTY_HD36",
        "party_title": "ĐẢNG CỘNG SẢN VIỆT NAM",
        "issuer_parent": "ĐẢNG BỘ TỈNH LÂM ĐỒNG",
        "issuer": "BAN THƯỜNG VỤ TỈNH ỦY",
        "party_star": "*",
        "number_line": "Số 36-KH/TU",
        "number": "36-KH/TU",
        "date_line": "Lâm Đồng, ngày 12 tháng 5 năm 2021",
        "place": "Lâm Đồng",
        "date": date(2021, 5, 12),
        "kind_line": "KẾ HOẠCH",
        "kind": "kế hoạch",
        "subject": "chỉnh lý tài liệu",
        "body": ["Căn cứ Điều lệ Đảng, Ban Thường vụ xây dựng kế hoạch chỉnh lý tài liệu.", "Các cấp ủy thực hiện."],
        "recipients_label": "Nơi nhận:",
        "recipients": ["- Các huyện ủy,", "- Lưu Văn phòng Tỉnh ủy."],
        "authority": "T/M BAN THƯỜNG VỤ",
        "position": "PHÓ BÍ THƯ",
        "signer": "Phạm Văn Giả",
    },
}

_FORM_ONLY = (
    "national_title",
    "motto",
    "party_title",
    "party_star",
    "arrival_number",
    "arrival_date",
    "draft",
    "secret",
    "urgent",
    "copy",
    "annex",
    "news",
)
_ORIGINS = {origin.value: origin for origin in PageOrigin}


@dataclass
class _Sheet:
    """Text, words and paragraphs as they are set, line by line."""

    confidence: float
    text: str = ""
    words: list[list[Word]] = field(default_factory=lambda: [[]])
    tokens: list[Token] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    top: float = 20.0
    page: int = 0

    def put(self, name: str, line: str, zone: Zone, left: float) -> None:
        """Set one line and remember it under a part's name."""
        start = len(self.text)
        x = left
        for position, printed in enumerate(line.split()):
            if position:
                self.text += " "
            offset = len(self.text)
            box = Box(x, self.top, min(x + 2.0 * len(printed), 208.0), self.top + 4.0)
            self.text += printed
            self.tokens.append(Token(offset, len(self.text), self.page, len(self.words[self.page])))
            self.words[self.page].append(Word(printed, box, self.confidence))
            x = min(x + 2.0 * len(printed) + 2.0, 200.0)
        self.paragraphs.append(Paragraph(start, len(self.text), zone, self.page + 1))
        self.spans.setdefault(name, []).append((start, len(self.text)))
        self.text += "\n"
        self.top += STEP

    def turn(self) -> None:
        """Begin a new page."""
        self.words.append([])
        self.page += 1
        self.top = 20.0


def make_letter(base: str = "state_letter", **changes: Any) -> Letter:
    """The well-formed letter of this name with these parts changed."""
    parts = {**BASES[base], **changes}
    for name in parts.get("absent", ()):
        parts.pop(name, None)
    sheet = _set(parts)
    origin = _ORIGINS[parts.get("origin", "plain")]
    pages = tuple(
        Page(
            number,
            parts.get("width", WIDTH),
            parts.get("height", HEIGHT),
            tuple(words),
            origin,
            red=tuple(Box(*box) for box in parts.get("red", ())),
            colour=parts.get("colour", False),
            notes=tuple(parts.get("page_notes", ())),
            disputes=tuple(Dispute(Box(20, 20, 60, 25), *said) for said in parts.get("disputes", ())),
        )
        for number, words in enumerate(sheet.words, 1)
    )
    document = Document("own", "letter.pdf", "pdf", pages, tuple(parts.get("flags", ())))
    transcript = Transcript(document, sheet.text, tuple(sheet.tokens), tuple(sheet.paragraphs))
    make = _Maker(transcript, sheet, parts)
    return Letter(
        transcript=transcript,
        document_class=DocumentClass(parts.get("document_class", "letter")),
        regime=Regime(parts["regime"]),
        fields=make.fields(),
        form=make.form(),
        citations=tuple(make.citation(row) for row in parts.get("citations", ()) if row["raw"] in sheet.text),
        obligations=tuple(make.obligation(row) for row in parts.get("obligations", ()) if row["quote"] in sheet.text),
        unseen=tuple(parts.get("unseen", ())),
    )


def _set(parts: dict[str, Any]) -> _Sheet:
    sheet = _Sheet(parts.get("confidence", 1.0))

    def put(name: str, zone: Zone, left: float, line: str | None = None) -> None:
        text = line if line is not None else parts.get(name)
        if text:
            sheet.put(name, text, zone, left)

    for name in ("secret", "draft", "copy", "news"):
        put(name, Zone.STAMP, LEFT)
    put("issuer_parent", Zone.HEADER_LEFT, LEFT)
    put("issuer", Zone.HEADER_LEFT, LEFT)
    put("party_star", Zone.HEADER_LEFT, LEFT)
    put("number_line", Zone.HEADER_LEFT, LEFT)
    if not parts.get("kind_line") and parts.get("subject"):
        put("subject", Zone.HEADER_LEFT, LEFT, " ".join(filter(None, (parts.get("subject_label"), parts["subject"]))))
    sheet.top = 20.0
    right = parts.get("title_left", RIGHT)
    for name in ("national_title", "party_title", "motto", "date_line"):
        put(name, Zone.HEADER_RIGHT, right)
    sheet.top = 70.0
    put("annex", Zone.TITLE, LEFT)
    put("kind_line", Zone.TITLE, 80.0)
    put("other_title", Zone.TITLE, 80.0)
    if parts.get("kind_line") and parts.get("subject"):
        put("subject", Zone.TITLE, 60.0, " ".join(filter(None, (parts.get("subject_label"), parts["subject"]))))
    _set_addressees(sheet, parts)
    for paragraph in parts.get("body", ()):
        sheet.put("body", paragraph, Zone.BODY, LEFT)
    bottom = sheet.top + 8.0
    sheet.top = bottom + parts.get("recipients_lower", 0.0)
    put("recipients_label", Zone.RECIPIENTS, LEFT)
    for entry in parts.get("recipients", ()):
        sheet.put("recipients", entry, Zone.RECIPIENTS, LEFT)
    sheet.top = bottom
    for row in _signature(parts):
        sheet.put("signature", row, Zone.SIGNATURE, 120.0)
    for page in parts.get("more_pages", ()):
        sheet.turn()
        for line in page:
            sheet.put("annex_text", line, Zone.ANNEX, LEFT)
    return sheet


def _set_addressees(sheet: _Sheet, parts: dict[str, Any]) -> None:
    label, named = parts.get("addressees_label"), list(parts.get("addressees", ()))
    marked = [entry if len(named) == 1 or parts.get("addressees_bare") else f"- {entry}" for entry in named]
    if label:
        sheet.put(
            "addressees_label", " ".join([label, *marked[:1]][: 2 if len(named) == 1 else 1]), Zone.ADDRESSEES, 60
        )
    for entry in marked if not label or len(named) != 1 else ():
        sheet.put("addressees", entry, Zone.ADDRESSEES, 70.0)


def _signature(parts: dict[str, Any]) -> list[str]:
    if "signature" in parts:
        return list(parts["signature"])
    rows = [*(parts.get("authority") or "").split(" / "), parts.get("position"), parts.get("signer")]
    return [row for row in rows if row]


@dataclass
class _Maker:
    """Turns the parts into fields with their places."""

    transcript: Transcript
    sheet: _Sheet
    parts: dict[str, Any]

    def found(self, name: str, value: Any, *, near: str | None = None, printed: str | None = None) -> Field[Any]:
        """The field of a part: found where it was set, absent when it was not, or what the change says."""
        note = "blank" if name in self.parts.get("blank", ()) else self.parts.get("notes", {}).get(name, "")
        if name in self.parts.get("unreadable", ()):
            return Field(State.UNREADABLE, note=note)
        if value is None or value == () or name in self.parts.get("blank", ()):
            return Field(State.ABSENT, note=note)
        spans = self.sheet.spans.get(near or name, [])
        if printed and spans:
            start = self.transcript.text.find(printed, spans[0][0], spans[-1][1])
            spans = [(start, start + len(printed))] if start >= 0 else spans
        if not spans:
            return Field(State.ABSENT, note=note)
        evidence = tuple(self.transcript.evidence(*span) for span in spans)
        raw = self.parts.get(f"{name}_raw") or printed or " ".join(piece.quote for piece in evidence)
        return Field(State.FOUND, value, raw, min(e.confidence for e in evidence), evidence, note=note)

    def fields(self) -> Fields:
        get = self.parts.get
        number_line = get("number_line") or ""
        raw = get("number_raw") or number_line.removeprefix("Số").lstrip(": ")
        addressees = tuple(entry.strip(" ;.") for entry in get("addressees", ()))
        recipients = tuple(entry.lstrip("- ").rstrip(" ;.,") for entry in get("recipients", ()))
        return Fields(
            issuer=self.found("issuer", get("issuer")),
            issuer_parent=self.found("issuer_parent", get("issuer_parent")),
            number=self.found("number", get("number"), near="number_line", printed=raw),
            kind=self.found("kind", get("kind"), near=self._kind_place()),
            place=self.found("place", get("place"), near="date_line", printed=get("place")),
            date=self.found("date", get("date"), near="date_line"),
            subject=self.found("subject", get("subject"), printed=get("subject")),
            addressees=self.found("addressees", addressees, near=None if len(addressees) > 1 else "addressees_label"),
            recipients=self.found("recipients", recipients),
            authority=self.found("authority", get("authority"), near="signature", printed=get("authority")),
            position=self.found("position", get("position"), near="signature", printed=get("position")),
            signer=self.found("signer", get("signer"), near="signature", printed=get("signer")),
        )

    def form(self) -> Form:
        get = self.parts.get
        body = get("body", ())
        ending = "./." if body and body[-1].endswith("./.") else None
        basis = next((p for p in body if p.startswith(("Căn cứ", "Thực hiện", "Triển khai", "Theo"))), None)
        label = get("addressees_label")
        return Form(
            **{name: self.found(name, get(name)) for name in _FORM_ONLY},
            number_line=self.found("number_line", get("number_line")),
            date_line=self.found("date_line", get("date_line")),
            kind_line=self.found("kind_line", get("kind_line")),
            subject_label=self.found(
                "subject_label", get("subject_label"), near="subject", printed=get("subject_label")
            ),
            addressees_label=self.found("addressees_label", label, printed=label),
            recipients_label=self.found("recipients_label", get("recipients_label")),
            signature=self.found("signature", tuple(_signature(self.parts)) or None),
            basis=self.found("basis", basis, near="body", printed=basis),
            ending=self.found("ending", ending, near="body", printed="./."),
        )

    def citation(self, row: dict[str, Any]) -> Citation:
        start = self.transcript.text.index(row["raw"], self.sheet.spans["body"][0][0])
        number = parse_number(row.get("number") or "")
        reference = Reference(
            kind=row.get("kind"),
            number=row.get("number"),
            key=number.key if number else row.get("number"),
            issued=row.get("issued"),
            issuer=row.get("issuer"),
            title=row.get("title"),
        )
        evidence = self.transcript.evidence(start, start + len(row["raw"]))
        return Citation(reference, Relation(row.get("relation", "mentions")), evidence, row["raw"])

    def obligation(self, row: dict[str, Any]) -> Obligation:
        start = self.transcript.text.index(row["quote"])
        evidence = self.transcript.evidence(start, start + len(row["quote"]))
        return Obligation("", "", row.get("due"), row["quote"], "", evidence)

    def _kind_place(self) -> str:
        return next((name for name in ("kind_line", "subject", "body") if name in self.sheet.spans), "body")
