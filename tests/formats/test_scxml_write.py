"""Charts to SCXML: valid for other programs, and with all in it that reading them again needs."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from editor import resources
from editor.cli import main
from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.errors import FormatError, StepLimitError
from editor.formats import native, registry, scxml
from editor.formats.native_write import write_machine
from editor.formats.registry import Loaded
from editor.formats.scxml_write import machine
from editor.formats.xml_same import same
from editor.model.chart import Chart
from editor.model.sameness import same as same_data
from tests.charts import chart
from tests.engine.build import EVENTS, random_chart
from tests.formats.machines import EVERYTHING
from tests.formats.test_scxml import ELEMENTS, state

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("STATECHART_SHARED", ROOT.parent / "shared"))
MACHINES = [*sorted(SHARED.glob("conformance/**/*.scxml")), *sorted(SHARED.glob("corpus/scxml/*"))]
EXAMPLES = resources.examples()
SPACE = "{http://www.w3.org/2005/07/scxml}"
OWN = "{urn:statechart-editor:scxml}"
D26 = """\
id: outer
initial: one
states:
  one:
    {id: outer.inner.one, description: One, initial: deep,
     states: {deep: {id: outer.inner.one.deep, description: Deep}}}
  two: {id: outer.inner.two, description: Two}
"""
ROOTED = """\
id: lamp
initial: off
entry: wake
exit: sleep
on: {RESET: off, LOG: {actions: note}}
states:
  off: {on: {GO: on}}
  'on': {on: {GO: broken, BACK: off}}
  broken: {type: final}
"""


def again(made: Chart, name: str = "machine.yaml") -> Loaded:
    """A chart written in SCXML and read."""
    return scxml.read(scxml.write(made)[0].encode(), name=name)


def tree(text: str) -> Any:
    """The elements of a chart in SCXML, as another program sees them."""
    return etree.fromstring(scxml.write(chart(text))[0].encode())


def told(text: str) -> str:
    return "\n".join(notice.message for notice in scxml.write(chart(text))[1])


# what others wrote


def test_there_are_machines_of_others() -> None:
    if not MACHINES:
        pytest.skip(f"0 files: no machines in SCXML at {SHARED}; set STATECHART_SHARED to the shared folder")
    assert len(MACHINES) > 100


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_saved_to_the_same_bytes_and_written_anew_says_the_same(path: Path) -> None:
    data = path.read_bytes()
    try:
        loaded = registry.read(data, path)
    except FormatError:
        return  # it is no well-formed XML, or has a document type
    assert registry.write(loaded.chart.copy(), path, loaded).data == data
    assert same(machine(again(loaded.chart, str(path)).chart), machine(loaded.chart))


@given(st.lists(ELEMENTS, max_size=4))
def test_every_tree_of_elements_stays_and_can_be_written_anew(elements: list[str]) -> None:
    text = f"<scxml>{''.join(elements)}</scxml>"
    loaded = scxml.read(text, name="m.scxml")
    assert scxml.patch(loaded, loaded.chart.copy())[0] == text
    assert same(machine(again(loaded.chart, "m.scxml").chart), machine(loaded.chart))


# machines of the native format


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_comes_back_as_it_was(path: Path, tmp_path: Path) -> None:
    there, back = tmp_path / f"{path.stem}.scxml", tmp_path / f"{path.stem}.yaml"
    assert main(["convert", str(path), "-o", str(there)]) == 0
    assert main(["convert", str(there), "-o", str(back)]) == 0
    assert same_data(write_machine(_read(back)), write_machine(_read(path)))


def _read(path: Path) -> Chart:
    return registry.read(path.read_bytes(), path).chart


def test_everything_that_the_native_format_has_comes_back() -> None:
    made = chart(EVERYTHING)
    loaded = again(made)
    assert loaded.problems == ()
    assert same_data(write_machine(loaded.chart), write_machine(made))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 100_000), st.lists(st.sampled_from([*EVENTS, 5, 20]), max_size=6))
def test_a_random_chart_comes_back_and_runs_the_same(seed: int, inputs: list[str | int]) -> None:
    made = random_chart(seed)
    loaded = again(made)
    assert loaded.problems == ()
    assert same_data(write_machine(loaded.chart), write_machine(made))
    assert _run(loaded.chart, inputs) == _run(made, inputs)


def _run(made: Chart, inputs: list[str | int]) -> list[object]:
    simulator = Simulator(Machine.from_chart(made))
    seen: list[object] = []
    try:
        simulator.start()
        for each in inputs:
            if isinstance(each, str):
                simulator.send(each)
            else:
                simulator.advance(each)
            seen.append((simulator.leaves, simulator.clock, simulator.snapshot.is_done))
    except StepLimitError as error:
        seen.append(error.states)
    return seen


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 100_000))
def test_ids_are_unique_names_and_every_target_is_one(seed: int) -> None:
    root = etree.fromstring(scxml.write(random_chart(seed))[0].encode())
    tags = [f"{SPACE}{tag}" for tag in ("state", "parallel", "final", "history")]
    ids = [each.get("id") for each in root.iter(*tags)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[^\W\d][\w.-]*", id) for id in ids)
    for each in root.iter():
        for name in ("target", "initial"):
            if each.tag != f"{SPACE}send":
                assert set((each.get(name) or "").split()) <= set(ids)


def test_names_that_are_no_ids_or_stand_twice_come_back() -> None:
    text = "states: {'a b': {states: {x: {}, '1': {on: {'two words': '#a b.x'}}}}, c: {states: {x: {}, a_b: {}}}}"
    made = again(chart(text))
    assert same_data(write_machine(made.chart), write_machine(chart(text)))
    ids = [each.get("id") for each in tree(text).iter(f"{SPACE}state")]
    assert ids == ["a_b", "x", "_1", "c", "c.x", "c.a_b"]


def test_ids_keys_and_descriptions_come_back() -> None:
    made = again(chart(D26))
    assert same_data(write_machine(made.chart), write_machine(chart(D26)))
    one = tree(D26).find(f"{SPACE}state")
    assert (one.get("id"), one.get(f"{OWN}key"), one.get(f"{OWN}description")) == (
        "outer.inner.one",
        "one",
        "One",
    )


def test_what_the_machine_itself_does_is_done_by_a_state_around_all_others() -> None:
    made = tree(ROOTED)
    [outer, end] = [each for each in made if each.tag in (f"{SPACE}state", f"{SPACE}final")]
    assert outer.get(f"{OWN}machine") == "true"
    assert outer.get("initial") == "off"
    assert not made.findall(f"{SPACE}transition")
    # it is not left by its own transitions, and its end is that of the machine
    [reset, log, done] = outer.findall(f"{SPACE}transition")
    assert (reset.get("event"), reset.get("type"), log.get("type")) == ("RESET", "internal", None)
    assert (done.get("event"), done.get("target")) == (f"done.state.{outer.get('id')}", end.get("id"))
    assert "one state around all of them" in told(ROOTED)
    assert same_data(write_machine(again(chart(ROOTED)).chart), write_machine(chart(ROOTED)))


def test_such_a_machine_works_in_scxml_without_what_the_editor_adds() -> None:
    states = "{a: {after: {1s: b}}, b: {on: {E: c}}, c: {type: final}}"
    text = f"id: m\ninitial: a\non: {{UP: b}}\nexit: {{log: \"'gone'\"}}\nstates: {states}"
    plain = re.sub(r' (xmlns:)?editor:?\w*="[^"]*"', "", scxml.write(chart(text))[0]).replace(
        '"python"', '"ecmascript"'
    )
    loaded = scxml.read(plain, name="m.scxml")
    simulator = Simulator(Machine.from_chart(loaded.chart))
    simulator.start()
    assert [simulator.machine.own_names[each] for each in simulator.machine.bits(simulator.snapshot.active)][
        -1
    ] == "a"
    simulator.advance(1000)
    assert simulator.leaves[0].endswith("b")
    simulator.send("E")
    assert simulator.snapshot.is_done


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("states: {a: {on: {E: a, E.x: a}}}", "“E” stands for “E.x” as well"),
        ("states: {a: {on: {'*': a, E: a}}}", "“*” of “a” comes before “E”"),
        ("states: {a: {on: {E.*: a, E.x: a}}}", "“E.*” of “a” comes before “E.x”"),
        ("states: {a: {states: {b: {on: {E: h}}, h: {type: history}}}}", "“a.h”, reached from inside of “a”"),
        ("states: {a: {entry: beep}}", "The action “beep” has no meaning"),
        ("states: {a: {on: {E: {target: a, guard: ready}}}}", "The guard “ready” has no meaning"),
        ("states: {a: {entry: {assign: {x: y, y: x}}}}", "assign x, y one after the other"),
        ("context: {n: 1}\nstates: {a: {always: {target: a, guard: n > 1}}}", "the data model “python”"),
        ("language: javascript\nstates: {a: {on: {E: {target: a, guard: event.data}}}}", "what event stands for"),
    ],
)  # fmt: skip
def test_what_others_take_otherwise_is_told(text: str, words: str) -> None:
    assert words in told(text)


def test_a_machine_that_means_the_same_everywhere_tells_nothing() -> None:
    text = "initial: a\nstates: {a: {on: {E: b}, after: {5s: b}}, b: {on: {E: {target: a, guard: {in: b}}}}}"
    assert told(text) == ""
    assert tree(text).get("datamodel") == "null"


def test_a_document_in_scxml_tells_nothing() -> None:
    loaded = scxml.read('<scxml><state id="a"><transition event="*"/><transition event="e"/></state></scxml>')
    assert scxml.write(loaded.chart)[1] == ()


def test_the_text_is_indented_and_declared() -> None:
    made = scxml.write(chart("initial: a\nstates: {a: {on: {E: b}}, b: {}}"))[0]
    assert made == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:editor="urn:statechart-editor:scxml" version="1.0" '
        'datamodel="null" name="machine" editor:conventions="native" initial="a">\n'
        '  <state id="a">\n    <transition event="E" target="b"/>\n  </state>\n  <state id="b"/>\n</scxml>\n'
    )


# machines that were hard to read


def test_transitions_of_a_parallel_state_and_several_targets_are_written() -> None:
    text = """\
<scxml version="1.0" initial="off">
  <state id="off"><transition event="go" target="b2
      c2"/></state>
  <parallel id="p">
    <transition event="both" target="b1 c1"/>
    <state id="b"><initial><transition target="b1"/></initial><state id="b1"/><state id="b2"/></state>
    <state id="c"><state id="c1"/><state id="c2"/></state>
  </parallel>
</scxml>
"""
    loaded = scxml.read(text, name="m.scxml")
    assert scxml.patch(loaded, loaded.chart)[0] == text
    made = etree.fromstring(scxml.write(loaded.chart)[0].encode())
    targets = [each.get("target") for each in made.iter(f"{SPACE}transition")]
    assert targets == ["b2 c2", "b1 c1"]
    assert made.find(f"{SPACE}parallel/{SPACE}state").get("initial") == "b1"


def test_a_language_of_others_and_what_is_said_in_it_stay() -> None:
    loaded = scxml.read(
        '<scxml datamodel="foo"><state id="a"><transition cond="x ~= {&lt;}"/></state></scxml>'
    )
    made = again(loaded.chart)
    assert made.chart.info.language == "foo"
    assert made.chart.transitions == loaded.chart.transitions


def test_a_state_without_an_id_needs_none() -> None:
    text = "<scxml><state><state/><parallel/></state><final/></scxml>"
    made = etree.fromstring(scxml.write(scxml.read(text).chart)[0].encode())
    assert [each.get("id") for each in made.iter()] == [None] * 5


def test_markup_that_is_passed_on_keeps_its_namespaces() -> None:
    text = (
        '<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:o="urn:o"><datamodel><data id="d"><o:a x="&lt;">'
        '<b xmlns=""/></o:a></data><data id="e"><c xmlns=""/></data></datamodel><state id="a"/></scxml>'
    )
    made = etree.fromstring(scxml.write(scxml.read(text).chart)[0].encode())
    assert [each.tag for each in made.find(f"{SPACE}datamodel").iter()][1:] == [
        f"{SPACE}data", "{urn:o}a", "b", f"{SPACE}data", "c",
    ]  # fmt: skip


def test_a_machine_is_converted_to_scxml_with_its_layout_and_notices(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, made = tmp_path / "lamp.yaml", tmp_path / "lamp.scxml"
    path.write_text(ROOTED, encoding="utf-8")
    assert main(["convert", str(path), "-o", str(made)]) == 0
    assert "notice: In SCXML a machine has no transitions" in capsys.readouterr().err
    assert main(["check", str(made)]) == 0
    assert main(["run", str(made), "-e", "GO", "--json"]) == 0
    assert '"on"' in capsys.readouterr().out


def test_a_machine_that_was_read_from_scxml_is_written_in_yaml_as_it_was() -> None:
    found = again(chart(ROOTED), "lamp.scxml")
    assert state(found.chart, "on").parent == found.chart.root_id
    written = registry.write(found.chart, PurePath("lamp.yaml"), found)
    assert written.notices == ()
    assert same_data(write_machine(native.read(written.data).chart), write_machine(chart(ROOTED)))


@pytest.mark.parametrize("word", ["cond", "guard"], ids=["of version 4", "of version 5"])
def test_a_machine_of_xstate_means_the_same_when_it_is_read_from_scxml(word: str) -> None:
    text = (
        '{"id": "m", "initial": "a", "states": {"a": {"type": "parallel", "on": {"E": {"target": ".b",'
        ' "WORD": "ready"}}, "states": {"b": {"initial": "c", "states": {"c": {"on": {"X": "#m.a.d"}}}}, "d": {}}}}}'
    )
    loaded = registry.read(text.replace("WORD", word), PurePath("m.json"))
    assert loaded.is_import
    found = again(loaded.chart, "m.json")
    assert found.chart.info == loaded.chart.info
    assert same(machine(found.chart), machine(loaded.chart))
    told = "\n".join(notice.message for notice in scxml.write(loaded.chart)[1])
    assert "In SCXML an internal transition leaves its source" in told
