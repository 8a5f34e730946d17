from __future__ import annotations

from editor.layout_engine import practice
from tests.layout_engine.columns import Columns


def test_a_small_chart_is_drawn_first_and_larger_ones_when_there_is_time() -> None:
    engine = Columns()
    pieces = practice.pieces(engine)
    assert not engine.placed
    next(pieces)
    first = len(engine.placed)
    assert first
    assert len([*pieces]) == 2
    assert len(engine.placed) > 3 * first
