"""`python -m samples.generator OUT [PART ...]`: draws the samples (those whose name holds a PART) into OUT.

Beside them it writes `expected.jsonl` and `questions.jsonl`, and fills the tables of OUT/README.md when there is one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.generator.expected import expected_lines
from samples.generator.files import write_letter
from samples.generator.letter import load_letters
from samples.generator.questions import load_questions, question_lines
from samples.generator.readme import fill


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the samples")
    parser.add_argument("parts", nargs="*", help="draw only files whose names hold one of these")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    letters = load_letters()
    for letter in letters:
        if not arguments.parts or any(part in letter.file for part in arguments.parts):
            path = write_letter(letter, arguments.out)
            print(f"{path.stat().st_size:>9} {path.name}")
    questions = load_questions(letters)
    _write(arguments.out / "expected.jsonl", expected_lines(letters))
    _write(arguments.out / "questions.jsonl", question_lines(questions))
    readme = arguments.out / "README.md"
    if readme.exists():
        _write(readme, fill(readme.read_text(encoding="utf-8"), letters, questions))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
