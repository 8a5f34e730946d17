"""What layouts keep of states is seen where one of them is selected, with a word that says what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from editor.canvas import kept
from editor.canvas.camera import Camera
from editor.canvas.view import ChartView
from editor.document import constraining
from editor.document.settings import Settings
from editor.engine.simulator import Simulator
from editor.geometry import Point, Rect
from editor.model.diagram import ConstraintKind
from tests import charts
from tests.canvas.shown import looked_at

TEXT = """
initial: a
states:
  a: {on: {GO: b}}
  b: {}
  c: {}
"""
NUMBERS = st.integers(-500, 500).map(float)


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    still = Settings(animation="off")
    return looked_at(charts.document(TEXT), qtbot, Camera(1.0, 60, 60), settings=still, width=900)


def ids(view: ChartView, *paths: str) -> list[str]:
    return [charts.id_of(view.session.document.chart, path) for path in paths]


def keep(view: ChartView, kind: ConstraintKind, *paths: str) -> None:
    document = view.session.document
    document.apply(constraining.add(document.chart, document.diagram, kind, ids(view, *paths)))


def grabbed(view: ChartView, *selected: str) -> QImage:
    view.session.selection.replace(ids(view, *selected))
    return view.viewport().grab().toImage()


@pytest.mark.parametrize("kind", ConstraintKind)
def test_what_is_kept_of_a_selected_state_is_seen(kind: ConstraintKind, view: ChartView) -> None:
    bare = {path: grabbed(view, path) for path in ("a", "c")}
    keep(view, kind, "a", "b")
    assert grabbed(view, "a") != bare["a"]
    assert grabbed(view, "c") == bare["c"]
    view.session.document.undo()
    assert grabbed(view, "a") == bare["a"]


def test_each_kind_looks_otherwise(view: ChartView) -> None:
    found: list[QImage] = []
    for kind in ConstraintKind:
        keep(view, kind, "a", "b")
        found.append(grabbed(view, "a"))
        view.session.document.undo()
    assert all(one != other for at, one in enumerate(found) for other in found[:at])


@pytest.mark.parametrize("kind", [ConstraintKind.ROW, ConstraintKind.COLUMN, ConstraintKind.LEFT])
@pytest.mark.parametrize("zoom", [0.7, 1.0, 1.6])
def test_its_word_is_not_struck_through_by_what_is_selected(
    kind: ConstraintKind, zoom: float, view: ChartView
) -> None:
    view.look(Camera(zoom, 60, 60))
    keep(view, kind, "a", "b")
    (first,) = ids(view, "a")
    rect = view.picture.rect(first)
    assert rect is not None
    middle = view.to_view(Point(rect.center.x, rect.y))
    area = QRect(
        round(middle.x() - 24 * zoom), round(middle.y() - 6 * zoom), round(48 * zoom), round(12 * zoom)
    )
    assert grabbed(view, "a").copy(area) == grabbed(view, "b").copy(area)
    assert grabbed(view, "a", "b").copy(area) == grabbed(view, "b").copy(area)
    assert grabbed(view, "a").copy(area) != grabbed(view, "c").copy(area)


def test_nothing_of_it_is_seen_while_the_machine_runs(view: ChartView) -> None:
    keep(view, ConstraintKind.ROW, "a", "b")
    view.session.selection.replace(ids(view, "a"))
    assert kept.shown(view, with_pins=False)
    view.session.set_simulator(Simulator(view.session.document.chart))
    assert not kept.shown(view, with_pins=False)


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS))
def test_a_line_between_two_places_runs_outside_of_both(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    first, second = Rect(*one, 100, 40), Rect(*other, 60, 80)
    if not first.intersects(second):
        start, end = first.border(second.center), second.border(first.center)
        assert first.grown(0.01).contains(start)
        assert second.grown(0.01).contains(end)
        middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
        assert not first.grown(-0.01).contains(middle)
        assert not second.grown(-0.01).contains(middle)
