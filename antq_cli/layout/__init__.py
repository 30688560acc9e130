"""From words on pages to text in reading order with zones, and the way back."""

from antq_cli.layout.transcribe import transcribe

__all__ = ["transcribe"]
