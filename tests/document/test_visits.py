from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.document.visits import MOST, Place, Visits
from editor.geometry import Point


def place(x: float, *ids: str, zoom: float = 1.0) -> Place:
    return Place(Point(x, 0), zoom, ids)


def always(id: str) -> bool:
    return True


def test_one_goes_back_and_forward_along_the_way_one_came() -> None:
    visits = Visits()
    visits.leave(place(0))
    visits.leave(place(100))
    assert visits.go(-1, place(200), always) == place(100)
    assert visits.go(-1, place(100), always) == place(0)
    assert visits.go(-1, place(0), always) is None
    assert visits.go(1, place(0), always) == place(100)
    assert visits.go(1, place(100), always) == place(200)
    assert not visits.can_go(1)


def test_going_elsewhere_forgets_what_was_ahead() -> None:
    visits = Visits()
    visits.leave(place(0))
    visits.go(-1, place(100), always)
    assert visits.can_go(1)
    visits.leave(place(0))
    assert not visits.can_go(1)


def test_what_is_gone_is_left_out_and_a_place_of_which_all_is_gone_passed_over() -> None:
    visits = Visits()
    visits.leave(place(0, "a", "b"))
    visits.leave(place(100, "gone"))
    found = visits.go(-1, place(200), lambda id: id == "a")
    assert found == place(0, "a")


def test_a_place_that_looks_as_here_is_passed_over() -> None:
    visits = Visits()
    visits.leave(place(0))
    visits.leave(place(100, "a"))
    assert visits.go(-1, place(100.4, "a"), always) == place(0)


def test_a_place_counts_by_pixels_and_by_what_is_selected() -> None:
    assert place(0, zoom=0.1).is_like(place(5, zoom=0.1))
    assert not place(0).is_like(place(5))
    assert not place(0, "a").is_like(place(0))
    assert not place(0, zoom=1.0).is_like(place(0, zoom=1.1))


def test_what_is_looked_at_alone_is_part_of_a_place() -> None:
    visits = Visits()
    visits.leave(place(0)._replace(alone="gone"))
    visits.leave(place(0)._replace(alone="there"))
    here = place(0)
    assert visits.go(-1, here, lambda id: id == "there") == place(0)._replace(alone="there")
    assert visits.go(-1, place(0)._replace(alone="there"), lambda id: id == "there") is None


def test_only_so_many_are_kept() -> None:
    visits = Visits()
    for number in range(3 * MOST):
        visits.leave(place(number * 50))
    here, count = place(-1000), 0
    while (found := visits.go(-1, here, always)) is not None:
        here, count = found, count + 1
    assert count == MOST
    assert here == place((2 * MOST) * 50)


@given(st.lists(st.integers(0, 6)), st.integers(1, 8))
def test_going_back_and_as_often_forward_leads_to_where_one_was(steps: list[int], times: int) -> None:
    visits, here = Visits(), place(-500)
    for step in steps:
        if not here.is_like(place(step * 100)):
            visits.leave(here)
            here = place(step * 100)
    start, gone = here, 0
    for _ in range(times):
        found = visits.go(-1, here, always)
        if found is not None:
            here, gone = found, gone + 1
    for _ in range(gone):
        found = visits.go(1, here, always)
        assert found is not None
        here = found
    assert here == start
