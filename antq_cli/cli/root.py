"""The command group: names and help without loading a single command, so `antq --help` answers at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from antq_cli import __version__
from antq_cli.cli.options import Word
from antq_cli.errors import UsageError
from antq_cli.messages import LANGUAGES, Language, say

COMMANDS = (
    "ingest",
    "search",
    "check",
    "ask",
    "show",
    "trace",
    "list",
    "due",
    "export",
    "verify",
    "reindex",
    "rules",
    "doctor",
)
"""In the order of a clerk's day. Each is a module `antq_cli.cli.<name>_cmd` with `build(language)`."""


def chosen_language(arguments: Sequence[str]) -> Language:
    """The language of help and messages, known before the arguments are parsed."""
    wanted = os.environ.get("ANTQ_LANG", "")
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            wanted = arguments[position + 1]
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
    return next((language for language in LANGUAGES if language == wanted), "vi")


def build(language: Language) -> click.Group:
    """The program's commands, worded in this language."""
    group = _Commands(
        name="antq",
        language=language,
        help=say("help.antq", language),
        epilog="\b\n" + say("help.examples", language),
        context_settings=_CONTEXT,
        options_metavar=say("usage.options_metavar", language),
        subcommand_metavar=say("usage.command_metavar", language),
        params=[
            click.Option(
                ["--lang"], type=Word(LANGUAGES, language), help=say("option.lang", language), expose_value=False
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_print_version,
                help=say("option.version", language),
            ),
        ],
    )
    group.context_class = _Context
    return group


_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _print_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"antq {__version__}")
        context.exit()


class Formatter(click.HelpFormatter):
    """Help with its headings in the program's language."""

    language: Language = "vi"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, say("usage.heading", self.language))

    def write_heading(self, heading: str) -> None:
        names = {"Options": "usage.options", "Commands": "usage.commands"}
        super().write_heading(say(names[heading], self.language) if heading in names else heading)


class _VietnameseFormatter(Formatter):
    language: Language = "vi"


class _EnglishFormatter(Formatter):
    language: Language = "en"


_FORMATTERS: dict[Language, type[Formatter]] = {"vi": _VietnameseFormatter, "en": _EnglishFormatter}


class _Context(click.Context):
    """A context whose help is worded by the command's language."""

    def make_formatter(self) -> click.HelpFormatter:
        language: Language = getattr(self.find_root().command, "language", "vi")
        return _FORMATTERS[language](width=self.terminal_width, max_width=self.max_content_width)


class Interrupted(Exception):
    """The person stopped the command."""


class ReaderGone(Exception):
    """Whoever read the results has closed the pipe."""


class Command(click.Command):
    """A command whose help is worded by the root's language."""

    context_class = _Context

    def __init__(self, *, language: Language, **settings: Any) -> None:
        super().__init__(
            context_settings={**_CONTEXT, "allow_extra_args": True},
            options_metavar=say("usage.options_metavar", language),
            **settings,
        )
        self.language = language

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise UsageError("extra_argument", name=str(left[0]), command=ctx.command_path)
        return left

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Being stopped and a reader that left are kept from click, which has ways of its own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Interrupted from error
        except BrokenPipeError as error:
            raise ReaderGone from error

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What must be given stands first: it is what people look for."""
        first, *others = super().collect_usage_pieces(ctx)
        return [*others, first]

    def get_help_option(self, context: click.Context) -> click.Option | None:
        option = super().get_help_option(context)
        if option is not None:
            option.help = say("option.help", self.language)
        return option


class _Commands(click.Group):
    def __init__(self, *, language: Language, **settings: Any) -> None:
        super().__init__(**settings)
        self.language = language

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = import_module(f"antq_cli.cli.{name}_cmd").build(self.language)
        assert isinstance(command, click.Command)  # noqa: S101 - the modules are ours
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        named = bool(arguments) and not arguments[0].startswith("-")
        if named and arguments[0] not in COMMANDS and not context.resilient_parsing:
            near = get_close_matches(arguments[0], COMMANDS, n=1)
            if near:
                raise UsageError("no_such_command_but", name=arguments[0], near=near[0])
            raise UsageError("no_such_command", name=arguments[0])
        return super().resolve_command(context, arguments)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, say(f"help.{name}", self.language)) for name in COMMANDS])

    def get_help_option(self, context: click.Context) -> click.Option | None:
        option = super().get_help_option(context)
        if option is not None:
            option.help = say("option.help", self.language)
        return option
