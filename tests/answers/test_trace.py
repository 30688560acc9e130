"""The citation graph around a document."""

from __future__ import annotations

from typing import Any

from antq_cli.answers.contract import trace_objects
from antq_cli.answers.trace import trace
from antq_cli.model.letter import Relation


def reached(root: Any) -> list[tuple[int, str, str | None, str]]:
    return [(each["depth"], each["direction"], each["relation"], each["number"]) for each in trace_objects(root)]


def test_up_and_down(shelf: Any) -> None:
    """Upwards stand the documents it rests on, downwards those that build on it, cited ones as nodes of their own."""
    plan = shelf.add("1/KH-UBND", "kế hoạch", cites=[shelf.cites("9-CT/TW", kind="chỉ thị")])
    shelf.add("2/UBND-VX", "công văn", cites=[shelf.cites("1/KH-UBND", kind="kế hoạch")])
    shelf.add("3/BC-UBND", "báo cáo", cites=[shelf.cites("2/UBND-VX", Relation.REPLIES_TO, "công văn")])
    root = trace(plan, shelf)
    assert reached(root) == [
        (0, "root", None, "1/KH-UBND"),
        (1, "up", "implements", "9-CT/TW"),
        (1, "down", "implements", "2/UBND-VX"),
        (2, "down", "replies_to", "3/BC-UBND"),
    ]
    objects = list(trace_objects(root))
    assert objects[1]["id"] is None
    assert objects[1]["evidence"][0]["document"] == plan.id
    assert objects[3]["via"] == ["2/UBND-VX"]


def test_direction_and_depth_bound_the_walk(shelf: Any) -> None:
    """Only the direction asked for is walked, and no further than asked."""
    for number in range(2, 6):
        shelf.add(f"{number}/KH-UBND", "kế hoạch", cites=[shelf.cites(f"{number - 1}/KH-UBND", kind="kế hoạch")])
    start = shelf.reference("3/KH-UBND", "kế hoạch")
    assert [each[3] for each in reached(trace(start, shelf, "down", 1))] == ["3/KH-UBND", "4/KH-UBND"]
    assert [each[3] for each in reached(trace(start, shelf, "up"))] == ["3/KH-UBND", "2/KH-UBND", "1/KH-UBND"]


def test_loops_are_shown_once_and_end(shelf: Any) -> None:
    """A document met again is shown as repeated and not followed."""
    shelf.add("1/KH-UBND", "kế hoạch", cites=[shelf.cites("2/KH-UBND", kind="kế hoạch")])
    shelf.add("2/KH-UBND", "kế hoạch", cites=[shelf.cites("1/KH-UBND", kind="kế hoạch")])
    root = trace(shelf.reference("1/KH-UBND"), shelf, depth=9)
    assert root is not None
    assert len(list(root.walk())) <= 5


def test_mentions_are_leaves_beside_the_root(shelf: Any) -> None:
    """A mere mention is shown but nothing is reached through it."""
    shelf.add("2/TB-UBND", "thông báo", cites=[shelf.cites("1/KH-UBND", Relation.MENTIONS, "kế hoạch")])
    shelf.add("3/KH-UBND", "kế hoạch", cites=[shelf.cites("2/TB-UBND", kind="thông báo")])
    numbers = [each[3] for each in reached(trace(shelf.reference("1/KH-UBND", "kế hoạch"), shelf))]
    assert numbers == ["1/KH-UBND", "2/TB-UBND"]


def test_a_number_of_several_documents_has_no_graph(shelf: Any) -> None:
    """What may mean two documents is not traced."""
    shelf.add("28/CT-UBND", "chỉ thị")
    shelf.add("28/CT-BYT", "chỉ thị")
    assert trace(shelf.reference("28", "chỉ thị"), shelf) is None
