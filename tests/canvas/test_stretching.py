"""Keys make states and notes larger and smaller, and move labels; many in a row are one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.canvas.view import ChartView
from editor.commands.table import COMMANDS
from editor.document import notes
from editor.geometry import Rect
from editor.requests import LeadByLetters
from editor.session import Session
from tests import charts
from tests.canvas.shown import shown
from tests.commands.desk import FakeDesktop, id_of

MACHINE = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {}
  c: {initial: d, states: {d: {}}}
  p: {type: parallel, states: {l: {}, r: {}}}
  end: {type: final}
"""


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChartView]:
    with shown(Session(charts.document(MACHINE)), qtbot) as made:
        made.fit()
        made.setFocus()
        yield made


def press(view: ChartView, word: str, times: int = 1) -> None:
    for _ in range(times):
        COMMANDS[f"arrange.{word}"].run(view.session, FakeDesktop())


def select(view: ChartView, path: str) -> str:
    id = id_of(view.session, path)
    view.session.selection.replace([id])
    return id


def test_a_state_gets_larger_to_the_right_and_below_and_one_step_takes_it_back(view: ChartView) -> None:
    id = select(view, "a")
    boxes = view.session.document.diagram.boxes
    before = boxes[id]
    press(view, "wider", 3)
    press(view, "higher", 2)
    assert (boxes[id].x, boxes[id].y) == (before.x, before.y)
    assert (boxes[id].width, boxes[id].height) == (before.width + 24, before.height + 16)
    assert view.session.document.undo_stack.undo_label == "Resize “a”"
    view.session.document.undo()
    assert boxes[id] == before
    assert not view.session.document.undo_stack.can_undo


@pytest.mark.parametrize("path", ["a", "c", "p", "p.l"])
def test_nothing_gets_smaller_than_what_it_holds(view: ChartView, path: str) -> None:
    id = select(view, path)
    press(view, "narrower", 40)
    press(view, "lower", 40)
    smallest = view.session.document.diagram.boxes[id]
    press(view, "narrower")
    press(view, "lower")
    assert view.session.document.diagram.boxes[id] == smallest
    assert view.session.status == "It cannot get smaller than what it holds."
    rect, inside = smallest.rect, [view.picture.rect(each.id) for each in view.picture.chart.children(id)]
    drawn = view.picture.rect(id)
    assert drawn is not None
    assert all(each is not None and drawn.encloses(each) for each in inside)
    assert rect.width > 0


def test_what_has_a_size_of_its_own_keeps_it_and_says_so(view: ChartView) -> None:
    id = select(view, "end")
    before = view.session.document.diagram.boxes[id]
    press(view, "wider")
    assert view.session.document.diagram.boxes[id] == before
    assert view.session.status == "This has a size of its own, which cannot be changed."


def test_a_note_gets_larger_and_not_lower_than_its_text(view: ChartView) -> None:
    document = view.session.document
    edit, id = notes.add(document.diagram, Rect(0, 600, 160, 80), "One line.\n\nAnother line.")
    document.apply(edit)
    view.session.selection.replace([id])
    press(view, "wider", 2)
    assert document.diagram.notes[id].width == 176
    press(view, "lower", 30)
    note = document.diagram.notes[id]
    assert note.height >= view.surface.note_height(note.text, note.width)


def test_a_label_goes_with_the_keys_and_one_step_takes_it_back(view: ChartView) -> None:
    [go] = view.session.document.chart.outgoing(id_of(view.session, "a"))
    view.session.selection.replace([go.id])
    route = view.picture.route(go.id)
    assert route is not None
    before = route.label.center
    press(view, "higher", 3)
    press(view, "narrower", 1)
    route = view.picture.route(go.id)
    assert route is not None
    assert route.label.center.x == pytest.approx(before.x - 8, abs=1)
    assert route.label.center.y == pytest.approx(before.y + 24, abs=1)
    assert view.session.document.undo_stack.undo_label == "Move label"
    view.session.document.undo()
    route = view.picture.route(go.id)
    assert route is not None
    assert route.label.center == before


def test_steps_are_those_of_the_grid_that_was_chosen(view: ChartView) -> None:
    id = select(view, "a")
    before = view.session.document.diagram.boxes[id].width
    view.session.set_settings(replace(view.session.settings, spacing=16))
    press(view, "wider")
    assert view.session.document.diagram.boxes[id].width == before + 16


@pytest.mark.parametrize(("end", "path"), [("target", "c"), ("source", "b")])
def test_a_transition_is_led_elsewhere_by_letters(view: ChartView, end: str, path: str) -> None:
    chart = view.session.document.chart
    [go] = chart.outgoing(id_of(view.session, "a"))
    view.session.selection.replace([go.id])
    view.session.ask(LeadByLetters(end))
    other = id_of(view.session, path)
    [word] = [each.word for each in view.lettering.plates() if each.id == other]
    QTest.keyClicks(view, word)
    led = chart.transitions[go.id]
    assert (led.targets if end == "target" else (led.source,)) == (other,)
    assert view.session.document.undo_stack.undo_label == "Reconnect transition"


def test_what_cannot_be_led_there_says_why(view: ChartView) -> None:
    chart = view.session.document.chart
    [go] = chart.outgoing(id_of(view.session, "a"))
    view.session.selection.replace([go.id])
    view.session.ask(LeadByLetters("source"))
    end = id_of(view.session, "end")
    [word] = [each.word for each in view.lettering.plates() if each.id == end]
    QTest.keyClicks(view, word)
    assert chart.transitions[go.id] == go
    assert view.session.status == "Nothing leads out of “end”."
