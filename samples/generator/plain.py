"""A letter as the plain text that people copy out of a page or a message."""

from __future__ import annotations

from samples.generator.letter import Letter, date_words, formulas, heading_of, is_plain_letter

MARKS = ("# ", "^ ", "~ ", "/ ", "| ")


def unmarked(paragraph: str) -> str:
    """A body paragraph without the marks of its style."""
    if paragraph.startswith(MARKS):
        paragraph = paragraph[2:]
    return paragraph.replace("**", "")


def plain_text(letter: Letter) -> str:
    """Header, title, addressees, body, recipients, signatures: one after another, columns not kept."""
    words = formulas()
    lines: list[str] = []
    if letter.family != "plain":
        party = letter.family == "party"
        lines += [*letter.parent, *letter.issuer]
        lines += [words["party_title"]] if party else [words["national_title"], words["motto"]]
        if letter.number is not None:
            lines.append(f"{words['party_number_label' if party else 'number_label']} {letter.number}")
        lines.append("".join(date_words(letter)))
    heading = heading_of(letter)
    if heading is not None:
        lines.append(heading)
    if letter.subject is not None:
        lines.append((words["subject_label"] if is_plain_letter(letter) else "") + letter.subject)
    lines += _addressees(letter)
    lines += [unmarked(paragraph) for paragraph in letter.body]
    if letter.recipients:
        last = len(letter.recipients) - 1
        lines.append(words["recipients_label"])
        lines += [f"- {name}{'.' if n == last else ';'}" for n, name in enumerate(letter.recipients)]
    for block in letter.signatures:
        lines += [*block.authority, *filter(None, (block.position, block.name))]
    return "\n".join(line for line in lines if line) + "\n"


def _addressees(letter: Letter) -> list[str]:
    label = formulas()["addressees_label"]
    if len(letter.addressees) == 1:
        return [f"{label} {letter.addressees[0]}"]
    last = len(letter.addressees) - 1
    listed = [f"- {name}{'.' if n == last else ';'}" for n, name in enumerate(letter.addressees)]
    return [label, *listed] if listed else []
