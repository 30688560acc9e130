"""Taking files in: order, progress, and what an interruption leaves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from antq_cli.archive.archive import Archive
from antq_cli.pipeline.checking import check_files
from antq_cli.pipeline.documents import find_shown
from antq_cli.pipeline.ingest import Ingested, Result, ingest
from antq_cli.pipeline.obligations import find_due
from antq_cli.reading.reader import Progress
from antq_cli.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(archive=tmp_path / "kho", jobs=1)


def _files(folder: Path, names: str) -> list[Path]:
    paths = [folder / f"{name}.txt" for name in names]
    for path in paths:
        path.write_text(f"Giấy mời số {path.stem}", "utf-8")
    return paths


def test_results_come_in_the_order_of_the_files(settings: Settings, tmp_path: Path) -> None:
    """Known files, new ones and missing ones mixed: one result each, where it belongs."""
    first = _files(tmp_path, "bdf")
    assert [each.result for each in ingest(first, settings)] == [Result.ACCEPTED] * 3
    mixed = _files(tmp_path, "abcdef")
    mixed.insert(3, tmp_path / "gone.txt")
    outcomes = list(ingest(mixed, settings))
    assert [each.path for each in outcomes] == mixed
    assert [each.result.value[0] for each in outcomes] == list("adaqdad")


def test_the_same_bytes_twice_in_one_run_are_one_document(settings: Settings, tmp_path: Path) -> None:
    """The second is a duplicate of the first."""
    one, two = _files(tmp_path, "ab")
    two.write_bytes(one.read_bytes())
    assert [each.result for each in ingest([one, two], settings)] == [Result.ACCEPTED, Result.DUPLICATE]


def test_progress_counts_every_file(settings: Settings, tmp_path: Path) -> None:
    """Also those that are not read; the last step says that all are done."""
    steps: list[Progress] = []
    list(ingest(_files(tmp_path, "ab"), settings))
    list(ingest([*_files(tmp_path, "abc"), tmp_path / "gone.txt"], settings, steps.append))
    assert (steps[-1].files_done, steps[-1].files_total) == (4, 4)
    done = [step.files_done for step in steps]
    assert done == sorted(done)


def test_what_was_yielded_is_kept(settings: Settings, tmp_path: Path) -> None:
    """A run that is dropped in the middle loses nothing it told of, and the next one goes on."""
    files = _files(tmp_path, "abcdef")
    run = ingest(files, settings)
    told: list[Ingested] = [next(run), next(run)]
    run.close()  # type: ignore[attr-defined]
    with Archive.open(settings.archive) as archive:
        kept = archive.count()
        assert all(archive.find_by_id(each.record.id) for each in told if each.record)
    results = [each.result for each in ingest(files, settings)]
    assert results == [Result.DUPLICATE] * kept + [Result.ACCEPTED] * (6 - kept)


def test_flags_tell_of_what_could_not_be_seen(settings: Settings, tmp_path: Path) -> None:
    """A file without a word in it is taken, and said to be so."""
    blank = tmp_path / "blank.txt"
    blank.write_text(" \n \n", "utf-8")
    (outcome,) = ingest([blank], settings)
    assert (outcome.result, outcome.flags) in (
        (Result.ACCEPTED, ("no_text",)),
        (Result.QUARANTINED, ()),
    )
    assert outcome.unread_pages == ()


def test_checks_need_no_archive(tmp_path: Path) -> None:
    """A file is read and judged where there is none, and none is made."""
    (path,) = _files(tmp_path, "a")
    settings = Settings(archive=tmp_path / "none", jobs=1)
    (checked,) = check_files([str(path)], settings, today=date(2026, 1, 1))
    assert checked.report is not None
    assert find_shown(str(path), settings)[0].record is None
    assert not settings.archive.exists()


def test_nothing_is_due_in_an_archive_without_obligations(settings: Settings, tmp_path: Path) -> None:
    """An empty list, no error."""
    list(ingest(_files(tmp_path, "a"), settings))
    with Archive.open(settings.archive) as archive:
        assert find_due(archive) == ()
