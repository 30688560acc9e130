"""Kinds of arguments, worded in the program's language, and the options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import click

from antq_cli.errors import UsageError
from antq_cli.messages import Language, say
from antq_cli.model.letter import DocumentClass
from antq_cli.vietnamese.lexicon import kind_named, kinds_abbreviated


class Word(click.Choice[str]):
    """One of a few words of the machine contract."""

    def __init__(self, words: Sequence[str], language: Language) -> None:
        super().__init__(words)
        self._language = language

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return say("usage.no_such_word", self._language, value=value, words=", ".join(self.choices))


class Count(click.ParamType[int]):
    """A whole number within bounds."""

    name = "count"

    def __init__(self, least: int, most: int, language: Language) -> None:
        self._least, self._most, self._language = least, most, language

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        with suppress(ValueError):
            # int() refuses absurdly long digits with a ValueError, too.
            if self._least <= int(value) <= self._most:
                return int(value)
        told = say("usage.no_such_count", self._language, value=value, least=self._least, most=self._most)
        raise click.BadParameter(told, ctx, param)


class Day(click.ParamType[date]):
    """A day in ISO 8601, or as Vietnamese letters write it: `27/8/2019`."""

    name = "day"

    def __init__(self, language: Language) -> None:
        self._language = language

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
            with suppress(ValueError):
                return datetime.strptime(value.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        raise click.BadParameter(say("usage.no_such_day", self._language, value=value), ctx, param)


class KindName(click.ParamType[str]):
    """The name of a kind, or one of its abbreviations."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        kind = str(value).strip()
        if kind_named(kind) is None and not kinds_abbreviated(kind):
            raise UsageError("unknown_kind", kind=kind)
        return kind


def argument(
    name: str, metavar: str, language: Language, *, many: bool = True, required: bool = True, file: bool = False
) -> click.Argument:
    """An argument with its name in the program's language, an id of the table `[option_value]`.

    With `file` the shell completes file names; whether the file is there is for the command to find out.
    """
    shown = say(f"option_value.{metavar}", language) + ("..." if many else "")
    return click.Argument(
        [name],
        nargs=-1 if many else 1,
        required=required,
        type=click.Path(allow_dash=True) if file else click.STRING,
        metavar=shown if required else f"[{shown}]",
    )


def filter_options(language: Language) -> list[click.Parameter]:
    """The options that narrow a search or a list."""
    text = say("option_value.text", language)
    classes = [each.value for each in DocumentClass]
    return [
        click.Option(["--kind"], type=KindName(), metavar=text, help=say("option.kind", language)),
        click.Option(["--issuer"], metavar=text, help=say("option.issuer", language)),
        *span_options(language),
        click.Option(
            ["--class", "document_class"],
            type=Word(classes, language),
            metavar=text,
            help=say("option.class", language),
        ),
    ]


def span_options(language: Language) -> list[click.Parameter]:
    """From this day, to that day, both included."""
    day = say("option_value.date", language)
    return [
        click.Option(["--from", "since"], type=Day(language), metavar=day, help=say("option.since", language)),
        click.Option(["--to", "until"], type=Day(language), metavar=day, help=say("option.until", language)),
    ]


def check_span(since: date | None, until: date | None) -> None:
    """Raises UsageError for a span that ends before it begins."""
    if since is not None and until is not None and until < since:
        raise UsageError("empty_span", since=since.isoformat(), until=until.isoformat())


def limit_option(language: Language, default: int | None) -> click.Option:
    return click.Option(
        ["--limit", "-n"],
        type=Count(1, 100_000, language),
        default=default,
        metavar=say("option_value.number", language),
        help=say("option.limit", language) if default is None else say("option.limit_of", language, count=default),
    )
