"""The picture of a scanned PDF page, as it is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from antq_cli.reading import pdf
from antq_cli.reading.prepare import prepare
from antq_cli.settings import Limits

from .conftest import drawn_page, scanned_pdf


def _stamped() -> Image.Image:
    image = drawn_page(mode="RGB")
    ImageDraw.Draw(image).ellipse((900, 1500, 1200, 1800), outline=(215, 30, 40), width=14)
    return image


@pytest.mark.parametrize("mode", ["RGB", "P", "CMYK"])
def test_the_colours_of_a_stored_picture_are_kept(store: Callable[[str, bytes], Path], mode: str) -> None:
    """A seal stays red whether the scan has three channels, four, or a palette."""
    image = _stamped()
    stored = image.quantize(16) if mode == "P" else image.convert(mode)
    found = pdf.picture(store("scan.pdf", scanned_pdf([stored])), 1, Limits())
    page = prepare(found)
    assert found.image.size == image.size
    assert page.red is not None
    assert page.red[1650, 907] == 255


def test_a_page_of_black_and_white_stays_so(store: Callable[[str, bytes], Path]) -> None:
    """At its own resolution, without a grey pixel."""
    image = drawn_page(dpi=300).convert("1")
    found = pdf.picture(store("fax.pdf", scanned_pdf([image], 300)), 1, Limits())
    assert found.dpi[0] == pytest.approx(300, abs=1)
    page = prepare(found)
    assert page.bilevel
    assert page.gray.shape == (image.height, image.width)
    assert set(np.unique(page.gray)) == {0, 255}
