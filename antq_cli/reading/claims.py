"""What becomes of the claims of text layers: which pages make them, and what the pages and the document say of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from antq_cli import codec
from antq_cli.model.page import Dispute, Page, PageOrigin
from antq_cli.reading.mixed import MIXED
from antq_cli.reading.protocol import Strip

WITNESS_VERSION = "witness-2"
"""Raise it whenever `witness` may see other disputes on the same page."""
MISMATCH = "text_layer_mismatch"
"""Flag: somewhere the text layer says something else than the page shows."""
UNVERIFIED = "text_layer_unverified"
"""Note and flag: the text layer could not be held against the page."""
HIDDEN = "hidden_text"
"""Note and flag: the layer holds words that nobody sees; they were left out."""
_TOLD = (HIDDEN, UNVERIFIED)
_LEGACY = "legacy:"


def is_claimed(page: Page) -> bool:
    """True when words of the page are what the file says, not what was seen."""
    return page.origin is PageOrigin.TEXT_LAYER or MIXED in page.notes


def witnessed(page: Page, disputes: tuple[Dispute, ...] | None, *, unseen: bool) -> Page:
    """The page with what the comparison found, or with the note that there was none."""
    if unseen:
        return replace(page, notes=(*page.notes, UNVERIFIED))
    return replace(page, disputes=disputes or ())


def flags_of(pages: Iterable[Page]) -> tuple[str, ...]:
    """The flags of a document that follow from its pages' text layers, each once."""
    flags: list[str] = []
    for page in pages:
        flags += [note for note in page.notes if note in _TOLD or note.startswith(_LEGACY)]
        if page.disputes:
            flags.append(MISMATCH)
    return tuple(dict.fromkeys(flags))


def strips_key(strips: tuple[Strip, ...]) -> str:
    """Names a question in a cache: the same lines with the same words have the same key."""
    return hashlib.sha256(codec.encode(strips)).hexdigest()
