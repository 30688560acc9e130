"""From text with zones to a letter: fields, form, citations, obligations, class and regime."""

from antq_cli.extraction.analyse import analyse, understand

__all__ = ["analyse", "understand"]
