"""From a name typed by a person to the citation graph around that document."""

from __future__ import annotations

from antq_cli.answers.naming import reference_called
from antq_cli.answers.trace import Direction, TraceNode, trace
from antq_cli.archive.archive import Archive


def find_trace(name: str, archive: Archive, direction: Direction, depth: int) -> TraceNode | None:
    """The graph around the document of this name; None when the archive knows none, or several that differ."""
    records = archive.find_document(name)
    if len(records) == 1:
        return trace(records[0], archive, direction, depth)
    reference = reference_called(name)
    return trace(reference, archive, direction, depth) if reference is not None else None
