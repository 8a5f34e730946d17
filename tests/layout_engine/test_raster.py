from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.layout_engine.raster import Raster

_AT = st.floats(-1_000, 1_000)
_AREAS = st.tuples(_AT, _AT, st.floats(0, 700), st.floats(0, 700)).map(
    lambda each: (each[0], each[1], each[0] + each[2], each[1] + each[3])
)
_DEEDS = st.lists(st.tuples(st.sampled_from("abcde"), st.none() | _AREAS), max_size=12)


@given(_DEEDS, _AREAS)
def test_what_meets_an_area_is_found_whatever_was_put_moved_and_removed(
    deeds: list[tuple[str, tuple[float, float, float, float] | None]],
    area: tuple[float, float, float, float],
) -> None:
    raster, there = Raster(), {}
    for id, bounds in deeds:
        if bounds is None:
            raster.remove(id)
            there.pop(id, None)
        else:
            raster.put(id, bounds)
            there[id] = bounds
    left, top, right, bottom = area
    wanted = {
        id: each
        for id, each in there.items()
        if each[0] <= right and each[2] >= left and each[1] <= bottom and each[3] >= top
    }
    assert raster.meeting(*area) == wanted
