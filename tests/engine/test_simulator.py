"""The simulator: its trace and cursor, questions and answers, the clock, services, offers, and saved runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.engine import play
from editor.engine.machine import Machine
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from editor.engine.trace import same_steps
from editor.errors import RunError
from editor.formats import scxml
from editor.model.elements import In
from editor.model.scenario import AnswerDelays, AnswerGuards, Scenario, SendEvent
from tests.charts import chart, id_of


def started(text: str, *, asks: bool = False) -> Simulator:
    simulator = Simulator(chart(text), asks=asks)
    simulator.start()
    return simulator


def replayed(machine: Machine, run: Scenario) -> Simulator:
    simulator = Simulator(machine)
    play.replay(simulator, run)
    return simulator


ASKING = """
initial: a
states:
  a: {on: {GO: {target: b, guard: ok}}}
  b: {on: {GO: {target: a, guard: {not: ok}}}}
"""


def test_a_machine_with_a_target_that_names_nothing_is_not_run() -> None:
    with pytest.raises(RunError, match="nowhere"):
        Machine.from_chart(chart("initial: a\nstates: {a: {on: {GO: nowhere}}}\n"))


def test_a_machine_without_states_is_not_run() -> None:
    with pytest.raises(RunError, match="no states"):
        Machine.from_chart(chart("id: empty\n"))


def test_the_start_is_a_step_in_which_states_are_entered() -> None:
    made = chart("initial: a\nstates: {a: {}}\n")
    simulator = Simulator(made)
    simulator.start()
    assert simulator.trace[0].outcome.microsteps[0].entered == (made.root_id, id_of(made, "a"))


def test_going_back_drops_an_open_question() -> None:
    simulator = started(ASKING, asks=True)
    simulator.send("X")
    simulator.send("GO")
    assert simulator.question is not None
    simulator.back()
    assert simulator.question is None
    simulator.send("X")
    assert len(simulator.trace) == 2


def test_an_answer_for_once_is_asked_again_and_one_for_good_is_not() -> None:
    simulator = started(ASKING, asks=True)
    simulator.send("GO")
    simulator.answer_guard("ok", True)
    simulator.send("GO")
    assert simulator.question is not None
    simulator.answer_guard("ok", False, always=True)
    simulator.send("GO")
    assert (simulator.question, simulator.leaves) == (None, ("a",))


def test_a_recorded_run_holds_its_answers() -> None:
    simulator = started(ASKING, asks=True)
    for answer in (True, True, False):
        simulator.send("GO")
        simulator.answer_guard("ok", answer)
    deeds = [step.do for step in simulator.recorded().steps]
    go = SendEvent(event="GO")
    assert deeds == [
        AnswerGuards(answers=(("ok", True),)), go, go, AnswerGuards(answers=(("ok", False),)), go
    ]  # fmt: skip
    assert replayed(simulator.machine, simulator.recorded()).leaves == simulator.leaves


def test_a_question_while_starting_waits_for_its_answer() -> None:
    simulator = started("initial: a\nstates: {a: {always: {target: b, guard: ok}}, b: {}}\n", asks=True)
    assert (simulator.trace, simulator.question is not None) == ([], True)
    simulator.answer_guard("ok", True)
    assert simulator.leaves == ("b",)


def test_an_answer_to_the_start_is_kept_apart_from_a_later_one() -> None:
    text = (
        "initial: a\nstates: {a: {always: {target: b, guard: ok}}, b: {on: {GO: {target: a, guard: ok}}}}\n"
    )
    simulator = started(text, asks=True)
    simulator.answer_guard("ok", True)
    simulator.send("GO")
    simulator.answer_guard("ok", False)
    assert replayed(simulator.machine, simulator.recorded()).leaves == simulator.leaves == ("b",)


def test_the_clock_stops_where_a_question_comes_up_and_goes_on_with_the_answer() -> None:
    simulator = started(
        """
        initial: a
        states:
          a: {after: {1s: {target: b, guard: ok}, 2s: c}, entry: {send: T, delay: 500}}
          b: {after: {1s: {target: a, guard: {not: ok}}, 3s: d}}
          c: {}
          d: {}
        """,
        asks=True,
    )
    simulator.advance(10_000)
    assert (simulator.clock, simulator.question is not None) == (500, True)
    simulator.answer_guard("ok", True)
    assert simulator.question is not None
    simulator.answer_guard("ok", True)
    assert (simulator.leaves, simulator.clock) == (("d",), 10_000)
    again = replayed(simulator.machine, simulator.recorded())
    assert (again.snapshot, again.question) == (simulator.snapshot, None)


def test_a_question_at_the_same_instant_as_another_keeps_both() -> None:
    simulator = started(
        """
        type: parallel
        states:
          l: {initial: a, states: {a: {after: {1s: {target: b, guard: left}}}, b: {}}}
          r: {initial: a, states: {a: {after: {1s: {target: b, guard: right}}}, b: {}}}
        """,
        asks=True,
    )
    simulator.advance(2_000)
    simulator.answer_guard("left", True)
    assert simulator.question is not None
    simulator.answer_guard("right", False)
    assert (simulator.leaves, simulator.clock) == (("l.b", "r.a"), 2_000)


def test_a_delay_is_asked_once_and_recorded() -> None:
    simulator = started("initial: a\nstates: {a: {after: {WAIT: b}}, b: {after: {WAIT: c}}, c: {}}\n")
    assert simulator.timers[0].due == float("inf")
    simulator.answer_delay("WAIT", 2_000)
    assert simulator.timers[0].due == 2_000
    simulator.advance(4_000)
    assert simulator.leaves == ("c",)
    assert simulator.recorded().steps[0].do == AnswerDelays(answers=(("WAIT", 2_000),))
    assert replayed(simulator.machine, simulator.recorded()).leaves == ("c",)


def test_a_clock_cannot_go_back() -> None:
    with pytest.raises(RunError, match="moved"):
        started(ASKING).advance(-1)


def test_delays_without_length_that_never_end_stop_the_run_and_reset_begins_again() -> None:
    simulator = started("initial: a\nstates: {a: {on: {GO: b}}, b: {after: {0: c}}, c: {after: {0: b}}}\n")
    simulator.send("GO")
    simulator.advance(1)
    assert simulator.snapshot.is_stopped
    assert "without an end" in str(simulator.trace[-1].outcome.failures[0])
    assert (simulator.timers, simulator.enabled) == ([], [])
    simulator.reset()
    assert simulator.leaves == ("a",)


def test_a_run_that_stopped_can_be_taken_back() -> None:
    simulator = started("initial: a\nstates: {a: {on: {GO: b, STAY: a}}, b: {always: c}, c: {always: b}}\n")
    simulator.send("GO")
    assert simulator.snapshot.is_stopped
    simulator.back()
    simulator.send("STAY")
    assert simulator.leaves == ("a",)


def test_a_machine_that_sends_to_itself_for_ever_stops() -> None:
    simulator = started("initial: a\nstates: {a: {on: {GO: {actions: [{send: GO}]}}}}\n")
    simulator.send("GO")
    assert simulator.snapshot.is_stopped


def test_a_machine_whose_delays_multiply_stops() -> None:
    text = "initial: a\nstates: {a: {on: {X: {actions: [{send: X, delay: 1}, {send: X, delay: 1}]}}}}\n"
    simulator = started(text)
    simulator.send("X")
    simulator.advance(60_000)
    assert simulator.snapshot.is_stopped


def test_actions_that_call_each_other_in_great_number_fail_soon() -> None:
    table = "".join(f"  a{n}: [a{n + 1}, a{n + 1}]\n" for n in range(40))
    simulator = started(f"initial: a\nstates: {{a: {{on: {{GO: {{actions: a0}}}}}}}}\nactions:\n{table}")
    simulator.send("GO")
    assert "too many" in str(simulator.trace[-1].outcome.failures[0])


def test_guards_that_name_each_other_in_great_number_fail_soon() -> None:
    table = "".join(f"  g{n}: {{or: [{{type: g{n + 1}}}, {{type: g{n + 1}}}]}}\n" for n in range(40))
    text = "initial: a\ncontext: {n: 0}\nstates: {a: {on: {GO: {guard: g0, actions: x}}}}\n"
    simulator = started(f"{text}guards:\n{table}  g40: n > 0\n")
    simulator.send("GO")
    assert "too many" in str(simulator.trace[-1].outcome.failures[0])


def test_a_failure_says_element_field_text_and_column() -> None:
    made = chart("initial: a\nstates: {a: {entry: {assign: {n: 1 + missing}}}}\n")
    simulator = Simulator(made)
    simulator.start()
    (failure,) = simulator.trace[0].outcome.failures
    place = (failure.element, failure.field, failure.text, failure.column)
    assert place == (id_of(made, "a"), "entry", "1 + missing", 5)


def test_a_service_that_ended_is_not_active_any_more() -> None:
    simulator = started("initial: a\nstates: {a: {invoke: {src: load, id: l}}}\n")
    assert [each.id for each in simulator.services] == ["l"]
    simulator.finish("load", 1)
    assert simulator.services == ()
    with pytest.raises(RunError, match="No invocation"):
        simulator.finish("load")


def test_two_services_of_one_name_need_the_id() -> None:
    simulator = started("initial: a\nstates: {a: {invoke: [{src: load, id: x}, {src: load, id: y}]}}\n")
    with pytest.raises(RunError, match="Several"):
        simulator.fail("load")


def test_events_are_forwarded_to_services_that_want_them() -> None:
    simulator = started("initial: a\nstates: {a: {invoke: {src: s, id: s, autoForward: true}}}\n")
    simulator.send("X")
    assert simulator.trace[-1].outcome.sent == ("X → s",)


def test_events_that_nothing_answers_are_told() -> None:
    simulator = started("initial: a\nstates: {a: {on: {go: b}}, b: {entry: {send: hello}, on: {back: a}}}\n")
    simulator.send("go")
    assert simulator.trace[-1].outcome.unhandled == ("hello",)


OFFERS = {
    "only what the active states answer": ("a: {on: {go: b}}\n  b: {on: {back: a}}", {"go": True}),
    "not what a guard holds back": ("a: {on: {go: {target: a, guard: n > 0}}}", {}),
    "what an unknown guard decides, in doubt": ("a: {on: {go: {target: a, guard: ok}}}", {"go": None}),
    "what the event's data decides, in doubt": (
        "a: {on: {go: {target: a, guard: event.data.x > 0}}}", {"go": None}
    ),
    "what has a second choice": ("a: {on: {go: [{target: a, guard: ok}, a]}}", {"go": True}),
    "not what is forbidden": ("a: {initial: x, on: {go: a}, states: {x: {on: {go: null}}}}", {}),
    "inner states first": ("a: {initial: x, on: {out: a}, states: {x: {on: {in: x}}}}", {"in": True, "out": True}),
    "not what only delays or services raise": ("a: {after: {1s: a}, invoke: {src: s, onDone: a}}", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", OFFERS)
def test_the_events_offered_are(name: str) -> None:
    states, expected = OFFERS[name]
    simulator = started(f"initial: a\ncontext: {{n: 0}}\nstates:\n  {states}\n")
    offers = {offer.event: offer.verdict for offer in simulator.enabled}
    assert list(offers.items()) == list(expected.items())


def test_a_descriptor_with_a_star_is_offered_as_one_that_needs_a_name() -> None:
    simulator = started("initial: a\nstates: {a: {on: {'x.*': a}}}\n")
    assert [(offer.event, offer.needs_name) for offer in simulator.enabled] == [("x.*", True)]


def test_without_a_trace_only_the_last_step_is_kept() -> None:
    simulator = Simulator(chart("initial: a\nstates: {a: {on: {GO: b}}, b: {}}\n"), keep_trace=False)
    simulator.start()
    simulator.send("GO")
    assert (len(simulator.trace), simulator.leaves) == (1, ("b",))


def test_the_runner_runs_on_without_a_trace() -> None:
    made = chart(
        "initial: a\ncontext: {n: 0}\nstates:\n"
        "  a: {on: {GO: {target: b, actions: {assign: {n: n + 1}}}}}\n  b: {on: {GO: a}, after: {1s: c}}\n"
        "  c: {type: final}\n"
    )
    runner = Runner(Machine.from_chart(made))
    runner.start()
    runner.run(["GO", "GO", "GO"])
    assert (runner.leaves, runner.context["n"], runner.is_done) == (("b",), 2, False)
    runner.advance(1_000)
    runner.send("GO")
    assert (runner.leaves, runner.is_done, runner.snapshot.clock) == (("c",), True, 1_000)


def test_a_path_with_a_declared_id_is_found() -> None:
    made = chart("initial: a\nstates: {a: {id: x, initial: b, states: {b: {}}}, c: {}}\n")
    machine = Machine.from_chart(made)
    found = [machine.find(path) for path in ("#x", "#x.b", "#a.b", "a.b", "#y", "z")]
    assert found == [1, 2, 2, 2, -1, -1]
    assert In(state=id_of(made, "a.b")).state == machine.states[2].id


WAITING = """
initial: a
states:
  a: {after: {100: b}, on: {GO: c}}
  b: {after: {50: a}, on: {GO: c}}
  c: {invoke: {src: work}}
"""


def test_time_that_goes_by_is_kept_until_a_delay_ends() -> None:
    run = started(WAITING)
    ticks: list[float] = []
    run.ticked.subscribe(lambda: ticks.append(run.now))
    run.elapse(60)
    assert (len(run.trace), run.clock, run.now) == (1, 0, 60)
    run.elapse(60)
    assert (run.leaves, run.clock, run.now) == (("b",), 100, 120)
    assert ticks == [60, 120]


def test_a_step_of_the_clock_is_named_as_people_read_time() -> None:
    run = started(WAITING)
    run.advance(50)
    run.advance(90_061_500)
    assert [entry.title for entry in run.trace[1:]] == ["+50 ms", "+25 h 1 min 1.5 s"]


def test_an_input_comes_when_it_came_not_when_the_last_step_was() -> None:
    run = started(WAITING)
    run.elapse(60.7)
    run.send("GO")
    assert [entry.title for entry in run.trace] == ["start", "+60 ms", "GO"]
    assert (run.leaves, run.clock, run.now) == (("c",), 60, 60)
    run.elapse(5)
    run.finish("work")
    assert run.clock == 65


def test_an_advance_begins_at_the_time_that_is_shown() -> None:
    run = started(WAITING)
    run.elapse(60)
    run.advance(30)
    assert run.clock == 90
    run.elapse(4)
    run.advance_to_next_timer()
    assert (run.leaves, run.clock) == (("b",), 100)


def test_no_time_goes_by_while_a_question_is_open_or_in_the_past() -> None:
    run = started(ASKING, asks=True)
    run.send("GO")
    run.elapse(10)
    assert run.now == 0
    run.answer_guard("ok", True)
    run.elapse(10)
    run.back()
    assert run.now == run.clock


@given(steps=st.lists(st.integers(0, 70), max_size=12))
def test_time_in_portions_fires_what_one_advance_fires(steps: list[int]) -> None:
    played, moved = started(WAITING), started(WAITING)
    for each in steps:
        played.elapse(each)
    moved.advance(sum(steps))
    assert played.now == moved.clock
    assert played.leaves == moved.leaves


def test_machine_that_never_rests_ends_the_run_that_plays() -> None:
    run = started("initial: a\nstates: {a: {after: {10: b}}, b: {always: c}, c: {always: b}}\n")
    run.elapse(1000)
    assert run.snapshot.is_stopped
    assert run.now == run.clock


def test_a_delayed_event_inside_the_machine_finds_none_of_the_event_before() -> None:
    made = chart(
        """
        initial: a
        states:
          a: {on: {GO: b}}
          b: {entry: {send: T, to: '#_internal', delay: 5}, always: {target: c, guard: event.type == null}}
          c: {}
        """
    )
    simulator, runner = Simulator(made), Runner(Machine.from_chart(made))
    for run in (simulator, runner):
        run.start()
        run.send("GO")
        assert run.leaves == ("b",)
        run.advance(5)
        assert run.leaves == ("c",)


def test_a_trace_is_known_up_to_where_it_became_another_one() -> None:
    simulator = Simulator(
        chart("initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {on: {GO: a, STAY: {actions: x}}}\n")
    )
    simulator.start()
    for name in ("GO", "STAY", "GO"):
        simulator.send(name)
    known = list(simulator.trace)
    assert same_steps(known, simulator.trace) == 4
    simulator.send("GO")
    assert same_steps(known, simulator.trace) == 4
    simulator.go_to(1)
    assert same_steps(known, simulator.trace) == 4  # looking back changes nothing
    simulator.send("GO")
    assert same_steps(known, simulator.trace) == 2
    simulator.reset()
    assert same_steps([], simulator.trace) == 0


def test_what_the_machine_sends_itself_is_not_offered() -> None:
    own = "done.state.a, done.state.*, done.invoke.i, error.platform.i, error.execution, error.*, done.*"
    on = ", ".join(f"'{each}': b" for each in own.split(", "))
    made = started(
        f"initial: a\nstates: {{a: {{on: {{{on}, GO: b, error: b, error_code: b, '*': b}}}}, b: {{}}}}"
    )
    assert [offer.event for offer in made.enabled] == ["GO", "error", "error_code", "*"]
    text = (
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='null'><state id='a'>"
        "<transition event='done.state.a go error.execution error done' target='b'/></state><state id='b'/></scxml>"
    )
    other = Simulator(scxml.read(text).chart)
    other.start()
    assert [offer.event for offer in other.enabled] == ["go"]
