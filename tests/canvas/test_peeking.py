from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from editor.canvas import motion
from editor.canvas.camera import Camera
from editor.canvas.peeking import GLIDE, Peek, between
from editor.canvas.view import ChartView
from editor.document.settings import Settings
from editor.document.undo import Edit
from editor.geometry import Point
from editor.model.changes import BoxChange
from editor.session import Session
from tests import charts
from tests.clock import Clock

FAR = """
initial: near
states:
  near: {on: {GO: far}}
  far: {initial: inner, states: {inner: {}}}
"""


@pytest.fixture(params=[True, False], ids=["moving", "still"])
def is_moving(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(motion, "is_reduced", lambda: False)
    return bool(request.param)


@pytest.fixture
def view(is_moving: bool, qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(FAR), Settings(animation="on" if is_moving else "off")))
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.look(Camera(1.0, -5000, -5000))
    return made


def id_of(view: ChartView, path: str) -> str:
    return charts.id_of(view.session.document.chart, path)


def arrive(peek: Peek, clock: Clock) -> None:
    clock.now += GLIDE
    peek.advance()


def is_in_sight(view: ChartView, id: str) -> bool:
    rect = view.rect_of(id)
    assert rect is not None
    return view.viewport().rect().contains(view.rect_to_view(rect))


def test_a_look_brings_into_sight_and_goes_back(view: ChartView, clock: Clock) -> None:
    peek, home, id = Peek(view, clock), view.camera, id_of(view, "near")
    peek.show([id])
    arrive(peek, clock)
    assert is_in_sight(view, id)
    assert view.overlay.lit == {id}
    assert view.session.selection.ids == ()
    peek.end(stay=False)
    arrive(peek, clock)
    assert view.camera == home
    assert view.overlay.lit == frozenset()


def test_who_stays_is_where_the_look_led(view: ChartView, clock: Clock) -> None:
    peek, id = Peek(view, clock), id_of(view, "far.inner")
    peek.show([id])
    peek.end(stay=True)
    arrive(peek, clock)
    assert is_in_sight(view, id)
    assert view.overlay.lit == frozenset()


def test_what_can_be_seen_moves_nothing(view: ChartView, clock: Clock) -> None:
    view.fit()
    peek, home = Peek(view, clock), view.camera
    peek.show([id_of(view, "near")])
    arrive(peek, clock)
    assert view.camera == home


def test_what_is_covered_cannot_be_seen(view: ChartView, clock: Clock) -> None:
    id = id_of(view, "near")
    rect = view.rect_of(id)
    assert rect is not None
    view.look(Camera(1.0, round(100 - rect.x), round(20 - rect.y)))
    peek = Peek(view, clock)
    peek.show([id], covered=120)
    arrive(peek, clock)
    assert view.rect_to_view(view.rect_of(id) or rect).top() >= 120


def test_from_far_away_the_camera_comes_near_enough_to_read(view: ChartView, clock: Clock) -> None:
    view.set_zoom(0.05)
    peek = Peek(view, clock)
    peek.show([id_of(view, "near")])
    arrive(peek, clock)
    assert view.zoom == 1.0


def test_in_a_collapsed_state_that_one_lights_up(view: ChartView, clock: Clock) -> None:
    opened, far = view.session.document, id_of(view, "far")
    box = opened.diagram.boxes[far]
    opened.apply(Edit("Collapse", (BoxChange(far, box, replace(box, collapsed=True)),)))
    peek = Peek(view, clock)
    peek.show([id_of(view, "far.inner")])
    assert view.overlay.lit == {far}


def test_a_way_takes_time_and_another_hand_ends_it(view: ChartView, clock: Clock, is_moving: bool) -> None:
    peek, home = Peek(view, clock), view.camera
    peek.show([id_of(view, "near")])
    if not is_moving:
        assert view.camera != home
        return
    assert view.camera == home
    clock.now = GLIDE / 2
    peek.advance()
    assert view.camera != home
    view.pan(7, 0)
    there = view.camera
    arrive(peek, clock)
    assert view.camera == there


_CAMERAS = st.builds(Camera, st.floats(0.02, 8), st.integers(-(10**4), 10**4), st.integers(-(10**4), 10**4))


@given(_CAMERAS, _CAMERAS, st.floats(0, 1))
def test_on_the_way_the_zoom_lies_between_both_ends(start: Camera, goal: Camera, share: float) -> None:
    middle = Point(300, 200)
    assert between(start, goal, 0, middle) == start
    assert between(start, goal, 1, middle) == goal
    zoom = between(start, goal, share, middle).zoom
    assert min(start.zoom, goal.zoom) * 0.999 <= zoom <= max(start.zoom, goal.zoom) * 1.001
