"""JSON for the worker pipe, the OCR cache, the archive and `--json`. The one place that knows msgspec."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def encode(value: object) -> bytes:
    """UTF-8 JSON of values, dataclasses, enums, dates and plain containers."""
    return msgspec.json.encode(value)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The value of this type that the JSON holds. Raises ValueError when it holds anything else."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


def plain(value: object) -> Any:
    """The value as dicts, lists, strings and numbers."""
    return msgspec.to_builtins(value)
