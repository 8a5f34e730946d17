from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout.sizes import Measure, TableMeasure
from editor.layout_engine import parts, rungs
from editor.layout_engine.options import NAMES, Mode, Options, Rung, Scope
from editor.layout_engine.process import EngineProcess
from editor.layout_engine.rungs import Proposal, propose
from editor.layout_engine.warm import Kept, Limits, Warm, start_graphlay
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed, random_chart, seen_at, spread
from tests.layout_engine import children
from tests.layout_engine.children import child, impatient

SMALL = "initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a}}}"
NOBODY = Kept(children.nobody, Limits())
_NO_TIME = Limits(soft=0.1, hard=0.2, start=30, wait=impatient)


@pytest.fixture(autouse=True)
def _libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the libraries were there: the processes of these tests need none."""
    monkeypatch.setattr(parts, "missing", lambda: None)


def proposed(program: str, options: Options | None = None, limits: Limits | None = None) -> Proposal:
    return with_warm(
        Warm(lambda: child(program), limits or Limits(wait=impatient), Kept(start_graphlay, Limits())),
        options,
    )


def with_warm(warm: Warm, options: Options | None = None, measure: Measure = MEASURE) -> Proposal:
    try:
        return propose(chart(SMALL), Diagram(), options or Options(), warm, measure)
    finally:
        warm.kill()


def assert_usable(made: Chart, proposal: Proposal) -> None:
    boxes = proposal.diagram.boxes
    for id in made.states:
        inside = [boxes[each.id].rect for each in made.children(id)]
        for number, one in enumerate(inside):
            assert not any(one.grown(-1).intersects(other.grown(-1)) for other in inside[number + 1 :])
            assert id == made.root_id or Rect(0, 0, *boxes[id].rect[2:]).grown(1).encloses(one)


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (children.CRASHING, "its process ended"),
        (children.STAMMERING, "its process ended"),
        (children.SENSELESS, "has no place"),
        (children.SHAPELESS, "no drawing"),
        (children.ANSWERLESS, "its answer has no sense"),
        (children.FAILING, "too hard"),
        (children.ENDING, "it ended while it was loaded"),
        (children.DEAF, "its process ended"),
    ],
)
def test_what_goes_wrong_is_told_and_the_next_rung_draws(program: str, told: str) -> None:
    proposal = proposed(program)
    assert proposal.rung is Rung.GRAPHLAY
    assert "ELK (level by level) gave no drawing: " in proposal.why
    assert told in proposal.why
    assert_usable(chart(SMALL), proposal)


def test_an_engine_that_never_answers_is_ended_and_not_asked_again() -> None:
    made: list[EngineProcess] = []

    def start() -> EngineProcess:
        made.append(child(children.SILENT))
        return made[-1]

    proposal = with_warm(Warm(start, _NO_TIME, Kept(start_graphlay, Limits())))
    assert proposal.rung is Rung.GRAPHLAY
    assert proposal.why == "ELK (level by level) gave no drawing: it took more than 0.2 seconds."
    assert len(made) == 1
    assert not made[0].is_alive


def test_an_engine_that_is_never_ready_is_ended() -> None:
    limits = Limits(start=0.5, wait=impatient)
    proposal = proposed(children.SLEEPING, limits=limits)
    assert proposal.rung is Rung.GRAPHLAY
    assert "it was not ready after 0.5 seconds" in proposal.why


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (children.SILENT, "it took more than 0.2 seconds"),
        (children.SLEEPING, "it was not ready after 0.5 seconds"),
        (children.CRASHING, "its process ended"),
        (children.STAMMERING, "its process ended"),
        (children.ENDING, "it ended while it was loaded"),
        (children.UNLOADED, "no such file"),
        (children.SENSELESS, "has no place"),
        (children.SHAPELESS, "no drawing"),
        (children.ANSWERLESS, "its answer has no sense"),
        (children.FAILING, "too hard"),
    ],
)
def test_where_graphlay_goes_wrong_rows_are_drawn(program: str, told: str) -> None:
    made: list[EngineProcess] = []

    def start() -> EngineProcess:
        made.append(child(program))
        return made[-1]

    hard = 0.2 if program == children.SILENT else 60
    limits = Limits(soft=0.1, hard=hard, start=0.5 if program == children.SLEEPING else 30, wait=impatient)
    below = Options(rungs=frozenset({Rung.GRAPHLAY, Rung.PLAIN}))
    proposal = with_warm(Warm(children.nobody, graphlay=Kept(start, limits)), below)
    assert proposal.rung is Rung.PLAIN
    assert proposal.why.startswith("graphlay gave no drawing: ")
    assert told in proposal.why
    assert len(made) == 1
    assert not made[0].is_alive
    assert_usable(chart(SMALL), proposal)


def test_without_any_process_rows_are_drawn() -> None:
    proposal = with_warm(Warm(children.nobody, graphlay=NOBODY))
    assert (proposal.rung, "nobody may ask for it" in proposal.why) == (Rung.PLAIN, True)
    assert_usable(chart(SMALL), proposal)


def test_graphlay_draws_here_where_the_measure_cannot_leave() -> None:
    class Fonts(TableMeasure):
        """Measures by what this process alone has."""

        def __reduce__(self) -> str:
            raise TypeError("it stays here")

    warm = Warm(children.nobody, graphlay=NOBODY)
    options = Options(rungs=frozenset({Rung.GRAPHLAY}))
    proposal = with_warm(warm, options, Fonts())
    assert proposal.rung is Rung.GRAPHLAY
    assert_usable(chart(SMALL), proposal)


def test_who_waits_is_told_when_the_soft_limit_passes() -> None:
    told: list[str] = []

    class Listening(rungs.Told):
        def is_slow(self) -> None:
            told.append("slow")

    warm = Warm(lambda: child(children.SILENT), _NO_TIME, NOBODY)
    propose(chart(SMALL), Diagram(), Options(), warm, MEASURE, Listening())
    warm.kill()
    assert told == ["slow"]


def test_without_the_libraries_it_is_said_once_and_drawn_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "missing", lambda: "A file is missing.")
    proposal = proposed(children.ENDING)
    assert (proposal.rung, proposal.why) == (Rung.GRAPHLAY, "ELK is not here: A file is missing.")


def test_an_engine_that_cannot_be_loaded_is_not_loaded_twice() -> None:
    made: list[EngineProcess] = []

    def start() -> EngineProcess:
        made.append(child(children.UNLOADED))
        return made[-1]

    proposal = with_warm(Warm(start, Limits(wait=impatient)))
    assert (proposal.rung, proposal.why) == (Rung.GRAPHLAY, "ELK is not here: no such file")
    assert len(made) == 1
    assert_usable(chart(SMALL), proposal)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_mode_that_is_asked_for_is_tried_first_and_then_the_other(mode: Mode) -> None:
    why = proposed(children.FAILING, Options(mode=mode)).why
    other = next(each for each in Mode if each is not mode)
    assert why.index(NAMES[Rung(mode.value)]) < why.index(NAMES[Rung(other.value)])


def test_rungs_may_be_chosen() -> None:
    proposal = proposed(children.ENDING, Options(rungs=frozenset({Rung.PLAIN})))
    assert (proposal.rung, proposal.why) == (Rung.PLAIN, "")
    assert_usable(chart(SMALL), proposal)
    nobody = proposed(children.ENDING, Options(rungs=frozenset()))
    assert (nobody.rung, nobody.why) == (Rung.AS_IT_WAS, "The places are as they were.")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([Rung.GRAPHLAY, Rung.PLAIN]))
def test_both_rungs_below_the_engine_draw_any_chart(alone: Warm, seed: int, rung: Rung) -> None:
    made = random_chart(seed, 10, 12)
    options = Options(rungs=frozenset({rung}))
    proposal = propose(made, Diagram(), options, alone, MEASURE)
    assert proposal.rung is rung
    assert_usable(made, proposal)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([Rung.GRAPHLAY, Rung.PLAIN]), st.data())
def test_no_rung_moves_what_is_pinned(alone: Warm, seed: int, rung: Rung, data: st.DataObject) -> None:
    made = random_chart(seed, 8, 8)
    before = spread(made, placed(made))
    pinned = data.draw(st.frozensets(st.sampled_from(sorted(before.boxes))))
    options = Options(rungs=frozenset({rung}), pinned=pinned)
    proposal = propose(made, before, options, alone, MEASURE)
    for id in pinned:
        assert seen_at(made, proposal.diagram, id) == seen_at(made, before, id)


def test_a_chart_without_states_is_as_it_was(alone: Warm) -> None:
    made, before = Chart(), Diagram()
    proposal = propose(made, before, Options(), alone, MEASURE)
    assert (proposal.rung, proposal.diagram) == (Rung.AS_IT_WAS, before)
    assert proposal.why == "There is no state to place."


def test_one_state_and_five_thousand_in_one_container_are_drawn(alone: Warm) -> None:
    for count in (1, 5_000):
        lines = "".join(f"  s{number}: {{}}\n" for number in range(count))
        made = chart(f"initial: s0\nstates:\n{lines}")
        options = Options(rungs=frozenset({Rung.GRAPHLAY, Rung.PLAIN}))
        proposal = propose(made, Diagram(), options, alone, MEASURE)
        assert len(proposal.diagram.boxes.keys() & made.states.keys()) == count


def test_the_engine_is_not_asked_for_what_is_too_large_for_it(alone: Warm) -> None:
    lines = "".join(f"  s{number}: {{}}\n" for number in range(1_600))
    proposal = propose(chart(f"initial: s0\nstates:\n{lines}"), Diagram(), Options(), alone, MEASURE)
    assert proposal.rung is Rung.GRAPHLAY
    assert "a state holds more than 1000 others" in proposal.why
    assert "the chart is too large for it" in proposal.why
    assert "nobody may ask for it" not in proposal.why


@pytest.mark.parametrize("scope", list(Scope))
def test_a_proposal_leaves_what_it_was_made_of_alone(alone: Warm, scope: Scope) -> None:
    made = chart(SMALL)
    before = placed(made)
    a = id_of(made, "a")
    before.put_box(a, Box(id=a, x=500, y=500, width=96, height=40, tint=2))
    copy = before.copy()
    ids = {Scope.CONTAINER: frozenset({made.root_id}), Scope.SELECTION: frozenset({a})}
    options = Options(scope=scope, ids=ids.get(scope, frozenset()), rungs=frozenset({Rung.GRAPHLAY}))
    proposal = propose(made, before, options, alone, MEASURE)
    assert (before.boxes, before.bends) == (copy.boxes, copy.bends)
    assert proposal.diagram.boxes[a].tint == 2
    moved = proposal.diagram.boxes[a].rect != before.boxes[a].rect
    assert moved == (scope is not Scope.ROUTES)
