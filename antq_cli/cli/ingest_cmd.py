"""`antq ingest PATH...`"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import click

from antq_cli.cli.common import Ask, command, notice, print_object, progress_bar
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode, ToolMissing
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    return command(
        "ingest",
        language,
        _run,
        [
            click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path)),
            click.Option(["--allow-secret"], is_flag=True, help=say("option.allow_secret", language)),
        ],
        jobs=True,
    )


def _run(ask: Ask, paths: tuple[Path, ...], allow_secret: bool) -> int:
    from antq_cli.pipeline.ingest import Ingested, ingest
    from antq_cli.reading.reader import Progress
    from antq_cli.render.objects import ingest_object
    from antq_cli.render.views import show_ingested

    started = time.monotonic()
    outcomes: list[Ingested] = []
    with progress_bar(ask, say("ingest.progress", ask.language)) as bar:

        def moved(step: Progress) -> None:
            bar.at(step.files_done, step.files_total)

        for outcome in ingest(paths, ask.settings, moved, allow_secret=allow_secret):
            outcomes.append(outcome)
            if ask.as_json:
                print_object(ingest_object(outcome))
            elif outcome.is_failure or (not ask.quiet and (outcome.error is None or ask.verbose)):
                show_ingested(outcome, ask.language)
            if outcome.is_failure and ask.as_json and outcome.error is not None:
                told = say(outcome.error.message_id, ask.language, **outcome.error.values)
                notice(ask, f"{outcome.path}: [{outcome.error.reason}] {told}")
    _summary(ask, outcomes, time.monotonic() - started)
    return _exit_code(outcomes)


def _summary(ask: Ask, outcomes: list, seconds: float) -> None:  # type: ignore[type-arg]
    if not outcomes:
        notice(ask, say("ingest.nothing", ask.language))
        return
    count = Counter(outcome.result.value for outcome in outcomes)
    fresh = [outcome.record for outcome in outcomes if outcome.record and outcome.result.value == "accepted"]
    notice(
        ask,
        say(
            "ingest.summary",
            ask.language,
            files=len(outcomes),
            seconds=f"{seconds:.1f}",
            accepted=count["accepted"],
            duplicate=count["duplicate"],
            failed=sum(outcome.is_failure for outcome in outcomes),
            pages=sum(record.pages for record in fresh),
            ocr_pages=sum(record.ocr_pages for record in fresh),
        ),
    )


    foreign = sum(outcome.error is not None and not outcome.is_failure for outcome in outcomes)
    if foreign:
        notice(ask, say("ingest.foreign", ask.language, count=foreign))


def _exit_code(outcomes: list) -> ExitCode:  # type: ignore[type-arg]
    failures = [outcome for outcome in outcomes if outcome.is_failure]
    if not failures:
        return ExitCode.OK if outcomes else ExitCode.INPUT
    if any(outcome.error is None for outcome in outcomes):
        return ExitCode.PARTIAL
    if any(isinstance(failure.error, ToolMissing) for failure in failures):
        return ExitCode.TOOL
    return ExitCode.INPUT
