"""What differs between two machines: nothing between equals, and what is told leads from one to the other."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document.comparison import compare
from editor.document.differences import Difference, What, differences, summary
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.formats.native_write import write_machine
from editor.model import queries
from editor.model.changes import inverse
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Conventions
from tests.charts import chart, document
from tests.document import test_random_user as user

DEEDS = st.lists(user.DEEDS, max_size=15)


def texts(found: list[Difference]) -> list[str]:
    return [
        f"{each.what.value} {each.kind} {each.path}"
        + "".join(f" | {field.name}: {field.before} > {field.after}" for field in each.fields)
        for each in found
    ]


def told(old: str, new: str) -> list[str]:
    return texts(differences(compare(chart(old), chart(new))))


def places(made: Chart, diagram: Diagram) -> dict[tuple[str, ...], Any]:
    """Where everything lies, in terms of paths."""
    boxes: dict[tuple[str, ...], Any] = {(id,): note for id, note in diagram.notes.items()}
    for id, box in diagram.boxes.items():
        boxes[queries.keys(made, id)] = (box.rect, box.tint, box.collapsed, box.initial, box.auto)
    for state in queries.document_order(made):
        for number, each in enumerate(made.outgoing(state.id)):
            bends = diagram.bends.get(each.id)
            if bends is not None:
                boxes[*queries.keys(made, state.id), f"#{number}"] = (bends.points, bends.label, bends.auto)
    return boxes


def edited(start: Document, deeds: list[tuple[str, int, int]]) -> Document:
    for deed in deeds:
        try:
            user.do(start, deed)
        except ChartError:
            continue
    return start


def meaning(made: Chart) -> Any:
    """The machine as it would be written, with the order of what is written in tables."""

    def ordered(value: Any) -> Any:
        if isinstance(value, dict):
            return [(key, ordered(each)) for key, each in value.items()]
        return [ordered(each) for each in value] if isinstance(value, list) else value

    return ordered(write_machine(made))


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_a_machine_differs_from_itself_in_nothing(deeds: list[tuple[str, int, int]]) -> None:
    made = edited(document(user.START), deeds)
    found = compare(made.chart, made.chart.copy(), made.diagram, made.diagram.copy())
    assert found.is_same
    assert differences(found) == []


@settings(max_examples=80, deadline=None)
@given(DEEDS, DEEDS)
def test_what_differs_leads_from_one_to_the_other_and_back(
    first: list[tuple[str, int, int]], second: list[tuple[str, int, int]]
) -> None:
    one, other = edited(document(user.START), first), edited(document(user.START), second)
    here, there = meaning(one.chart), meaning(other.chart)
    lying = places(one.chart, one.diagram), places(other.chart, other.diagram)
    found = compare(one.chart, other.chart, one.diagram, other.diagram)
    assert found.old_diagram is not None
    assert (meaning(found.old), places(found.old, found.old_diagram)) == (here, lying[0])

    assert bool(found.changes) == ((here, lying[0]) != (there, lying[1]))

    forth = Document(found.old.copy(), found.old_diagram.copy())
    forth.apply(Edit("forth", found.changes))
    assert (meaning(forth.chart), places(forth.chart, forth.diagram)) == (there, lying[1])

    other.apply(Edit("back", inverse(found.changes)))
    assert (meaning(other.chart), places(other.chart, other.diagram)) == (here, lying[0])


@settings(max_examples=40, deadline=None)
@given(DEEDS, DEEDS)
def test_machines_that_mean_different_things_are_told_apart(
    first: list[tuple[str, int, int]], second: list[tuple[str, int, int]]
) -> None:
    one, other = edited(document(user.START), first), edited(document(user.START), second)
    found = differences(compare(one.chart, other.chart))
    assert (meaning(one.chart) == meaning(other.chart)) == (found == [])


BASE = """
id: m
initial: a
context: {n: 1}
states:
  a: {on: {GO: b, STOP: c}, entry: note}
  b: {on: {BACK: a}}
  c: {}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("b: {on: {BACK: a}}", "b: {on: {BACK: a}, entry: x}", ["changed state b | entry:  > x"]),
        ("n: 1", "n: 2", ["changed machine the machine | context.n: 1 > 2"]),
        ("c: {}", "c: {}\n  d: {}", ["added state d"]),
        (
            "GO: b",
            "GO: {target: b, guard: ok}",
            ["changed transition a: GO → b | guard:  > ok"],
        ),
        ("GO: b,", "GO: c,", ["changed transition a: GO → c | target: b > c"]),
        ("GO: b,", "WALK: b,", ["changed transition a: WALK → b | event: GO > WALK"]),
        ("GO: b, STOP: c", "STOP: c", ["removed transition a: GO → b"]),
        ("entry: note}", "entry: note, on_x: 1}", ["changed state a | on_x:  > 1"]),
        (
            "GO: b, STOP: c",
            "STOP: c, GO: b",
            ["changed transition a: GO → b | rank: 1 > 2"],
        ),
        ("id: m", "id: m2", ["changed machine the machine | id: m > m2"]),
    ],
)
def test_what_is_told_of_one_change(old: str, new: str, expected: list[str]) -> None:
    assert old in BASE
    assert told(BASE, BASE.replace(old, new)) == expected


def test_a_state_under_another_name_is_the_same_where_its_place_in_the_chart_says_so() -> None:
    new = BASE.replace("  b: {", "  second: {").replace("GO: b", "GO: second")
    assert told(BASE, new) == ["renamed state second | name: b > second"]


def test_a_state_with_the_same_id_is_the_same_under_any_name() -> None:
    old = "states: {a: {id: one, entry: x}, b: {}}"
    new = "states: {z: {id: one, exit: y}, b: {}}"
    assert told(old, new) == ["renamed state z | name: a > z | entry: x >  | exit:  > y"]


def test_a_state_that_was_put_into_another_is_told_with_both_places() -> None:
    old = "states: {a: {entry: x, on: {GO: b}}, b: {}, c: {states: {d: {}}}}"
    new = "states: {b: {}, c: {states: {d: {}, a: {entry: x, on: {GO: '#b'}}}}}"
    new = new.replace("b: {}", "b: {id: b}")
    found = told(old, new)
    assert "changed state c.a | inside: the machine > c" in found
    assert not [each for each in found if each.startswith(("added", "removed"))]


def test_two_states_that_may_each_be_the_former_one_are_taken_for_neither() -> None:
    old = "initial: s\nstates: {s: {}, a: {entry: x, exit: y}}"
    new = "initial: s\nstates: {s: {}, b: {entry: x, exit: y}, c: {entry: x, exit: y}}"
    assert told(old, new) == ["removed state a", "added state b", "added state c"]


COMPOSITE = "{initial: s, states: {s: {on: {GO: t}}, t: {entry: x}}}"


@settings(max_examples=30, deadline=None)
@given(count=st.integers(1, 40), renamed=st.sets(st.integers(0, 39)))
def test_composites_that_hold_the_same_are_each_renamed_in_their_order(count: int, renamed: set[int]) -> None:
    def machine(names: list[str]) -> str:
        return "initial: p0\nstates:\n" + "".join(f"  {name}: {COMPOSITE}\n" for name in names)

    names = [f"p{number}" for number in range(count)]
    others = [f"q{number}" if number in renamed and number else name for number, name in enumerate(names)]
    assert told(machine(names), machine(others)) == [
        f"renamed state {other} | name: {name} > {other}"
        for name, other in zip(names, others, strict=True)
        if name != other
    ]


def test_composites_that_hold_the_same_are_told_apart_by_what_leads_to_them() -> None:
    old = f"initial: a\nstates:\n  a: {{on: {{ONE: p, TWO: q}}}}\n  p: {COMPOSITE}\n  q: {COMPOSITE}\n"
    new = f"initial: a\nstates:\n  a: {{on: {{ONE: y, TWO: z}}}}\n  z: {COMPOSITE}\n  y: {COMPOSITE}\n"
    found = told(old, new)
    assert {each.partition(" | place")[0] for each in found} == {
        "renamed state y | name: p > y", "renamed state z | name: q > z",
    }  # fmt: skip


def test_a_composite_that_holds_something_else_is_not_taken_for_another() -> None:
    old = f"initial: a\nstates:\n  a: {{}}\n  p: {COMPOSITE}\n"
    new = f"initial: a\nstates:\n  a: {{}}\n  y: {COMPOSITE}\n  z: {COMPOSITE}\n"
    assert {each.split()[0] for each in told(old, new)} == {"removed", "added"}


def test_a_guard_of_a_renamed_state_is_the_same_guard() -> None:
    old = "states: {a: {on: {GO: {target: b, guard: {in: b}}}}, b: {id: one}}"
    new = "states: {a: {on: {GO: {target: c, guard: {in: c}}}}, c: {id: one}}"
    assert told(old, new) == ["renamed state c | name: b > c"]


def test_services_are_the_same_wherever_they_stand() -> None:
    old = "states: {a: {invoke: [{src: one, onDone: b}, {src: two, onDone: c}]}, b: {}, c: {}}"
    new = "states: {a: {invoke: [{src: two, onDone: c}, {src: one, onDone: b}]}, b: {}, c: {}}"
    found = told(old, new)
    assert [each for each in found if "transition" in each and "target" in each] == []
    assert any("invoke: one; two > two; one" in each for each in found)


@pytest.mark.parametrize("name", [each.name for each in fields(Conventions)])
def test_what_formats_mean_otherwise_is_told_in_words(name: str) -> None:
    text = "states: {a: {}}"
    native, other = chart(text), chart(text)
    other.info = replace(other.info, conventions=replace(Conventions(), **{name: True}))
    [found] = differences(compare(native, other))
    [field] = found.fields
    assert (found.path, field.before, field.after) == ("the machine", "false", "true")
    assert "_" not in field.name
    assert len(field.name.split()) > 2


def test_what_lies_elsewhere_is_told_where_both_drawings_are_given() -> None:
    one, other = document(BASE), document(BASE)
    id = queries.find_path(other.chart, "b")
    assert id is not None
    box = other.diagram.boxes[id]
    other.diagram.put_box(id, replace(box, x=box.x + 40))
    found = differences(compare(one.chart, other.chart, one.diagram, other.diagram))
    assert [(each.what, each.kind, each.path) for each in found] == [(What.MOVED, "drawing", "b")]
    assert [field.name for field in found[0].fields] == ["place"]
    assert compare(one.chart, other.chart).is_same
    assert summary(found) == "1 moved"
