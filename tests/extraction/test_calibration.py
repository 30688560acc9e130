"""Stated confidence: by the table off scans, as it stands elsewhere, and never in another order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from papers import scan, typed, understood

from antq_cli.extraction.calibration import _knots, share_right

CONFIDENCE = st.floats(0.0, 1.0)


@given(CONFIDENCE, CONFIDENCE)
def test_order_is_kept(one: float, other: float) -> None:
    """What OCR is surer of is never stated with less confidence."""
    low, high = sorted((one, other))
    assert 0.0 <= share_right(low, *_knots()) <= share_right(high, *_knots()) <= 1.0


def test_scans_are_calibrated_and_text_is_not() -> None:
    """The same issuer: off a scan by the table, from a text layer as the layer claims."""
    read = understood(scan(left=("ỦY BAN NHÂN DÂN", "TỈNH@0.7 LÂM ĐỒNG"))).fields.issuer
    assert read.confidence == round(share_right(0.7, *_knots()), 3)
    assert read.confidence != min(piece.confidence for piece in read.evidence)
    assert understood(typed()).fields.issuer.confidence == 1.0
