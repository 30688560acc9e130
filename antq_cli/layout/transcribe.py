"""Document to Transcript: zones, reading order, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from antq_cli.layout import labels
from antq_cli.layout.esign import running_words, signature_box_words
from antq_cli.layout.footer import Footer, find_footer
from antq_cli.layout.header import find_header, is_single_column
from antq_cli.layout.middle import zone_middle
from antq_cli.layout.paragraphs import continues, split_paragraphs
from antq_cli.layout.plain import zone_plain
from antq_cli.layout.rows import Row, make_row, rows_of
from antq_cli.layout.stamps import stamp_words
from antq_cli.model.page import Document, PageOrigin
from antq_cli.model.transcript import Paragraph, Token, Transcript, Zone

_FLOWING = frozenset({Zone.BODY, Zone.ANNEX})
"""Zones of running text, where a paragraph spans rows; elsewhere each row is a paragraph of its own."""


def transcribe(document: Document) -> Transcript:
    """The text of a document in reading order: header left, header right, marks, title, addressees, body, closing."""
    first = next(((index, page) for index, page in enumerate(document.pages) if page.words), None)
    if first is not None and (first[1].origin is PageOrigin.PLAIN or is_single_column(*first)):
        zoned = zone_plain(document)
    else:
        zoned = _zone_pages(document)
    return _assemble(document, _group(zoned, document))


def _zone_pages(document: Document) -> list[tuple[Zone, Row]]:
    first = next((index for index, page in enumerate(document.pages) if page.words), None)
    if first is None:
        return []
    stamped = {index: stamp_words(page) for index, page in enumerate(document.pages)}
    boxed = {index: signature_box_words(page) - stamped[index] for index, page in enumerate(document.pages)}
    printed = {
        index: running_words(index, page) - stamped[index] - boxed[index] for index, page in enumerate(document.pages)
    }
    header = find_header(first, document.pages[first], stamped[first] | boxed[first] | printed[first])
    footer = find_footer(document)
    head = [(Zone.HEADER_LEFT, row) for row in header.left] if header else []
    head += [(Zone.HEADER_RIGHT, row) for row in header.right] if header else []
    taken = {(row.page, index) for _, row in head for index in row.words}
    for apart in (boxed, printed):
        taken |= {(index, word) for index, words in apart.items() for word in words}
    closing = _without(_closing(footer), taken, document)
    taken |= {(row.page, index) for _, row in closing for index in row.words}

    middle: list[Row] = []
    numbers: list[tuple[Zone, Row]] = []
    annex: list[tuple[Zone, Row]] = []
    stamps: list[tuple[Zone, Row]] = []
    for index, page in enumerate(document.pages):
        free = [i for i in range(len(page.words)) if (index, i) not in taken]
        stamps += [(Zone.ARRIVAL_STAMP, row) for row in rows_of(index, page, [i for i in free if i in stamped[index]])]
        stamps += [(Zone.E_SIGNATURE, row) for row in rows_of(index, page, sorted(boxed[index]))]
        stamps += [(Zone.STAMP, row) for row in rows_of(index, page, sorted(printed[index]))]
        for row in rows_of(index, page, [i for i in free if i not in stamped[index]]):
            if labels.is_page_number(row, page.height):
                numbers.append((Zone.PAGE_NUMBER, row))
            elif footer is not None and (index > footer.page or (index == footer.page and row.box.middle > footer.top)):
                annex.append((Zone.ANNEX, row))
            else:
                middle.append(row)
    return head + stamps + zone_middle(middle, document) + closing + annex + numbers


def _closing(footer: Footer | None) -> list[tuple[Zone, Row]]:
    if footer is None:
        return []
    return (
        [(Zone.RECIPIENTS, row) for row in footer.recipients]
        + [(Zone.SIGNATURE, row) for row in footer.signature]
        + [(Zone.ANNEX, row) for row in footer.rest]
    )


def _without(
    rows: Iterable[tuple[Zone, Row]], taken: set[tuple[int, int]], document: Document
) -> list[tuple[Zone, Row]]:
    """The rows without the words that another zone has: a page so short that header and closing meet."""
    kept = []
    for zone, row in rows:
        words = [index for index in row.words if (row.page, index) not in taken]
        if words:
            whole = len(words) == len(row.words)
            kept.append((zone, row if whole else make_row(row.page, document.pages[row.page], words)))
    return kept


def _group(zoned: Iterable[tuple[Zone, Row]], document: Document) -> list[tuple[Zone, list[Row]]]:
    """Rows to paragraphs; body text that runs over a page's end is joined."""
    groups: list[tuple[Zone, list[Row]]] = []
    pending: list[Row] = []
    pending_zone = Zone.BODY

    def flush() -> None:
        if pending:
            page = document.pages[pending[0].page]
            for paragraph in split_paragraphs(pending, page):
                previous = groups[-1] if groups else None
                if (
                    previous is not None
                    and previous[0] is pending_zone
                    and previous[1][-1].page != paragraph[0].page
                    and page.origin is not PageOrigin.PLAIN
                    and continues(previous[1][-1], paragraph[0])
                ):
                    previous[1].extend(paragraph)
                else:
                    groups.append((pending_zone, list(paragraph)))
            pending.clear()

    for zone, row in zoned:
        if zone in _FLOWING:
            if pending and (pending_zone is not zone or pending[-1].page != row.page):
                flush()
            pending_zone = zone
            pending.append(row)
        else:
            flush()
            groups.append((zone, [row]))
    flush()
    return groups


def _assemble(document: Document, groups: Sequence[tuple[Zone, list[Row]]]) -> Transcript:
    parts: list[str] = []
    tokens: list[Token] = []
    paragraphs: list[Paragraph] = []
    offset = 0
    for zone, rows in groups:
        start = offset
        for row in rows:
            for index in row.words:
                text = document.pages[row.page].words[index].text
                tokens.append(Token(offset, offset + len(text), row.page, index))
                parts.append(text + " ")
                offset += len(text) + 1
        parts[-1] = parts[-1][:-1] + "\n"
        paragraphs.append(Paragraph(start, offset - 1, zone, document.pages[rows[0].page].number))
    return Transcript(document, "".join(parts), tuple(tokens), tuple(paragraphs))
