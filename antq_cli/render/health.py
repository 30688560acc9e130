"""The state of the machine and of the archive for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from antq_cli.archive.records import Problem
from antq_cli.messages import Language, message_ids, say
from antq_cli.reading.probe import Probe
from antq_cli.render.console import show_line
from antq_cli.render.safe import safe
from antq_cli.render.tables import Cell, Column, show_table


def show_probes(probes: Sequence[Probe], told: Mapping[str, str], language: Language) -> None:
    """One line for each thing looked for. `told` is what to say of some of them, by name."""
    rows: list[list[Cell]] = [
        [
            Text(
                say("doctor.ok" if probe.ok else "doctor.missing", language), style="green" if probe.ok else "bold red"
            ),
            Text(probe_name(probe.name, language), style="bold"),
            safe(told.get(probe.name) or _detail(probe, language)),
        ]
        for probe in probes
    ]
    show_table([Column(""), Column(""), Column("")], rows)


def probe_name(name: str, language: Language) -> str:
    """A probe's name in words: `tesseract:vie` is the Vietnamese of Tesseract; names of libraries stay."""
    wanted = "doctor_name." + name.replace(":", "_")
    return say(wanted, language) if wanted in message_ids(language) else safe(name)


def _detail(probe: Probe, language: Language) -> str:
    wanted = f"doctor_state.{probe.detail}"
    detail = say(wanted, language) if wanted in message_ids(language) else probe.detail
    return " ".join(filter(None, (probe.version, detail)))


def show_problem(problem: Problem, language: Language) -> None:
    """What is not as it was written, and what to do about it."""
    line = Text(safe(problem.path), style="bold red")
    if problem.seq is not None:
        line.append(" " + say("show.archived_as", language, seq=problem.seq), style="not bold default")
    line.append("  " + say(f"problem.{problem.kind}", language), style="not bold default")
    show_line(line)
