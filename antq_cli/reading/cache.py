"""OCR results kept by content, so that reading the same scan again costs nothing. Written by the parent only."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from antq_cli import codec
from antq_cli.model.page import Page, PageOrigin

_MOST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PageCache:
    """A folder of compressed pages. Whatever is wrong with an entry or the folder, it is a miss, never an error."""

    folder: Path
    engine: str
    """Version of the OCR engine and its language data."""
    language: str
    preparation: str
    """`prepare.PREPROCESSING_VERSION`: pages prepared in another way are other readings."""

    def get(self, digest: str, page: int) -> Page | None:
        """The page as it was read before, or None."""
        try:
            packed = self._file(digest, page).read_bytes()
            unpacker = zlib.decompressobj()
            body = unpacker.decompress(packed, _MOST)
            if not unpacker.eof:
                return None
            found = codec.decode(body, Page)
        except (OSError, zlib.error, ValueError):
            return None
        return found if found.number == page else None

    def put(self, digest: str, page: Page) -> None:
        """Keep a page that was read by OCR; a failed page is not kept: it may succeed next time."""
        if page.origin is PageOrigin.FAILED:
            return
        target = self._file(digest, page.number)
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")  # 0600
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(zlib.compress(codec.encode(page), 6))
                Path(name).replace(target)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    def _file(self, digest: str, page: int) -> Path:
        parts = (digest, str(page), self.engine, self.language, self.preparation)
        key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        return self.folder / key[:2] / f"{key[2:]}.z"
