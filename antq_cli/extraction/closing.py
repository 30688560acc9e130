"""Nơi nhận and the signature block (NĐ 30/2020, Phụ lục I.II.7 and II.9)."""

from __future__ import annotations

from dataclasses import dataclass

from antq_cli.extraction.authority import is_authority, is_position, read_authority, read_position
from antq_cli.extraction.field import found, is_from_scan, missing, unreadable
from antq_cli.extraction.recipients import read_recipients
from antq_cli.extraction.signer import name_span, read_signer
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.text import upper_share

LETTERS = 4
"""A row with fewer letters is no line of a signature block."""
BESIDE = 1.5
"""A row less than this many mm below the one before it stands beside it."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a letter."""

    recipients: Field[tuple[str, ...]]
    recipients_label: Field[str]
    authority: Field[str]
    position: Field[str]
    signer: Field[str]
    signature: Field[tuple[str, ...]]


def read_closing(transcript: Transcript) -> Closing:
    """Recipients and signature block; of several blocks the first gives the fields, `signature` holds all."""
    recipients, label = read_recipients(transcript)
    rows = [row for row in transcript.in_zones(Zone.SIGNATURE) if any(c.isalpha() for c in transcript.slice(row))]
    if not rows and _may_hide_signature(transcript):
        unseen: Field[str] = unreadable(note="not_seen")
        return Closing(recipients, label, unseen, unseen, unseen, unreadable(note="not_seen"))
    if not rows:
        gone: Field[str] = missing(transcript, Zone.SIGNATURE, note="no_block")
        no_block: Field[tuple[str, ...]] = missing(transcript, Zone.SIGNATURE)
        return Closing(recipients, label, gone, gone, gone, no_block)
    block = _first_block(transcript, rows)
    authority = [row for row in block if is_authority(transcript, row)]
    signer = read_signer(transcript, block, authority)
    name_row = signer.evidence[0].start if signer.is_found else None
    return Closing(
        recipients,
        label,
        read_authority(transcript, block),
        read_position(transcript, block, authority, name_row),
        signer,
        found(transcript, tuple(transcript.slice(row) for row in rows), [(row.start, row.end) for row in rows]),
    )


def _first_block(transcript: Transcript, rows: list[Paragraph]) -> list[Paragraph]:
    """The rows of the first of several signature blocks: up to where a column, or a new head after a name, begins."""
    has_head = has_name = False
    is_placed = all(page.is_geometric for page in transcript.document.pages)
    previous: Paragraph | None = None
    for position, row in enumerate(rows):
        if sum(c.isalpha() for c in transcript.slice(row)) < LETTERS:
            continue  # a scrap of pen or seal
        if is_placed and previous is not None and _stands_beside(transcript, row, previous):
            return rows[:position]
        is_head = is_authority(transcript, row) or is_position(transcript, row)
        if has_name and is_head:
            return rows[:position]
        # A name of a family antq does not know: small letters under a head.
        is_small = has_head and upper_share(transcript.slice(row)) < 0.5
        has_name = has_name or is_small or (not is_head and name_span(transcript, row) is not None)
        has_head = has_head or is_head
        previous = row
    return rows


def _stands_beside(transcript: Transcript, row: Paragraph, previous: Paragraph) -> bool:
    """The row stands beside or above the one before it, and not over it: another column has begun."""
    here, there = transcript.evidence(row.start, row.end), transcript.evidence(previous.start, previous.end)
    is_apart = here.box.left > there.box.right or here.box.right < there.box.left
    return here.page == there.page and is_apart and here.box.top < there.box.top + BESIDE


def _may_hide_signature(transcript: Transcript) -> bool:
    """On a scan that shows a letter's header, a signature that was not read lies under stamp and pen."""
    shown = transcript.in_zones(Zone.HEADER_LEFT)
    return bool(shown) and is_from_scan(transcript, shown[-1].start)
