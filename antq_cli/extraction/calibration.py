"""Stated confidence as the share of such claims that are right, by the table that bench/calibrate.py fits.

A field's evidence knows how sure OCR was of its least sure word; a field of ten words is right far oftener than that.
Words of a text layer and digits by pen have their confidence from elsewhere and keep it.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from antq_cli.extraction.field import is_from_scan
from antq_cli.model.letter import Field, Fields, State
from antq_cli.model.transcript import Transcript

BY_PEN = "handwritten"
"""Note of a field whose confidence comes from the readers of ink."""


def calibrated(fields: Fields, transcript: Transcript) -> Fields:
    """The fields with the confidence of every claim off a scan as the table has it; order of claims is kept."""
    return replace(fields, **{name: _calibrated(field, transcript) for name, field in fields.items()})


def _calibrated(field: Field[Any], transcript: Transcript) -> Field[Any]:
    if field.state is not State.FOUND or field.note == BY_PEN:
        return field
    start = field.evidence[0].start
    if start < 0 or not is_from_scan(transcript, start):
        return field
    return replace(field, confidence=round(share_of(field.confidence), 3))


def share_of(confidence: float) -> float:
    """The share of claims off scans that are right when their least sure word was read with this confidence."""
    return share_right(confidence, *_knots())


def share_right(stated: float, said: Sequence[float], right: Sequence[float]) -> float:
    """Between two knots in proportion, beyond the ends as at the ends. Both lists rise and are of one length."""
    after = bisect_right(said, stated)
    if after == 0:
        return right[0]
    if after == len(said):
        return right[-1]
    share = (stated - said[after - 1]) / (said[after] - said[after - 1])
    return right[after - 1] + share * (right[after] - right[after - 1])


@cache
def _knots() -> tuple[tuple[float, ...], tuple[float, ...]]:
    text = resources.files(__package__).joinpath("calibration.toml").read_text("utf-8")
    scan = tomllib.loads(text)["scan"]
    return tuple(scan["said"]), tuple(scan["right"])
