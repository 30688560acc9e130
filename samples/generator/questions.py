"""Questions the sample archive can answer, and what a right answer holds."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from samples.generator.letter import Letter

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Question:
    """Documents are file names of samples."""

    text: str
    documents: tuple[str, ...]
    """Direct answers, or the documents the fact is read from."""
    indirect: tuple[str, ...]
    """Answers through other documents."""
    cited_only: tuple[str, ...]
    """Numbers of documents that answer but are not among the samples."""
    tolerated: tuple[str, ...]
    """Neither wanted nor wrong: they report on the work, guide it or rest on it in part."""
    never: tuple[str, ...]
    """Would be wrong as an answer."""
    facts: tuple[str, ...]


def load_questions(letters: tuple[Letter, ...], path: Path = HERE / "questions.toml") -> tuple[Question, ...]:
    """All questions. Raises KeyError when one names a sample that does not exist."""
    files = {int(letter.file.split("-")[0]): letter.file for letter in letters}
    with path.open("rb") as stream:
        tables: list[dict[str, Any]] = tomllib.load(stream)["question"]

    def names(table: dict[str, Any], key: str) -> tuple[str, ...]:
        return tuple(files[number] for number in table.get(key, ()))

    return tuple(
        Question(
            text=table["text"],
            documents=names(table, "documents"),
            indirect=names(table, "indirect"),
            cited_only=tuple(table.get("cited_only", ())),
            tolerated=names(table, "tolerated"),
            never=names(table, "never"),
            facts=tuple(table.get("facts", ())),
        )
        for table in tables
    )


def question_lines(questions: tuple[Question, ...]) -> str:
    """The file `questions.jsonl`."""
    return "".join(json.dumps(asdict(question), ensure_ascii=False) + "\n" for question in questions)
