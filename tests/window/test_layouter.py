"""Proposals in the window: they show and change nothing until they are taken; the newest one counts."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.commands import laying_out
from editor.commands.view import choose
from editor.document import accepting, edits, files
from editor.layout_engine.options import Mode, Options, Rung, Scope
from editor.layout_engine.proposed import Asked, Proposed
from editor.layout_engine.rungs import Proposal
from editor.window import proposal_strip
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of
from tests.window.drawer import FakeService


@pytest.fixture
def service(window: MainWindow) -> FakeService:
    made = FakeService()
    window.layouter.make = lambda: made
    return made


def invoke(window: MainWindow, id: str) -> None:
    window.actions_.invoke(window.actions_.commands[id])


def proposed(window: MainWindow) -> Proposed:
    found = window.session.proposed.value
    assert found is not None
    return found


def places(window: MainWindow) -> dict[str, object]:
    return dict(window.session.document.diagram.boxes)


def test_nothing_changes_until_return_takes_it_as_one_step(
    window: MainWindow, service: FakeService, qtbot: QtBot
) -> None:
    document, strip = window.session.document, window.layouter.strip
    before = places(window)
    invoke(window, "layout.chart")
    assert strip.text.text() == proposal_strip.DRAWING
    service.requests[0].answer()
    qtbot.waitUntil(lambda: window.view.proposing.is_shown)
    assert strip.isVisible()
    assert strip.text.text() == "4 states would move."
    assert strip.remark.text() == "Drawn by ELK (level by level)."
    assert places(window) == before
    assert not document.is_modified
    qtbot.keyClick(window.view, Qt.Key.Key_Return)
    assert places(window) != before
    assert not strip.isVisible()
    assert not window.view.proposing.is_shown
    assert [step.label for step in document.undo_stack.steps] == ["", "Lay out"]
    document.undo()
    assert places(window) == before


def test_escape_turns_it_down(window: MainWindow, service: FakeService, qtbot: QtBot) -> None:
    before = places(window)
    invoke(window, "layout.chart")
    service.requests[0].answer()
    qtbot.waitUntil(lambda: window.view.proposing.is_shown)
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert window.session.proposed.value is None
    assert not window.layouter.strip.isVisible()
    assert places(window) == before


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_keys_answer_while_the_ghosts_are_still_being_painted(
    window: MainWindow, service: FakeService, qtbot: QtBot, key: Qt.Key
) -> None:
    before, ticks = places(window), count()
    window.view.proposing.clock = lambda: float(next(ticks))  # each look at the clock, a second has passed
    invoke(window, "layout.chart")
    service.requests[0].answer()
    qtbot.waitUntil(lambda: proposed(window).answer is not None)
    assert not window.view.proposing.is_shown
    qtbot.keyClick(window.view, key)
    assert window.session.proposed.value is None
    assert (places(window) != before) is (key is Qt.Key.Key_Return)
    for _ in range(20):
        QApplication.processEvents()
    assert not window.view.proposing.is_shown


def test_escape_calls_off_what_is_being_drawn(window: MainWindow, service: FakeService, qtbot: QtBot) -> None:
    invoke(window, "layout.chart")
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert service.requests[0].is_cancelled
    service.requests[0].answer()
    QApplication.processEvents()
    assert window.session.proposed.value is None


def test_shift_and_return_take_the_selected_states_alone(
    window: MainWindow, service: FakeService, qtbot: QtBot
) -> None:
    session = window.session
    one, other = id_of(session, "closed"), id_of(session, "opened")
    boxes = session.document.diagram.boxes
    before = boxes[one].x, boxes[other].x
    invoke(window, "layout.chart")
    service.requests[0].answer(dx=1000)
    qtbot.waitUntil(lambda: window.view.proposing.is_shown)
    assert not window.layouter.strip.buttons["layout.acceptSelection"].isVisible()
    session.selection.replace([one])
    assert window.layouter.strip.buttons["layout.acceptSelection"].isVisible()
    qtbot.keyClick(window.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (boxes[one].x, boxes[other].x) == (before[0] + 1000, before[1])


def test_the_newest_request_counts(window: MainWindow, service: FakeService, qtbot: QtBot) -> None:
    invoke(window, "layout.chart")
    choose(window.session, layout_mode="integrated")
    invoke(window, "layout.chart")
    first, second = service.requests
    assert (first.options.mode, second.options.mode) == (Mode.LEVELS, Mode.INTEGRATED)
    second.answer(dx=8)
    first.answer(dx=800)
    qtbot.waitUntil(lambda: proposed(window).answer is not None)
    QApplication.processEvents()
    answer = proposed(window).answer
    assert answer is not None
    id = id_of(window.session, "closed")
    assert answer.diagram.boxes[id].x == window.session.document.diagram.boxes[id].x + 8


def test_an_edit_has_it_drawn_anew(window: MainWindow, service: FakeService, qtbot: QtBot) -> None:
    document = window.session.document
    invoke(window, "layout.chart")
    service.requests[0].answer()
    qtbot.waitUntil(lambda: window.view.proposing.is_shown)
    document.apply(edits.rename(document.chart, id_of(window.session, "closed"), "shut"))
    assert not window.view.proposing.is_shown
    qtbot.waitUntil(lambda: len(service.requests) == 2)
    assert any(state.key == "shut" for state in service.requests[1].chart.states.values())
    service.requests[1].answer()
    qtbot.waitUntil(lambda: window.view.proposing.is_shown)


def test_pinned_states_stay_unless_they_are_freed(
    window: MainWindow, service: FakeService, qtbot: QtBot
) -> None:
    session, strip = window.session, window.layouter.strip
    session.selection.replace([id_of(session, "closed")])
    invoke(window, "layout.pin")
    pinned = accepting.pinned(session.document.chart, session.document.diagram)
    assert pinned == {id_of(session, "closed")}
    invoke(window, "layout.chart")
    assert service.requests[-1].options.pinned == pinned
    service.requests[-1].answer()
    qtbot.waitUntil(lambda: window.view.proposing.is_shown)
    assert "1 state is pinned and would stay." in strip.remark.text()
    assert strip.free.isVisible()
    qtbot.mouseClick(strip.free, Qt.MouseButton.LeftButton)
    assert service.requests[-1].options.pinned == frozenset()
    assert strip.free.isChecked()


def test_a_selection_may_move_although_it_is_pinned(window: MainWindow, service: FakeService) -> None:
    session = window.session
    ids = [id_of(session, "closed"), id_of(session, "opened")]
    inner = id_of(session, "opened.ajar")
    document = session.document
    document.apply(accepting.set_pinned(document.chart, document.diagram, [*ids, inner], is_pinned=True))
    session.selection.replace(ids)
    invoke(window, "layout.selection")
    options = service.requests[-1].options
    assert (options.scope, options.ids, options.pinned) == (Scope.SELECTION, frozenset(ids), {inner})


def test_what_nobody_could_draw_is_said(window: MainWindow, service: FakeService, qtbot: QtBot) -> None:
    invoke(window, "layout.chart")
    service.requests[0].answer(dx=0, rung=Rung.AS_IT_WAS, why="The places are as they were.")
    qtbot.waitUntil(lambda: proposed(window).answer is not None)
    strip = window.layouter.strip
    assert (strip.text.text(), strip.remark.text()) == (
        proposal_strip.NOTHING,
        "The places are as they were.",
    )
    assert not strip.buttons["layout.accept"].isVisible()


def test_a_slow_drawing_is_told(window: MainWindow, service: FakeService, qtbot: QtBot) -> None:
    invoke(window, "layout.chart")
    slow = service.requests[0].slow
    assert slow is not None
    slow()
    qtbot.waitUntil(lambda: window.layouter.strip.text.text() == proposal_strip.SLOW)
    assert window.layouter.strip.buttons["layout.reject"].text() == "Cancel"


def test_a_run_ends_it(window: MainWindow, service: FakeService, qtbot: QtBot) -> None:
    invoke(window, "layout.chart")
    invoke(window, "simulate.toggle")
    assert window.session.proposed.value is None
    assert service.requests[0].is_cancelled


def test_closing_the_window_ends_who_draws(window: MainWindow, service: FakeService) -> None:
    invoke(window, "layout.chart")
    window.close()
    assert service.is_closed


def test_the_manner_is_kept_and_drawn_at_once(window: MainWindow, service: FakeService) -> None:
    invoke(window, "layout.chart")
    rows = laying_out.directions(window.session)
    assert [row.title for row in rows if row.is_chosen] == ["As the view is shaped"]
    rows[2].run(window.session, window.desktop)
    assert service.requests[-1].options.direction.value == "right"
    assert window.session.settings.layout_direction == "right"


@pytest.fixture
def bare(window: MainWindow, service: FakeService, door: Path) -> FakeService:
    """A machine without a layout file was opened just now."""
    window.layouter.draws_opened = True
    window.session.replace_document(files.open_document(door))
    return service


def test_a_machine_without_places_is_drawn_when_it_is_opened(
    window: MainWindow, bare: FakeService, qtbot: QtBot
) -> None:
    session = window.session
    before = places(window)
    assert bare.requests[0].options.pinned == frozenset()
    bare.requests[0].answer(dx=64)
    qtbot.waitUntil(lambda: places(window) != before)
    assert session.document.path is not None
    assert not session.document.is_modified
    assert len(session.document.undo_stack.steps) == 1
    assert "drawn by ELK" in session.status


def test_what_was_drawn_when_it_was_opened_is_not_drawn_again(
    window: MainWindow, bare: FakeService, qtbot: QtBot
) -> None:
    bare.requests[0].answer(dx=64)
    shown = window.session.document
    qtbot.wait(1)
    assert len(bare.requests) == 1
    assert window.session.document is shown


def test_another_machine_without_places_is_drawn_after_the_first(
    window: MainWindow, bare: FakeService, door: Path
) -> None:
    bare.requests[0].answer(dx=64)
    window.session.replace_document(files.open_document(door))
    assert len(bare.requests) == 2


def test_what_is_drawn_waits_until_the_button_is_up(
    window: MainWindow, bare: FakeService, qtbot: QtBot
) -> None:
    session, canvas = window.session, window.view.viewport()
    before, opened = places(window), session.document
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    qtbot.mouseMove(canvas, QPoint(14, 14))
    bare.requests[0].answer(dx=64)
    assert session.document is opened
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(14, 14))
    qtbot.waitUntil(lambda: session.document is not opened)
    assert places(window) != before


def test_what_was_touched_meanwhile_stays_as_it_is(
    window: MainWindow, bare: FakeService, qtbot: QtBot
) -> None:
    document = window.session.document
    document.apply(edits.rename(document.chart, id_of(window.session, "closed"), "shut"))
    before = places(window)
    bare.requests[0].answer()
    qtbot.wait(1)
    assert places(window) == before
    assert window.session.document is document


@pytest.mark.parametrize("rung", [Rung.GRAPHLAY, Rung.PLAIN, Rung.AS_IT_WAS])
def test_a_drawing_that_is_no_better_is_not_shown(
    rung: Rung, window: MainWindow, bare: FakeService, qtbot: QtBot
) -> None:
    document = window.session.document
    bare.requests[0].answer(rung=rung)
    qtbot.wait(1)
    assert window.session.document is document


def test_a_machine_with_places_is_left_alone(window: MainWindow, service: FakeService, door: Path) -> None:
    files.save(window.session.document)
    window.layouter.draws_opened = True
    window.session.replace_document(files.open_document(door))
    assert not service.requests


def test_a_drawing_is_kept_unless_it_is_asked_for_afresh(window: MainWindow, service: FakeService) -> None:
    invoke(window, "layout.chart")
    invoke(window, "layout.free")
    invoke(window, "layout.free")
    invoke(window, "layout.afresh")
    assert [each.options.keeps for each in service.requests] == [True, False, True, False]
    assert all(each.options.scope is Scope.CHART for each in service.requests)


def test_another_direction_is_drawn_from_nothing(window: MainWindow, service: FakeService) -> None:
    invoke(window, "layout.chart")
    laying_out.directions(window.session)[-1].run(window.session, window.desktop)
    assert [each.options.keeps for each in service.requests] == [True, False]


def test_words_of_a_layout_that_moves_nothing_are_beside_its_button(window: MainWindow) -> None:
    session, strip = window.session, window.layouter.strip
    asked = Proposed(asked=Asked(options=Options()))
    session.proposed.put(asked)
    answer = Proposal(diagram=session.document.diagram.copy(), rung=Rung.LEVELS)
    session.proposed.put(replace(asked, answer=answer))
    assert (strip.text.text(), strip.remark.text()) == (
        proposal_strip.NOTHING, "Drawn by ELK (level by level).",
    )  # fmt: skip
    assert strip.width() >= strip.sizeHint().width()
    assert strip.buttons["layout.reject"].text() == "Close"
    words = strip.remark.fontMetrics().horizontalAdvance(strip.remark.text())
    assert strip.remark.x() + words <= strip.buttons["layout.reject"].x()
