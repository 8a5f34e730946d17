from __future__ import annotations

import pytest

from editor.layout import sizes
from editor.layout.frame import Frame
from editor.layout.sizes import TextStyle
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import Transition
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE

RICH = chart(
    """
initial: work
states:
  work:
    entry: [begin, showTheWelcomeScreen]
    exit: finish
    invoke: {src: loadEverything, onDone: rest, onError: rest}
    tags: [busy, shown]
    on:
      TICK: {actions: count}
      STOP: null
      GO: [{target: rest, guard: isReady, actions: note}, rest]
    after: {5s: rest}
    always: {target: rest, guard: isLate}
  rest: {}
  end: {type: final}
  back: {type: history}
"""
)


def pills(made: Chart) -> list[list[tuple[str, str]]]:
    return [
        [(part.kind, part.text) for part in sizes.pill_parts(made, each)]
        for each in made.outgoing(id_of(made, "work"))
    ]


def transition(event: str) -> Transition:
    return next(each for each in RICH.transitions.values() if each.trigger.text == event)


def test_a_plain_state_is_small() -> None:
    assert sizes.state_size(RICH, id_of(RICH, "rest"), MEASURE) == (96, 40)


def test_a_state_has_room_for_its_name_lines_and_rows() -> None:
    id = id_of(RICH, "work")
    width, height = sizes.state_size(RICH, id, MEASURE)
    lines = sizes.detail_lines(RICH, RICH.states[id])
    assert [line.kind for line in lines] == ["entry", "entry", "exit", "invoke", "tags"]
    assert width > max(MEASURE.width(line.text, TextStyle.DETAIL) for line in lines)
    assert len(sizes.rows(RICH, id)) == 2
    assert height >= sizes.HEADER + len(lines) * sizes.LINE + 2 * sizes.ROW
    assert sizes.header_height(RICH, id, MEASURE) <= height


def test_a_long_name_widens_the_state() -> None:
    made = chart("{initial: a, states: {a: {}, waitingForTheCustomerToAnswer: {}}}")
    name = "waitingForTheCustomerToAnswer"
    assert sizes.state_size(made, id_of(made, name), MEASURE)[0] > MEASURE.width(name, TextStyle.TITLE)


def test_rings_have_their_own_size() -> None:
    assert sizes.state_size(RICH, id_of(RICH, "end"), MEASURE) == (32, 52)
    assert sizes.state_size(RICH, id_of(RICH, "back"), MEASURE) == (28, 28)


@pytest.mark.parametrize(
    "parts",
    [
        [("number", "1"), ("event", "GO"), ("guard", "[isReady]"), ("actions", "/ note")],
        [("number", "2"), ("event", "GO")],
        [("delay", "after 5 s")],
        [("always", ""), ("guard", "[isLate]")],
        [("done", "done")],
        [("error", "error")],
    ],
)
def test_labels_say_what_makes_a_transition_fire_and_what_it_does(parts: list[tuple[str, str]]) -> None:
    assert parts in pills(RICH)


def test_a_pill_has_room_for_its_text_and_a_pseudo_transition_has_none() -> None:
    parts = sizes.pill_parts(RICH, transition("GO"))
    assert sizes.pill_size(parts, MEASURE)[0] > sum(
        MEASURE.width(part.text, TextStyle.LABEL) for part in parts
    )
    pseudo = next(each for each in RICH.transitions.values() if each.is_pseudo)
    assert sizes.pill_size(sizes.pill_parts(RICH, pseudo), MEASURE) == (0, 0)


def test_what_a_region_does_without_leaving_has_room_in_its_header() -> None:
    made = chart(
        "type: parallel\nstates:\n  r: {initial: a, onDone: {actions: log}, states: {a: {type: final}}}\n  q: {}\n"
    )
    id = id_of(made, "r")
    diagram = Diagram()
    diagram.put_box(id, Box(id=id, x=0, y=0, width=300, height=200))
    row = next(each for each in made.outgoing(id) if sizes.is_row(each))
    found = Frame(made, diagram, MEASURE).row(row)
    assert found is not None
    assert found[1].bottom <= sizes.header_height(made, id, MEASURE)
