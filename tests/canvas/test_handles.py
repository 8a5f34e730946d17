"""Which handles the selected element has: only those that do something."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.canvas.handles import AWAY, CONNECT, handle_at, handles, hover_after
from editor.canvas.picture import Picture
from editor.document import edits
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model.changes import apply_to_diagram
from editor.tools.base import Hit, HitKind
from tests.canvas.samples import shop


def kinds(id: str) -> list[tuple[HitKind, str]]:
    picture = Picture(*shop(), TableMeasure())
    picture.refine((id,))
    return [(each.hit.kind, each.hit.handle) for each in handles(picture, (id,), 1.0)]


def test_an_initial_arrow_is_taken_at_its_end_and_by_its_dot() -> None:
    assert kinds("i") == [(HitKind.END, "target0")]


def test_a_transition_is_taken_at_both_ends_and_at_its_stretches() -> None:
    found = kinds("ab")
    assert found[:2] == [(HitKind.END, "source"), (HitKind.END, "target0")]
    assert {kind for kind, _ in found[2:]} == {HitKind.BEND}


def test_a_transition_inside_its_state_is_led_out_of_it_by_its_end() -> None:
    assert kinds("in") == [(HitKind.END, "target0")]


def test_a_ring_is_not_resized_and_nothing_leads_out_of_a_final() -> None:
    assert kinds("end") == []
    assert {kind for kind, _ in kinds("h")} == {HitKind.CONNECT}
    assert {kind for kind, _ in kinds("a")} == {HitKind.CONNECT, HitKind.RESIZE}


@pytest.mark.parametrize("zoom", [0.3, 0.66, 1.0, 3.0])
def test_no_handle_lies_on_an_initial_dot(zoom: float) -> None:
    picture = Picture(*shop(), TableMeasure())
    route, rect = picture.route("i"), picture.rect("a")
    assert route is not None
    assert rect is not None
    dot = route.paths[0][0]
    found = [each for each in handles(picture, ("a",), zoom) if each.hit.kind is HitKind.CONNECT]
    assert {"n", "e", "s"} <= {each.hit.handle for each in found}
    for way in (-5, 0, 5):
        assert handle_at(found, Point(dot.x + way, dot.y + way), zoom) is None
    assert all(rect.y <= each.at.y <= rect.bottom for each in found if each.hit.handle == "w")


def test_a_handle_beside_a_dot_is_still_there_where_its_side_has_room() -> None:
    picture = Picture(*shop(), TableMeasure())
    found = [each for each in handles(picture, ("a",), 1.0) if each.hit.handle == "w"]
    assert {each.hit.kind for each in found} == {HitKind.CONNECT, HitKind.RESIZE}


def test_no_handle_of_a_stretch_lies_on_the_label() -> None:
    picture = Picture(*shop(), TableMeasure())
    for id, shape in picture.transitions.items():
        for zoom in (0.3, 1.0, 3.0):
            for each in handles(picture, (id,), zoom):
                if each.hit.kind is HitKind.BEND:
                    assert not shape.route.label.contains(each.at), id


def test_a_state_is_connected_from_while_it_is_hovered() -> None:
    picture = Picture(*shop(), TableMeasure())
    own = {each.hit.id for each in handles(picture, ("a",), 1.0, hover="b")}
    assert own == {"a", "b"}
    assert {each.hit.kind for each in handles(picture, (), 1.0, hover="b")} == {HitKind.CONNECT}
    # neither twice for what is selected, nor on a state that is a speck, nor on a line
    assert handles(picture, ("a",), 1.0, hover="a") == handles(picture, ("a",), 1.0)
    assert handles(picture, (), 0.1, hover="b") == []
    assert handles(picture, (), 1.0, hover="ab") == []


def test_a_state_stays_hovered_on_the_way_to_its_handles() -> None:
    picture = Picture(*shop(), TableMeasure())
    rect = picture.states["a"].rect
    parent = picture.chart.states["a"].parent or ""
    for zoom in (0.5, 1.0, 2.0):
        near = Point(rect.center.x, rect.bottom + AWAY / zoom)
        far = Point(rect.center.x, rect.bottom + (AWAY + CONNECT + 6) / zoom)
        for ground in (Hit(), Hit(kind=HitKind.STATE, id=parent)):
            assert hover_after(picture, "a", ground, near, zoom) == "a"
            assert hover_after(picture, "a", ground, far, zoom) == ground.id
        assert hover_after(picture, "a", Hit(kind=HitKind.STATE, id="b"), near, zoom) == "b"
        assert hover_after(picture, "a", Hit(kind=HitKind.LABEL, id="ab"), near, zoom) == "ab"
    assert hover_after(picture, "", Hit(kind=HitKind.STATE, id="a"), rect.center, 1.0) == "a"


def test_way_points_placed_by_hand_are_marked_on_all_that_is_selected_or_hovered() -> None:
    chart, diagram = shop()
    ways = [Point(300, 400), Point(500, 400)]
    for id in ("ab", "ba"):
        apply_to_diagram(diagram, edits.set_bends(chart, diagram, id, ways).changes)
    picture = Picture(chart, diagram, TableMeasure())

    def marked(ids: tuple[str, ...], hover: str = "") -> list[tuple[str, str, Point]]:
        found = handles(picture, ids, 1.0, hover)
        return [(each.hit.id, each.hit.handle, each.at) for each in found if each.hit.kind is HitKind.WAY]

    one, other = ([(id, str(number), at) for number, at in enumerate(ways)] for id in ("ab", "ba"))
    assert marked(("ab",)) == one
    assert marked(("ab", "ba")) == one + other
    assert marked((), "ba") == marked(("ba",), "ba") == other
    assert marked(("aa",)) == []


def test_a_line_that_a_layout_led_is_not_marked_as_bent_by_hand() -> None:
    chart, diagram = shop()
    apply_to_diagram(diagram, edits.set_bends(chart, diagram, "ab", [Point(300, 400)]).changes)
    diagram.put_bends("ab", replace(diagram.bends["ab"], auto=True))
    picture = Picture(chart, diagram, TableMeasure())
    assert HitKind.WAY not in {each.hit.kind for each in handles(picture, ("ab",), 1.0)}
