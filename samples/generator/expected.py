"""What antq must read in each sample, from the same data the samples are drawn from."""

from __future__ import annotations

import json
from typing import Any

from samples.generator.letter import Letter, Signature, formulas, is_plain_letter
from samples.generator.plain import unmarked


def expected(letter: Letter) -> dict[str, Any]:
    """One line of `expected.jsonl`; null where the letter has none.

    `authority`, `position` and `signer` are those of the right block, where the leading body of a joint document
    signs; `signatures` holds all blocks from left to right.
    """
    block = letter.signatures[-1] if letter.signatures else Signature()
    return {
        "file": letter.file,
        "class": letter.document_class,
        "regime": letter.regime or None,
        "issuer": " ".join(letter.issuer) or None,
        "issuer_parent": " ".join(letter.parent) or None,
        "number": letter.number,
        "kind": letter.kind,
        "place": letter.place,
        "date": letter.date,
        "subject": _subject(letter),
        "addressees": list(letter.addressees) or None,
        "recipients": list(letter.recipients) or None,
        "authority": " / ".join(block.authority) or None,
        "position": block.position,
        "signer": block.name,
        "signatures": [
            {"authority": " / ".join(each.authority) or None, "position": each.position, "signer": each.name}
            for each in letter.signatures
        ],
        "handwritten": list(letter.handwritten),
        "arrival": None if letter.arrival is None else {"number": letter.arrival.number, "date": letter.arrival.date},
        "citations": [
            {
                "number": cited.number,
                "title": cited.title,
                "date": cited.date,
                "relation": cited.relation,
                "source": cited.source,
            }
            for cited in letter.citations
        ],
        "rules": list(letter.faults),
    }


def _subject(letter: Letter) -> str | None:
    """As printed, with the V/v of a công văn; a title above a text of no kind (annex) is no subject."""
    if letter.subject is None or letter.kind is None:
        return None
    return formulas()["subject_label"] + letter.subject if is_plain_letter(letter) else letter.subject


def expected_lines(letters: tuple[Letter, ...]) -> str:
    """The whole file, one JSON object per letter."""
    return "".join(json.dumps(expected(letter), ensure_ascii=False) + "\n" for letter in letters)


def printed_text(letter: Letter) -> str:
    """All that the body says, for checking that each expected citation stands there."""
    own = [] if is_plain_letter(letter) or letter.subject is None else [letter.subject]
    return "\n".join([*own, *(unmarked(paragraph) for paragraph in letter.body)])
