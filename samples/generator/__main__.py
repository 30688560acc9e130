"""`python -m samples.generator OUT [PART ...]`: draws the samples (those whose file name holds a PART) into OUT."""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.generator.expected import expected_lines
from samples.generator.files import write_letter
from samples.generator.letter import load_letters


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
    (arguments.out / "expected.jsonl").write_text(expected_lines(letters), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
