"""Letters beside what is in view: typing them chooses, and nothing of them lies upon another."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from pytestqt.qtbot import QtBot

from editor.canvas.lettering import Plate
from editor.canvas.view import ChartView
from editor.geometry import Rect
from editor.requests import GoByLetters, MoveByLetters
from editor.session import Session
from tests import charts

MANY = "initial: s0\nstates:\n" + "".join(f"  s{n}: {{on: {{GO: s{(n + 1) % 60}}}}}\n" for n in range(60))
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
VIEW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(MANY)))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.fit()
    return made


def press(view: ChartView, letter: str, held: Qt.KeyboardModifier = NONE) -> bool:
    """Press a key of a letter; whether it is kept from what shortcuts it may have."""
    text = letter.upper() if held == SHIFT else letter
    key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key(ord(letter.upper()))
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, held, text)
    override.ignore()
    view.event(override)
    view.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, held, text))
    return override.isAccepted()


def escape(view: ChartView) -> None:
    view.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, NONE))


def plate_of(view: ChartView, id: str) -> Plate:
    [found] = [each for each in view.lettering.plates() if each.id == id]
    return found


def overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


@VIEW
@given(st.sampled_from([0.05, 0.2, 0.5, 1.0, 3.0]), st.integers(-300, 300), st.integers(-300, 300))
def test_no_letters_lie_upon_others_and_all_are_in_sight(
    view: ChartView, zoom: float, dx: int, dy: int
) -> None:
    view.fit()
    view.set_zoom(zoom)
    view.pan(dx, dy)
    view.session.ask(GoByLetters())
    plates = view.lettering.plates()
    room = Rect(0, 0, 1000, 700)
    assert all(room.encloses(each.rect) for each in plates)
    assert not any(overlap(one.rect, other.rect) for n, one in enumerate(plates) for other in plates[n + 1 :])
    assert len({each.word for each in plates}) == len(plates)
    view.lettering.end()


def test_letters_go_to_a_state_and_are_gone_then(view: ChartView) -> None:
    view.session.ask(GoByLetters())
    id = next(each.id for each in view.lettering.plates() if each.id in view.picture.states)
    for letter in plate_of(view, id).word:
        assert press(view, letter)
    assert view.session.selection.ids == (id,)
    assert view.lettering.plates() == []
    assert not press(view, "f")


def test_transitions_are_gone_to_as_well(view: ChartView) -> None:
    view.set_zoom(1.0)
    view.session.ask(GoByLetters())
    id = next(each.id for each in view.lettering.plates() if each.id in view.picture.transitions)
    for letter in plate_of(view, id).word:
        press(view, letter)
    assert view.session.selection.ids == (id,)


def test_with_shift_it_is_selected_as_well(view: ChartView) -> None:
    ids = []
    for _ in range(2):
        view.session.ask(GoByLetters())
        plate = next(each for each in view.lettering.plates() if each.id not in view.session.selection.ids)
        ids.append(plate.id)
        for letter in plate.word:
            assert press(view, letter, SHIFT)
    assert view.session.selection.ids == tuple(ids)


def test_the_nearest_to_what_is_selected_have_one_letter(view: ChartView) -> None:
    view.session.selection.replace([next(id for id, s in view.picture.chart.states.items() if s.key == "s0")])
    view.session.ask(GoByLetters())
    plates = view.lettering.plates()
    lengths = [len(each.word) for each in plates]
    assert lengths == sorted(lengths)
    assert plates[0].id == view.session.selection.ids[0]


def test_escape_and_leaving_end_it_without_a_trace(view: ChartView) -> None:
    view.session.selection.replace([next(iter(view.picture.transitions))])
    before = view.session.selection.ids
    view.session.ask(GoByLetters())
    assert view.lettering.plates()
    escape(view)
    assert view.lettering.plates() == []
    assert view.session.selection.ids == before
    view.session.ask(GoByLetters())
    view.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert view.lettering.plates() == []


def test_a_wrong_first_letter_is_taken_back(view: ChartView) -> None:
    view.session.ask(GoByLetters())
    long = next(each for each in view.lettering.plates() if len(each.word) == 2)
    other = next(
        each for each in view.lettering.plates() if len(each.word) == 2 and each.word[0] != long.word[0]
    )
    press(view, other.word[0])
    assert press(view, "\b")
    for letter in long.word:
        press(view, letter)
    assert view.session.selection.ids == (long.id,)


def test_after_the_connect_tool_letters_make_a_transition(view: ChartView) -> None:
    a, b = (next(id for id, s in view.picture.chart.states.items() if s.key == key) for key in ("s0", "s5"))
    view.session.selection.replace([a])
    view.session.set_tool("connect")
    for letter in plate_of(view, b).word:
        assert press(view, letter)
    [new] = view.session.selection.ids
    made = view.session.document.chart.transitions[new]
    assert (made.source, made.targets) == (a, (b,))
    assert view.session.tool_id == "select"
    assert view.lettering.plates() == []


def test_with_nothing_in_view_it_is_told(view: ChartView) -> None:
    told: list[str] = []
    view.session.status_changed.subscribe(told.append)
    view.pan(90000, 0)
    view.session.ask(GoByLetters())
    assert told == ["Nothing to choose is in view."]
    assert not press(view, "f")


def test_letters_choose_the_state_to_move_into(view: ChartView) -> None:
    chart = view.session.document.chart
    a, b = (next(id for id, s in chart.states.items() if s.key == key) for key in ("s0", "s9"))
    view.session.selection.replace([a])
    view.session.ask(MoveByLetters())
    assert a not in [each.id for each in view.lettering.plates()]
    for letter in plate_of(view, b).word:
        assert press(view, letter)
    assert chart.states[a].parent == b
    assert view.session.selection.ids == (a,)
    view.session.document.undo()
    assert chart.states[a].parent == chart.root_id
