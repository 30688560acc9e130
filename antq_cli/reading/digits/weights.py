"""The weights of the two networks, loaded once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from antq_cli.reading.digits.networks import Weights

FOLDER = Path(__file__).parent
NAMES = ("segments", "line")
"""Files NAME.npz beside this module; their hashes stand in weights.toml."""


@cache
def weights(name: str) -> Weights:
    """Arrays of one network by name, single precision. Raises OSError or ValueError when the installation is broken."""
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as arrays:
        return {key: arrays[key].astype(np.float32) for key in arrays.files}
