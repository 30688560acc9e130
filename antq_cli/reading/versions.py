"""Versions that stand in the keys of caches; apart from the code they version, so that the parent loads no pixels."""

PREPROCESSING_VERSION = "7"
"""Raise it whenever anything between the picture and the words of a page may give other words, boxes or slots: the
preparation, the readings and their votes, the cutting of slots, the weights of the digit networks, mixed pages."""
