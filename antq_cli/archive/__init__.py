"""What is kept: originals by content, one SQLite catalogue as the only truth, and a Whoosh index derived from it."""

from antq_cli.archive.archive import Archive

__all__ = ["Archive"]
