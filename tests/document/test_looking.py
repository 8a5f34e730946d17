from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.document.looking import Look, Looking


def test_one_goes_around_through_what_is_lit_up() -> None:
    looking = Looking()
    looking.show(Look.TEXT, "x", ["a", "b", "c"])
    assert looking.number == 0
    seen = []
    for _ in range(4):
        looking.step(1)
        seen.append((looking.at, looking.number))
    assert seen == [("a", 1), ("b", 2), ("c", 3), ("a", 1)]
    looking.step(-1)
    assert looking.at == "c"


def test_going_back_first_leads_to_the_last() -> None:
    looking = Looking()
    looking.show(Look.TEXT, "x", ["a", "b"])
    looking.step(-1)
    assert looking.at == "b"


def test_one_stays_where_one_is_while_that_is_lit_up() -> None:
    looking = Looking()
    looking.show(Look.TEXT, "x", ["a", "b", "c"], at="b")
    looking.show(Look.TEXT, "xy", ["b", "c"])
    assert (looking.at, looking.number) == ("b", 1)
    looking.show(Look.TEXT, "xyz", ["c"])
    assert (looking.at, looking.number) == ("", 0)


def test_what_is_the_same_is_not_told_again() -> None:
    looking, told = Looking(), []
    looking.changed.subscribe(lambda: told.append(looking.hits))
    looking.show(Look.TEXT, "x", ["a"])
    looking.show(Look.TEXT, "x", ["a"])
    assert told == [("a",)]
    assert looking.end()
    assert not looking.end()
    assert told == [("a",), ()]


def test_with_nothing_lit_up_there_is_nowhere_to_go() -> None:
    looking, told = Looking(), []
    looking.stepped.subscribe(lambda: told.append(1))
    looking.step(1)
    assert not told
    assert looking.at == ""


@given(st.lists(st.sampled_from("abcde"), unique=True), st.lists(st.integers(-7, 7)))
def test_where_one_is_is_always_lit_up(hits: list[str], steps: list[int]) -> None:
    looking = Looking()
    looking.show(Look.EVENT, "E", hits)
    for by in steps:
        looking.step(by)
        assert looking.at in (hits or [""])
