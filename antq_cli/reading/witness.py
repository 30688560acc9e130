"""Lines of a text layer held against the drawn page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from antq_cli.model.page import Dispute
from antq_cli.reading.ocr import OcrEngine
from antq_cli.reading.protocol import Strip
from antq_cli.settings import Limits


def disputes(path: Path, page: int, strips: Sequence[Strip], engine: OcrEngine, limits: Limits) -> tuple[Dispute, ...]:
    return ()
