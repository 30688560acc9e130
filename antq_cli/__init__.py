"""antq: reads, keeps, checks and questions the official letters of a Vietnamese office, offline."""

__version__ = "0.1.0"
