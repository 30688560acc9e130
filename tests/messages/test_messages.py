"""Every sentence in both languages, with the same placeholders, and a sentence for everything that is said."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import antq_cli
from antq_cli.answers.answer import Status  # noqa: F401 - the package must load without an archive
from antq_cli.archive.records import Problem
from antq_cli.cli.root import COMMANDS
from antq_cli.errors import ARCHIVE_REASONS, INPUT_REASONS
from antq_cli.messages import LANGUAGES, message_ids, say
from antq_cli.model.finding import Severity, Verdict
from antq_cli.model.letter import DocumentClass, Fields, Form, Regime, Relation
from antq_cli.pipeline.ingest import Result

SOURCE = Path(antq_cli.__file__).parent


def placeholders(message_id: str, language: str) -> set[str]:
    """The names in braces of a sentence."""
    from antq_cli.messages import _sentences

    return {name for _, name, _, _ in string.Formatter().parse(_sentences(language)[message_id]) if name}  # type: ignore[arg-type]


def test_both_languages_say_the_same_things() -> None:
    """The same ids with the same placeholders."""
    assert message_ids("vi") == message_ids("en")
    different = [each for each in message_ids("vi") if placeholders(each, "vi") != placeholders(each, "en")]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_with_a_name_has_its_words(language: str) -> None:
    """Commands, reasons, fields, marks of form, classes, regimes, relations, severities, verdicts, problems."""
    wanted = [f"input.{reason}" for reason in INPUT_REASONS]
    wanted += [f"archive.{reason}" for reason in ARCHIVE_REASONS]
    wanted += [f"help.{command}" for command in COMMANDS] + [f"help_more.{command}" for command in COMMANDS]
    wanted += [f"field.{name}" for name in Fields.__dataclass_fields__]
    wanted += [f"form.{name}" for name in Form.__dataclass_fields__]
    wanted += [f"class.{each.value}" for each in DocumentClass] + [f"regime.{each.value}" for each in Regime]
    wanted += [f"relation.{each.value}" for each in Relation] + [f"severity.{each.word}" for each in Severity]
    wanted += [f"verdict.{each.value}" for each in Verdict]
    wanted += [f"problem.{kind}" for kind in ("catalogue", "missing", "changed", "untracked", "index")]
    wanted += [f"ingest.{each.value}" for each in (Result.ACCEPTED, Result.DUPLICATE)]
    assert set(wanted) <= message_ids(language)  # type: ignore[arg-type]
    assert set(Problem.__annotations__) >= {"kind"}


def test_each_sentence_that_code_asks_for_exists() -> None:
    """Ids written out in `say("…")`."""
    asked = {
        found
        for path in SOURCE.rglob("*.py")
        for found in re.findall(r"""\bsay\(\s*["']([A-Za-z_.]+)["']""", path.read_text("utf-8"))
    }
    assert asked
    assert asked <= message_ids("vi")


def test_each_usage_error_has_its_sentence() -> None:
    """Reasons written out in `UsageError("…")`."""
    raised = {
        f"usage.{found}"
        for path in SOURCE.rglob("*.py")
        for found in re.findall(r"""\bUsageError\(\s*["']([a-z_]+)["']""", path.read_text("utf-8"))
    }
    assert raised
    assert raised <= message_ids("vi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_s_trouble_fits_one_line(language: str) -> None:
    """At most 160 characters, with what to do next: at least two sentences."""
    for reason in INPUT_REASONS:
        sentence = say(f"input.{reason}", language)  # type: ignore[arg-type]
        assert len(sentence) <= 160, reason
        assert sentence.count(". ") >= 1, reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_id_is_a_defect(language: str) -> None:
    """KeyError, not an empty sentence; so is a missing value."""
    with pytest.raises(KeyError):
        say("no.such", language)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        say("search.total", language)  # type: ignore[arg-type]
