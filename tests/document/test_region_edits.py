from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.document import region_edits
from editor.document.boxes import Boxes
from editor.document.document import Document
from editor.engine.simulator import Simulator
from editor.errors import ChartError
from editor.formats.native_write import write_machine
from editor.model import queries
from editor.model.elements import StateKind
from tests.charts import MEASURE, document, id_of

TEXT = """
initial: p
states:
  p:
    type: parallel
    states:
      one: {initial: a, states: {a: {on: {GO: b}}, b: {}}}
      two: {initial: c, states: {c: {}}}
      three: {}
  q: {type: parallel, states: {l: {on: {GO: l}, initial: x, states: {x: {}}}, r: {initial: y, states: {y: {}}}}}
"""


def ids(made: Document, *paths: str) -> list[str]:
    return [id_of(made.chart, path) for path in paths]


PLAIN = """
initial: work
states:
  work:
    initial: b
    entry: note
    on: {STOP: end}
    states:
      a: {on: {GO: b}}
      b: {on: {GO: '#work.done'}}
      back: {type: history, target: a}
      done: {type: final}
  end: {on: {AGAIN: work.back, FRESH: work.a}}
  idle: {}
"""


def test_a_region_beside_what_a_state_does_keeps_all_of_that() -> None:
    made = document(PLAIN)
    text = write_machine(made.chart)
    work, inside = id_of(made.chart, "work"), ids(made, "work.a", "work.b", "work.back", "work.done")
    before = [Boxes(made.chart, made.diagram).origin(id) for id in inside]
    edit, new = region_edits.add(made.chart, made.diagram, work, measure=MEASURE)
    made.apply(edit)
    first, second = made.chart.children(work)
    assert second.id == new
    assert (made.chart.states[work].kind, first.key, second.key) == (StateKind.PARALLEL, "region", "region2")
    assert [child.id for child in made.chart.children(first.id)] == inside
    begins = queries.initial_transition(made.chart, first.id)
    assert begins is not None
    assert begins.targets == (id_of(made.chart, "work.region.b"),)
    assert [Boxes(made.chart, made.diagram).origin(id) for id in inside] == before
    states = write_machine(made.chart)["states"]
    assert states["end"]["on"] == {"AGAIN": "work.region.back", "FRESH": "work.region.a"}
    made.undo()
    assert write_machine(made.chart) == text


@given(st.lists(st.sampled_from(["GO", "STOP", "AGAIN", "FRESH"]), max_size=8))
def test_a_machine_with_an_empty_region_more_is_in_the_same_states(events: list[str]) -> None:
    made = document(PLAIN)
    plain = Simulator(made.chart.copy())
    edit, new = region_edits.add(made.chart, made.diagram, id_of(made.chart, "work"), measure=MEASURE)
    made.apply(edit)
    wider = Simulator(made.chart)
    for each in (plain, wider):
        each.start()
        for event in events:
            each.send(event)
    added = {new, *(child.id for child in made.chart.children(id_of(made.chart, "work")))}
    assert plain.configuration == wider.configuration - added


def test_a_state_without_states_inside_gets_two_regions() -> None:
    made = document(PLAIN)
    idle = id_of(made.chart, "idle")
    edit, new = region_edits.add(made.chart, made.diagram, idle, measure=MEASURE)
    made.apply(edit)
    first, second = made.chart.children(idle)
    assert second.id == new
    boxes = [made.diagram.boxes[each.id].rect for each in (first, second)]
    assert not boxes[0].grown(-1).intersects(boxes[1].grown(-1))


def test_a_final_state_gets_no_regions() -> None:
    made = document(PLAIN)
    with pytest.raises(ChartError, match="“done” is a final state, which can have no regions"):
        region_edits.add(made.chart, made.diagram, id_of(made.chart, "work.done"), measure=MEASURE)


def test_a_region_changes_places_with_its_neighbour_and_back() -> None:
    made = document(TEXT)
    text = write_machine(made.chart)
    one, two = ids(made, "p.one", "p.two")
    before = {id: made.diagram.boxes[id] for id in (one, two)}
    made.apply(region_edits.shift(made.chart, made.diagram, one, 1))
    assert [child.key for child in made.chart.children(id_of(made.chart, "p"))] == ["two", "one", "three"]
    after = {id: made.diagram.boxes[id] for id in (one, two)}
    assert (after[two].x, after[two].y) == (before[one].x, before[one].y)
    assert not after[one].rect.grown(-1).intersects(after[two].rect.grown(-1))
    made.apply(region_edits.shift(made.chart, made.diagram, one, -1))
    assert {id: made.diagram.boxes[id] for id in (one, two)} == before
    assert write_machine(made.chart) == text


def test_a_region_at_the_end_goes_no_further_and_what_is_no_region_does_not_go() -> None:
    made = document(TEXT)
    assert region_edits.shift(made.chart, made.diagram, id_of(made.chart, "p.three"), 1).changes == ()
    with pytest.raises(ChartError, match="no region"):
        region_edits.shift(made.chart, made.diagram, id_of(made.chart, "p"), 1)


def test_the_first_region_takes_over_the_states_of_the_others() -> None:
    made = document(TEXT)
    inside = ids(made, "p.one.a", "p.two.c")
    before = [Boxes(made.chart, made.diagram).origin(id) for id in inside]
    edit, first = region_edits.merge(
        made.chart, made.diagram, ids(made, "p.one", "p.two", "p.three"), measure=MEASURE
    )
    made.apply(edit)
    assert [child.key for child in made.chart.children(first)] == ["a", "b", "c", "three"]
    assert [child.id for child in made.chart.children(id_of(made.chart, "p"))] == [first]
    assert queries.initial_transition(made.chart, first).targets == (inside[0],)  # type: ignore[union-attr]
    boxes = Boxes(made.chart, made.diagram)
    assert [boxes.origin(id) for id in inside] == before
    around = boxes.around_inside(first)
    box = made.diagram.boxes[first]
    assert around is not None
    assert around.right <= box.width
    assert around.bottom <= box.height


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        (["p.one"], "two or more regions"),
        (["p.one", "p.one.a"], "two or more regions"),
        (["p.one", "q.r"], "different parallel states"),
        (["q.r", "q.l"], None),
        (["p.three", "p.two"], None),
    ],
)
def test_what_cannot_be_merged_is_refused_in_words(paths: list[str], reason: str | None) -> None:
    made = document(TEXT)
    if reason is None:
        region_edits.merge(made.chart, made.diagram, ids(made, *paths), measure=MEASURE)
        return
    with pytest.raises(ChartError, match=reason):
        region_edits.merge(made.chart, made.diagram, ids(made, *paths), measure=MEASURE)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("initial: y, entry: beep, states: {y: {}}", "has actions"),
        ("initial: y, on: {GO: r}, states: {y: {}}", "has transitions"),
        ("initial: y, invoke: {src: s}, states: {y: {}}", "runs a service"),
        ("initial: y, states: {y: {always: {target: y, guard: {in: p.r}}}}", "A guard asks whether “r”"),
    ],
)
def test_what_a_region_does_itself_is_not_lost(inside: str, reason: str) -> None:
    made = document(
        "initial: p\nstates: {p: {type: parallel, "
        f"states: {{l: {{initial: x, states: {{x: {{}}}}}}, r: {{{inside}}}}}}}}}"
    )
    with pytest.raises(ChartError, match=reason):
        region_edits.merge(made.chart, made.diagram, ids(made, "p.l", "p.r"), measure=MEASURE)


def test_an_empty_region_takes_nothing_over() -> None:
    made = document(
        "initial: p\nstates: {p: {type: parallel, states: {l: {}, r: {initial: y, states: {y: {}}}}}}"
    )
    with pytest.raises(ChartError, match="“l” has no states inside"):
        region_edits.merge(made.chart, made.diagram, ids(made, "p.l", "p.r"), measure=MEASURE)
