"""Layouts as YAML: short and long forms, keys of odd names, what is dropped, and saving over what was read."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.errors import FormatError
from editor.formats import layout_file, native
from editor.formats.layout_keys import LayoutKeys
from editor.formats.layout_lines import read_lines
from editor.formats.native_write import write_machine
from editor.formats.yaml_tree import parse
from editor.geometry import Point
from editor.model import queries
from editor.model.changes import StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Label
from tests.charts import id_of

MACHINE = """
initial: a
states:
  a: {on: {GO: [b, a], 'x y%': b}, after: {1.5s: b}, always: {target: b, guard: g}, onDone: b}
  b: {invoke: {src: s, onDone: a, onError: a}}
  'c d.e%':
    initial: '@f'
    states: {'@f': {}, h: {type: history, target: '@f'}}
"""

LAYOUT = """\
# Positions for m.yaml.
states:
  b: [320, 80.0, 160, 64]   # by hand
  a: {box: [40, 80, 180, 96], auto: true, tint: 3, collapsed: true, initial: [5, 6], mine: {x: 1}}

transitions:
  a GO 0: {bends: [[260, 96]], label: [0.5, 0, -14]}
  a GO 1: {bends: [[1, 2], [3, 4]], auto: true}
view: {zoom: 2}
"""


def chart() -> Chart:
    return native.read(MACHINE, name="m.yaml").chart


def test_a_layout_is_read() -> None:
    made = chart()
    diagram, _, notices = layout_file.read(LAYOUT, made)
    a, b = id_of(made, "a"), id_of(made, "b")
    assert notices == ()
    assert diagram.boxes[b] == Box(id=b, x=320, y=80, width=160, height=64)
    assert diagram.boxes[a] == Box(
        id=a, x=40, y=80, width=180, height=96, auto=True, tint=3, collapsed=True, initial=Point(5, 6),
        extra=(("mine", {"x": 1}),),
    )  # fmt: skip
    first, second = (each.id for each in made.outgoing(a) if each.trigger.text == "GO")
    assert diagram.bends[first] == Bends(
        id=first, points=(Point(260, 96),), label=Label(along=0.5, dx=0, dy=-14)
    )
    assert diagram.bends[second].auto
    assert diagram.sheet.extra == (("view", {"zoom": 2}),)


def test_keys_name_every_kind_of_transition() -> None:
    made = chart()
    keys = {
        key: id
        for state in queries.document_order(made)
        for key, id in LayoutKeys(made).from_source(state.id).items()
    }
    assert list(keys.values()) == [
        each.id for state in queries.document_order(made) for each in made.outgoing(state.id)
    ]
    assert list(keys) == [
        ". @initial 0",
        "a GO 0",
        "a GO 1",
        "a x%20y%25 0",
        "a @after 1.5s 0",
        "a @always 0",
        "a @onDone 0",
        "b @invoke0.onDone 0",
        "b @invoke0.onError 0",
        "c%20d%2Ee%25 @initial 0",
        "c%20d%2Ee%25.h @default 0",
    ]
    assert LayoutKeys(made).of_states[made.root_id] == "."
    assert sorted(LayoutKeys(made).of_states.values())[-2] == "c%20d%2Ee%25.%40f"


@given(st.randoms(use_true_random=False))
def test_transitions_are_in_the_order_that_a_definition_gives_them(chance: random.Random) -> None:
    made = native.read(MACHINE, name="m.yaml").chart
    lines = [each for each in made.transitions.values() if not each.is_pseudo]
    places = [float(place) for place in range(len(lines))]
    chance.shuffle(places)
    made.apply(
        [
            TransitionChange(each.id, each, replace(each, order=at))
            for each, at in zip(lines, places, strict=True)
        ]
    )
    again = native.read(json.dumps(write_machine(made)), name="m.yaml").chart
    for path in ("a", "b"):
        keys, new = (LayoutKeys(each).from_source(id_of(each, path)) for each in (made, again))
        assert list(keys) == list(new)


def test_a_key_that_encodes_more_than_it_must_is_understood() -> None:
    made = chart()
    text = "states: {'%61': [1, 2, 3, 4], 'c%20d%2ee%25': [1, 2, 3, 4]}\n"
    diagram, before, notices = layout_file.read(text, made)
    assert (len(diagram.boxes), notices) == (2, ())
    assert layout_file.rewrite(before, made, diagram, "m.yaml").text == text


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("states: {gone: [1, 2, 3, 4]}\n", "“gone” is not in the machine", 1),
        ("transitions:\n  a GO 7: {}\n", "“a GO 7” is not in the machine", 2),
        ("states: {a: [1, 2, 3]}\n", "no usable place", 1),
        ("states: {a: [1, 2, -3, 4]}\n", "no usable place", 1),
        ("states: {a: [1, 2, .nan, 4]}\n", "no usable place", 1),
        ("states: {a: [1, 2, .inf, 4]}\n", "no usable place", 1),
        ("states: {a: [1, 2, 3, 0.4]}\n", "no usable place", 1),
        (f"states: {{a: [1, 2, {'9' * 400}, 4]}}\n", "no usable place", 1),
        (f"states: {{a: {{box: [1, 2, 3, 4], initial: [{'9' * 400}, 4]}}}}\n", "no usable initial", 1),
        (f"transitions: {{a GO 0: {{bends: [[1, -{'9' * 400}]]}}}}\n", "no usable place", 1),
        (f"transitions: {{a GO 0: {{label: [1, 2, {'9' * 400}]}}}}\n", "no usable label", 1),
        ("states: {a: x}\n", "no usable place", 1),
        ("states: [a]\n", "“states” must be a mapping", 1),
        ("transitions: {a GO 0: {bends: [[1]]}}\n", "no usable place", 1),
        ("transitions: {a GO 0: {label: x}}\n", "no usable label", 1),
        ("states: {a: {box: [1, 2, 3, 4], tint: 9}}\n", "no usable tint", 1),
        ("states: {a: {box: [1, 2, 3, 4], tint: true, auto: 1}}\n", "no usable tint and auto", 1),
    ],
)
def test_what_cannot_be_used_is_left_out_with_a_notice(text: str, message: str, line: int) -> None:
    _, _, notices = layout_file.read(text, chart())
    assert len(notices) == 1
    assert message in notices[0].message
    assert notices[0].line == line


@pytest.mark.parametrize("text", ["[1]", "a: [", "a: 1\na: 2"])
def test_what_is_no_layout_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        layout_file.read(text, chart())


@pytest.mark.parametrize("text", [LAYOUT, "states: {}\n", "view: 1\nstates:\n  a: [1, 2, 3, 4]\n"])
def test_an_unedited_layout_saves_to_the_same_bytes(text: str) -> None:
    made = chart()
    diagram, before, _ = layout_file.read(text, made)
    assert layout_file.rewrite(before, made, diagram, "m.yaml").text == text


def test_moving_one_state_changes_its_line_only() -> None:
    made = chart()
    diagram, before, _ = layout_file.read(LAYOUT, made)
    b = id_of(made, "b")
    diagram.put_box(b, replace(diagram.boxes[b], x=400.4))
    after = layout_file.rewrite(before, made, diagram, "m.yaml")
    assert after.text == LAYOUT.replace("[320, 80.0, 160, 64]", "[400, 80, 160, 64]")
    assert layout_file.rewrite(after, made, diagram, "m.yaml").text == after.text


def test_a_renamed_state_keeps_its_place() -> None:
    made = chart()
    diagram, before, _ = layout_file.read(LAYOUT, made)
    old = made.states[id_of(made, "a")]
    made.apply([StateChange(old.id, old, replace(old, key="z"))])
    text = layout_file.rewrite(before, made, diagram, "m.yaml").text
    again, _, notices = layout_file.read(text, made)
    assert notices == ()
    assert again.boxes == diagram.boxes
    assert again.bends == diagram.bends


def test_a_fresh_layout_has_a_line_an_element_in_the_order_of_the_machine() -> None:
    made = chart()
    diagram, _, _ = layout_file.read(LAYOUT, made)
    assert layout_file.write(made, diagram, "m.yaml") == (
        "# Positions for m.yaml. Safe to delete: the editor will lay the machine out again.\n"
        "states:\n"
        "  a: {box: [40, 80, 180, 96], auto: true, tint: 3, collapsed: true, initial: [5, 6], mine: {x: 1}}\n"
        "  b: [320, 80, 160, 64]\n"
        "transitions:\n"
        "  a GO 0: {bends: [[260, 96]], label: [0.5, 0, -14]}\n"
        "  a GO 1: {bends: [[1, 2], [3, 4]], auto: true}\n"
        "view: {zoom: 2}\n"
    )


NUMBERS = st.integers(-500, 500)
SIZES = st.integers(1, 500)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.booleans())
def test_what_is_written_is_read_back(data: st.DataObject, is_over: bool) -> None:
    made = chart()
    diagram = Diagram()
    for id in data.draw(st.sets(st.sampled_from(sorted(made.states.keys() - {made.root_id})))):
        box = Box(
            id=id, x=data.draw(NUMBERS), y=data.draw(NUMBERS), width=data.draw(SIZES), height=data.draw(SIZES),
            auto=data.draw(st.booleans()), tint=data.draw(st.none() | st.integers(1, 8)),
        )  # fmt: skip
        diagram.put_box(id, box)
    for id in data.draw(st.sets(st.sampled_from(sorted(made.transitions)))):
        points = data.draw(st.lists(st.builds(Point, NUMBERS, NUMBERS), min_size=1, max_size=3))
        diagram.put_bends(id, Bends(id=id, points=tuple(points), auto=data.draw(st.booleans())))
    before = layout_file.read(LAYOUT, made)[1] if is_over else None
    text = layout_file.rewrite(before, made, diagram, "m.yaml").text
    again, _, notices = layout_file.read(text, made)
    assert (dict(again.boxes), dict(again.bends), notices) == (dict(diagram.boxes), dict(diagram.bends), ())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("a", "a.b", "null", "on", "b", "x%20y", "9", "-", '"a"', "a b")),
            st.sampled_from(
                ("[1, 2, 3, 4]", "[1, 2, 3, -4]", "[1,2,3,4]", "[1, 2, 3, 1e3]", "{box: [1, 2, 3, 4]}")
            ),
        ),
        max_size=4,
    ),
    st.sampled_from(("", "# head\n\n", "---\n", "other: 1\n")),
    st.sampled_from(
        ("", "transitions:\n  a GO 0: {bends: [[1, 2]]}\n", "  \n", "states: {}\n", "view: *x\n", "...\n")
    ),
)
def test_lines_say_what_yaml_says(boxes: list[tuple[str, str]], head: str, rest: str) -> None:
    text = f"{head}states:\n" + "".join(f"  {key}: {box}\n" for key, box in boxes) + rest
    found = read_lines(text)
    if found is not None:
        assert parse(text).value == found


def test_a_layout_as_we_write_it_is_read_by_lines() -> None:
    text = "# head\nstates:\n  a: [1, 2, 3, 4]\n  a.b: [-1, 0, 3, 4]\ntransitions:\n  a GO 0: {auto: true}\n"
    assert read_lines(text) == parse(text).value
    assert read_lines(text.replace("  a.b", "  a")) is None, "YAML tells of keys that stand twice"


ROOT_DOT = "# mine\nstates:\n  .: {initial: [120, -40]}\n  a: [40, 80, 180, 96]\n  b: [320, 80, 160, 64]\n"


def test_the_dot_of_the_machine_stands_alone() -> None:
    made = chart()
    diagram, text, notices = layout_file.read(ROOT_DOT, made)
    assert notices == ()
    assert diagram.boxes[made.root_id].initial == Point(120, -40)
    assert layout_file.rewrite(text, made, diagram, "m.yaml").text == ROOT_DOT
    assert read_lines(ROOT_DOT) == parse(ROOT_DOT).value
    diagram.put_box(made.root_id, replace(diagram.boxes[made.root_id], initial=Point(8, 16)))
    after = layout_file.rewrite(text, made, diagram, "m.yaml").text
    assert after == ROOT_DOT.replace("[120, -40]", "[8, 16]")
    diagram.put_box(made.root_id, None)
    after = layout_file.rewrite(text, made, diagram, "m.yaml").text
    assert after == ROOT_DOT.replace("  .: {initial: [120, -40]}\n", "")
    assert "  .: {initial: [120, -40]}" in layout_file.write(
        made, layout_file.read(ROOT_DOT, made)[0], "m.yaml"
    )


@given(st.integers(0, 60), st.characters(codec="utf-8"))
@example(4, "\r")
@example(4, "\x85")
@example(4, "\u2028")
@example(4, "\x07")
@example(60, "\u3000")
def test_a_character_anywhere_is_read_as_yaml_reads_it(place: int, character: str) -> None:
    plain = "# places: of two\nstates:\n  a: [1, 2, 30, 40]\n  b: [5, 6, 70, 80]\n"
    text = f"{plain[:place]}{character}{plain[place:]}"
    found = read_lines(text)
    assert found is None or found == parse(text).value


@pytest.mark.parametrize(
    "entry", ["[0, 0, 40, 40]", "{box: [9, 9, 40, 40]}", "{initial: [1]}", "{initial: no}", "7"]
)
def test_what_the_machine_cannot_have_is_left_out_with_a_notice(entry: str) -> None:
    made = chart()
    diagram, _, notices = layout_file.read(f"states:\n  .: {entry}\n", made)
    assert made.root_id not in diagram.boxes
    assert len(notices) == 1


def test_what_rules_are_to_say_is_read_and_what_is_not_understood_is_told() -> None:
    made = native.read("initial: a\nstates: {a: {on: {GO: a}}}").chart
    text = (
        "states:\n  a: [0, 0, 96, 40]\nquiet: {a: [dead-end], a GO 0: [x, y], gone: [x], .: 5}\n"
        "rules: {dead-end: off, long-name: loud}\n"
    )
    diagram, _, notices = layout_file.read(text, made)
    id, transition = (
        queries.find_path(made, "a"),
        next(t for t in made.transitions.values() if not t.is_pseudo),
    )
    assert diagram.sheet.quiet == ((id, ("dead-end",)), (transition.id, ("x", "y")))
    assert diagram.sheet.severities == (("dead-end", "off"),)
    told = [each.message for each in notices]
    assert told == [
        "“gone” is not in the machine; it is left out.",
        "“.” has no list of rules; it is left out.",
        "The rule “long-name” can be error, warning, information or off here; it is left out.",
    ]


@pytest.mark.parametrize("rest", ["quiet: {}\n", "quiet: 5\n", "rules: [a]\n", "rules: {}\nquiet: null\n"])
def test_what_rules_are_to_say_in_another_form_is_kept(rest: str) -> None:
    made = native.read("initial: a\nstates: {a: {}}").chart
    text = f"states:\n  a: [0, 0, 96, 40]\n{rest}"
    diagram, before, _ = layout_file.read(text, made)
    assert layout_file.rewrite(before, made, diagram, "m.yaml").text == text


@given(st.sampled_from([0, 0.0, -0.0, 1, 1.0]), st.integers(-300, 300))
def test_a_label_placed_in_whole_numbers_is_saved_as_the_one_that_is_read_again(
    along: float, shift: int
) -> None:
    made, diagram = chart(), Diagram()
    [go, *_] = made.outgoing(id_of(made, "a"))
    diagram.put_bends(go.id, Bends(id=go.id, label=Label(along=along, dx=shift, dy=-shift)))
    text = layout_file.write(made, diagram, "m.yaml")
    again, _, _ = layout_file.read(text, made)
    assert layout_file.write(made, again, "m.yaml") == text
