"""Sums: what actions add to a context, brought together, is what they add one after the other."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.engine.machine import Machine
from editor.engine.meter import SHORT
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from editor.engine.sums import Sum, Sums, add, total
from editor.formats import yaml_write
from editor.model.elements import Data
from tests.charts import chart

KEYS = "nm"
VALUES: st.SearchStrategy[Data] = st.one_of(
    st.integers(-3, 3), st.booleans(), st.none(), st.just(1.5), st.just("text"), st.just([1]),
    st.sampled_from([SHORT - 1, -SHORT + 1, SHORT, 1 << 80]),
)  # fmt: skip
ASSIGNMENTS = st.tuples(
    st.sampled_from(KEYS),
    st.one_of(
        VALUES.filter(lambda each: not isinstance(each, str | list)),
        st.tuples(
            st.sampled_from(KEYS), st.sampled_from("+-"), st.sampled_from([0, 1, 2, SHORT, "true", "n"])
        ).map(lambda parts: f"{parts[0]} {parts[1]} {parts[2]}"),
        st.just("context"),
    ),
)
LISTS = st.lists(ASSIGNMENTS.map(lambda pair: {"assign": {pair[0]: pair[1]}}), max_size=4)
CONTEXTS = st.dictionaries(st.sampled_from(KEYS), VALUES)


def test_each_key_is_added_to_once() -> None:
    sums = [Sum("n", 1, is_added=True), Sum("m", 2, is_added=True), Sum("n", -4, is_added=True)]
    assert total(sums) == Sums((("n", -3), ("m", 2)), ())


def test_what_is_added_to_a_constant_is_a_constant() -> None:
    assert total([Sum("n", 5, is_added=False), Sum("n", 2, is_added=True)]) == Sums((), (("n", 7),))


@pytest.mark.parametrize(
    "sums",
    [
        pytest.param(
            [Sum("n", 1, True), Sum("n", 0, False)], id="a constant after an addition that may fail"
        ),
        pytest.param([Sum("n", "a", False), Sum("n", 1, True)], id="an addition to a text"),
        pytest.param([Sum("n", True, True)], id="a truth value that is added"),
        pytest.param([Sum("n", SHORT, True)], id="a long number"),
    ],
)
def test_what_cannot_be_brought_together_is_not(sums: list[Sum]) -> None:
    assert total(sums) is None


@pytest.mark.parametrize("value", ["a", 1.5, None, [1], SHORT - 1])
def test_where_one_cannot_be_added_none_is(value: Data) -> None:
    context: dict[str, Data] = {"n": 1, "m": value}
    assert not add((("n", 1), ("m", 1)), context)
    assert context == {"n": 1, "m": value}


@settings(max_examples=400, deadline=None)
@given(CONTEXTS, LISTS, LISTS, LISTS, st.lists(st.sampled_from(["GO", "STAY", 5]), max_size=12))
def test_a_run_that_nobody_watches_adds_as_one_that_is_watched(
    context: dict[str, Data], leaving: list[Data], acting: list[Data], entering: list[Data],
    inputs: list[str | int],
) -> None:  # fmt: skip
    text = yaml_write.dump(
        {
            "initial": "a",
            "context": context,
            "states": {
                "a": {
                    "exit": leaving,
                    "after": {"5": {"target": "b", "guard": "n == 2", "actions": acting}},
                    "on": {"GO": {"target": "b", "actions": acting}, "STAY": {"actions": [*acting, "name"]}},
                },
                "b": {"entry": entering, "on": {"GO": [{"guard": "m", "target": "a"}, {"actions": acting}]}},
            },
        }
    )
    machine = Machine.from_chart(chart(text))
    runner, simulator = Runner(machine), Simulator(machine)
    runner.start()
    simulator.start()
    for is_event, group in itertools.groupby(inputs, lambda each: isinstance(each, str)):
        for each in (several := list(group)):
            simulator.send(str(each)) if is_event else simulator.advance(int(each))
        if is_event:
            before = runner.context
            was = repr(before)
            runner.run([str(each) for each in several])
            assert repr(before) == was  # what was told before is not changed behind its reader's back
        else:
            runner.advance(sum(int(each) for each in several))
    assert repr(runner.snapshot) == repr(simulator.snapshot)
