"""Something else changes the chart while a button is down: a key, a menu, an undo."""

from __future__ import annotations

import pytest

from editor.document import edits
from editor.errors import ChartError, EditorError
from editor.geometry import Point
from editor.tools import toolbox
from editor.tools.toolbox import ToolEntry
from tests.tools.bench import Bench

PLACES = {
    "in the state itself": (Point(100, 300), Point(300, 310)),
    "on a child": (Point(120, 240), Point(320, 290)),
    "out of it": (Point(100, 300), Point(600, 60)),
    "into it": (Point(600, 60), Point(210, 290)),
}


@pytest.mark.parametrize("tool", toolbox.TOOLS, ids=lambda each: each.id)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("gone", ["p", "p.c", "p.d"])
def test_a_gesture_bears_that_a_state_goes_meanwhile(tool: ToolEntry, place: str, gone: str) -> None:
    bench = Bench(tool.tool)
    start, end = PLACES[place]
    bench.press(start)
    bench.move(end)
    document, id = bench.document, bench.id(gone)
    edit = edits.delete(document.chart, document.diagram, [id])
    if document.is_in_gesture:
        with pytest.raises(ChartError):
            document.apply(edit)
        return
    document.apply(edit)
    try:
        bench.move(end.moved(8, 8))
        bench.release(end.moved(8, 8))
    except EditorError:
        bench.tool.cancel()
    assert not document.has(id)
    while document.undo_stack.can_undo:
        document.undo()
    assert document.has(id)
