"""A picture with collapsed states follows edits: what it shows is what a new one shows, and little is routed for it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from editor.canvas import picture_lines as picture_module
from editor.canvas.picture import Picture
from editor.canvas.view import ChartView
from editor.document import aligning, edits
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model.changes import AnyChange, BoxChange, StateChange, TransitionChange, apply_to_diagram
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import In, State, StateKind
from editor.session import Session
from tests.canvas.samples import random_edit, shop
from tests.canvas.test_inside import crossing, look
from tests.commands.desk import session_on
from tests.journeys.promises import differing
from tests.layout.samples import field

MEASURE = TableMeasure()
TOPS = (None, "work", "both", "left")
WALKS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def drawn(picture: Picture) -> object:
    return (
        look(picture),
        picture.merged,
        picture.cut,
        dict(picture.chart.states),
        dict(picture.chart.transitions),
    )


def fold(chart: Chart, diagram: Diagram, rng: random.Random) -> list[AnyChange]:
    """A composite or region is collapsed or opened."""
    holders = [id for id in sorted(diagram.boxes) if chart.has_children(id)]
    if not holders:
        return []
    box = diagram.boxes[rng.choice(holders)]
    return [BoxChange(box.id, box, replace(box, collapsed=not box.collapsed))]


def put_in(chart: Chart, diagram: Diagram, rng: random.Random) -> list[AnyChange]:
    """A state comes into any other, collapsed ones too, with a guard that asks for it elsewhere."""
    holders = [
        id for id, state in sorted(chart.states.items()) if state.kind is StateKind.NORMAL and id != "root"
    ]
    if not holders:
        return []
    id = chart.fresh_id("n")
    new = State(id=id, parent=rng.choice(holders), key=id, order=50)
    found: list[AnyChange] = [StateChange(id, None, new)]
    plain = [
        each for each in sorted(chart.transitions.values(), key=lambda one: one.id) if not each.is_pseudo
    ]
    if plain:
        line = rng.choice(plain)
        found.append(TransitionChange(line.id, line, replace(line, guard=In(state=id))))
    return found


def rename(chart: Chart, diagram: Diagram, rng: random.Random) -> list[AnyChange]:
    state = chart.states[rng.choice([id for id in sorted(chart.states) if id != "root"])]
    return [StateChange(state.id, state, replace(state, key=f"{state.key}x"))]


def edit(chart: Chart, diagram: Diagram, rng: random.Random) -> tuple[AnyChange, ...]:
    deed = rng.choice((fold, fold, put_in, rename, random_edit, random_edit, random_edit, random_edit))
    found = tuple(deed(chart, diagram, rng))
    asked = {line.guard.state for line in chart.transitions.values() if isinstance(line.guard, In)}
    is_whole = not any(
        isinstance(each, StateChange) and each.new is None and each.id in asked for each in found
    )
    return found if is_whole else ()


@WALKS
@given(
    st.integers(0, 100_000),
    st.integers(1, 12),
    st.sampled_from([0, 150]),
    st.sampled_from(TOPS),
    st.booleans(),
)
def test_following_edits_leads_to_the_picture_of_a_fresh_start(
    monkeypatch: pytest.MonkeyPatch, seed: int, length: int, careful: int, top: str | None, is_hasty: bool
) -> None:
    monkeypatch.setattr(picture_module, "CAREFUL", careful)
    monkeypatch.setattr(picture_module, "HASTY", 0 if is_hasty else 12)
    rng = random.Random(seed)
    chart, diagram = shop()
    crossing(rng, chart, diagram, has_bends=careful > 0)
    for change in fold(chart, diagram, rng):
        apply_to_diagram(diagram, (change,))
    picture = Picture(chart, diagram, MEASURE, top)
    for _ in range(length):
        changes = edit(chart, diagram, rng)
        chart.apply(changes)
        apply_to_diagram(diagram, changes)
        picture.show(changes, is_hasty=is_hasty and rng.random() < 0.7)
        if not is_hasty:
            assert drawn(picture) == drawn(Picture(chart, diagram, MEASURE, top))
    picture.settle()
    assert drawn(picture) == drawn(Picture(chart, diagram, MEASURE, top))
    picture.show_alone(None)
    assert drawn(picture) == drawn(Picture(chart, diagram, MEASURE))


MACHINE = """\
initial: a
states:
  a: {on: {GO: b, IN: c.d, ASK: {target: b, guard: {in: c.d.e}}}}
  b: {on: {BACK: a}}
  c:
    initial: d
    on: {OUT: b}
    states:
      d: {initial: e, states: {e: {on: {NEXT: f}}, f: {on: {UP: '#a', OVER: '#b'}}}}
      g: {on: {G1: '#a', G2: '#a', G3: '#a'}}
  p: {type: parallel, states: {l: {initial: x, states: {x: {on: {X: y}}, y: {}}}, r: {}}}
"""


def at_rest(view: ChartView) -> QImage:
    """What is seen once nothing is on its way any more."""
    view.settling.finish()
    view.grab()
    view._on_rest()
    view.settling.finish()
    return view.grab().toImage()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.integers(1, 6))
def test_what_is_painted_after_edits_is_what_a_new_view_paints(
    qtbot: QtBot, tmp_path: Path, seed: int, length: int
) -> None:
    rng = random.Random(seed)
    session = session_on(tmp_path, MACHINE)
    document = session.document
    ids = [id for id in document.chart.states if id != document.chart.root_id]
    holders = [id for id in ids if document.chart.has_children(id)]
    view = ChartView(session)
    view.resize(900, 700)
    view.grab()
    for _ in range(length):
        chart, diagram = document.chart, document.diagram
        id = rng.choice(ids)
        kind = rng.choice(("fold", "fold", "rename", "move", "add", "connect"))
        if kind == "fold":
            folded = diagram.boxes[rng.choice(holders)]
            document.apply(aligning.fold(chart, diagram, [folded.id], is_folded=not folded.collapsed))
        elif kind == "rename":
            document.apply(edits.rename(chart, id, chart.states[id].key + "x"))
        elif kind == "move":
            document.apply(edits.move(chart, diagram, {id: diagram.boxes[id]}, rng.randrange(-60, 60), 24))
        elif kind == "add" and chart.states[id].kind is StateKind.NORMAL:
            document.apply(edits.add_state(chart, diagram, id, Point(20, 60), measure=MEASURE)[0])
        elif kind == "connect":
            document.apply(edits.connect(chart, diagram, id, (rng.choice(ids),))[0])
        shown = at_rest(view)
        other = ChartView(Session(document))
        other.resize(view.size())
        other.grab()  # it fits what it shows when it is first seen
        other.look(view.camera)
        there = at_rest(other)
        other.deleteLater()
        assert differing(shown, there) is None


def counted(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The transitions that are routed from now on, call by call."""
    found: list[set[str]] = []
    real = picture_module.routing

    def note(chart: Chart, diagram: Diagram, ids: set[str], *rest: object, **named: object) -> object:
        found.append(set(ids))
        return real(chart, diagram, ids, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(picture_module, "routing", note)
    return found


@pytest.mark.parametrize("is_folded", [False, True])
def test_an_edit_routes_what_it_touches_with_collapsed_states_as_without(
    monkeypatch: pytest.MonkeyPatch, is_folded: bool
) -> None:
    monkeypatch.setattr(picture_module, "CAREFUL", 0)
    chart, diagram = field(8, 8, seed=2)
    far = sorted(diagram.boxes)[-1]
    inner = State(id="inner", parent=far, key="inner")
    chart.apply((StateChange("inner", None, inner),))
    diagram.put_box("inner", replace(diagram.boxes[far], id="inner", x=8, y=40))
    diagram.put_box(far, replace(diagram.boxes[far], collapsed=is_folded))
    picture = Picture(chart, diagram, MEASURE)
    assert picture.states[far].is_collapsed is is_folded
    routed = counted(monkeypatch)
    box = diagram.boxes["s1"]
    moved = replace(box, x=box.x + 8)
    diagram.put_box(box.id, moved)
    picture.show((BoxChange(box.id, box, moved),))
    assert len(chart.transitions) > 60
    assert 0 < len(set().union(*routed)) < len(chart.transitions) / 2


def test_opening_one_of_two_and_then_the_other_routes_no_more_than_they_touch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chart, diagram = shop()
    monkeypatch.setattr(picture_module, "CAREFUL", 0)
    for id in ("left", "work"):
        diagram.put_box(id, replace(diagram.boxes[id], collapsed=True))
    picture = Picture(chart, diagram, MEASURE)
    routed = counted(monkeypatch)
    for id in ("left", "work"):
        box = diagram.boxes[id]
        opened = replace(box, collapsed=False)
        diagram.put_box(id, opened)
        picture.show((BoxChange(id, box, opened),))
        assert drawn(picture) == drawn(Picture(chart, diagram, MEASURE))
    assert picture.chart is chart
    assert "ab" not in routed[0]


def test_collapsing_the_first_routes_no_more_than_it_touches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_module, "CAREFUL", 0)
    chart, diagram = field(8, 8, seed=2)
    chart.apply((StateChange("inner", None, State(id="inner", parent="s64", key="inner")),))
    diagram.put_box("inner", replace(diagram.boxes["s64"], id="inner", x=8, y=40))
    picture = Picture(chart, diagram, MEASURE)
    routed = counted(monkeypatch)
    box = diagram.boxes["s64"]
    folded = replace(box, collapsed=True)
    diagram.put_box("s64", folded)
    picture.show((BoxChange("s64", box, folded),))
    assert picture.states["s64"].is_collapsed
    assert 0 < len(set().union(*routed)) < len(chart.transitions) / 2
    assert drawn(picture) == drawn(Picture(chart, diagram, MEASURE))
