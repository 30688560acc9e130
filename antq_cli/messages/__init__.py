"""What antq says to people. Every sentence stands by its id in `vi/*.toml` and `en/*.toml`; code holds none.

Each file holds tables; the table `[input]` with the key `encrypted` is the sentence `input.encrypted`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")


@cache
def _sentences(language: Language) -> dict[str, str]:
    flat: dict[str, str] = {}
    for file in resources.files(__package__).joinpath(language).iterdir():
        if file.name.endswith(".toml"):
            for section, entries in tomllib.loads(file.read_text("utf-8")).items():
                flat |= {f"{section}.{key}": sentence for key, sentence in entries.items()}
    return flat


def say(message_id: str, language: Language, **values: object) -> str:
    """The sentence with this id, such as `input.encrypted` or `NUM_MISSING.message`.

    Raises KeyError for an unknown id or a placeholder without its value: both are defects of antq.
    """
    return _sentences(language)[message_id].format_map({key: str(value) for key, value in values.items()})


def message_ids(language: Language) -> frozenset[str]:
    """All ids of a language; a test holds the languages equal."""
    return frozenset(_sentences(language))
