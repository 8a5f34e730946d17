from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from editor.commands.matching import MOST_FOUND, Matcher, text

_TEXTS = st.text(alphabet="abcAB12 ._-é", max_size=12)


def matcher(*titles: str, places: tuple[str, ...] = ()) -> Matcher:
    above = places or ("",) * len(titles)
    return Matcher([(text(title), text(place)) for title, place in zip(titles, above, strict=True)])


def found(query: str, *titles: str) -> list[str]:
    return [titles[number] for number in matcher(*titles).find(query)]


def test_capitals_numbers_points_and_dashes_begin_words() -> None:
    assert text("goHome_now.then-42 %").words == " go home now then 42"
    assert text("idle12").words == " idle 12"
    assert text("idle12").letters == "idle12"


def test_a_text_that_begins_so_comes_before_words_and_words_before_insides() -> None:
    titles = ("Reunite", "Run unlit", "unit", "Add unit", "unitary")
    assert found("unit", *titles) == ["unit", "unitary", "Add unit", "Reunite", "Run unlit"]


def test_first_letters_of_words_find() -> None:
    titles = ("Puz to s", "Zap it sooner", "Zoom to selection")
    assert found("zts", *titles) == ["Zoom to selection", "Puz to s", "Zap it sooner"]
    assert found("wfr", "waitForReply", "wafer") == ["waitForReply", "wafer"]


def test_words_are_found_by_their_beginnings() -> None:
    assert found("zoom sel", "Zoom in", "Zoom to selection") == ["Zoom to selection"]


def test_letters_of_the_place_may_be_typed_before_those_of_the_title() -> None:
    made = matcher("idle", "idle", "busy", places=("left", "right", "right"))
    assert made.find("right.idle") == [1]
    assert made.find("ri") == [1, 2]


def test_equally_good_ones_stay_in_order_and_not_too_many_are_found() -> None:
    titles = tuple(f"state{number}" for number in range(3 * MOST_FOUND))
    assert found("state", *titles) == list(titles[:MOST_FOUND])
    assert found("", *titles) == list(titles[:MOST_FOUND])


def test_signs_alone_find_nothing() -> None:
    assert found("%", "100 %") == []
    assert found("b]", "a[0]", "b[0]") == ["b[0]"]


@given(st.lists(_TEXTS, max_size=8), _TEXTS)
def test_exactly_those_with_all_letters_in_their_order_are_found(titles: list[str], query: str) -> None:
    wanted = re.sub(r"[\W_]", "", query).casefold()
    if not wanted:
        return

    def has(title: str) -> bool:
        left = iter(re.sub(r"[\W_]", "", title).casefold())
        return all(letter in left for letter in wanted)

    assert sorted(matcher(*titles).find(query)) == [n for n, title in enumerate(titles) if has(title)]


@given(st.lists(_TEXTS, max_size=8), st.lists(_TEXTS, min_size=1, max_size=5))
def test_what_was_typed_before_makes_no_difference(titles: list[str], queries: list[str]) -> None:
    made = matcher(*titles)
    for query in queries:
        for end in range(len(query) + 1):
            assert made.find(query[:end]) == matcher(*titles).find(query[:end])
