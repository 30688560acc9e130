import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# Builders are shared by several folders of tests, which pytest imports by path.
sys.path.append(str(Path(__file__).parents[1]))

from antq_cli.archive import Archive
from antq_cli.archive.records import Record


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Record]:
    """Archive an invented letter: `put(archive, lines, number=…)` writes its file and hands it in."""
    from builders import document_bytes, make_letter

    def _put(archive: Archive, lines: Any, **values: Any) -> Record:
        content = document_bytes(lines)
        source = tmp_path / f"{abs(hash(content))}.txt"
        source.write_bytes(content)
        return archive.put(source, make_letter(lines=lines, content=content, **values)).record

    return _put
