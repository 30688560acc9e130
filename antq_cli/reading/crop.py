"""Pictures of parts of pages, from the parent's side: the file is opened in a worker like everything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from antq_cli.errors import InputError
from antq_cli.model.page import Box, Page
from antq_cli.reading.pool import Worker
from antq_cli.reading.protocol import Request, pack_path
from antq_cli.settings import Settings


def crop(path: Path, media: str, page: Page, box: Box, settings: Settings, worker: Worker | None = None) -> bytes:
    """A part of a page as PNG, at most 2000 pixels wide and high; `page` is the page as it was read.

    A `worker` that is given goes on; without one, one is started and ended. Raises InputError: `not_paper` for text
    and office files, and whatever opening the file may raise.
    """
    if media not in ("pdf", "tiff", "jpeg", "png"):
        raise InputError("not_paper")
    own = worker or Worker()
    # Only what was done to the page travels, not its words.
    request = Request(
        "crop", pack_path(path), settings.limits, media, page.number, pages=(replace(page, words=()),), box=box
    )
    try:
        reply = own.call(request, settings.limits.page_seconds)
    finally:
        if worker is None:
            own.close()
    if reply.failure is not None:
        raise reply.failure.error()
    if reply.crop is None:
        raise InputError("damaged")
    return reply.crop
