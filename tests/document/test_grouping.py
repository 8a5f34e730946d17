"""Grouping and dissolving: states stay where they are, and the machine does what it did, or it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.document import grouping
from editor.document.boxes import Boxes
from editor.document.dissolving import dissolve
from editor.document.document import Document
from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.errors import ChartError, StepLimitError
from editor.formats.native_write import write_machine
from editor.geometry import Point
from editor.model import labels, queries
from editor.model.chart import Chart
from editor.model.elements import In, Or, StateKind
from tests.charts import MEASURE, document, drawn, feed, id_of
from tests.engine.build import EVENTS, random_chart

TEXT = """
initial: a
states:
  a: {on: {GO: b, AT: {target: c, guard: "matches('b')"}}}
  b: {on: {BACK: a}}
  c: {on: {BACK: {target: a, guard: {in: b}}}}
"""
INPUTS = st.lists(st.sampled_from([*EVENTS, 5, 20]), min_size=1, max_size=8)


def grouped(made: Document, *paths: str, kind: StateKind = StateKind.NORMAL) -> str:
    ids = [id_of(made.chart, path) for path in paths]
    edit, id = grouping.group(made.chart, made.diagram, ids, kind, measure=MEASURE)
    made.apply(edit)
    return id


def dissolved(made: Document, id: str) -> list[str]:
    edit, children = dissolve(made.chart, made.diagram, id, measure=MEASURE)
    made.apply(edit)
    return children


def refusal(text: str, path: str) -> str:
    made = document(text)
    with pytest.raises(ChartError) as caught:
        dissolve(made.chart, made.diagram, id_of(made.chart, path), measure=MEASURE)
    return str(caught.value)


def corners(made: Document, ids: Iterable[str]) -> dict[str, Point]:
    boxes = Boxes(made.chart, made.diagram)
    return {id: boxes.origin(id) for id in ids}


def ran(chart: Chart, inputs: list[str | int], without: set[str]) -> list[Any]:
    """What a run does: which states are active after each step, and what was done."""
    simulator = Simulator(Machine.from_chart(chart))
    try:
        simulator.start()
        feed(simulator, inputs)
    except StepLimitError:
        return []
    machine = simulator.machine
    return [
        (set(machine.ids(entry.outcome.snapshot.active)) - without, entry.outcome.snapshot.context)
        for entry in simulator.trace
    ]


def failing(chart: Chart, inputs: list[str | int]) -> set[str]:
    """The elements whose actions fail in a run."""
    simulator = Simulator(Machine.from_chart(chart))
    simulator.start()
    feed(simulator, inputs)
    return {failure.element for entry in simulator.trace for failure in entry.outcome.failures}


def test_a_group_begins_where_its_parent_began_and_its_parent_with_it() -> None:
    made = document(TEXT)
    before = corners(made, made.diagram.boxes)
    id = grouped(made, "a", "b")
    assert [child.key for child in made.chart.children(id)] == ["a", "b"]
    assert [child.key for child in made.chart.children(made.chart.root_id)] == ["group", "c"]
    assert queries.initial_transition(made.chart, made.chart.root_id).targets == (id,)  # type: ignore[union-attr]
    assert queries.initial_transition(made.chart, id).targets == (id_of(made.chart, "group.a"),)  # type: ignore[union-attr]
    texts = [
        labels.label_text(made.chart, each) for each in made.chart.outgoing(id_of(made.chart, "group.a"))
    ]
    assert texts == ["GO", "AT [matches('group.b')]"]
    assert corners(made, before) == before


def test_a_group_that_is_dissolved_leaves_the_same_text() -> None:
    made = document(TEXT)
    text = write_machine(made.chart)
    dissolved(made, grouped(made, "a", "b"))
    assert write_machine(made.chart) == text


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        (["a", "p.x"], "Some of the states are in the machine, others in “p”"),
        (["a", "end"], "“end” is final: it ends the machine"),
        (["p.h", "p.x"], "“h” remembers what was active in “p”"),
        (["q.l", "q.r"], "“l” and “r” are regions"),
        (["q.l"], "“l” is a region"),
        ([], "Select the states to group."),
    ],
)
def test_what_would_mean_something_else_in_a_group_is_refused(paths: list[str], reason: str) -> None:
    made = document("""
initial: a
states:
  a: {}
  p: {initial: x, states: {x: {}, y: {}, h: {type: history}}}
  q: {type: parallel, states: {l: {}, r: {}}}
  end: {type: final}
""")
    with pytest.raises(ChartError, match=reason):
        grouped(made, *paths)


def test_a_state_is_wrapped_as_the_first_region_of_a_parallel_state() -> None:
    made = document("initial: a\nstates: {a: {initial: x, states: {x: {}}}, b: {on: {GO: a}}}")
    before = corners(made, [id_of(made.chart, "a.x")])
    id = grouped(made, "a", kind=StateKind.PARALLEL)
    assert queries.is_region(made.chart, id_of(made.chart, "parallel.a"))
    assert queries.initial_transition(made.chart, made.chart.root_id).targets == (id,)  # type: ignore[union-attr]
    assert queries.initial_transition(made.chart, id) is None
    assert corners(made, before) == before
    dissolved(made, id)
    assert queries.find_path(made.chart, "a.x") is not None


def test_states_that_are_wrapped_together_are_regions_that_do_not_overlap() -> None:
    made = document("initial: a\nstates: {a: {}, b: {}, c: {}}")
    id = grouped(made, "a", "b", "c", kind=StateKind.PARALLEL)
    rects = [made.diagram.boxes[child.id].rect for child in made.chart.children(id)]
    assert all(a.bottom <= b.y for a, b in pairwise(rects))
    assert (
        made.diagram.boxes[id]
        .rect.moved(-made.diagram.boxes[id].x, -made.diagram.boxes[id].y)
        .encloses(rects[-1])
    )


def test_what_a_dissolved_state_answered_its_children_answer() -> None:
    made = document("""
initial: p
states:
  p: {initial: x, states: {x: {on: {GO: y}}, y: {}}, on: {OUT: q, AGAIN: p}}
  q: {on: {IN: {target: p, guard: {not: {in: p}}}}, always: {target: q, guard: {in: p.y}}}
""")
    dissolved(made, id_of(made.chart, "p"))
    chart = made.chart
    x, y = id_of(chart, "x"), id_of(chart, "y")
    assert [(each.trigger.text, each.targets) for each in chart.outgoing(x)] == [
        ("GO", (y,)), ("OUT", (id_of(chart, "q"),)), ("AGAIN", (x,)),
    ]  # fmt: skip
    assert [each.trigger.text for each in chart.outgoing(y)] == ["OUT", "AGAIN"]
    [always, back] = sorted(chart.outgoing(id_of(chart, "q")), key=lambda each: each.trigger.text)
    assert back.targets == (x,)
    assert back.guard.part == Or(parts=(In(state=x), In(state=y)))  # type: ignore[union-attr]
    assert always.guard == In(state=y)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("initial: p\nstates: {p: {}}", "no states inside"),
        ("initial: p\nstates: {p: {initial: x, entry: beep, states: {x: {}, y: {}}}}", "entry actions"),
        (
            "initial: p\nstates: {p: {initial: x, entry: beep, states: {x: {on: {GO: x}}}}}",
            "“x” is also entered anew",
        ),
        (
            "initial: p\nstates: {p: {initial: x, after: {1s: q}, states: {x: {}, y: {}}}, q: {}}",
            "delayed transitions",
        ),
        ("initial: p\nstates: {p: {initial: x, invoke: {src: s}, states: {x: {}}}}", "runs a service"),
        ("initial: p\nstates: {p: {initial: x, states: {x: {}, f: {type: final}}}}", "“f” ends “p”"),
        ("initial: p\nstates: {p: {initial: x, states: {x: {}, h: {type: history}}}}", "“h” remembers"),
        (
            "initial: p\nstates: {p: {initial: x, states: {x: {exit: {log: \"matches('p')\"}}}}}",
            "An expression asks",
        ),
        (
            "initial: p\nstates: {p: {initial: x, on: {GO: q}, states: {x: {on: {'*': y}}, y: {}}}, q: {}}",
            "“x” answers “\\*”",
        ),
        (
            "initial: p\nstates: {p: {type: parallel, states: {x: {}, y: {}}}}",
            "“p” is a parallel state: its regions",
        ),
        (
            "initial: h\nstates: {p: {initial: y, states: {x: {}, y: {}}}, h: {type: history}}",
            "The machine begins in “p” only as that comes first",
        ),
    ],
)
def test_what_would_change_the_meaning_is_refused_with_the_reason(text: str, reason: str) -> None:
    made = document(text)
    with pytest.raises(ChartError, match=reason):
        dissolve(made.chart, made.diagram, id_of(made.chart, "p"), measure=MEASURE)


def test_neither_the_machine_nor_a_region_of_several_states_is_dissolved() -> None:
    made = document(
        "initial: p\nstates: {p: {type: parallel, states: {l: {initial: x, states: {x: {}, y: {}}}}}}"
    )
    with pytest.raises(ChartError, match="The machine itself"):
        dissolve(made.chart, made.diagram, made.chart.root_id, measure=MEASURE)
    assert "is a region" in refusal(
        "initial: p\nstates: {p: {type: parallel, states: {l: {initial: x, states: {x: {}, y: {}}}, r: {}}}}",
        "p.l",
    )


def test_what_ran_on_entry_runs_with_the_only_child() -> None:
    made = document("""
initial: p
states:
  p: {initial: x, entry: one, exit: four, after: {1s: q}, states: {x: {entry: two, exit: three}}}
  q: {}
""")
    [x] = dissolved(made, id_of(made.chart, "p"))
    state = made.chart.states[x]
    assert [each.name for each in (*state.entry, *state.exit)] == ["one", "two", "three", "four"]  # type: ignore[union-attr]
    assert [each.trigger.text for each in made.chart.outgoing(x)] == ["1s"]


def test_a_history_that_remembers_less_afterwards_is_told() -> None:
    made = document("initial: a\nstates: {a: {}, b: {}, h: {type: history}}")
    assert "“h” remembers only which state of the machine" in grouping.remark(made.chart, made.chart.root_id)
    made = document("initial: a\nstates: {a: {}, b: {}, h: {type: history, history: deep}}")
    assert grouping.remark(made.chart, made.chart.root_id) == ""


@example(920, 0, 0, ["A"])
@settings(max_examples=300, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 50), st.integers(0, 50), INPUTS)
def test_a_grouped_machine_does_what_it_did(seed: int, one: int, two: int, inputs: list[str | int]) -> None:
    made = drawn(random_chart(seed))
    states = sorted(state.id for state in made.chart.states.values() if state.parent is not None)
    first, second = states[one % len(states)], states[two % len(states)]
    try:
        edit, id = grouping.group(made.chart, made.diagram, [first, second], measure=MEASURE)
    except ChartError:
        return
    parent = made.chart.states[first].parent or ""
    if grouping.remark(made.chart, parent) or grouping.remark(
        made.chart, made.chart.states[second].parent or ""
    ):
        return
    text, before = write_machine(made.chart), ran(made.chart, inputs, set())
    is_row = first == second
    is_region = any(queries.is_region(made.chart, each) for each in (first, second))
    beside = {state.id for one in (first, second) for state in queries.document_order(made.chart, one)}
    places = corners(made, beside)
    made.apply(edit)
    assert ran(made.chart, inputs, {id}) == before
    if not is_region:
        assert corners(made, places) == places
    if is_row:
        dissolved(made, id)
        assert write_machine(made.chart) == text


@settings(max_examples=300, deadline=None)
@example(60848, 5, ["A"])
@example(930, 3, [20])
@given(st.integers(0, 100_000), st.integers(0, 50), INPUTS)
def test_a_dissolved_state_is_not_missed(seed: int, one: int, inputs: list[str | int]) -> None:
    made = drawn(random_chart(seed))
    states = sorted(state.id for state in made.chart.states.values() if made.chart.has_children(state.id))
    id = states[one % len(states)]
    parent = made.chart.states[id].parent
    try:
        edit, _ = dissolve(made.chart, made.diagram, id, measure=MEASURE)
    except ChartError:
        return
    if parent is None or grouping.remark(made.chart, parent):
        return
    before = ran(made.chart, inputs, {id})
    if before and id in failing(
        made.chart, inputs
    ):  # its actions are in one list with others then, which ends there
        return
    inside = [state.id for state in queries.descendants(made.chart, id)]
    places = corners(made, inside)
    is_tiled = StateKind.PARALLEL in (made.chart.states[id].kind, made.chart.states[parent].kind)
    made.apply(edit)
    assert ran(made.chart, inputs, set()) == before
    if not is_tiled:
        assert corners(made, inside) == places
