"""What machines do, one phenomenon each: a chart, a scenario, and what is expected."""

from __future__ import annotations

import pytest

from editor.engine.play import play
from editor.engine.simulator import Simulator
from editor.formats import scenario
from editor.model.scenario import Scenario, SendEvent, Step
from tests.charts import chart

CASES = {
    "a region that is a final state completes only itself": (
        """
        initial: p
        states:
          p:
            type: parallel
            onDone: out
            states:
              a: {type: final}
              b: {initial: x, states: {x: {on: {GO: y}}, y: {type: final}}}
          out: {}
        """,
        "- expect: [p.a, p.b.x]\n- send: GO\n  expect: out\n",
    ),
    "leaving a state cancels its timers and entering starts them anew": (
        "initial: a\nstates:\n  a: {after: {1s: c}, on: {B: b}}\n  b: {on: {A: a}}\n  c: {}\n",
        "- advance: 600ms\n- send: B\n- advance: 600ms\n  expect: b\n- send: A\n- advance: 999ms\n  expect: a\n"
        "- advance: 1ms\n  expect: c\n",
    ),
    "a catch-all does not swallow a timer": (
        "initial: a\nstates:\n  a: {on: {'*': {actions: any}}, after: {1s: b}}\n  b: {}\n",
        "- send: X\n  expect: a\n- advance: 1s\n  expect: b\n",
    ),
    "an event for one region leaves the other where it is": (
        """
        type: parallel
        states:
          l: {initial: a, states: {a: {on: {L: b}}, b: {}}}
          r: {initial: a, states: {a: {on: {R: b}}, b: {}}}
        """,
        "- send: L\n- send: R\n  expect: [l.b, r.b]\n",
    ),
    "shallow history remembers the child, deep history everything": (
        """
        initial: w
        states:
          w:
            initial: p
            on: {OUT: o}
            states:
              p: {initial: x, states: {x: {on: {N: y}}, y: {}}}
              h: {type: history}
              d: {type: history, history: deep}
          o: {on: {SHALLOW: w.h, DEEP: w.d}}
        """,
        "- send: N\n- send: OUT\n- send: DEEP\n  expect: w.p.y\n- send: OUT\n- send: SHALLOW\n  expect: w.p.x\n",
    ),
    "a null transition forbids what an ancestor would do": (
        "initial: p\nstates:\n  p:\n    initial: a\n    on: {X: q}\n    states: {a: {on: {X: null}}}\n  q: {}\n",
        "- send: X\n  expect: p.a\n",
    ),
    "the most specific descriptor wins": (
        "initial: a\nstates:\n  a: {on: {'*': any, 'e.*': some, e.x: one}}\n  any: {}\n  some: {}\n  one: {}\n",
        "- send: e.x\n  expect: one\n",
    ),
    "an internal transition does not leave its source": (
        """
        initial: p
        states:
          p:
            initial: a
            entry: enter
            exit: leave
            on: {IN: .b, OUT: {target: .b, internal: false}}
            states: {a: {}, b: {}}
        """,
        "- actions: [enter]\n- send: IN\n  expect: p.b\n  actions: []\n- send: OUT\n  actions: [leave, enter]\n",
    ),
    "exits run innermost first, entries outermost first": (
        """
        initial: a
        states:
          a: {exit: xa, initial: b, states: {b: {exit: xb, on: {GO: {target: '#c.d', actions: go}}}}}
          c: {entry: ec, states: {d: {entry: ed}}, initial: d}
        """,
        "- send: GO\n  actions: [xb, xa, go, ec, ed]\n",
    ),
    "eventless transitions come before raised events": (
        """
        initial: a
        context: {ready: false}
        states:
          a: {on: {GO: {target: b, actions: [{raise: R}, {assign: {ready: 'true'}}]}}}
          b: {always: {target: c, guard: ready == true}, on: {R: wrong}}
          c: {on: {R: d}}
          d: {}
          wrong: {}
        """,
        "- send: GO\n  expect: d\n",
    ),
    "a failing action stops its own list and raises an error event": (
        """
        initial: a
        context: {n: 0}
        states:
          a: {on: {GO: {target: b, actions: [first, {assign: {n: nothing}}, second]}}}
          b: {on: {error.execution: c}}
          c: {}
        """,
        "- send: GO\n  expect: c\n  actions: [first]\n",
    ),
    "one transition may lead into several regions": (
        """
        initial: s
        states:
          s: {on: {GO: {target: [p.l.b, p.r.b]}}}
          p:
            type: parallel
            states:
              l: {initial: a, states: {a: {}, b: {}}}
              r: {initial: a, states: {a: {}, b: {}}}
        """,
        "- send: GO\n  expect: [p.l.b, p.r.b]\n",
    ),
    "delayed sends arrive in order and can be cancelled": (
        """
        initial: a
        states:
          a:
            entry: [{send: LATE, delay: 2s, id: late}, {send: SOON, delay: 1s}]
            on: {SOON: {actions: {cancel: late}}, LATE: b}
          b: {}
        """,
        "- advance: 5s\n  expect: a\n",
    ),
    "an unknown guard without an answer counts as false, with one it is taken": (
        "initial: a\nstates:\n  a: {on: {GO: {target: b, guard: ok}}}\n  b: {}\n",
        "- send: GO\n  expect: a\n- guard: {ok: true}\n- send: GO\n  expect: b\n",
    ),
    "not of an unknown guard without an answer is true": (
        "initial: a\nstates:\n  a: {on: {GO: {target: b, guard: {not: ok}}}}\n  b: {}\n",
        "- send: GO\n  expect: b\n",
    ),
    "the output of a final state is the data of the done event": (
        """
        initial: p
        context: {n: 2}
        states:
          p:
            initial: a
            onDone: {target: q, actions: {assign: {n: event.data.value}}}
            states: {a: {on: {GO: f}}, f: {type: final, output: {value: n * 10}}}
          q: {}
        """,
        "- send: GO\n  expect: q\n  context: {n: 20}\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_machine_runs_as_the_specification_says(name: str) -> None:
    text, steps = CASES[name]
    import textwrap

    result = play(chart(textwrap.dedent(text)), scenario.read(steps))
    assert [failure.message for failure in result.failures] == []


def test_an_eventless_cycle_stops_with_the_states_of_the_cycle() -> None:
    made = chart("initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {always: c}\n  c: {always: b}\n")
    result = play(made, Scenario(steps=(Step(do=SendEvent(event="GO")),)))
    assert "b, c" in str(result.errors[0]) or "c, b" in str(result.errors[0])


def test_stepping_back_shows_the_past_and_a_new_event_drops_what_followed() -> None:
    simulator = Simulator(chart("initial: a\nstates:\n  a: {on: {B: b, C: c}}\n  b: {}\n  c: {}\n"))
    simulator.start()
    simulator.send("B")
    simulator.back()
    assert simulator.leaves == ("a",)
    simulator.send("C")
    assert (simulator.leaves, len(simulator.trace)) == (("c",), 2)


def test_an_unknown_guard_asks_and_the_step_goes_on_when_answered() -> None:
    simulator = Simulator(
        chart("initial: a\nstates:\n  a: {on: {GO: {target: b, guard: ok}}}\n  b: {}\n"), asks=True
    )
    simulator.start()
    simulator.send("GO")
    assert simulator.question is not None
    assert simulator.leaves == ("a",)
    simulator.answer_guard("ok", True)
    assert simulator.leaves == ("b",)
