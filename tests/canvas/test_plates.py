"""Names of states that hold others stay readable where a line runs through them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from editor.canvas.base_image import BaseImage
from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.theme import load_theme
from editor.document import edits
from editor.geometry import Point, Rect
from editor.layout.sizes import title_area
from editor.model.changes import BoxChange, TransitionChange, apply_to_diagram
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.canvas.samples import shop
from tests.journeys.promises import differing

SIZE = 1400, 900


def _crossed() -> tuple[Chart, Diagram, list[str], Rect]:
    """The shop with two lines bent by hand through the name of “work”, and where that name stands."""
    chart, diagram = shop()
    card = Picture(chart, diagram, FontMeasure()).rect("work")
    assert card is not None
    area = title_area(chart, "work", card, FontMeasure())
    assert area is not None
    level = [Point(card.x - 30, area.center.y), Point(card.right + 30, area.center.y)]
    upright = [Point(area.center.x, card.y - 40), Point(area.center.x, card.y + 60)]
    for id, points in (("ab", level), ("ba", upright)):
        apply_to_diagram(diagram, edits.set_bends(chart, diagram, id, points).changes)
    return chart, diagram, ["ab", "ba"], area


def _painted(painter: ChartPainter, zoom: float) -> QImage:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    with QPainter(image) as device:
        painter.base(device, zoom, 0, 0, QRect(0, 0, *SIZE))
    return image


def _cut(image: QImage, area: Rect, zoom: float) -> QImage:
    left, top = QPointF(area.x * zoom, area.y * zoom).toPoint().toTuple()
    return image.copy(QRect(left + 1, top + 1, int(area.width * zoom) - 2, int(area.height * zoom) - 2))


def _without(chart: Chart, lines: list[str]) -> Chart:
    rest = chart.copy()
    rest.apply([TransitionChange(id, chart.transitions[id], None) for id in lines])
    return rest


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [0.7, 1.0, 2.0])
def test_a_name_with_lines_below_it_looks_as_without_them(theme: str, zoom: float):
    chart, diagram, lines, area = _crossed()
    inner = area.grown(-3)
    shown, alone = (
        _painted(ChartPainter(Picture(each, diagram, FontMeasure()), load_theme(theme)), zoom)
        for each in (chart, _without(chart, lines))
    )
    assert _cut(shown, inner, zoom) == _cut(alone, inner, zoom)
    assert shown != alone


def test_a_name_is_readable_from_far_away_too():
    chart, diagram, lines, _ = _crossed()
    painters = [
        ChartPainter(Picture(each, diagram, FontMeasure()), load_theme("light"))
        for each in (chart, _without(chart, lines))
    ]
    zoom, room = 0.35, QRect(0, 0, *SIZE)
    place = painters[0].titles(zoom, 0, 0, room)["work"].place
    assert painters[1].titles(zoom, 0, 0, room)["work"].place == place
    shown, alone = (_painted(each, zoom) for each in painters)
    assert shown.copy(place.toAlignedRect()) == alone.copy(place.toAlignedRect())
    assert shown != alone


def test_a_name_stays_above_lines_that_are_selected_or_dragged():
    chart, diagram, lines, area = _crossed()
    painter = ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme("light"))
    before = _cut(_painted(painter, 1.0), area.grown(-3), 1.0)
    for state in (Overlay(selected=frozenset(lines)), Overlay(hover=lines[0])):
        image = _painted(painter, 1.0)
        with QPainter(image) as device:
            painter.overlay(device, 1.0, 0, 0, state)
        assert _cut(image, area.grown(-3), 1.0) == before
    painter.lift(lines)
    image = _painted(painter, 1.0)
    with QPainter(image) as device:
        painter.overlay(device, 1.0, 0, 0, Overlay())
    assert _cut(image, area.grown(-3), 1.0) == before


@pytest.mark.parametrize("dx", [0, 6, 60, 400])
@pytest.mark.parametrize("dragged", [["ab"], ["ba"], ["ab", "ba"]])
def test_a_name_looks_the_same_while_a_line_is_dragged_through_or_past_it(dragged: list[str], dx: int):
    chart, diagram, _, area = _crossed()
    past = [Point(area.right + dx, area.y - 60), Point(area.right + dx, area.bottom + 40)]
    apply_to_diagram(diagram, edits.set_bends(chart, diagram, "ba", past).changes)
    painter = ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme("light"))
    before = _painted(painter, 1.0).copy(QRectF(*area).toAlignedRect())
    painter.lift(dragged)
    image = _painted(painter, 1.0)
    with QPainter(image) as device:
        painter.overlay(device, 1.0, 0, 0, Overlay())
    assert image.copy(QRectF(*area).toAlignedRect()) == before


def test_a_plate_comes_and_goes_with_what_runs_through():
    chart, diagram, lines, _ = _crossed()
    picture = Picture(chart, diagram, FontMeasure())
    painter = ChartPainter(picture, load_theme("light"))
    crossed = _painted(painter, 1.0)
    edit = edits.clear_bends(chart, diagram, lines)
    apply_to_diagram(diagram, edit.changes)
    picture.show(edit.changes)
    fresh = ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme("light"))
    assert _painted(painter, 1.0) == _painted(fresh, 1.0)
    assert _painted(painter, 1.0) != crossed


@pytest.mark.parametrize("zoom", [0.2, 0.35, 1.0])
@pytest.mark.parametrize("dx", [4, 40, 90])
def test_a_plate_that_comes_or_goes_does_so_as_a_whole(zoom: float, dx: int):
    chart, diagram, _, _ = _crossed()
    picture = Picture(chart, diagram, FontMeasure())
    base = BaseImage(ChartPainter(picture, load_theme("light")))
    size, origin, before = QSize(*SIZE), QPointF(0, 0), diagram.boxes["h"]
    base.image(size, zoom, origin)
    above = replace(before, x=dx, y=0)  # no plate covers what lies there
    for box in (above, before):
        changes = (BoxChange(box.id, diagram.boxes[box.id], box),)
        apply_to_diagram(diagram, changes)
        for each in picture.show(changes):
            base.spoil(each)
        fresh = BaseImage(ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme("light")))
        assert differing(base.image(size, zoom, origin), fresh.image(size, zoom, origin)) is None
