"""Versions that stand in the keys of caches; apart from the code they version, so that the parent loads no pixels."""

PREPROCESSING_VERSION = "4"
"""Raise it whenever `prepare`, `scan` or `ocr` may give other words or boxes for the same page."""
