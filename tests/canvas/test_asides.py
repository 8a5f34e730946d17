"""Descriptions of transitions beside their labels: where nothing else is drawn, and the same whatever was before."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter

from editor.canvas import picture_asides
from editor.canvas import picture_lines as picture_module
from editor.canvas.base_image import BaseImage
from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.picture import Picture
from editor.canvas.render import drawn
from editor.canvas.theme import load_theme
from editor.errors import ChartError
from editor.layout.sizes import TableMeasure
from editor.model.changes import AnyChange, BoxChange, TransitionChange, apply_to_diagram
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Trigger
from tests.canvas.samples import random_edit, shop

TEXTS = (
    "Leads to the *bank*.",
    "Somebody pushes the door, and it gives way.",
    "short",
    "many words " * 20,
    None,
    "",
)


def described(rng: random.Random) -> tuple[Chart, Diagram]:
    chart, diagram = shop()
    chart.apply(
        [
            TransitionChange(each.id, each, replace(each, description=rng.choice(TEXTS)))
            for each in list(chart.transitions.values())
        ]
    )
    return chart, diagram


def places(picture: Picture) -> object:
    return dict(picture.asides.places), {id: picture.asides.forms[id] for id in picture.asides.places}


def step(chart: Chart, diagram: Diagram, rng: random.Random) -> tuple[AnyChange, ...]:
    """A random edit, of a description now and then."""
    made: list[AnyChange]
    if rng.random() < 0.3 and chart.transitions:
        each = chart.transitions[rng.choice(sorted(chart.transitions))]
        made = [TransitionChange(each.id, each, replace(each, description=rng.choice(TEXTS)))]
    else:
        made = random_edit(chart, diagram, rng)
    try:
        chart.apply(made)
    except ChartError:
        return ()
    apply_to_diagram(diagram, made)
    return tuple(made)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 8))
def test_places_are_those_of_a_new_picture_whatever_was_done(seed: int, count: int) -> None:
    rng = random.Random(seed)
    chart, diagram = described(rng)
    picture = Picture(chart, diagram, TableMeasure())
    for _ in range(count):
        changes = step(chart, diagram, rng)
        if changes:
            picture.show(changes, is_hasty=rng.random() < 0.3)
    picture.settle()
    assert places(picture) == places(Picture(chart, diagram, TableMeasure()))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_nothing_lies_below_a_description(seed: int) -> None:
    rng = random.Random(seed)
    chart, diagram = described(rng)
    for _ in range(4):
        step(chart, diagram, rng)
    picture = Picture(chart, diagram, TableMeasure())
    for id, place in picture.asides.places.items():
        for shape in picture.states.values():
            is_around = shape.rect.encloses(place) and not shape.is_leaf and not shape.is_collapsed
            assert is_around or not shape.rect.intersects(place), (id, shape.id)
        for other in picture.transitions.values():
            assert not other.route.label.intersects(place), (id, other.id)
            for path in other.route.paths:
                for a, b in pairwise(path):
                    if a.x == b.x or a.y == b.y:
                        is_off = max(a.x, b.x) < place.x or min(a.x, b.x) > place.right
                        assert is_off or max(a.y, b.y) < place.y or min(a.y, b.y) > place.bottom
        for other_id, other_place in picture.asides.places.items():
            assert other_id == id or not other_place.intersects(place)


def base_of(picture: Picture) -> BaseImage:
    painter = ChartPainter(picture, load_theme("light"))
    painter.has_grid = False
    return BaseImage(painter)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_painted_anew_is_what_a_new_picture_paints(seed: int) -> None:
    rng = random.Random(seed)
    chart, diagram = described(rng)
    picture = Picture(chart, diagram, FontMeasure())
    base = base_of(picture)
    size, offset = QRect(0, 0, 900, 700).size(), QRect(10, 10, 0, 0).topLeft().toPointF()
    base.image(size, 1.0, offset)
    for _ in range(4):
        for rect in picture.show(step(chart, diagram, rng)):
            base.spoil(rect)
        found = base.image(size, 1.0, offset).copy()
        assert found == base_of(Picture(chart, diagram, FontMeasure())).image(size, 1.0, offset)


def test_exports_hold_the_descriptions_of_transitions() -> None:
    chart, diagram = shop()
    each = chart.transitions["wb"]
    chart.apply([TransitionChange(each.id, each, replace(each, description="Afterwards **both**"))])
    text = drawn(chart, diagram, ".svg").decode()
    assert "Afterwards" in text


def test_a_description_goes_where_a_state_comes_to_lie_on_it_and_comes_back() -> None:
    chart, diagram = shop()
    each = chart.transitions["wb"]
    chart.apply([TransitionChange(each.id, each, replace(each, description="short"))])
    picture = Picture(chart, diagram, FontMeasure())
    place = picture.asides.places["wb"]
    box = diagram.boxes["end"]
    moved = replace(box, x=place.x, y=place.y)
    for change in (BoxChange("end", box, moved), BoxChange("end", moved, box)):
        apply_to_diagram(diagram, [change])
        picture.show((change,))
        now = picture.asides.places.get("wb")
        assert now is None or not picture.states["end"].rect.intersects(now)
    assert picture.asides.places["wb"] == place


def test_a_chart_that_becomes_very_large_finds_them_when_they_are_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chart, diagram = described(random.Random(2))
    before = len(chart.transitions)
    monkeypatch.setattr(picture_asides, "MOST", before)
    picture = Picture(chart, diagram, FontMeasure())
    assert picture.asides.places
    more = replace(chart.transitions["ab"], id="t99", order=9, trigger=Trigger(text="MORE"))
    for change in (TransitionChange("t99", None, more), TransitionChange("t99", more, None)):
        chart.apply([change])
        gone = dict(picture.asides.places)
        areas = picture.show((change,))
        assert bool(picture.asides.places) == (len(chart.transitions) <= before)
        assert all(any(area.encloses(place) for area in areas) for place in gone.values())
        assert picture.asides.see(picture.transitions) == (len(chart.transitions) > before)
        assert picture.asides.places
    assert places(picture) == places(Picture(chart, diagram, FontMeasure()))


@pytest.fixture
def _very_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every chart is as very large ones are: sketched, then routed and described when it comes near."""
    monkeypatch.setattr(picture_asides, "MOST", 0)
    monkeypatch.setattr(picture_module, "SKETCHED", 0)
    monkeypatch.setattr(picture_module, "CAREFUL", 0)


def assert_apart(picture: Picture) -> None:
    """No description lies on another one, on a label, a line or a state without an inside."""
    told = picture.asides.places
    for id, place in told.items():
        assert not any(place.intersects(other) for each, other in told.items() if each != id)
        for shape in picture.transitions.values():
            assert not shape.route.label.intersects(place)
            for path in shape.route.paths:
                for a, b in pairwise(path):
                    assert not (
                        min(a.x, b.x) < place.right and max(a.x, b.x) > place.x
                        and min(a.y, b.y) < place.bottom and max(a.y, b.y) > place.y
                    )  # fmt: skip
        assert not any(each.is_leaf and each.rect.intersects(place) for each in picture.states.values())


@pytest.mark.usefixtures("_very_large")
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(0, 6))
def test_what_is_seen_of_a_very_large_chart_is_described_where_nothing_is_drawn(
    seed: int, count: int
) -> None:
    rng = random.Random(seed)
    chart, diagram = described(rng)
    picture = Picture(chart, diagram, FontMeasure())
    assert picture.asides.places == {}
    base = base_of(picture)
    base._painter.patience = 3
    size, offset = QRect(0, 0, 900, 700).size(), QPointF(10, 10)
    for number in range(count + 1):
        changes = step(chart, diagram, rng) if number else ()
        for rect in picture.show(changes) if changes else ():
            base.spoil(rect)
        if rng.random() < 0.4:
            offset = QPointF(rng.randint(-200, 200), rng.randint(-200, 200))
        for _ in range(60):
            base.image(size, 1.0, offset)
            if not base.is_unfinished:
                break
        assert not base.is_unfinished
        if base.is_rough:
            base.settle()
        found = base.image(size, 1.0, offset).copy()
        assert_apart(picture)
        base.drop()
        assert base.image(size, 1.0, offset) == found


@pytest.mark.usefixtures("_very_large")
def test_exports_of_a_very_large_chart_have_them_and_what_is_far_has_none() -> None:
    chart, diagram = described(random.Random(3))
    painter = ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme("light"))
    image = QImage(900, 700, QImage.Format.Format_RGB32)
    for zoom, is_told in ((0.3, False), (1.0, True)):
        with QPainter(image) as device:
            painter.base(device, zoom, 10, 10, image.rect())
        assert bool(painter.picture.asides.places) is is_told


def test_no_description_is_drawn_where_none_is_wanted() -> None:
    chart, diagram = described(random.Random(1))
    picture = Picture(chart, diagram, FontMeasure())
    picture.show_prose(False)
    assert picture.asides.places == {}
    picture.show_prose(True)
    assert places(picture) == places(Picture(chart, diagram, FontMeasure()))
    image = QImage(900, 700, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        ChartPainter(picture, load_theme("dark")).base(painter, 1.0, 0, 0, QRect(0, 0, 900, 700))
