"""XState configurations in JSON: the same words mean what they mean in the version they are of."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import files
from editor.engine.simulator import Simulator
from editor.errors import FileError, FormatError, StepLimitError
from editor.formats import native, registry, xstate
from editor.formats.native_foreign import in_own_words
from editor.formats.native_write import write_machine
from editor.formats.registry import Loaded
from editor.model import queries, rules
from editor.model.changes import InfoChange
from editor.model.elements import And, Call, In, Log, Named, Not, Or, Raise, Send, Transition, TriggerKind
from editor.model.problems import Severity
from tests.charts import feed, id_of
from tests.engine.build import EVENTS, random_chart

SHARED = Path(os.environ.get("STATECHART_SHARED", Path(__file__).parents[3] / "shared"))
FILES = sorted(SHARED.glob("corpus/xstate-json/*.json"))

DESK = {
    "id": "desk",
    "initial": "proc",
    "states": {
        "proc": {
            "initial": "one",
            "entry": "in.proc",
            "exit": "out.proc",
            "on": {"TARGET": "proc", "NONE": {"actions": "act"}, "DOT": ".two"},
            "states": {
                "one": {"entry": "in.one", "exit": "out.one", "on": {"NEXT": "two"}},
                "two": {
                    "entry": "in.two",
                    "exit": "out.two",
                    "on": {"SELF": {"target": "two", "actions": "act"}},
                },
            },
        }
    },
}


def read(config: Any) -> Loaded:
    return registry.read(json.dumps(config, indent=1), Path("machine.json"))


def with_words(config: dict[str, Any], **events: Any) -> Loaded:
    """The desk with more transitions, by whose words its version is told."""
    return read(
        {
            **config,
            "states": {
                "proc": {**config["states"]["proc"], "on": {**config["states"]["proc"]["on"], **events}}
            },
        }
    )


def ran(loaded: Loaded, *inputs: str | int) -> Simulator:
    simulator = Simulator(loaded.chart)
    simulator.start()
    feed(simulator, inputs)
    return simulator


def done(loaded: Loaded, *events: str) -> list[str]:
    """What is done on the last event."""
    return list(ran(loaded, *events).trace[-1].outcome.actions)


def transition(loaded: Loaded, path: str, text: str = "E", place: int = 0) -> Transition:
    chart = loaded.chart
    source = id_of(chart, path) if path else chart.root_id
    return [each for each in chart.outgoing(source) if each.trigger.text == text][place]


def told(loaded: Loaded) -> list[str]:
    return [each.message for each in loaded.problems]


# D08: the four kinds of self transition

INTO_ITSELF = {
    5: {
        "TARGET": ["out.two", "in.one"],
        "AGAIN": ["out.two", "out.proc", "in.proc", "in.one"],
        "NONE": ["act"],
        "DOT": ["out.two", "in.two"],
        "SELF": ["act"],
    },
    4: {
        "TARGET": ["out.two", "out.proc", "in.proc", "in.one"],
        "AGAIN": ["out.two", "in.one"],
        "NONE": ["act"],
        "DOT": ["out.two", "in.two"],
        "SELF": ["out.two", "act", "in.two"],
    },
}
"""AGAIN says the opposite of what is usual: `reenter` in version 5, `internal` in version 4."""
AGAIN = {5: {"target": "proc", "reenter": True}, 4: {"target": "proc", "internal": True}}


@pytest.mark.parametrize("version", [4, 5])
@pytest.mark.parametrize("event", INTO_ITSELF[5])
def test_d08_a_self_transition_means_what_it_means_in_its_version(version: int, event: str) -> None:
    loaded = with_words(DESK, AGAIN=AGAIN[version])
    assert done(loaded, "NEXT", event) == INTO_ITSELF[version][event]


@pytest.mark.parametrize("version", [4, 5])
@pytest.mark.parametrize("event", INTO_ITSELF[5])
def test_d08_it_means_the_same_when_it_is_saved_as_yaml(version: int, event: str) -> None:
    text, notices = native.write(with_words(DESK, AGAIN=AGAIN[version]).chart)
    assert not notices
    assert done(native.read(text), "NEXT", event) == INTO_ITSELF[version][event]


def test_of_a_parallel_state_that_stays_all_regions_begin_anew() -> None:
    config = {
        "initial": "p",
        "states": {
            "p": {
                "type": "parallel", "entry": "in.p", "exit": "out.p",
                "on": {"SELF": "p", "INTO": ".a.a2", "AGAIN": {"target": "p", "reenter": True}},
                "states": {
                    "a": {"initial": "a1", "states": {"a1": {"on": {"X": "a2"}}, "a2": {}}},
                    "b": {"initial": "b1", "states": {"b1": {"on": {"X": "b2"}}, "b2": {}}},
                },
            }
        },
    }  # fmt: skip
    loaded = read(config)
    assert (ran(loaded, "X", "SELF").leaves, done(loaded, "X", "SELF")) == (("p.a.a1", "p.b.b1"), [])
    assert (ran(loaded, "X", "INTO").leaves, done(loaded, "X", "INTO")) == (("p.a.a2", "p.b.b1"), [])
    assert done(loaded, "X", "AGAIN") == ["out.p", "in.p"]
    notices = native.write(loaded.chart)[1]
    assert [each.message for each in notices] == ["A transition of “p” now leaves it, and enters it again."]


def test_between_regions_the_parallel_state_stays() -> None:
    config = {
        "initial": "ps",
        "states": {
            "ps": {
                "type": "parallel", "entry": "in.ps", "exit": "out.ps",
                "states": {
                    "one": {"exit": "out.one", "initial": "o1", "states": {"o1": {"on": {"JUMP": "#ps2"}}, "o2": {}}},
                    "two": {"exit": "out.two", "initial": "t1", "states": {"t1": {}, "t2": {"id": "ps2"}}},
                    "three": {"exit": "out.three", "initial": "x", "states": {"x": {"on": {"JUMP": "y"}}, "y": {}}},
                },
            }
        },
    }  # fmt: skip
    five = read({**config, "output": 1})
    assert done(five, "JUMP") == ["out.three", "out.two", "out.one"]
    assert ran(five, "JUMP").leaves == ("ps.one.o1", "ps.two.t2", "ps.three.x")
    assert done(read({**config, "strict": True}), "JUMP")[-2:] == ["out.ps", "in.ps"]
    assert "now leaves the parallel state around it" in native.write(five.chart)[1][0].message


# the other cases of timers and wildcards


def test_d02_a_transition_into_another_region_starts_the_timers_anew() -> None:
    loaded = read(
        {
            "id": "feed", "type": "parallel",
            "states": {
                "job": {
                    "initial": "waiting",
                    "states": {
                        "waiting": {"after": {"1000": "fetching"}, "on": {"DEMO": "#feed.mode.demo"}}, "fetching": {},
                    },
                },
                "mode": {"initial": "normal", "states": {"normal": {}, "demo": {}}},
            },
        }
    )  # fmt: skip
    assert ran(loaded, 600, "DEMO").leaves == ("job.waiting", "mode.demo")
    assert ran(loaded, 600, "DEMO", 600).leaves == ("job.waiting", "mode.demo")
    assert ran(loaded, 600, "DEMO", 600, 400).leaves == ("job.fetching", "mode.demo")


def test_d03_old_timers_are_gone() -> None:
    loaded = read(
        {
            "id": "watch", "initial": "listening", "context": {"strict": True},
            "states": {
                "listening": {
                    "on": {"NOISE": {"target": "listening", "reenter": True}, "LEAVE": "elsewhere"},
                    "after": {"1500": [{"guard": "strict", "target": "asleep"}, {"target": "dozing"}]},
                },
                "asleep": {}, "dozing": {}, "elsewhere": {"on": {"BACK": "listening"}},
            },
        }
    )  # fmt: skip

    def run(*inputs: str | int) -> Simulator:
        simulator = Simulator(loaded.chart)
        simulator.answers.guards["strict"] = True
        simulator.start()
        feed(simulator, inputs)
        return simulator

    assert run(1000, "NOISE", 1000, 400).leaves == ("listening",)
    ended = run(1000, "NOISE", 1000, 400, 100)
    assert ended.leaves == ("asleep",)
    taken = [step for entry in ended.trace for step in entry.outcome.microsteps if step.transitions]
    assert [step.event for step in taken] == ["NOISE", "after.1500.listening"]
    assert run(1000, "LEAVE", 600).leaves == ("elsewhere",)
    assert run(1000, "LEAVE", 600, "BACK", 1400).leaves == ("listening",)
    assert run(1000, "LEAVE", 600, "BACK", 1400, 100).leaves == ("asleep",)


def test_d07_a_wildcard_is_for_events_that_arrive() -> None:
    config = {
        "id": "toast", "initial": "shown",
        "states": {"shown": {"on": {"*": "pinned"}, "after": {"500": "gone"}}, "pinned": {}, "gone": {}},
    }  # fmt: skip
    assert ran(read(config), 500).leaves == ("gone",)
    assert ran(read(config), 100, "TAP").leaves == ("pinned",)


def test_a_partial_wildcard_is_for_what_begins_like_it() -> None:
    config = {"initial": "a", "states": {"a": {"on": {"x.*": "b", "x.y.z": "c"}}, "b": {}, "c": {}}}
    assert ran(read(config), "x.y").leaves == ("b",)
    assert ran(read(config), "x.y.z").leaves == ("c",)
    assert ran(read(config), "xy").leaves == ("a",)


def test_a_history_from_inside_is_of_the_last_exit_in_version_5() -> None:
    config = {
        "initial": "w",
        "states": {
            "w": {
                "initial": "one", "on": {"BACK": ".past", "OUT": "off"},
                "states": {
                    "one": {"on": {"NEXT": "two"}}, "two": {"on": {"NEXT": "three"}}, "three": {},
                    "past": {"type": "history"},
                },
            },
            "off": {"on": {"ON": "w.past"}},
        },
    }  # fmt: skip
    events = ("NEXT", "OUT", "ON", "NEXT", "BACK")
    five, four = read({**config, "output": 1}), read({**config, "strict": True})
    assert ran(five, *events).leaves == ("w.two",)
    assert ran(four, *events).leaves == ("w.two",)
    assert ran(five, *events, "NEXT", "BACK").leaves == ("w.two",)
    assert ran(four, "NEXT", "NEXT", "BACK").leaves == ("w.two",)
    assert ran(five, "NEXT", "NEXT", "BACK").leaves == ("w.one",)
    assert "“w.past”" in native.write(five.chart)[1][0].message


# which version it is


@pytest.mark.parametrize(
    ("words", "keeps"),
    [
        ({"E": {"target": "b", "guard": "g"}}, True),
        ({"E": {"target": "b", "reenter": False}}, True),
        ({"E": {"target": "b", "cond": "g"}}, False),
        ({"E": {"target": "b", "internal": False}}, False),
        ({"E": [{"target": "b", "in": "#b"}]}, False),
        ({"E": "b"}, True),
    ],
)
def test_the_words_tell_the_version(words: Any, keeps: bool) -> None:
    loaded = read({"initial": "a", "states": {"a": {"on": words}, "b": {}}})
    assert loaded.chart.info.conventions.keeps_parallel is keeps
    assert not [each for each in told(loaded) if "version" in each]


def test_words_of_both_versions_are_told() -> None:
    loaded = read(
        {
            "initial": "a",
            "states": {
                "a": {"on": {"E": {"target": "b", "guard": "g"}, "F": {"target": "b", "cond": "g"}}},
                "b": {"output": 1},
            },
        }
    )  # fmt: skip
    [problem] = loaded.problems
    assert problem.message == "“cond” is of version 4 of XState; this is read as version 5."
    assert loaded.places.find(problem.element, problem.field, is_key=True) == (12, 6)


def test_a_file_that_tells_no_version_says_where_that_matters() -> None:
    loaded = read(DESK)
    assert len(told(loaded)) == 2  # TARGET and SELF; DOT is internal in both
    assert all("does not leave its source; in version 4 it does" in each for each in told(loaded))
    assert not told(with_words(DESK, AGAIN=AGAIN[5]))


# words of version 4


def test_activities_run_like_invocations() -> None:
    loaded = read(
        {
            "initial": "a",
            "states": {
                "a": {
                    "activities": ["beep", {"type": "blink", "times": "two"}], "invoke": {"src": "s"}, "on": {"E": "b"},
                },
                "b": {"activities": "beep"},
            },
        }
    )  # fmt: skip
    simulator = ran(loaded)
    assert [(each.src, each.input) for each in simulator.services] == [
        ("s", None), ("beep", None), ("blink", {"times": "two"}),
    ]  # fmt: skip
    simulator.send("E")
    assert [each.src for each in simulator.services] == ["beep"]
    assert [each for each in told(loaded) if each.startswith("Activities")]


def test_in_is_a_guard_beside_the_other() -> None:
    loaded = read(
        {
            "id": "m", "type": "parallel",
            "states": {
                "p": {"initial": "a", "states": {"a": {"on": {"E": [
                    {"target": "b", "in": "#m.q.y"}, {"target": "b", "in": "q.y", "cond": "g"},
                    {"target": "b", "in": {"q": "y"}},
                ]}}, "b": {}}},
                "q": {"initial": "x", "states": {"x": {}, "y": {}}},
            },
        }
    )  # fmt: skip
    y = In(state=id_of(loaded.chart, "q.y"))
    guards = [transition(loaded, "p.a", place=place).guard for place in range(3)]
    assert guards == [y, And(parts=(Named(name="g"), y)), y]


def test_lists_of_events_and_delays_and_events_without_a_name() -> None:
    loaded = read(
        {
            "initial": "a",
            "states": {
                "a": {"on": [{"event": "E", "target": "b"}, {"event": "E", "target": "c"}, {"target": "d"}]},
                "b": {"after": [{"delay": 200, "target": "c"}, {"delay": "LONG", "target": "d"}]},
                "c": {"on": {"": [{"target": "d", "cond": "no"}, "e"]}, "always": {"target": "a", "cond": "never"}},
                "d": {}, "e": {"onEntry": "ring", "onExit": ["a", "b"]},
            },
        }
    )  # fmt: skip
    assert ran(loaded, "E").leaves == ("b",)
    assert ran(loaded, "E", 200).leaves == ("e",)
    assert done(loaded, "E") == []
    assert loaded.chart.states[id_of(loaded.chart, "e")].exit == (Call(name="a"), Call(name="b"))
    always = loaded.chart.outgoing(id_of(loaded.chart, "c"))
    assert [each.guard for each in always] == [Named(name="never"), Named(name="no"), None]
    marks = [loaded.places.find(each.id) for each in always]
    assert len({mark for mark in marks if mark is not None}) == 3
    assert "needs “event”" in " ".join(told(loaded))


# texts are names


@pytest.mark.parametrize(
    ("given_guard", "expected"),
    [
        ("isOpen", Named(name="isOpen")),
        ("count > 3", Named(name="count > 3")),
        ({"type": "g"}, Named(name="g")),
        ({"type": "g", "params": {"a": "b", "n": 1}}, Named(name="g", params={"a": '"b"', "n": 1})),
        ({"type": "g", "a": ["b"]}, Named(name="g", params={"a": ['"b"']})),
        ({"and": ["a", {"not": "b c"}]}, And(parts=(Named(name="a"), Not(part=Named(name="b c"))))),
        ({"type": "xstate.or", "guards": ["a", "b"]}, Or(parts=(Named(name="a"), Named(name="b")))),
        ({"type": "xstate.not", "guards": ["a"]}, Not(part=Named(name="a"))),
    ],
)
def test_a_guard_is_a_name_with_what_is_passed_to_it(given_guard: Any, expected: Any) -> None:
    loaded = read(
        {"initial": "a", "states": {"a": {"on": {"E": {"target": "b", "guard": given_guard}}}, "b": {}}}
    )
    assert not loaded.problems
    assert transition(loaded, "a").guard == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("ring", Call(name="ring")),
        ({"type": "ring bell"}, Call(name="ring bell")),
        ({"type": "ring", "params": {"times": "3"}}, Call(name="ring", params={"times": '"3"'})),
        ({"type": "ring", "times": 3}, Call(name="ring", params={"times": 3})),
        ({"type": "xstate.raise", "event": "E"}, Raise(event="E")),
        (
            {"type": "xstate.raise", "params": {"event": {"type": "E", "a": "b"}}},
            Raise(event="E", data={"a": '"b"'}),
        ),
        ({"type": "xstate.raise", "event": {"type": "E"}, "delay": 5}, Send(event="E", delay=5)),
        ({"type": "xstate.send", "event": "E", "to": "x"}, Send(event="E", to="x")),
        ({"type": "xstate.log", "label": "x"}, Call(name="xstate.log", params={"label": '"x"'})),
    ],
)
def test_an_action_is_a_name_with_what_is_passed_to_it(action: Any, expected: Any) -> None:
    loaded = read({"initial": "a", "states": {"a": {"entry": [action], "exit": action}}})
    assert not loaded.problems
    state = loaded.chart.states[id_of(loaded.chart, "a")]
    assert state.entry == state.exit == (expected,)
    assert not isinstance(expected, Log)


def test_what_is_passed_on_is_itself() -> None:
    loaded = read(
        {
            "initial": "a",
            "states": {
                "a": {
                    "invoke": {"src": {"type": "load", "url": "x/y"}, "id": "l", "onDone": {"target": "b"}},
                },
                "b": {"type": "final", "output": {"text": "a + b", "all": [1, "c"]}},
            },
            "onDone": {"actions": "never"},
        }
    )  # fmt: skip
    simulator = ran(loaded)
    assert [(each.src, each.input) for each in simulator.services] == [("load", {"url": "x/y"})]
    assert loaded.chart.states[id_of(loaded.chart, "b")].output == {"text": '"a + b"', "all": [1, '"c"']}
    simulator.finish("l")
    assert simulator.snapshot.is_done


def test_initial_states_may_do_something() -> None:
    loaded = read(
        {"initial": {"target": "b", "actions": [{"type": "go"}, "on"]}, "states": {"a": {}, "b": {}}}
    )
    assert list(ran(loaded).trace[0].outcome.actions) == ["go", "on"]
    assert ran(loaded).leaves == ("b",)
    assert not loaded.problems


def test_what_the_machine_raises_itself_is_called_as_here() -> None:
    loaded = read(
        {
            "id": "m", "initial": "a",
            "on": {"xstate.done.state.m.a": ".c", "done.state.m.b": ".c", "xstate.done.actor.l": ".b"},
            "states": {
                "a": {"initial": "f", "states": {"f": {"type": "final"}}}, "b": {},
                "c": {"invoke": {"src": "s", "id": "l"}},
            },
        }
    )  # fmt: skip
    texts = {
        each.trigger.text for each in loaded.chart.outgoing("root") if each.trigger.kind is TriggerKind.EVENT
    }
    assert texts == {"done.state.a", "done.state.b", "done.invoke.l"}
    simulator = ran(loaded)
    assert simulator.leaves == ("c",)
    simulator.finish("l")
    assert simulator.leaves == ("b",)


def test_a_delay_may_be_called_anything() -> None:
    loaded = read(
        {"initial": "a", "states": {"a": {"after": {"a short while": "b", "WAIT": "c"}}, "b": {}, "c": {}}}
    )
    simulator = ran(loaded)
    simulator.answer_delay("a_short_while", 5)
    simulator.advance(5)
    assert simulator.leaves == ("b",)
    assert told(loaded) == ["The delay “a short while” is called “a_short_while” here."]
    assert loaded.places.find(transition(loaded, "a", "a_short_while").id) == loaded.places.find(
        loaded.problems[0].element, loaded.problems[0].field, is_key=True
    )


def test_a_machine_without_an_id_has_one_all_the_same() -> None:
    loaded = read({"initial": "a", "states": {"a": {"on": {"E": ["#(machine).b"]}}, "b": {}}})
    assert ran(loaded, "E").leaves == ("b",)


# what is wrong


def test_what_is_no_machine_is_refused_with_its_place() -> None:
    for text, words in (
        ("[1]", "A machine is a mapping with “states”, but a list stands here."),
        (
            '{"StartAt": "A", "Stats": {}}',
            "A machine has “states”, but the keys here are “StartAt”, “Stats”.",
        ),
        ("{}", "the keys here are none"),
        ('{"states": }', "A value is expected"),
    ):
        with pytest.raises(FormatError) as caught:
            registry.read(text, Path("m.json"))
        [flaw] = caught.value.flaws
        assert (flaw.line, words in flaw.message) == (1, True)


def test_what_is_wrong_is_told_where_it_stands() -> None:
    loaded = read(
        {"initial": "a", "states": {"a": {"on": [{"event": "E", "target": "nowhere", "gaurd": 1}]}}}
    )
    found = [
        (loaded.places.find(each.element, each.field, is_key=each.is_key), each.rule)
        for each in (*loaded.problems, *rules.check(loaded.chart))
        if each.severity is not Severity.INFORMATION
    ]
    assert ((9, 6), "unknown-key") in found
    assert any(mark is not None and mark.line in (6, 8) for mark, rule in found if rule != "unknown-key")


KEYS = [
    "id", "type", "initial", "states", "on", "after", "always", "onDone", "invoke", "entry", "exit", "onEntry",
    "history", "activities", "target", "guard", "cond", "in", "actions", "internal", "reenter", "params", "src",
    "input", "data", "output", "context", "meta", "event", "delay", "and", "not", "", "*", "a",
]  # fmt: skip
ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 2)
    | st.sampled_from(["a", "b", "#a", ".a", "final", "parallel", "", "x y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@settings(deadline=None)
@given(ODD, st.booleans())
def test_no_value_anywhere_is_too_odd(value: Any, is_state: bool) -> None:
    loaded = read({"initial": "a", "states": {"a": value, "b": {}} if is_state else value})
    assert all(loaded.places.find(each.element, each.field) is not None for each in loaded.problems)
    text, _ = native.write(loaded.chart)
    native.read(text)


# files


def test_there_are_files_of_others() -> None:
    if not FILES:
        pytest.skip(f"0 files: no configurations of XState at {SHARED}; set STATECHART_SHARED to its folder")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_others_opens_runs_and_is_the_same_in_our_own_format(path: Path) -> None:
    loaded = registry.read(path.read_bytes(), path)
    assert loaded.is_import
    again = native.read(native.write(loaded.chart)[0])
    assert write_machine(again.chart) == write_machine(in_own_words(loaded.chart)[0])
    rng = random.Random(path.name)
    simulator = ran(loaded)
    events = queries.events(loaded.chart) or ["NONE"]
    for _ in range(60):
        simulator.send(rng.choice(events))
        simulator.advance_to_next_timer()
    assert not [str(each) for entry in simulator.trace for each in entry.outcome.failures]


def test_a_file_of_xstate_is_never_saved_over(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text(json.dumps(DESK), encoding="utf-8")
    document = files.open_document(path)
    with pytest.raises(FileError, match=r"Save as \.yaml, \.yml, \.scxml or \.xml"):
        files.save(document)
    files.save(document, tmp_path / "desk.yaml")
    assert json.loads(path.read_text(encoding="utf-8")) == DESK


@settings(deadline=None)
@given(st.integers(0, 100_000), st.lists(st.sampled_from([*EVENTS, 5, 20]), max_size=8))
def test_what_is_saved_without_a_notice_runs_the_same(seed: int, inputs: list[str | int]) -> None:
    chart = random_chart(seed)
    conventions = xstate.CONVENTIONS[4 + seed % 2]
    chart.apply([InfoChange("info", chart.info, replace(chart.info, conventions=conventions))])
    text, notices = native.write(chart)
    if notices:
        return
    again = native.read(text).chart
    runs = [Simulator(each) for each in (chart, again)]
    try:
        for run in runs:
            run.start()
            for each in inputs:
                run.send(each) if isinstance(each, str) else run.advance(each)
    except StepLimitError:
        return
    first, second = runs
    for one, two in zip(first.trace, second.trace, strict=True):
        assert one.outcome.actions == two.outcome.actions
        assert one.outcome.logs == two.outcome.logs
    assert first.leaves == second.leaves
    assert first.snapshot.context == second.snapshot.context
