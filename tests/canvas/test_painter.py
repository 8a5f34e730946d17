from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from editor.canvas import painter_states, painter_transitions
from editor.canvas import picture_lines as picture_module
from editor.canvas.base_image import BaseImage
from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.theme import load_theme
from editor.formats import xstate
from editor.layout import auto
from editor.model.changes import BoxChange
from editor.model.diagram import Box, Diagram
from tests.canvas.samples import shop
from tests.charts import chart, id_of

SIZE = QRect(0, 0, 600, 400)


def _painter(theme: str = "light") -> ChartPainter:
    return ChartPainter(Picture(*shop(), FontMeasure()), load_theme(theme))


def _base(painter: ChartPainter, zoom: float, ox: float, oy: float) -> QImage:
    image = QImage(SIZE.size(), QImage.Format.Format_RGB32)
    with QPainter(image) as device:
        painter.base(device, zoom, ox, oy, SIZE)
    return image


def _over(painter: ChartPainter, image: QImage, overlay: Overlay, zoom: float = 1.0) -> QImage:
    with QPainter(image) as device:
        painter.overlay(device, zoom, 0, 0, overlay)
    return image


def _differing(a: QImage, b: QImage) -> int:
    x, y = bytes(a.constBits()), bytes(b.constBits())
    return sum(p != q for p, q in zip(memoryview(x).cast("I"), memoryview(y).cast("I"), strict=True))


@pytest.mark.parametrize("zoom", [2.0, 1.0, 0.5, 0.3, 0.08])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_something_is_drawn_at_every_level_of_detail(zoom: float, theme: str):
    painter = _painter(theme)
    painter.has_grid = False
    image = _base(painter, zoom, 0, 0)
    ground = QColor(painter.theme.ground).rgb()
    assert any(image.pixel(x, y) != ground for x in range(0, 590, 3) for y in range(0, 390, 3))


@pytest.mark.parametrize("zoom", [1.0, 0.5, 0.3, 0.1])
def test_a_scrolled_picture_with_a_new_strip_equals_a_fresh_one(zoom: float):
    painter = _painter()
    shifted = _base(painter, zoom, -40, 0)
    old = _base(painter, zoom, 0, 0)
    strip = QRect(SIZE.width() - 40, 0, 40, SIZE.height())
    patched = QImage(SIZE.size(), QImage.Format.Format_RGB32)
    with QPainter(patched) as device:
        device.drawImage(-40, 0, old)
        device.setClipRect(strip)
        painter.base(device, zoom, -40, 0, strip)
    assert _differing(patched, shifted) <= 0.002 * SIZE.width() * SIZE.height()


def test_repainting_the_dirty_areas_equals_a_fresh_picture():
    chart, diagram = shop()
    picture = Picture(chart, diagram, FontMeasure())
    painter = ChartPainter(picture, load_theme("light"))
    shown = BaseImage(painter)
    shown.image(SIZE.size(), 1.0, QPointF(0, 0))
    box = diagram.boxes["b"]
    moved = replace(box, x=box.x - 24, y=box.y + 40)
    diagram.put_box("b", moved)
    for area in picture.show((BoxChange("b", box, moved),)):
        shown.spoil(area)
    image = shown.image(SIZE.size(), 1.0, QPointF(0, 0))
    fresh = _base(ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme("light")), 1.0, 0, 0)
    assert _differing(image, fresh) <= 0.002 * SIZE.width() * SIZE.height()


def test_the_overlay_lies_over_the_base_on_a_screen_of_twice_the_pixels():
    painter = _painter()
    overlay = Overlay(selected=frozenset({"a"}))
    plain = _over(painter, _base(painter, 2.0, 0, 0), overlay, 2.0)
    image = _base(painter, 2.0, 0, 0)
    image.setDevicePixelRatio(2.0)
    with QPainter(image) as device:
        painter.overlay(device, 2.0, 0, 0, overlay, ratio=2.0)
    assert _differing(plain, image) <= 0.002 * SIZE.width() * SIZE.height()


def test_texts_are_made_once_and_only_where_looked_at():
    painter = _painter()
    _base(painter, 1.0, 0, 0)
    seen = painter.picture.states["a"].near
    assert seen is not None
    assert painter.picture.states["end"].near is None
    _base(painter, 1.0, -10, 0)
    assert painter.picture.states["a"].near is seen
    far = _painter()
    _base(far, 0.3, 0, 0)
    assert all(shape.near is None for shape in far.picture.states.values() if not shape.is_region)


def test_lifted_states_leave_the_base_and_come_back_unchanged():
    painter = _painter()
    before = _base(painter, 1.0, 0, 0)
    painter.lift(["work"])
    assert {"work", "a", "ab"} <= painter.lifted
    without = _base(painter, 1.0, 0, 0)
    assert _differing(before, without) > 1000
    painter.lift([])
    assert _differing(before, _base(painter, 1.0, 0, 0)) == 0


def test_lifting_works_far_away_too():
    painter = _painter()
    before = _base(painter, 0.3, 0, 0)
    painter.lift(["work"])
    assert _differing(before, _base(painter, 0.3, 0, 0)) > 100


@pytest.mark.parametrize(
    "overlay",
    [
        Overlay(selected=frozenset(["a", "ab", "end"])),
        Overlay(hover="b"),
        Overlay(drop="work"),
        Overlay(is_running=True, active=frozenset(["root", "work", "a"])),
        Overlay(is_running=True, enabled={"ab": "1"}),
        Overlay(is_running=True, timers={"aa": 0.5}),
        Overlay(is_running=True, taken={"ab": 0.8}),
        Overlay(is_running=True, left={"b": 0.8}),
        Overlay(is_running=True, errors=frozenset(["a"])),
    ],
)
@pytest.mark.parametrize("zoom", [1.0, 0.3])
def test_each_part_of_the_overlay_shows(overlay: Overlay, zoom: float):
    painter = _painter()
    still = _base(painter, zoom, 0, 0)
    shown = _over(painter, still.copy(), overlay, zoom)
    if overlay.timers and zoom < 0.45:
        return
    assert _differing(still, shown) > 10


def test_an_empty_overlay_draws_nothing():
    painter = _painter()
    still = _base(painter, 1.0, 0, 0)
    assert _differing(still, _over(painter, still.copy(), Overlay())) == 0


def test_an_active_state_shows_even_when_far():
    painter = _painter()
    still = _base(painter, 0.02, 0, 0)
    shown = _over(painter, still.copy(), Overlay(is_running=True, active=frozenset(["a"])), 0.02)
    assert _differing(still, shown) >= 4


@pytest.mark.parametrize("id", ["a", "work"])
def test_the_edge_of_an_active_state_is_not_cut_by_its_hairlines(id: str):
    painter = _painter()
    shown = _over(painter, _base(painter, 1.0, 0, 0), Overlay(is_running=True, active=frozenset([id])))
    rect = painter.picture.states[id].rect
    x = round(rect.x) if id == "work" else round(rect.x) + 1
    column = [shown.pixelColor(x, y).lightness() for y in range(round(rect.y) + 12, round(rect.bottom) - 12)]
    assert max(column) - min(column) <= 2


def test_the_regions_of_a_parallel_machine_are_divided_though_it_has_no_card():
    made = chart("{type: parallel, states: {a: {}, b: {}, c: {}}}")
    diagram = Diagram()
    for number, key in enumerate("abc"):
        id = id_of(made, key)
        diagram.put_box(id, Box(id=id, x=40, y=40 + number * 100, width=200, height=100))
    picture = Picture(made, diagram, FontMeasure())
    lines = [
        (line.x1(), line.y1(), line.x2(), line.y2())
        for shape in picture.states.values()
        for line in painter_states.art(picture, shape).dashes
    ]
    assert sorted(lines) == [(40, 140, 240, 140), (40, 240, 240, 240)]


def test_what_comes_near_at_once_is_routed_bit_by_bit_and_then_as_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(picture_module, "SKETCHED", 3)
    hasty, patient = _painter(), _painter()
    shown = _base(patient, 0.5, 0, 0)
    assert not patient.picture.sketched
    hasty.patience = 2
    image = BaseImage(hasty)
    count = len(hasty.picture.sketched)
    assert count > 4
    for _ in range(count // 2 + 1):
        before = len(hasty.picture.sketched)
        image.image(SIZE.size(), 0.5, QPointF(0, 0))
        assert 0 < before - len(hasty.picture.sketched) <= 2
        if not image.is_unfinished:
            break
    assert not image.is_unfinished
    assert not hasty.picture.sketched
    routes = {id: shape.route for id, shape in patient.picture.transitions.items()}
    assert {id: shape.route for id, shape in hasty.picture.transitions.items()} == routes
    assert _differing(_base(hasty, 0.5, 0, 0), shown) == 0


def test_a_run_fades_the_rest():
    painter = _painter()
    plain = _base(painter, 1.0, 0, 0)
    painter.is_dimmed = True
    assert _differing(plain, _base(painter, 1.0, 0, 0)) > 1000


def _crossed() -> tuple[ChartPainter, str, QRect]:
    """A transition whose label lies on the right side of the composite `c`; its id and the label inside its edge."""
    made = chart("{initial: c, states: {c: {initial: d, states: {d: {on: {LEAVING_NOW: '#out'}}}}, out: {}}}")
    diagram = Diagram()
    for path, place in (("c", (40, 40, 240, 160)), ("c.d", (80, 60, 96, 40)), ("out", (360, 100, 96, 40))):
        id = id_of(made, path)
        diagram.put_box(id, Box(id=id, x=place[0], y=place[1], width=place[2], height=place[3]))
    painter = ChartPainter(Picture(made, diagram, FontMeasure()), load_theme("light"))
    [line] = [each.id for each in made.outgoing(id_of(made, "c.d"))]
    shape, around = painter.picture.transitions[line], painter.picture.rect(id_of(made, "c"))
    pill = painter_transitions.art(painter.picture, shape).pill
    assert pill is not None
    assert around is not None
    assert pill.left() + 8 < around.right < pill.right() - 8
    return painter, line, pill.toRect().adjusted(2, 2, -2, -2)


def test_the_border_of_an_active_state_does_not_cross_a_label_out():
    painter, _, label = _crossed()
    painter.is_dimmed = True
    still = _base(painter, 1.0, 0, 0)
    id = id_of(painter.picture.chart, "c")
    shown = _over(painter, still.copy(), Overlay(is_running=True, active=frozenset(["root", id])))
    assert _differing(still, shown) > 100
    assert _differing(still.copy(label), shown.copy(label)) == 0


def test_a_label_that_can_happen_still_says_so_when_it_is_selected():
    painter, line, label = _crossed()
    still = _base(painter, 1.0, 0, 0)
    enabled = _over(painter, still.copy(), Overlay(is_running=True, enabled={line: "1"}))
    both = Overlay(is_running=True, enabled={line: "1"}, selected=frozenset([line]))
    chosen = _over(painter, still.copy(), both)
    assert _differing(enabled, chosen) > 50
    assert _differing(enabled.copy(label), chosen.copy(label)) == 0


def test_a_loop_that_does_not_leave_its_state_begins_in_a_square():
    config = (
        '{"initial": "a", "states": {"a": {"on": {"STAY": "a", "AGAIN": {"target": "a", "reenter": true}}}}}'
    )
    made = xstate.read(config).chart
    picture = Picture(made, auto.complete(made, Diagram(), FontMeasure()), FontMeasure())
    squares = {}
    for each in made.outgoing(id_of(made, "a")):
        shape = picture.transitions[each.id]
        square = painter_transitions.art(picture, shape).square
        start = QPointF(*shape.route.paths[0][0])
        squares[each.trigger.text] = square is not None and square.center() == start
    assert squares == {"STAY": True, "AGAIN": False}
