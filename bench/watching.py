"""What a program and all it starts cost: wall and CPU seconds, peak memory of its parts. Linux only (reads /proc)."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, and bytes of resident memory at their highest among samples taken ten times a second."""

    wall: float
    cpu: float
    """User and system time of the program and of all its descendants that were waited for."""
    parent: int = 0
    """The program itself."""
    branch: int = 0
    """The largest child of the program, together with what that child started: a worker with its Tesseract."""
    tree: int = 0
    """Everything together; shared pages count in each process that has them."""

    def __add__(self, other: Cost) -> Cost:
        """One after the other."""
        most = (max(self.parent, other.parent), max(self.branch, other.branch), max(self.tree, other.tree))
        return Cost(self.wall + other.wall, self.cpu + other.cpu, *most)


NOTHING = Cost(0.0, 0.0)


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end. Raises RuntimeError when it fails."""
    began = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in command],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    watch = _Watch(process.pid)
    with watch:
        told = process.stderr.read() if process.stderr is not None else b""
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stderr is not None:
        process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {told.decode('utf-8', 'replace')[-800:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, watch.parent, watch.branch, watch.tree)


class _Watch:
    """A thread that looks at a process and its descendants until it is left."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self.parent = self.branch = self.tree = 0

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look_on(self) -> None:
        while not self._stop.wait(_EVERY):
            children = _children()
            own = _resident(self._pid)
            branches = [_sum(child, children) for child in children.get(self._pid, ())]
            self.parent = max(self.parent, own)
            self.branch = max(self.branch, *branches, 0) if branches else self.branch
            self.tree = max(self.tree, own + sum(branches))


def _sum(pid: int, children: Mapping[int, Sequence[int]]) -> int:
    return _resident(pid) + sum(_sum(child, children) for child in children.get(pid, ()))


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has ended meanwhile
        found.setdefault(parent, []).append(int(folder.name))
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
