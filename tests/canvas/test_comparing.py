"""The marks of a comparison: each where the element is or was, in colours and shapes of its own, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from editor.canvas import comparing
from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.theme import Theme, load_theme
from editor.canvas.view import ChartView
from editor.document import edits
from editor.document.compared import Base, Compared, compare_with
from editor.document.document import Document
from editor.geometry import Point
from editor.model import queries
from editor.requests import ZoomToFull
from editor.session import Session
from tests.charts import MEASURE, document, id_of

TEXT = "initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a}}, c: {}}"


@pytest.fixture
def compared(qapp: object) -> tuple[Document, Compared]:
    """`a` renamed, `b` moved, `c` removed, `d` added."""
    made = document(TEXT)
    base = Base("m.yaml", made.chart.copy(), made.diagram.copy())
    chart, diagram = made.chart, made.diagram
    made.apply(edits.delete(chart, diagram, [id_of(chart, "c")]))
    b = id_of(chart, "b")
    made.apply(edits.move(chart, diagram, {b: diagram.boxes[b]}, 0, 240))
    made.apply(edits.rename(chart, id_of(chart, "a"), "first"))
    edit, id = edits.add_state(chart, diagram, chart.root_id, Point(400, 400), measure=MEASURE)
    made.apply(edit)
    made.apply(edits.rename(chart, id, "d"))
    return made, compare_with(base, made)


def test_every_element_is_marked_as_what_became_of_it(compared: tuple[Document, Compared]) -> None:
    made, found = compared
    shown = comparing.marks(found, FontMeasure())
    chart = made.chart
    assert shown.added == {id_of(chart, "d")}
    assert shown.changed == {id_of(chart, "first")}
    assert id_of(chart, "b") in shown.moved
    [gone] = shown.removed
    assert found.found.old.states[gone].key == "c"
    assert gone not in chart.states
    assert shown.rect(gone) is not None


def test_nothing_is_drawn_beside_what_has_no_drawing_but_where_there_is_room(
    compared: tuple[Document, Compared],
) -> None:
    made, found = compared
    without = compare_with(Base("m.yaml", found.base.chart, None), made)
    shown = comparing.marks(without, FontMeasure())
    assert shown.moved == frozenset()
    [gone] = shown.removed
    assert shown.rect(gone) is not None, "a ghost has a place all the same"


def paint(made: Document, found: Compared | None, theme: Theme, zoom: float) -> QImage:
    picture = Picture(made.chart, made.diagram, FontMeasure())
    shown = comparing.marks(found, FontMeasure()) if found is not None else None
    image = QImage(800, 800, QImage.Format.Format_RGB32)
    painter = ChartPainter(picture, theme)
    with QPainter(image) as device:
        painter.base(device, zoom, 20, 20, QRect(0, 0, 800, 800))
        painter.overlay(device, zoom, 20, 20, Overlay(comparison=shown))
    return image


def differs(one: QImage, other: QImage, rect: QRect) -> bool:
    return one.copy(rect) != other.copy(rect)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("zoom", [1.0, 0.3, 0.08])
def test_marks_show_at_every_zoom_in_both_themes(
    compared: tuple[Document, Compared], name: str, zoom: float
) -> None:
    made, found = compared
    theme = load_theme(name)
    plain, marked = paint(made, None, theme, zoom), paint(made, found, theme, zoom)
    old, places = found.found.old, found.found.old_diagram
    assert places is not None
    gone = id_of(old, "c")
    for box in (made.diagram.boxes[id_of(made.chart, "d")], places.boxes[gone]):
        rect = QRect(
            round(box.x * zoom) + 17,
            round(box.y * zoom) + 17,
            round(box.width * zoom) + 6,
            round(box.height * zoom) + 6,
        )
        assert differs(plain, marked, rect)


def test_what_was_added_is_green_and_what_was_removed_is_red(compared: tuple[Document, Compared]) -> None:
    made, found = compared
    theme = load_theme("light")
    image = paint(made, found, theme, 1.0)
    box = made.diagram.boxes[id_of(made.chart, "d")]
    edge = image.pixelColor(round(box.x) + 20, round(box.y + box.height / 2) + 20)
    assert edge.green() > edge.red()
    assert near(edge, QColor(theme.green))


def near(one: QColor, other: QColor) -> bool:
    return all(
        abs(a - b) < 60
        for a, b in ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    )


def test_escape_on_the_canvas_ends_it_and_nothing_of_it_is_in_the_document(
    compared: tuple[Document, Compared], qtbot: QtBot
) -> None:
    made, found = compared
    session = Session(made)
    view = ChartView(session)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    before = dict(made.chart.states), dict(made.diagram.boxes)
    session.comparison.put(found)
    assert view.overlay.comparison is not None
    [gone] = view.overlay.comparison.removed
    session.ask(ZoomToFull())
    view.pan(-4000, -4000)
    session.reveal(gone)
    rect = view.overlay.comparison.rect(gone)
    assert rect is not None
    assert view.viewport().rect().contains(view.rect_to_view(rect))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert session.comparison.value is None
    assert view.overlay.comparison is None
    assert (dict(made.chart.states), dict(made.diagram.boxes)) == before
    assert queries.find_path(made.chart, "c") is None


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("zoom", [1.0, 0.3])
def test_what_was_removed_never_covers_a_card_that_is_there(
    compared: tuple[Document, Compared], name: str, zoom: float
) -> None:
    made, found = compared
    theme = load_theme(name)
    places = found.found.old_diagram
    assert places is not None
    ghost = places.boxes[id_of(found.found.old, "c")]
    d = id_of(made.chart, "d")
    here = made.diagram.boxes[d]
    made.apply(edits.move(made.chart, made.diagram, {d: here}, ghost.x + 20 - here.x, ghost.y + 12 - here.y))
    box = made.diagram.boxes[d].rect
    picture = Picture(made.chart, made.diagram, FontMeasure())
    shown = comparing.marks(found, FontMeasure())
    only_added = comparing.Marks(shown.added, shown.changed, shown.moved, frozenset(), shown.ghost)
    images = []
    for marks in (shown, only_added):
        image = QImage(900, 900, QImage.Format.Format_RGB32)
        with QPainter(image) as device:
            painter = ChartPainter(picture, theme)
            painter.base(device, zoom, 20, 20, QRect(0, 0, 900, 900))
            painter.overlay(device, zoom, 20, 20, Overlay(comparison=marks))
        images.append(image)
    inside = QRect(
        round(box.x * zoom) + 24,
        round(box.y * zoom) + 24,
        round(box.width * zoom) - 8,
        round(box.height * zoom) - 8,
    )
    beside = QRect(round(ghost.x * zoom) + 18, round(ghost.y * zoom) + 18, round(16 * zoom), round(30 * zoom))
    assert inside.isValid()
    assert differs(*images, beside), "the ghost is seen where nothing lies on it"
    # its badge is on top of everything, at the right upper corner of where it lay
    right = round((ghost.x + ghost.width - 12) * zoom) + 20
    assert not differs(*images, inside.intersected(QRect(0, 0, right, 900)))
