"""The ways of a proposal tell what moves by itself, and never hide the names that they lead to."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editor.canvas.picture import Picture
from editor.canvas.ways import Way, is_outlined, ways
from editor.document import accepting
from editor.document.document import Document
from editor.layout.sizes import TableMeasure
from tests import charts

TEXT = """
initial: p
states:
  p: {initial: a, states: {a: {on: {GO: b}}, b: {}}}
  q: {}
"""
PLACES = st.integers(-2000, 2000).map(lambda n: 8 * n)


def shifted(document: Document, **moves: tuple[float, float]) -> tuple[Picture, Picture, list[str]]:
    """The picture now, the one in which states are elsewhere in what is around them, and all that would move."""
    chart, diagram = document.chart, document.diagram.copy()
    for name, (dx, dy) in moves.items():
        id = charts.id_of(chart, name.replace("_", "."))
        box = diagram.boxes[id]
        diagram.put_box(id, replace(box, x=box.x + dx, y=box.y + dy))
    measure = TableMeasure()
    moved = accepting.moved(chart, document.diagram, diagram)
    return Picture(chart, document.diagram, measure), Picture(chart, diagram, measure), list(moved)


def led(zoom: float = 1.0, **moves: tuple[float, float]) -> tuple[list[Way], Picture, Picture, list[str]]:
    before, after, moved = shifted(charts.document(TEXT), **moves)
    return ways(before, after, moved, moved, zoom), before, after, moved


def test_one_way_tells_of_a_composite_and_all_in_it() -> None:
    found, before, after, moved = led(p=(3000.0, 1600.0))
    id = charts.id_of(before.chart, "p")
    assert len(moved) == 3
    old, new = before.rect(id), after.rect(id)
    assert old is not None
    assert new is not None
    [(start, end)] = found
    assert start == old.center
    assert min(abs(end.x - new.x), abs(end.y - new.y)) < 0.01
    assert new.grown(0.01).contains(end)


def test_what_moves_inside_of_what_moves_has_a_way_of_its_own() -> None:
    found, *_ = led(p=(3000.0, 1600.0), p_b=(400.0, 0.0))
    assert len(found) == 2


def test_far_away_a_small_step_inside_of_what_moves_has_none() -> None:
    found, *_ = led(0.05, p=(3000.0, 1600.0), p_b=(400.0, 0.0))
    assert len(found) == 1


def test_far_away_one_way_tells_of_a_composite_whatever_moves_inside() -> None:
    for zoom, count in ((1.0, 2), (0.4, 2), (0.1, 1)):
        found, *_ = led(zoom, p=(3000.0, 1600.0), p_b=(4000.0, 0.0))
        assert len(found) == count


def test_what_moves_inside_of_what_stays_has_a_way() -> None:
    found, before, after, _ = led(p_b=(400.0, 0.0))
    rect = after.rect(charts.id_of(before.chart, "p.b"))
    assert rect is not None
    assert [end.x for _, end in found] == [rect.x]


def test_a_step_onto_itself_leads_from_corner_to_corner() -> None:
    found, before, after, _ = led(q=(16.0, 0.0))
    id = charts.id_of(before.chart, "q")
    old, new = before.rect(id), after.rect(id)
    assert old is not None
    assert new is not None
    assert found == [((old.x, old.y), (new.x, new.y))]


@given(x=PLACES, y=PLACES, zoom=st.sampled_from([0.03, 0.1, 0.45, 1.0, 2.0]))
def test_no_way_ends_inside_of_where_it_leads(x: int, y: int, zoom: float) -> None:
    found, _, after, moved = led(zoom, p=(x, y), q=(y, x))
    rects = [rect for id in moved if (rect := after.rect(id)) is not None]
    assert len(found) <= 2
    for _, end in found:
        assert any(
            end in ((rect.x, rect.y),)
            or (rect.grown(0.01).contains(end) and not rect.grown(-0.01).contains(end))
            for rect in rects
        )


def test_far_away_what_is_tiny_has_no_outline_in_one_that_has() -> None:
    _, after, moved = shifted(charts.document(TEXT), p=(3000.0, 1600.0), q=(80.0, 800.0))
    seen = {
        zoom: {
            path for path in ("p", "p.a", "p.b", "q")
            if is_outlined(after, charts.id_of(after.chart, path), moved, zoom)
        }
        for zoom in (1.0, 0.1)
    }  # fmt: skip
    assert seen == {1.0: {"p", "p.a", "p.b", "q"}, 0.1: {"p", "q"}}
