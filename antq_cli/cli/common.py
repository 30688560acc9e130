"""A command with the options that every command has, and the settings made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from antq_cli.cli.options import Count, Word
from antq_cli.cli.output import Ask, remark
from antq_cli.cli.root import Command
from antq_cli.errors import UsageError
from antq_cli.messages import LANGUAGES, Language, say
from antq_cli.settings import Settings


def command(
    name: str,
    language: Language,
    run: Callable[..., int],
    parameters: list[click.Parameter],
    *,
    jobs: bool = False,
    archive: bool = True,
) -> Command:
    """A command with the common options; `run(ask, **own)` gives its exit code."""
    common = _common_options(language, jobs=jobs)

    def callback(**values: Any) -> int:
        shared = {key: values.pop(key) for key in [option.name for option in common] if key in values}
        if shared["archive"] == "":
            raise UsageError("empty_archive")
        settings = Settings.load(shared["archive"], language, shared.get("jobs"))
        ask = Ask(settings, bool(shared["json"]), bool(shared["quiet"]), bool(shared["verbose"]))
        if archive:
            remark(ask, say("common.archive", language, path=settings.archive.absolute()))
        return run(ask, **values)

    return Command(
        name=name,
        language=language,
        callback=callback,
        params=[*parameters, *common],
        help=say(f"help.{name}", language),
        epilog=_epilog(name, language),
    )


def _epilog(name: str, language: Language) -> str:
    return "\b\n" + say(f"help_more.{name}", language)


def _common_options(language: Language, *, jobs: bool) -> list[click.Option]:
    options = [
        click.Option(
            ["--archive"],
            metavar=say("option_value.directory", language),
            help=say("option.archive", language),
        ),
        click.Option(["--json"], is_flag=True, help=say("option.json", language)),
        click.Option(["--lang"], type=Word(LANGUAGES, language), help=say("option.lang", language)),
        click.Option(["-q", "--quiet"], is_flag=True, help=say("option.quiet", language)),
        click.Option(["-v", "--verbose"], is_flag=True, help=say("option.verbose", language)),
        click.Option(["--debug"], is_flag=True, expose_value=False, help=say("option.debug", language)),
    ]
    if jobs:
        options.append(
            click.Option(
                ["--jobs", "-j"],
                type=Count(1, 64, language),
                metavar=say("option_value.number", language),
                help=say("option.jobs", language),
            )
        )
    return options
