"""Keys that are not known: taken as they were meant, with all that stands below byte for byte, or removed."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.document import edits, files, repairing
from editor.document.document import Document
from editor.document.repairing import Repair
from editor.formats import layout_taking, native, scxml, xstate, yaml_tree
from editor.formats.native_write import write_machine
from editor.formats.yaml_tree import parse
from editor.layout import auto
from editor.model import expressions
from editor.model.diagram import Diagram
from editor.model.elements import Action, Call, Conventions, Data, Send
from editor.model.rules_kept import still_holds
from editor.model.sameness import same
from tests.charts import MEASURE, id_of, opened, text_of
from tests.engine.build import random_chart


def offered(made: Document) -> list[Repair]:
    """The repairs of the first key that is not known."""
    assert made.loaded is not None
    told = [each for each in made.loaded.problems if each.rule in ("unknown-key", "wrong-type")]
    left = [each for each in told if still_holds(made.chart, each)]
    return [*repairing.repairs(made.chart, made.diagram, left[0], MEASURE)] if left else []


def take_all(made: Document) -> int:
    """Take every key that is near to a known one as that; how many there were."""
    count = 0
    while found := [each for each in offered(made) if each.kind == "take"]:
        made.apply(found[0].edit)
        count += 1
    return count


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("states:\n  a:\n    onn:   # events\n      'GO': {target: b, cond: x}  # go\n  b: {}\n",
         "states:\n  a:\n    on:   # events\n      'GO': {target: b, cond: x}  # go\n  b: {}\n"),
        ("states:\n  a: {entrys: [one, 'two']}  # both\n", "states:\n  a: {entry: [one, 'two']}  # both\n"),
        ("states:\n  a:\n    statess:  # in it\n      c: {}  # first\n      d: {on: {UP: c, OUT: '#a'}}\n",
         "states:\n  a:\n    states:  # in it\n      c: {}  # first\n      d: {on: {UP: c, OUT: '#a'}}\n"),
        ("contexts: {n: 0x10}  # data\nstates: {a: {}}\n", "context: {n: 0x10}  # data\nstates: {a: {}}\n"),
        ("states: {a: {on: {GO: {targets: a, actons: [x, {log: 'n'}]}}}}\n",
         "states: {a: {on: {GO: {target: a, actions: [x, {log: 'n'}]}}}}\n"),
        ("states:\n  a:\n    invoke:\n      - src: s\n        onDonee: a  # then\n        inputs: {n: '1'}\n",
         "states:\n  a:\n    invoke:\n      - src: s\n        onDone: a  # then\n        input: {n: '1'}\n"),
        ("states:\n  a: {}\n  h: {typ: history}\n", "states:\n  a: {}\n  h: {type: history}\n"),
        ("states:\n  a: {}\n  h: {typ: history, target: a}  # back\n",
         "states:\n  a: {}\n  h: {type: history, target: a}  # back\n"),
        ("states:\n  a:\n    entry:  # sent\n      send: PING\n      dely: '2s'  # later\n",
         "states:\n  a:\n    entry:  # sent\n      send: PING\n      delay: '2s'  # later\n"),
        ("states: {a: {exit: [x, {raise: E, dta: {n: 0x10}}, {send: F, too: b, dely: 1s, dat: {m: 1}}]}}\n",
         "states: {a: {exit: [x, {raise: E, data: {n: 0x10}}, {send: F, to: b, delay: 1s, data: {m: 1}}]}}\n"),
        ("states: {a: {on: {GO: {target: a, guard: {type: x, parms: {n: 1}}}}}}  # if\n",
         "states: {a: {on: {GO: {target: a, guard: {type: x, params: {n: 1}}}}}}  # if\n"),
        ("states: {a: {always: {cond: {and: [y, {not: {type: x, param: [1]}}]}, actions: {type: z, parms: n}}}}\n",
         "states: {a: {always: {cond: {and: [y, {not: {type: x, params: [1]}}]}, actions: {type: z, params: n}}}}\n"),
        ("states: {a: {always: {actions: [x, {choose: [{gard: y, actions: z}, {action: [{log: n}]}]}]}}}\n",
         "states: {a: {always: {actions: [x, {choose: [{guard: y, actions: z}, {actions: [{log: n}]}]}]}}}\n"),
        ("states: {a: {}}\nactions:\n  my.d:  # it\n  - {type: x, parms: 1}\n",
         "states: {a: {}}\nactions:\n  my.d:  # it\n  - {type: x, params: 1}\n"),
        ("states: {a: {}}\nguards: {q: {or: [x, {type: y, prams: 2}]}}  # any\n",
         "states: {a: {}}\nguards: {q: {or: [x, {type: y, params: 2}]}}  # any\n"),
        ("states:\n  a:\n    entry:  # first\n    - x\n    - assing: {n: 0x1}  # a\n    exit: {rase: E, data: 1}\n",
         "states:\n  a:\n    entry:  # first\n    - x\n    - assign: {n: 0x1}  # a\n    exit: {raise: E, data: 1}\n"),
        ("states: {a: {entry: [{sendd: A}, {lgo: n}, x, {sendd: B}, {assing: {n: 1}}]}}\n",
         "states: {a: {entry: [{send: A}, {log: n}, x, {send: B}, {assign: {n: 1}}]}}\n"),
        ("states: {a: {entry: [{sendd: A}, {send: A}, {sendd: A}]}}\n",
         "states: {a: {entry: [{send: A}, {send: A}, {send: A}]}}\n"),
        ("states: {a: {always: {guard: {typ: x, params: 1}, actions: {choos: [{guard: y, actions: z}]}}}}\n",
         "states: {a: {always: {guard: {type: x, params: 1}, actions: {choose: [{guard: y, actions: z}]}}}}\n"),
        ("states: {a: {always: {guard: {and: [y, {nott: x}, z]}, target: a}}}\nactions: {f.g: {sendd: X}}\n",
         "states: {a: {always: {guard: {and: [y, {not: x}, z]}, target: a}}}\nactions: {f.g: {send: X}}\n"),
        ("initials: b\nstates: {a: {}, b: {}}\n", "initial: b\nstates: {a: {}, b: {}}\n"),
        ("statess: {a: {}}\n", "states: {a: {}}\n"),
    ],
)  # fmt: skip
def test_the_nearest_key_is_taken_with_all_that_stands_below(wrong: str, right: str) -> None:
    made = opened(wrong)
    count = take_all(made)
    assert text_of(made) == right
    assert same(write_machine(made.chart), write_machine(native.read(right, name="machine.yaml").chart))
    assert not made.diagram.boxes.keys() ^ made.chart.states.keys() - {made.chart.root_id}
    assert native.read(text_of(made)).problems == ()
    for _ in range(count):
        made.undo()
    assert text_of(made) == wrong


def test_both_ways_out_are_offered_the_nearest_first() -> None:
    made = opened("states: {a: {onn: {GO: a}}}")
    assert [each.title for each in offered(made)] == ["Take “on”", "Remove “onn”"]


@pytest.mark.parametrize(
    "text",
    [
        "states: {a: {on: {GO: a}, onn: {UP: a}}}",  # says it already
        "states: {a: {onn: 5}}",  # cannot stand there
        "states: {a: {entry: x, entrys: {nonsense: 1}}}",
        "states: {a: {quite_another: 1}}",  # near to nothing
        "states: {a: {on: {GO: {targets: a, target: a}}}}",
        "initial: a\ninitials: a\nstates: {a: {}}",
        "context: {n: 1}\ncontexts: {n: 2}\nstates: {a: {}}",
    ],
)
def test_where_something_would_be_lost_a_key_is_only_removed(text: str) -> None:
    assert [each.kind for each in offered(opened(text))] == ["remove"]


@pytest.mark.parametrize(
    "text",
    [
        "states: {a: {entry: {send: E, delay: 1s, dely: 2s}}}",  # says it already
        "states: {a: {entry: {send: E, dely: {}}}}",  # cannot stand there
        "states: {a: {entry: {send: E, later: 2s}}}",  # near to nothing
        "states: {a: {entry: {raise: E, dta: null}}}",  # says nothing
        "states: {a: {on: {GO: {actions: {choose: [{cond: x, gard: y, actions: z}]}}}}}",
    ],
)
def test_a_key_inside_of_an_action_is_taken_only_where_it_says_something_new(text: str) -> None:
    made = opened(text)
    assert made.loaded is not None
    assert [each.rule for each in made.loaded.problems] == ["unknown-key"]
    assert offered(made) == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_they_are_taken_actions_come_to_stand_as_in_the_file(
    order: tuple[int, ...],
) -> None:
    text = "states: {a: {entry: [{sendd: A}, {sendd: B}, x, {sendd: C}, y]}}\n"
    made = opened(text)
    assert made.loaded is not None
    problems = made.loaded.problems
    for count, place in enumerate(order, 1):
        assert still_holds(made.chart, problems[place])
        [fix] = repairing.repairs(made.chart, made.diagram, problems[place], MEASURE)
        made.apply(fix.edit)
        assert not still_holds(made.chart, problems[place])
        assert text_of(made).count("send:") == count
    right = text.replace("sendd", "send")
    assert text_of(made) == right
    id = id_of(made.chart, "a")
    assert made.chart.states[id].entry == native.read(right).chart.states[id].entry


@pytest.mark.parametrize(
    "text",
    [
        "states: {a: {entry: {quite: 1}}}",  # near to nothing
        "states: {a: {entry: {assing: 5}}}",  # cannot stand there
        "states: {a: {on: {GO: {target: a, guard: {not: {nott: x}}}}}}",  # there is no guard that it could be put in
    ],
)
def test_what_is_no_action_is_taken_only_where_it_is_one_with_another_key(text: str) -> None:
    made = opened(text)
    assert made.loaded is not None
    assert [each.rule for each in made.loaded.problems] == ["wrong-type"]
    assert offered(made) == []


def test_what_was_written_since_is_not_written_over() -> None:
    made = opened("states: {a: {entry: [{send: E, dely: 2s}, x]}}")
    id = id_of(made.chart, "a")
    own = made.chart.states[id]

    def entry(*actions: Action) -> None:
        made.apply(edits.set_state(made.chart, made.diagram, replace(own, entry=actions), measure=MEASURE))

    entry(Send(event="F"), Call(name="x"))
    assert offered(made) == []  # another event
    entry(Send(event="E", delay="9s"), Call(name="x"))
    assert offered(made) == []  # somebody wrote when
    entry(Send(event="E", to="b"), Call(name="x"))
    take_all(made)
    assert made.chart.states[id].entry[0] == Send(event="E", to="b", delay="2s")
    assert native.read(text_of(made)).chart.states[id].entry == made.chart.states[id].entry


def test_a_state_renamed_after_its_key_was_taken_keeps_its_text() -> None:
    made = opened("states:\n  a:\n    onn:  # events\n      GO: b  # go\n  b: {}\n")
    take_all(made)
    [state] = [each for each in made.chart.states.values() if each.key == "a"]
    made.apply(edits.rename(made.chart, state.id, "first"))
    made.apply(edits.rename(made.chart, id_of(made.chart, "b"), "last"))
    assert text_of(made) == "states:\n  first:\n    on:  # events\n      GO: last  # go\n  last: {}\n"


def test_a_target_outside_of_a_history_is_told_of_and_kept() -> None:
    text = "initial: a\nstates:\n  a: {target: b, on: {GO: b}}  # odd\n  b: {}\n"
    made = opened(text)
    [removal] = offered(made)
    made.apply(edits.rename(made.chart, id_of(made.chart, "a"), "c"))
    assert text_of(made) == text.replace("a:", "c:").replace("initial: a", "initial: c")
    made.undo()
    assert removal.title == "Remove “target”"
    made.apply(removal.edit)
    assert text_of(made) == text.replace("target: b, ", "")


def test_all_of_a_kind_are_taken_in_one_step() -> None:
    made = opened("states:\n  a: {onn: {GO: b}}\n  b: {onn: {GO: a}, entrys: x}\n")
    assert made.loaded is not None
    unknown = [each for each in made.loaded.problems if each.rule == "unknown-key"]
    edit, count = repairing.repair_all(made.chart, made.diagram, unknown, "take", MEASURE)
    made.apply(edit)
    assert count == 3
    assert text_of(made) == "states:\n  a: {on: {GO: b}}\n  b: {on: {GO: a}, entry: x}\n"


def test_in_xstate_what_stands_below_means_what_it_means_there() -> None:
    text = """{"initial": "a", "states": {"a": {"onn": {"GO": {"target": "b", "guard": "is ready"}},
        "exit": [{"type": "tell", "params": {"to": "you"}}]}, "b": {"states": {"c": {}}}}}"""
    wrong, right = (xstate.read(each, name="m.json") for each in (text, text.replace("onn", "on")))
    made = Document(wrong.chart, auto.complete(wrong.chart, Diagram(), MEASURE), loaded=wrong)
    take_all(made)
    assert same(write_machine(made.chart), write_machine(right.chart))


_OWN = {
    "type", "history", "id", "description", "tags", "initial", "invoke", "entry", "exit", "on", "after", "always",
    "onDone", "states", "target", "output", "meta", "guard", "actions", "internal", "src", "input", "onError",
    "autoForward", "guards", "delays", "context",
}  # fmt: skip
_FREE = ("states", "on", "after")
"""Under these stand names that people give."""


def _places(value: Data, path: yaml_tree.Path = ()) -> list[yaml_tree.Path]:
    """The keys of the format in a machine, at any depth; never those that people give."""
    found: list[yaml_tree.Path] = []
    if isinstance(value, dict):
        for key, each in value.items():
            is_free = bool(path) and path[-1] in _FREE
            if is_free or key in _OWN:
                found += [] if is_free else [(*path, key)]
                found += _places(each, (*path, key)) if key != "context" else []
    elif isinstance(value, list):
        for place, each in enumerate(value):
            found += _places(each, (*path, place))
    return found


def _commented(text: str) -> str:
    """A text with a comment behind each line that can have one."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        other = [*lines[:place], f"{line}  # {place}", *lines[place + 1 :]]
        if line and same(parse("\n".join(other)).value, parse("\n".join(lines)).value):
            lines = other
    return "\n".join(lines) + "\n"


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 1_000), st.sampled_from(("s", "_", "x")))
def test_any_key_that_is_mistyped_is_repaired_to_the_same_bytes(seed: int, pick: int, more: str) -> None:
    whole = random_chart(seed)
    whole.info = type(whole.info)(**{**_fields(whole.info), "conventions": Conventions()})
    text = _commented(native.write(whole)[0])
    tree = parse(text)
    places = [path for path in _places(tree.value) if not _is_inside_action(path)]
    path = places[pick % len(places)]
    mark = tree.key_mark(path)
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: mark.line - 1])) + mark.column - 1
    key = str(path[-1])
    assert text.startswith(key, start)
    wrong = f"{text[:start]}{key}{more}{text[start + len(key) :]}"
    known = [each for each in native.read(wrong, name="machine.yaml").problems if each.rule == "unknown-key"]
    assume(len(known) == 1 and known[0].meant == key and expressions.nearest(key + more, [key]))
    made = opened(wrong)
    found = [each for each in offered(made) if each.kind == "take"]
    if not found:  # the element says it already, by another word
        return
    made.apply(found[0].edit)
    assert text_of(made) == text
    assert same(write_machine(made.chart), write_machine(native.read(text, name="machine.yaml").chart))
    made.undo()
    assert text_of(made) == wrong


def _is_inside_action(path: yaml_tree.Path) -> bool:
    """Whether a key belongs to an action or a guard, whose unknown keys no record holds."""
    words = {"entry", "exit", "actions", "guard", "guards", "input", "output", "meta", "delays"}
    return any(part in words for part in path[:-1])


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).__slots__}  # type: ignore[attr-defined]


# the layout file

LAID = """\
# mine
states:
  a: {box: [10, 20, 160, 64], tnt: 3}  # coloured
  b: [300, 20, 160, 64]
transitions:
  a GO 0: {bends: [[200, 90]], lable: [0.5, 0, -14]}
"""


def laid(tmp_path: Path, layout: str) -> tuple[Document, Path]:
    """A machine with a layout file."""
    path = tmp_path / "m.yaml"
    path.write_text("initial: a\nstates: {a: {on: {GO: b}}, b: {on: {GO: a}}}\n", encoding="utf-8")
    files.layout_path(path).write_text(layout, encoding="utf-8")
    return files.open_document(path), files.layout_path(path)


def of_layout(made: Document) -> list[list[Repair]]:
    """The repairs of each key of the layout that is near to a known one."""
    found = layout_taking.problems(made.chart, made.diagram)
    return [[*repairing.repairs(made.chart, made.diagram, each, MEASURE)] for each in found]


def test_keys_of_the_layout_are_taken_as_they_were_meant(tmp_path: Path) -> None:
    made, layout = laid(tmp_path, LAID)
    assert [[each.title for each in own] for own in of_layout(made)] == [
        ["Take “tint”", "Remove “tnt”"], ["Take “label”", "Remove “lable”"],
    ]  # fmt: skip
    while found := of_layout(made):
        made.apply(found[0][0].edit)
    assert made.diagram.boxes[id_of(made.chart, "a")].tint == 3
    files.save(made)
    text = layout.read_text(encoding="utf-8")
    assert text == LAID.replace("tnt:", "tint:").replace("lable:", "label:")
    made.undo()
    made.undo()
    files.save(made)
    assert layout.read_text(encoding="utf-8") == LAID


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("state: {a: [10, 20, 160, 64], b: [300, 20, 160, 64]}\n",
         "states: {a: [10, 20, 160, 64], b: [300, 20, 160, 64]}\n"),
        ("states: {a: [10, 20, 160, 64], b: [300, 20, 160, 64]}\nrule: {dead-end: off}\n",
         "states: {a: [10, 20, 160, 64], b: [300, 20, 160, 64]}\nrules: {dead-end: off}\n"),
    ],
)  # fmt: skip
def test_whole_tables_of_the_layout_are_taken_as_they_were_meant(
    tmp_path: Path, wrong: str, right: str
) -> None:
    made, layout = laid(tmp_path, wrong)
    [[take, _]] = of_layout(made)
    made.apply(take.edit)
    files.save(made)
    (tmp_path / "other").mkdir()
    wanted, _ = laid(tmp_path / "other", right)
    got, _ = laid(tmp_path / "other", layout.read_text(encoding="utf-8"))
    assert (got.diagram.boxes, got.diagram.sheet) == (wanted.diagram.boxes, wanted.diagram.sheet)


@pytest.mark.parametrize(
    ("wrong", "kinds"),
    [
        ("states: {a: {box: [1, 2, 160, 64], tnt: red}}\n", ["remove"]),  # no colour
        ("states: {a: {box: [1, 2, 160, 64], tint: 2, tnt: 3}}\n", ["remove"]),  # it has one
        ("state: 5\n", ["remove"]),
    ],
)
def test_where_the_layout_would_lose_something_a_key_is_only_removed(
    tmp_path: Path, wrong: str, kinds: list[str]
) -> None:
    made, _ = laid(tmp_path, wrong)
    [found] = of_layout(made)
    assert [each.kind for each in found] == kinds
    made.apply(found[0].edit)
    assert of_layout(made) == []


def test_what_is_near_to_nothing_in_a_layout_is_left_alone(tmp_path: Path) -> None:
    made, _ = laid(
        tmp_path, "constraints: {}\nview: 1\nmine: 2\nstates: {a: {box: [1, 2, 160, 64], zz: 3}}\n"
    )
    assert of_layout(made) == []


# attributes of SCXML

ODD = """\
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" initial="a">
  <!-- first -->
  <state id="a" initail="x" colour="red"> <!-- kept -->
    <state id="w"/>
    <state id="x"/>
    <transition evnt="go" condd="1 &lt; 2" traget="b"/> <!-- odd -->
  </state>
  <state id="b"/>
</scxml>
"""


def test_attributes_of_scxml_are_taken_as_they_were_meant(tmp_path: Path) -> None:
    path = tmp_path / "m.scxml"
    path.write_text(ODD, encoding="utf-8")
    made = files.open_document(path)
    loaded = made.loaded
    assert loaded is not None
    told = {each.field: (each.message, each.hint) for each in loaded.problems if each.rule == "unknown-key"}
    assert told["@evnt"] == ("The attribute “evnt” is not known here; it is kept.", "Did you mean “event”?")
    assert told["@colour"][1] == ""
    count = take_all(made)
    assert count == 4
    files.save(made)
    text = path.read_text(encoding="utf-8")
    assert scxml.read(text).problems[0].field == "@colour"
    wanted = (
        ODD.replace("initail=", "initial=").replace("evnt=", "event=").replace("condd=", "cond=")
        .replace("traget=", "target=")
    )  # fmt: skip
    assert same(write_machine(scxml.read(text).chart), write_machine(scxml.read(wanted).chart))
    assert "<!-- first -->" in text
    assert "<!-- kept -->" in text
    assert "<!-- odd -->" in text
    assert 'colour="red"' in text
    for _ in range(count):
        made.undo()
    files.save(made)
    again = scxml.read(path.read_text(encoding="utf-8"))
    assert write_machine(again.chart) == write_machine(scxml.read(ODD).chart)


def test_an_attribute_that_is_not_known_stays_as_it_is_and_may_be_removed(tmp_path: Path) -> None:
    path = tmp_path / "m.scxml"
    path.write_text(ODD, encoding="utf-8")
    made = files.open_document(path)
    made.apply(edits.rename(made.chart, id_of(made.chart, "b"), "c"))
    files.save(made)
    assert path.read_text(encoding="utf-8") == ODD.replace('id="b"', 'id="c"')
    assert made.loaded is not None
    [told] = [each for each in made.loaded.problems if each.field == "@initail"]
    [_, remove] = repairing.repairs(made.chart, made.diagram, told, MEASURE)
    assert remove.title == "Remove “initail”"
    made.apply(remove.edit)
    files.save(made)
    assert "initail" not in path.read_text(encoding="utf-8")


def test_what_an_element_says_already_is_not_taken_again() -> None:
    text = ODD.replace('evnt="go"', 'event="up" evnt="go"')
    loaded = scxml.read(text)
    made = Document(loaded.chart, auto.complete(loaded.chart, Diagram(), MEASURE), loaded=loaded)
    [told] = [each for each in loaded.problems if each.field == "@evnt"]
    found = repairing.repairs(made.chart, made.diagram, told, MEASURE)
    assert [each.kind for each in found] == ["remove"]


def test_in_yaml_an_attribute_has_no_place_which_is_told() -> None:
    _, told = native.write(scxml.read(ODD).chart)
    assert "The attribute “colour” of “a” cannot be kept." in [each.message for each in told]
