"""Lets the tests of this folder import its builder of letters."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
