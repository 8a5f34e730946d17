"""sismic's statecharts to a chart: what they mean, what only Python can do, and what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.commands import file
from editor.document import files
from editor.engine.simulator import Simulator
from editor.errors import FileError, FormatError
from editor.formats import native, registry, sismic, sismic_code
from editor.formats.native_write import write_machine
from editor.formats.registry import Loaded
from editor.formats.yaml_write import dump
from editor.model.elements import (
    Assign,
    Call,
    Choose,
    Expr,
    In,
    Log,
    Named,
    Raise,
    Send,
    StateKind,
    Transition,
    TriggerKind,
)
from editor.session import Session
from tests.charts import id_of
from tests.commands.desk import FakeDesktop

SHARED = Path(os.environ.get("STATECHART_SHARED", Path(__file__).parents[3] / "shared"))
FILES = sorted([*SHARED.glob("corpus/sismic/*.yaml"), *SHARED.glob("conformance/sismic/*/*.yaml")])

LAMP = """\
# a lamp on the stairs
statechart:
  name: stairs
  description: Goes out by itself.
  preamble: |
    count = 0
    names = ['a']
    import os
    limit = os.cpu_count()
  root state:
    name: lamp
    initial: dark
    on exit: print('bye')
    states:
      - name: dark
        transitions:
          - event: press
            guard: count < 3
            target: lit
            action: |
              count += 1
              names.append(event.who)
          - event: press
            guard: count > limit
            target: broken
      - name: lit
        contract:
          - always: count > 0
        on entry: send('light', level=count * 10)
        initial: bright
        transitions:
          - guard: after(2.5)
            target: dark
          - event: dim
            priority: low
            action: lamp.dim()
          - event: dim
            priority: 3
            target: was
        states:
          - name: bright
            transitions:
              - guard: active('lit') and not active('dark') and count == 9
                target: low
          - name: low
          - name: was
            type: deep history
            memory: low
      - name: broken
        type: final
"""


def read(text: str, name: str = "lamp.yaml") -> Loaded:
    return registry.read(dedent(text), Path(name))


def transitions(loaded: Loaded, path: str) -> list[Transition]:
    chart = loaded.chart
    return chart.outgoing(id_of(chart, path) if path else chart.root_id)


def only(code: str, known: str = "x = 1\ny = 2\n", field: str = "action") -> Transition:
    """The transition that carries a piece of code."""
    loaded = sismic.read(
        dump(
            {
                "statechart": {
                    "name": "m",
                    "preamble": known,
                    "root state": {
                        "name": "r",
                        "initial": "a",
                        "states": [
                            {"name": "a", "transitions": [{"event": "e", field: code}]},
                            {"name": "b"},
                        ],
                    },
                }
            }
        )
    )
    [found] = transitions(loaded, "a")
    return found


def told(loaded: Loaded) -> list[tuple[int, str]]:
    found = []
    for each in loaded.problems:
        mark = loaded.places.find(each.element, each.field, is_key=each.is_key)
        assert mark is not None
        found.append((mark.line, each.message))
    return sorted(found)


# states


def test_states_regions_and_histories_are_there() -> None:
    loaded = read(LAMP)
    chart = loaded.chart
    assert (chart.root.key, chart.root.declared_id, chart.root.description) == (
        "stairs", "lamp", "Goes out by itself.",
    )  # fmt: skip
    was = chart.states[id_of(chart, "lit.was")]
    assert was.kind is StateKind.DEEP_HISTORY
    [default] = chart.outgoing(was.id)
    assert (default.trigger.kind, default.targets) == (TriggerKind.DEFAULT, (id_of(chart, "lit.low"),))
    assert chart.states[id_of(chart, "broken")].kind is StateKind.FINAL


@pytest.mark.parametrize("word", ["parallel states", "orthogonal states"])
def test_states_side_by_side_are_regions(word: str) -> None:
    loaded = read(f"statechart: {{name: m, root state: {{name: r, {word}: [{{name: a}}, {{name: b}}]}}}}")
    assert loaded.chart.root.kind is StateKind.PARALLEL
    assert [each.key for each in loaded.chart.children("root")] == ["a", "b"]


def test_what_is_only_kept_is_kept_with_its_place_told() -> None:
    loaded = read(LAMP)
    lit = loaded.chart.states[id_of(loaded.chart, "lit")]
    assert lit.meta == {"contract": [{"always": "count > 0"}]}
    assert isinstance(loaded.chart.root.meta, dict)
    assert "import os" in str(loaded.chart.root.meta["preamble"])
    lines = dict(told(loaded))
    assert lines[5].startswith("Only Python can run this part of the preamble")
    assert lines[27] == "Contracts are kept, but not checked here."
    assert lines[36] == "Only Python can run this, so it is logged as a call: lamp.dim()"


# transitions


def test_the_time_since_the_entry_is_a_delay() -> None:
    loaded = read(LAMP)
    after = next(each for each in transitions(loaded, "lit") if each.trigger.kind is TriggerKind.AFTER)
    assert (after.trigger.text, after.guard) == ("2.5s", None)
    simulator = Simulator(loaded.chart)
    simulator.start()
    simulator.send("press", {"who": "b"})
    simulator.advance(2499)
    assert simulator.leaves == ("lit.bright",)
    simulator.advance(1)
    assert simulator.leaves == ("dark",)
    assert simulator.snapshot.context["names"] == ["a", "b"]


def test_being_idle_is_the_same_only_where_nothing_happens_in_between() -> None:
    text = """\
        statechart:
          name: m
          root state:
            name: r
            initial: a
            states:
              - name: a
                transitions:
                  - {guard: idle(2), target: b}
                  - {event: e, target: b}
              - name: b
                transitions:
                  - {guard: idle(2), target: a}
                  - {event: e, action: pass}
        """
    loaded = read(text)
    assert transitions(loaded, "a")[0].trigger.text == "2s"
    waits = transitions(loaded, "b")[0]
    assert (waits.trigger.kind, waits.guard) == (TriggerKind.ALWAYS, Named(name="idle(2)"))
    assert told(loaded) == [(13, "Only Python can decide this guard, so a run asks: idle(2)")]


def test_a_delay_with_more_is_told_to_be_looked_at_once() -> None:
    text = """\
        statechart:
          name: m
          preamble: x = 1
          root state:
            name: r
            initial: a
            states:
              - name: a
                transitions:
                  - {guard: after(10) and x > 0 and after(12), target: b}
                  - {event: e, guard: after(3), target: b}
              - name: b
        """
    loaded = read(text)
    first, second = transitions(loaded, "a")
    assert (first.trigger.text, first.guard) == ("12s", Expr(text="x > 0"))
    assert (second.trigger.text, second.guard) == ("e", Named(name="after(3)"))
    assert [line for line, _ in told(loaded)] == [10, 11]


def test_priorities_are_an_order() -> None:
    [strong, weak] = [each for each in transitions(read(LAMP), "lit") if each.trigger.text == "dim"]
    assert strong.targets
    assert not weak.targets
    assert (strong.meta, weak.meta) == ({"priority": 3}, {"priority": "low"})


# code


def test_a_guard_that_only_python_can_decide_asks() -> None:
    """`limit` is known to Python alone."""
    loaded = read(LAMP)
    _, broken = transitions(loaded, "dark")
    assert broken.guard == Named(name="count > limit")
    simulator = Simulator(loaded.chart, asks=True)
    simulator.start()
    for _ in range(3):
        simulator.send("press", {"who": ""})
        simulator.advance(2500)
    simulator.send("press")
    assert simulator.question is not None
    assert simulator.question.names == ("count > limit",)


def test_a_state_that_is_active_is_asked_for_as_such() -> None:
    loaded = read(LAMP)
    [low] = transitions(loaded, "lit.bright")
    assert "In(state=" in repr(low.guard)
    assert only("active('b')", field="guard").guard == In(state="s2")
    assert only("active('nowhere')", field="guard").guard == Named(name="active('nowhere')")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = y", Assign(values=(("x", "y"),))),
        ("x -= 2 * y", Assign(values=(("x", "x - 2 * y"),))),
        ("x.append(y)", Assign(values=(("x", "x + [y]"),))),
        ("x = event.a.b", Assign(values=(("x", "event.data.a.b"),))),
        ("x = event.name", Assign(values=(("x", "event.type"),))),
        ("send('go')", Raise(event="go")),
        ("send('go', floor=x + 1)", Raise(event="go", data={"floor": "x + 1"})),
        ("send('go', delay=1.1)", Send(event="go", delay="1.1s")),
        ("print('x is %d of %s' % (x, y))", Log(value="'x is ' + str(int(x)) + ' of ' + str(y)")),
        ("print(f'{x}%')", Log(value="str(x) + '%'")),
        ("hw.beep(times=3)", Call(name="hw.beep(times=3)")),
        ("x, y = y, x", Call(name="x, y = (y, x)")),
        ("x = open('f')", Call(name="x = open('f')")),
        ("send(x)", Call(name="send(x)")),
        ("print(f'{x:>3}')", Call(name="print(f'{x:>3}')")),
        ("update limit, please", Call(name="update limit, please")),
    ],
)
def test_a_statement_is_translated_where_that_is_exact(code: str, expected: Any) -> None:
    assert only(code).actions == (expected,)


def test_a_choice_stays_one() -> None:
    [action] = only("if x > 1:\n  x = 0\nelif y:\n  x = 1\nelse:\n  hw.go()").actions
    assert isinstance(action, Choose)
    assert action.branches[0].guard == Expr(text="x > 1")
    assert action.branches[1].guard is None


def test_a_comment_does_nothing() -> None:
    assert only("# nothing\npass").actions == ()


@pytest.mark.parametrize(
    "spoils",
    [
        "x = open('f')", "for x in y: pass", "x.sort()", "with f() as x: pass", "del x", "change(x)",
        "x = state", "if y:\n  x = hw.read()",
    ],
)  # fmt: skip
def test_a_variable_that_python_changes_is_unknown_everywhere(spoils: str) -> None:
    text = {"name": "a", "on entry": spoils, "transitions": [{"event": "e", "guard": "x > 1"}]}
    chart = {
        "statechart": {"name": "m", "preamble": "x = 1\ny = 2", "root state": {"name": "r", "states": [text]}}
    }
    [transition] = transitions(sismic.read(dump(chart)), "a")
    assert transition.guard == Named(name="x > 1")


@given(st.integers(-9, 9), st.integers(-9, 9), st.data())
def test_an_expression_gives_what_python_gives(x: int, y: int, data: st.DataObject) -> None:
    atoms = st.sampled_from(["x", "y", "1", "True", "'t'", "[x, y]", "event.z"])
    parts = st.recursive(
        atoms,
        lambda inner: (
            st.builds(
                "({} {} {})".format, inner, st.sampled_from(["+", "*", "<", "==", "and", "or", "in"]), inner
            )
            | st.builds("str({})".format, inner)
            | st.builds("('%s!%%' % {})".format, st.sampled_from(["x", "y"]))
            | st.builds("f'<{{{}}}>'".format, st.sampled_from(["x", "y", "x + y"]))
        ),
        max_leaves=6,
    )
    text = data.draw(parts)
    [action] = only(f"x = {text}").actions
    assert isinstance(action, Assign), text

    class Event:
        z = 3

    try:
        expected = eval(text, {"x": x, "y": y, "event": Event})
    except TypeError:
        return
    loaded = sismic.read(
        dump(
            {
                "statechart": {
                    "name": "m",
                    "preamble": f"x = {x}\ny = {y}\nr = None",
                    "root state": {"name": "r", "transitions": [{"event": "e", "action": f"r = {text}"}],
                                   "states": [{"name": "a"}]},
                }
            }
        )
    )  # fmt: skip
    simulator = Simulator(loaded.chart)
    simulator.start()
    simulator.send("e", {"z": 3})
    assert simulator.snapshot.context["r"] == expected


@given(
    st.text(max_size=40)
    | st.sampled_from(["(" * 300, "x + " * 5_000 + "x", "not " * 3_000 + "x", "\0", "'\\d'"])
)
def test_any_text_at_all_may_stand_where_code_does(text: str) -> None:
    assert sismic_code.Code(frozenset("x"), lambda name: None).condition(text, may_wait=True) is not None
    sismic_code.Code(frozenset("x"), lambda name: None).actions(text)
    sismic_code.known_variables(text, [text])


# what is wrong


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("statechart: 5", 1, "“root state”"),
        ("statechart:\n  name: m\n", 2, "needs “root state”"),
        ("statechart:\n  name: m\n  root state: [a]\n", 3, "needs “root state”"),
    ],
)
def test_what_is_no_statechart_is_refused_with_its_place(text: str, line: int, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(text)
    [flaw] = caught.value.flaws
    assert flaw.line == line
    assert words in flaw.message


def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_there() -> None:
    loaded = read(
        """\
        statechart:
          name: m
          root state:
            name: r
            initial: a
            states:
              - name: a
                typ: final
                transitions:
                  - target: b
                    prority: 1
                  - nonsense
              - name: a
              - {}
              - 7
              - name: b
                type: hstory
                transitions: none
        """
    )
    lines = told(loaded)
    assert [line for line, _ in lines] == [6, 8, 9, 11, 13, 14, 17, 18]
    messages = " ".join(message for _, message in lines)
    for words in (
        "“typ” is not known",
        "“prority” is not known",
        "given twice",
        "“hstory” is no type",
        "needs “name”",
    ):
        assert words in messages
    assert [each.key for each in loaded.chart.children("root")] == ["a", "a", "state3", "b"]


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["a", "b", "x = 1", "final", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([*sismic.STATE_KEYS, *sismic.TRANSITION_KEYS, "other"]), inner, max_size=5),
    max_leaves=20,
))  # fmt: skip
def test_no_value_anywhere_is_too_odd(value: Any) -> None:
    root = value if isinstance(value, dict) else {"name": value, "states": value, "transitions": value}
    loaded = sismic.read(dump({"statechart": {"name": "m", "root state": root}}))
    native.read(native.write(loaded.chart)[0])
    assert all(loaded.places.find(each.element, each.field) is not None for each in loaded.problems)


# files


def test_there_are_files_of_others() -> None:
    if not FILES:
        pytest.skip(f"0 files: no statecharts of sismic at {SHARED}; set STATECHART_SHARED to its folder")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_others_is_the_same_chart_in_our_own_format(path: Path) -> None:
    loaded = registry.read(path.read_bytes(), path)
    assert loaded.is_import
    text, notices = native.write(loaded.chart)
    assert not notices
    again = native.read(text)
    assert not again.problems
    assert write_machine(again.chart) == write_machine(loaded.chart)


@pytest.mark.parametrize(
    "head",
    ["", "\ufeff", "---\n", "%YAML 1.2\n---\n", "# statechart\n" * 900, "\n \n# a: b\n", '{"statechart": '],
)
def test_a_statechart_is_known_by_its_first_key(head: str, tmp_path: Path) -> None:
    body = '{"name": "m", "root state": {"name": "r"}}'
    text = f"{head}{body}}}" if head.startswith("{") else f"{head}statechart: {body}"
    assert registry.read(text.encode(), tmp_path / "m.yaml").is_import


@pytest.mark.parametrize(
    "text", ["states: {statechart: {}}", "statecharts: 1", "# statechart: x\nstates: {a: {}}"]
)
def test_a_machine_of_our_own_is_not_taken_for_one(text: str) -> None:
    assert not registry.read(text, Path("m.yaml")).is_import


def test_a_file_of_sismic_is_never_saved_over(tmp_path: Path) -> None:
    path = tmp_path / "lamp.yaml"
    path.write_text(LAMP, encoding="utf-8")
    session, desktop = Session(files.open_document(path)), FakeDesktop()
    with pytest.raises(FileError, match="Choose another name"):
        files.save(session.document, path, force=True)
    desktop.paths = [tmp_path / "ours.yaml"]
    assert file.save(session, desktop)
    assert path.read_text(encoding="utf-8") == LAMP
    desktop.paths = []
    assert file.save(session, desktop)  # now it has a file of its own
    assert not files.open_document(tmp_path / "ours.yaml").is_import
