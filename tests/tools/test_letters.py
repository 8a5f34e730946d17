"""Words of letters: one for each thing, the nearest the shortest, none the beginning of another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.tools.connect import ConnectTool
from editor.tools.letters import LETTERS, MOST, chosen, words
from tests.tools.bench import Bench


@given(st.integers(0, MOST))
def test_each_thing_has_a_word_and_no_word_begins_another(count: int) -> None:
    found = words(count)
    assert len(set(found)) == len(found) == count
    assert [len(word) for word in found] == sorted(len(word) for word in found)
    assert all(set(word) <= set(LETTERS) and len(word) in (1, 2) for word in found)
    singles = {word for word in found if len(word) == 1}
    assert not any(word[0] in singles for word in found if len(word) > 1)


@given(st.integers(1, MOST), st.data())
def test_typing_a_word_chooses_what_it_stands_for(count: int, data: st.DataObject) -> None:
    table = {word: f"s{number}" for number, word in enumerate(words(count))}
    word = data.draw(st.sampled_from(sorted(table)))
    typed, id = "", ""
    for letter in word:
        assert id == ""
        typed, id = chosen(table, typed + letter)
    assert (typed, id) == ("", table[word])


def test_few_things_have_one_letter_each_and_many_as_few_of_two_as_need_be() -> None:
    assert words(26) == [*LETTERS]
    assert [len(word) for word in words(27)].count(1) == 25
    assert len(words(MOST + 5)) == MOST


def test_a_letter_that_begins_no_word_is_forgotten() -> None:
    assert chosen({"f": "a", "zx": "b"}, "q") == ("", "")
    assert chosen({"f": "a", "zx": "b"}, "zq") == ("", "")
    assert chosen({"f": "a", "zx": "b"}, "z") == ("z", "")


# what the connect tool offers


@pytest.fixture
def bench() -> Bench:
    return Bench(ConnectTool)


def test_the_chosen_state_is_led_to(bench: Bench) -> None:
    bench.document.selection.replace([bench.id("a")])
    assert bench.id("done") in bench.tool.phase.offers()
    assert bench.document.chart.root_id not in bench.tool.phase.offers()
    bench.tool.choose(bench.id("p.d"))
    [new] = bench.document.selection.ids
    made = bench.document.chart.transitions[new]
    assert (made.source, made.targets) == (bench.id("a"), (bench.id("p.d"),))
    assert bench.surface.labels == [new]
    assert bench.surface.is_put_back
    assert bench.is_calm()
    assert bench.undo_steps() == 1


def test_a_state_may_be_led_to_itself(bench: Bench) -> None:
    bench.document.selection.replace([bench.id("a")])
    bench.tool.choose(bench.id("a"))
    [new] = bench.document.selection.ids
    assert bench.document.chart.transitions[new].targets == (bench.id("a"),)


def test_with_nothing_selected_one_chooses_where_to_begin_and_nothing_begins_at_an_end(bench: Bench) -> None:
    assert bench.id("done") not in bench.tool.phase.offers()
    bench.tool.choose(bench.id("b"))
    assert bench.selected() == {"b"}
    assert bench.undo_steps() == 0
    bench.tool.choose(bench.id("a"))
    [new] = bench.document.selection.ids
    assert bench.document.chart.transitions[new].source == bench.id("b")


def test_letters_choose_after_arrows_too(bench: Bench) -> None:
    from editor.tools.base import KeyInput

    bench.document.selection.replace([bench.id("b")])
    bench.tool.key(KeyInput(key="Right"))
    bench.tool.choose(bench.id("a"))
    [new] = bench.document.selection.ids
    assert bench.document.chart.transitions[new].targets == (bench.id("a"),)
    assert bench.is_calm()


def test_what_is_not_offered_cannot_be_chosen(bench: Bench) -> None:
    bench.tool.choose(bench.id("done"))
    bench.tool.choose("nothing")
    assert bench.selected() == set()
