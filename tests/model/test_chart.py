"""A chart is always one: an edit that would break it is refused whole."""

from __future__ import annotations

import pytest

from editor.errors import ChartError
from editor.model.changes import Changes, InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import ROOT, Info, State, Transition, unresolved


def state(id: str, parent: str | None = ROOT, order: float = 0) -> State:
    return State(id=id, parent=parent, key=id, order=order)


def transition(id: str, source: str, *targets: str, order: float = 0) -> Transition:
    return Transition(id=id, source=source, targets=targets, order=order)


@pytest.fixture
def chart() -> Chart:
    chart = Chart()
    records = [state("a"), state("b", order=1), state("c", "b")]
    changes: Changes = tuple(StateChange(each.id, None, each) for each in records)
    chart.apply((*changes, TransitionChange("t", None, transition("t", "a", "c"))))
    return chart


def contents(chart: Chart) -> tuple[object, ...]:
    return (
        dict(chart.states),
        dict(chart.transitions),
        chart.info,
        {id: (chart.children(id), chart.outgoing(id), chart.incoming(id)) for id in chart.states},
    )


A, B, C, T = state("a"), state("b", order=1), state("c", "b"), transition("t", "a", "c")
BROKEN: list[Changes] = [
    (StateChange("b", B, None),),
    (StateChange("c", C, None),),
    (StateChange("a", A, None),),
    (StateChange("b", B, state("b", "c")),),
    (StateChange("b", B, state("b", "b")),),
    (StateChange("d", None, state("d", "nowhere")),),
    (StateChange("d", None, state("d", None)),),
    (StateChange(ROOT, State(id=ROOT, parent=None, key="machine"), None),),
    (StateChange("a", None, A),),
    (StateChange("a", state("a", order=7), None),),
    (TransitionChange("u", None, transition("u", "gone", "a")),),
    (TransitionChange("u", None, transition("u", "a", "gone")),),
    (TransitionChange("u", None, transition("u", unresolved("x"), "a")),),
    (InfoChange("info", Info(context={"n": 1}), Info()),),
    (StateChange("d", None, state("d")), TransitionChange("t", T, transition("t", "a", "gone"))),
]


@pytest.mark.parametrize("changes", BROKEN)
def test_what_would_break_it_is_refused_and_nothing_changes(chart: Chart, changes: Changes) -> None:
    before, version = contents(chart), chart.version
    with pytest.raises(ChartError):
        chart.apply(changes)
    assert (contents(chart), chart.version) == (before, version)


def test_changes_may_come_in_any_order(chart: Chart) -> None:
    chart.apply(
        (
            StateChange("b", B, None),
            StateChange("c", C, None),
            TransitionChange("t", T, transition("t", "a", "d")),
            StateChange("d", None, state("d", "e")),
            StateChange("e", None, state("e")),
        )
    )
    assert [each.id for each in chart.incoming("d")] == ["t"]
    assert sorted(chart.states) == ["a", "d", "e", ROOT]


def test_order_is_what_the_records_say(chart: Chart) -> None:
    chart.apply(
        (
            StateChange("z", None, state("z", order=-1)),
            TransitionChange("u", None, transition("u", "a", "b", order=-1)),
        )
    )
    assert [each.id for each in chart.children(ROOT)] == ["z", "a", "b"]
    assert [each.id for each in chart.outgoing("a")] == ["u", "t"]


def test_a_target_may_be_a_text_that_names_nothing(chart: Chart) -> None:
    chart.apply([TransitionChange("u", None, transition("u", "a", unresolved("gone")))])
    assert chart.transitions["u"].targets == ("?gone",)


def test_a_copy_goes_its_own_way(chart: Chart) -> None:
    other = chart.copy()
    before = contents(chart)
    other.apply([StateChange("d", None, state("d"))])
    assert contents(chart) == before
    assert "d" in other.states


def test_ids_are_never_given_twice(chart: Chart) -> None:
    chart.apply([StateChange("s1", None, state("s1"))])
    given = {chart.fresh_id("s") for _ in range(5)}
    assert len(given) == 5
    assert not given & set(chart.states)


def test_only_apply_writes(chart: Chart) -> None:
    with pytest.raises(TypeError):
        chart.states["a"] = B  # type: ignore[index]
    chart.children(ROOT).clear()
    chart.outgoing("a").clear()
    assert [each.id for each in chart.children(ROOT)] == ["a", "b"]
    assert [each.id for each in chart.outgoing("a")] == ["t"]


def test_whole_tables_make_the_chart_that_changes_make(chart: Chart) -> None:
    states = [chart.root, state("b", order=1), state("c", "b"), state("a")]
    info = Info(context={"n": 1})
    chart.apply(
        [InfoChange(info.id, chart.info, info), TransitionChange("u", None, transition("u", "a", "?x"))]
    )
    made = Chart.of(states, [transition("t", "a", "c"), transition("u", "a", "?x")], info)
    assert contents(made) == contents(chart)


ROOT_STATE = State(id=ROOT, parent=None, key="machine")
NO_CHARTS: list[tuple[list[State], list[Transition]]] = [
    ([state("a")], []),
    ([ROOT_STATE, state("c", "b"), B], []),
    ([ROOT_STATE, state("b", "c"), state("c", "b")], []),
    ([ROOT_STATE, state("d", "d")], []),
    ([ROOT_STATE, state("d", "nowhere")], []),
    ([ROOT_STATE, state("d", None)], []),
    ([ROOT_STATE, A, state("a", order=2)], []),
    ([ROOT_STATE, A], [transition("t", "gone", "a")]),
    ([ROOT_STATE, A], [transition("t", "a", "gone")]),
    ([ROOT_STATE, A], [transition("t", unresolved("x"), "a")]),
    ([ROOT_STATE, A], [transition("t", "a"), transition("t", "a", "a")]),
]


@pytest.mark.parametrize(("states", "transitions"), NO_CHARTS)
def test_tables_that_are_no_chart_are_refused(states: list[State], transitions: list[Transition]) -> None:
    with pytest.raises(ChartError):
        Chart.of(states, transitions)
