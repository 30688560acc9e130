"""Digits written with a pen or stamped, read off the clean ink of one slot by two small networks of our own.

The networks are independent readers: one looks at single digits after cutting the ink apart, the other at the whole
line. What only one of them says is a suggestion; what both say is a reading. How they were made stands in
docs/digits.md, why there are two in docs/decisions/007-digit-networks.md.
"""

from antq_cli.reading.digits.read import AGREE, Gray, InkReading, read_ink

__all__ = ["AGREE", "Gray", "InkReading", "read_ink"]
