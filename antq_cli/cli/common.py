"""What every command has: the common options, the settings made of them, JSON lines, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import click

from antq_cli.cli.root import Command
from antq_cli.codec import encode
from antq_cli.messages import LANGUAGES, Language, say
from antq_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Ask:
    """What was asked of a command besides its own arguments."""

    settings: Settings
    as_json: bool
    quiet: bool
    verbose: bool

    @property
    def language(self) -> Language:
        return self.settings.language


def command(
    name: str, language: Language, run: Callable[..., int], parameters: list[click.Parameter], *, jobs: bool = False
) -> Command:
    """A command with the common options; `run(ask, **own)` gives its exit code."""
    common = _common_options(language, jobs=jobs)

    def callback(**values: Any) -> int:
        shared = {key: values.pop(key) for key in [option.name for option in common] if key in values}
        settings = Settings.load(shared.get("archive"), shared.get("lang"), shared.get("jobs"))
        return run(Ask(settings, bool(shared["json"]), bool(shared["quiet"]), bool(shared["verbose"])), **values)

    return Command(
        name=name,
        language=language,
        callback=callback,
        params=[*parameters, *common],
        help=say(f"help.{name}", language),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


def _common_options(language: Language, *, jobs: bool) -> list[click.Option]:
    options = [
        click.Option(
            ["--archive"],
            metavar=say("option_value.directory", language),
            help=say("option.archive", language),
        ),
        click.Option(["--json"], is_flag=True, help=say("option.json", language)),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say("option.lang", language)),
        click.Option(["-q", "--quiet"], is_flag=True, help=say("option.quiet", language)),
        click.Option(["-v", "--verbose"], is_flag=True, help=say("option.verbose", language)),
        click.Option(["--debug"], is_flag=True, expose_value=False, help=say("option.debug", language)),
    ]
    if jobs:
        options.append(
            click.Option(
                ["--jobs", "-j"],
                type=click.IntRange(1, 64),
                metavar=say("option_value.number", language),
                help=say("option.jobs", language),
            )
        )
    return options


def filter_options(language: Language) -> list[click.Parameter]:
    """The options that narrow a search or a list."""
    text, day = say("option_value.text", language), say("option_value.date", language)
    return [
        click.Option(["--kind"], metavar=text, help=say("option.kind", language)),
        click.Option(["--issuer"], metavar=text, help=say("option.issuer", language)),
        click.Option(["--from", "since"], type=Day(), metavar=day, help=say("option.since", language)),
        click.Option(["--to", "until"], type=Day(), metavar=day, help=say("option.until", language)),
        click.Option(["--class", "document_class"], metavar=text, help=say("option.class", language)),
    ]


def limit_option(language: Language, default: int | None) -> click.Option:
    return click.Option(
        ["--limit", "-n"],
        type=click.IntRange(1, 100_000),
        default=default,
        metavar=say("option_value.number", language),
        help=say("option.limit", language),
    )


class Day(click.ParamType[date]):
    """A day in ISO 8601, or as Vietnamese letters write it: `27/8/2019`."""

    name = "day"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
            with suppress(ValueError):
                return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day has no zone
        raise click.BadParameter(f"{value!r}.", context, parameter)


def print_object(value: Mapping[str, Any]) -> None:
    """One JSON line on stdout, at once: a program that reads the pipe need not wait for the last."""
    sys.stdout.write(encode(value).decode("utf-8") + "\n")
    sys.stdout.flush()


def notice(ask: Ask, sentence: str) -> None:
    """A line on stderr for a person; silent with `-q`."""
    if not ask.quiet:
        from antq_cli.render.console import err
        from antq_cli.render.safe import safe

        err().print(safe(sentence, lines=True), style="dim")


class Bar:
    """A progress bar on a terminal's stderr; nothing anywhere else."""

    def __init__(self, advance: Callable[[int, int | None], None]) -> None:
        self._advance = advance

    def at(self, done: int, total: int | None) -> None:
        self._advance(done, total)


@contextmanager
def progress_bar(ask: Ask, label: str) -> Iterator[Bar]:
    """A bar with an estimate of the time left, only on a terminal and not with `-q`."""
    if ask.quiet or not sys.stderr.isatty():
        yield Bar(lambda done, total: None)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from antq_cli.render.console import err

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as shown:
        task = shown.add_task(label, total=None)
        yield Bar(lambda done, total: shown.update(task, completed=done, total=total))


SeverityWord = Literal["error", "warning", "info", "never"]
