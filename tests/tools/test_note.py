"""Notes under the hand: made, dragged alone and with states, copied, sized; a gesture is one step or none."""

from __future__ import annotations

import pytest

from editor.document import notes
from editor.geometry import Point, Rect
from editor.tools.base import Hit, HitKind, Modifier
from editor.tools.note import NoteTool
from editor.tools.select import SelectTool
from tests.tools.bench import Bench

PLACE = Rect(640, 400, 200, 96)


def bench_with_note() -> tuple[Bench, str]:
    bench = Bench(SelectTool)
    edit, id = notes.add(bench.document.diagram, PLACE, "why")
    bench.document.apply(edit)
    return bench, id


def note_hit(id: str) -> Hit:
    return Hit(kind=HitKind.NOTE, id=id)


def rect_of(bench: Bench, id: str) -> Rect:
    return bench.document.diagram.notes[id].rect


def test_a_click_selects_a_note_and_a_double_click_opens_it() -> None:
    bench, id = bench_with_note()
    bench.press(PLACE.center, note_hit(id))
    bench.release(PLACE.center)
    assert bench.document.selection.ids == (id,)
    bench.press(PLACE.center, note_hit(id), clicks=2)
    assert bench.surface.labels == [id]


def test_a_note_is_dragged_along_the_grid_in_one_step() -> None:
    bench, id = bench_with_note()
    bench.drag(PLACE.center, PLACE.center.moved(43, -21), hit=note_hit(id))
    assert rect_of(bench, id) == PLACE.moved(40, -24)
    assert bench.document.undo_stack.undo_label == "Move note"
    bench.document.undo()
    assert rect_of(bench, id) == PLACE
    assert bench.is_calm()


def test_escape_puts_a_dragged_note_back() -> None:
    bench, id = bench_with_note()
    before = bench.contents()
    bench.press(PLACE.center, note_hit(id))
    bench.move(PLACE.center.moved(90, 90))
    assert rect_of(bench, id) != PLACE
    bench.tool.cancel()
    assert rect_of(bench, id) == PLACE
    assert bench.contents()[:-3] == before[:-3]
    assert bench.is_calm()


def test_alt_drags_a_copy() -> None:
    bench, id = bench_with_note()
    bench.drag(PLACE.center, PLACE.center.moved(0, 160), hit=note_hit(id), modifiers=Modifier.ALT)
    found = bench.document.diagram.notes
    assert len(found) == 2
    assert rect_of(bench, id) == PLACE
    [copy] = bench.document.selection.ids
    assert (rect_of(bench, copy), found[copy].text) == (PLACE.moved(0, 160), "why")
    bench.document.undo()
    assert set(found) == {id}


def test_notes_go_along_with_states_that_are_dragged() -> None:
    bench, id = bench_with_note()
    a = bench.id("a")
    before = bench.document.diagram.boxes[a].rect
    bench.document.selection.replace([a, id])
    bench.drag(bench.middle("a"), bench.middle("a").moved(16, -24))
    assert bench.document.diagram.boxes[a].rect == before.moved(16, -24)
    assert rect_of(bench, id) == PLACE.moved(16, -24)
    bench.document.undo()
    assert (bench.document.diagram.boxes[a].rect, rect_of(bench, id)) == (before, PLACE)


def test_notes_are_copied_along_with_states() -> None:
    bench, id = bench_with_note()
    bench.document.selection.replace([bench.id("a"), id])
    bench.drag(bench.middle("a"), bench.middle("a").moved(16, -24), modifiers=Modifier.ALT)
    found = bench.document.diagram.notes
    assert rect_of(bench, id) == PLACE
    [copy] = [each for each in bench.document.selection.ids if each in found]
    assert rect_of(bench, copy) == PLACE.moved(16, -24)
    bench.document.undo()
    assert set(found) == {id}


@pytest.mark.parametrize(
    ("handle", "way", "expected"),
    [
        ("e", (43, 0), Rect(640, 400, 240, 96)),
        ("se", (43, 43), Rect(640, 400, 240, 136)),
        ("w", (43, 0), Rect(680, 400, 160, 96)),
        ("n", (0, -41), Rect(640, 360, 200, 136)),
        ("e", (-500, 0), Rect(640, 400, notes.LEAST[0], 96)),
    ],
)
def test_a_side_of_a_note_is_dragged(handle: str, way: tuple[float, float], expected: Rect) -> None:
    bench, id = bench_with_note()
    hit = Hit(kind=HitKind.RESIZE, id=id, handle=handle)
    bench.drag(PLACE.center, PLACE.center.moved(*way), hit=hit)
    assert rect_of(bench, id) == expected
    bench.document.undo()
    assert rect_of(bench, id) == PLACE


def test_a_note_stays_as_high_as_its_text() -> None:
    bench, id = bench_with_note()
    bench.surface.text_height = 72
    hit = Hit(kind=HitKind.RESIZE, id=id, handle="s")
    bench.drag(PLACE.center, PLACE.center.moved(0, -90), hit=hit)
    assert rect_of(bench, id) == Rect(640, 400, 200, 72)


def test_the_tool_makes_a_note_where_it_is_clicked_or_drawn() -> None:
    bench = Bench(NoteTool)
    bench.press(Point(603, 205), Hit())
    bench.release(Point(603, 205))
    assert bench.surface.written == [Rect(600, 208, *notes.USUAL)]
    assert bench.surface.is_put_back
    bench.drag(Point(0, 400), Point(300, 520), hit=Hit())
    assert bench.surface.written[1] == Rect(0, 400, 304, 120)
    assert bench.surface.band is None
    assert not bench.document.undo_stack.can_undo, "there is no note before it has a text"


def test_ctrl_and_a_click_select_a_note_since_nothing_is_around_it() -> None:
    bench, id = bench_with_note()
    for _ in range(2):
        bench.press(PLACE.center, note_hit(id), modifiers=Modifier.CTRL)
        bench.release(PLACE.center)
        assert bench.document.selection.ids == (id,)
