"""The tables of `samples/README.md`, from the same data as the samples."""

from __future__ import annotations

import tomllib
from pathlib import Path

from samples.generator.letter import Letter
from samples.generator.questions import Question

HERE = Path(__file__).parent
MARK = "<!-- {} -->"


def fill(text: str, letters: tuple[Letter, ...], questions: tuple[Question, ...]) -> str:
    """The README with its tables made anew between their marks. Raises ValueError when a mark is missing."""
    for name, block in (("table", table(letters)), ("questions", question_list(questions))):
        start, end = MARK.format(name), MARK.format(f"end of {name}")
        before, rest = text.split(start, 1)
        _, after = rest.split(end, 1)
        text = f"{before}{start}\n\n{block}\n\n{end}{after}"
    return text


def table(letters: tuple[Letter, ...]) -> str:
    """One row per sample."""
    words = _words()
    rows = [words["head"], "| --- | --- | --- | --- | --- | --- |"]
    for letter in letters:
        number = letter.number or words["none"]
        if "number" in letter.handwritten:
            number += f" ({words['handwritten']})"
        regime = f", `{letter.regime}`" if letter.regime else ""
        faults = ", ".join(f"`{fault}`" for fault in letter.faults) or words["none"]
        cells = (
            f"[{letter.file}]({letter.file})",
            number,
            f"`{letter.document_class}`{regime}",
            letter.shows,
            letter.shows_en,
            faults,
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def question_list(questions: tuple[Question, ...]) -> str:
    """Each question with the documents and facts of a right answer."""
    words = _words()
    blocks = []
    for number, question in enumerate(questions, start=1):
        lines = [f"**{words['question']} {number}. {question.text}**", ""]
        parts = (
            ("facts", question.facts),
            ("direct", question.documents),
            ("indirect", question.indirect),
            ("cited_only", question.cited_only),
            ("never", question.never),
        )
        lines += [f"- {words[key]}: {', '.join(values)}" for key, values in parts if values]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _words() -> dict[str, str]:
    with (HERE / "readme.toml").open("rb") as stream:
        return tomllib.load(stream)
