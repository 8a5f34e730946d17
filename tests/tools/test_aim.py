"""A transition by keys alone: arrows choose, Return makes, Escape leaves no trace."""

from __future__ import annotations

import pytest

from editor.document import edits
from editor.geometry import Point, Rect
from editor.tools.aim import nearest
from editor.tools.base import KeyInput
from editor.tools.connect import ConnectTool
from tests.tools.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench(ConnectTool)


def keys(bench: Bench, *names: str) -> None:
    for name in names:
        assert bench.tool.phase.wants(name), name
        bench.tool.key(KeyInput(key=name))


def test_arrows_choose_the_target_and_return_makes_the_transition(bench: Bench) -> None:
    bench.document.selection.replace([bench.id("b")])
    keys(bench, "Right")
    assert bench.surface.preview is not None
    assert bench.surface.preview[2] == bench.id("done")
    keys(bench, "Left", "Left", "Return")
    [new] = bench.document.selection.ids
    made = bench.document.chart.transitions[new]
    assert (made.source, made.targets) == (bench.id("b"), (bench.id("a"),))
    assert bench.surface.labels == [new]
    assert bench.surface.is_put_back
    assert bench.is_calm()
    assert bench.undo_steps() == 1


def test_escape_leaves_no_trace(bench: Bench) -> None:
    bench.document.selection.replace([bench.id("a")])
    before = bench.contents()
    keys(bench, "Right", "Down")
    assert bench.escape()
    assert bench.contents() == before
    assert bench.is_calm()


def test_several_states_are_connected_to_one(bench: Bench) -> None:
    bench.document.selection.replace([bench.id("a"), bench.id("p.c"), bench.id("done")])
    keys(bench, "Right", "Return")
    chart = bench.document.chart
    assert {chart.transitions[id].source for id in bench.document.selection.ids} == {
        bench.id("a"),
        bench.id("p.c"),
    }
    assert all(chart.transitions[id].targets == (bench.id("b"),) for id in bench.document.selection.ids)


def test_where_no_state_lies_is_told_and_nothing_selected_leaves_the_arrows_alone(bench: Bench) -> None:
    assert not bench.tool.phase.wants("Right")
    bench.document.selection.replace([bench.id("done")])
    assert not bench.tool.phase.wants("Right")
    bench.document.selection.replace([bench.id("a")])
    keys(bench, "Left")
    assert bench.surface.said == ["No state lies on that way."]


@pytest.mark.parametrize(
    ("way", "wanted"),
    [(Point(1, 0), "near"), (Point(-1, 0), None), (Point(0, 1), "below"), (Point(0, -1), None)],
)
def test_the_nearest_on_the_way_is_meant(way: Point, wanted: str | None) -> None:
    others = [
        ("far", Rect(400, 0, 40, 40)), ("near", Rect(200, 20, 40, 40)),
        ("below", Rect(20, 120, 40, 40)), ("nowhere", None),
    ]  # fmt: skip
    assert nearest(Rect(0, 0, 40, 40), others, way) == wanted


def test_a_source_that_goes_while_the_target_is_chosen_is_left_out(bench: Bench) -> None:
    document = bench.document
    document.selection.replace([bench.id("a"), bench.id("b")])
    keys(bench, "Right", "Right")
    document.apply(edits.delete(document.chart, document.diagram, [bench.id("b")]))
    keys(bench, "Return")
    [new] = document.selection.ids
    made = document.chart.transitions[new]
    assert (made.source, made.targets) == (bench.id("a"), (bench.id("done"),))


def test_without_its_first_source_the_choice_is_over(bench: Bench) -> None:
    document = bench.document
    document.selection.replace([bench.id("a")])
    keys(bench, "Right")
    document.apply(edits.delete(document.chart, document.diagram, [bench.id("a")]))
    count = len(document.chart.transitions)
    bench.tool.key(KeyInput(key="Return"))
    assert bench.tool.phase.name == "Waiting"
    assert len(document.chart.transitions) == count
    assert bench.is_calm()
