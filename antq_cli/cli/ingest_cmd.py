"""`antq ingest PATH...`"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from antq_cli.cli.common import command
from antq_cli.cli.options import argument
from antq_cli.cli.output import Ask, failure, notice, print_object, progress_bar
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode, ToolMissing
from antq_cli.messages import Language, say

if TYPE_CHECKING:
    from antq_cli.pipeline.ingest import Ingested


def build(language: Language) -> Command:
    return command(
        "ingest",
        language,
        _run,
        [
            argument("paths", "paths", language, file=True),
            click.Option(["--allow-secret"], is_flag=True, help=say("option.allow_secret", language)),
        ],
        jobs=True,
    )


class _Tally:
    """What became of the files so far, without holding them: a run may be long."""

    def __init__(self) -> None:
        self.results: Counter[str] = Counter()
        self.pages = 0
        self.ocr_pages = 0
        self.failed = 0
        self.foreign = 0
        self.lacks_tool = False

    def add(self, outcome: Ingested) -> None:
        self.results[outcome.result.value] += 1
        self.failed += outcome.is_failure
        self.foreign += outcome.error is not None and not outcome.is_failure
        self.lacks_tool |= isinstance(outcome.error, ToolMissing)
        if outcome.record is not None and outcome.result.value == "accepted":
            self.pages += outcome.record.pages
            self.ocr_pages += outcome.record.ocr_pages

    @property
    def exit_code(self) -> ExitCode:
        archived = self.results["accepted"] + self.results["duplicate"]
        if not self.failed and (archived or self.foreign):
            return ExitCode.OK
        if archived:
            return ExitCode.PARTIAL
        return ExitCode.TOOL if self.lacks_tool else ExitCode.INPUT


def _run(ask: Ask, paths: Sequence[str], allow_secret: bool) -> int:
    from antq_cli.pipeline.ingest import ingest
    from antq_cli.reading.reader import Progress
    from antq_cli.render.documents import show_ingested
    from antq_cli.render.objects import ingest_object

    started = time.monotonic()
    tally = _Tally()
    with progress_bar(ask, say("ingest.progress", ask.language)) as bar:

        def moved(step: Progress) -> None:
            bar(step.files_done, step.files_total)

        for outcome in ingest([Path(path) for path in paths], ask.settings, moved, allow_secret=allow_secret):
            tally.add(outcome)
            if ask.as_json:
                print_object(ingest_object(outcome))
            elif not ask.quiet:
                show_ingested(outcome, ask.language, verbose=ask.verbose)
            if outcome.error is not None and (outcome.is_failure or ask.verbose):
                failure(ask, outcome.path, outcome.error)
    _summary(ask, tally, time.monotonic() - started)
    return tally.exit_code


def _summary(ask: Ask, tally: _Tally, seconds: float) -> None:
    count = tally.results
    if not count:
        notice(ask, say("ingest.nothing", ask.language))
        return
    told = say(
        "ingest.summary",
        ask.language,
        files=count.total(),
        seconds=f"{seconds:.1f}",
        accepted=count["accepted"],
        duplicate=count["duplicate"],
        failed=tally.failed,
        pages=tally.pages,
        ocr_pages=tally.ocr_pages,
    )
    notice(ask, told)
    if tally.foreign:
        notice(ask, say("ingest.foreign", ask.language, count=tally.foreign))
    if tally.lacks_tool:
        notice(ask, say("failure_advice.tools", ask.language), style="yellow")
    elif count["quarantined"]:
        notice(ask, say("ingest.see_quarantined", ask.language))
