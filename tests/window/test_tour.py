"""The tour with real mouse and keys: what is done leads on, and the card is never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from editor.commands import view as view_commands
from editor.document import settings
from editor.document.settings import Settings
from editor.panels.simulation import SimulationPanel
from editor.window.app import Program
from editor.window.main_window import MainWindow
from editor.window.tour import TourBox
from tests.window.conftest import fake_desktop

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(program: Program, qtbot: QtBot) -> MainWindow:
    made = program.open(None)
    made.resize(1280, 800)
    qtbot.waitUntil(made.isActiveWindow)
    made.actions_.by_id["help.tour"].trigger()
    assert made.guide.box.isVisible()
    return made


def key(window: MainWindow) -> str:
    step = window.guide.box.tour.step
    return step.key if step is not None else ""


def state(window: MainWindow, name: str) -> str:
    return next(each.id for each in window.session.document.chart.states.values() if each.key == name)


def draw_state(window: MainWindow, qtbot: QtBot, name: str) -> None:
    port = window.view.viewport()
    qtbot.mouseDClick(port, LEFT, pos=QPoint(port.width() // 3, port.height() // 2))
    type_text(window, qtbot, name)


def type_text(window: MainWindow, qtbot: QtBot, text: str) -> None:
    editor = window.view.labelling.editor
    assert editor is not None
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def draw_transition(window: MainWindow, qtbot: QtBot, source: str) -> str:
    view = window.view
    window.session.selection.replace([state(window, source)])
    handle = next(each for each in view.handles if each.hit.handle == "e" and each.hit.kind.name == "CONNECT")
    start = view.to_view(handle.at).toPoint()
    qtbot.mouseMove(view.viewport(), start)
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    for x in (30, 100, 160):
        qtbot.mouseMove(view.viewport(), start + QPoint(x, 0))
    assert key(window) == "transition"
    qtbot.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(160, 0))
    editor = view.labelling.editor
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    return next(each.id for each in window.session.document.chart.transitions.values() if not each.is_pseudo)


def test_hands_lead_from_the_first_state_to_the_saved_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    box, session = window.guide.box, window.session
    assert session.document.path is None
    draw_state(window, qtbot, "off")
    qtbot.waitUntil(lambda: key(window) == "transition")
    id = draw_transition(window, qtbot, "off")
    qtbot.waitUntil(lambda: key(window) == "label")
    window.view.edit_label(id)
    type_text(window, qtbot, "GO [ready]")
    qtbot.waitUntil(lambda: key(window) == "run")
    qtbot.mouseClick(window.actions_.run, LEFT)
    qtbot.waitUntil(lambda: "raised" in box.text.text())
    pill = window.view.picture.route(id)
    assert pill is not None
    qtbot.mouseClick(window.view.viewport(), LEFT, pos=window.view.to_view(pill.label.center).toPoint())
    assert session.simulator is not None
    qtbot.waitUntil(lambda: "Does the guard hold?" in box.text.text())
    panel = window.docks["simulation"].panel
    assert isinstance(panel, SimulationPanel)
    asked = panel.question.mapTo(window, panel.question.rect().center())
    qtbot.waitUntil(lambda: box.tip is not None and abs(box.mapTo(window, box.tip).y() - asked.y()) < 60)
    assert not box.geometry().contains(asked)
    session.simulator.answer_guard("ready", True)
    qtbot.waitUntil(lambda: key(window) == "save")
    desktop = fake_desktop(window)
    desktop.paths.append(tmp_path / "mine.yaml")
    window.actions_.by_id["file.save"].trigger()
    qtbot.waitUntil(lambda: key(window) == "end")
    assert "GO" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    qtbot.mouseClick(box.chart_button, LEFT)
    assert [(path.name, is_copy) for path, is_copy in desktop.opened if path] == [("tour.yaml", True)]
    qtbot.mouseClick(box.done_button, LEFT)
    assert not box.isVisible()
    assert settings.load().tour == "end"


def test_a_name_that_is_being_typed_keeps_the_step(window: MainWindow, qtbot: QtBot) -> None:
    port = window.view.viewport()
    qtbot.mouseDClick(port, LEFT, pos=QPoint(port.width() // 3, port.height() // 2))
    editor = window.view.labelling.editor
    assert editor is not None
    qtbot.keyClicks(editor, "of")
    qtbot.wait(1)
    QApplication.processEvents()
    assert key(window) == "state"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: key(window) == "transition")


def test_the_card_points_at_what_it_speaks_of(window: MainWindow, qtbot: QtBot) -> None:
    box = window.guide.box
    button = window.toolbar.widgetForAction(window.actions_.tools["state"])
    assert button is not None
    tip = box.mapTo(window, box.tip) if box.tip is not None else QPoint()
    center = button.mapTo(window, button.rect().center())
    assert abs(tip.x() - center.x()) < 12
    assert 0 <= tip.y() - button.mapTo(window, button.rect().bottomLeft()).y() <= 8
    draw_state(window, qtbot, "off")
    qtbot.waitUntil(lambda: key(window) == "transition")
    rect = window.view.picture.rect(state(window, "off"))
    assert rect is not None
    shown = window.view.rect_to_view(rect)
    shown.moveTopLeft(window.view.viewport().mapTo(window, shown.topLeft()))
    assert box.tip is not None
    assert not box.geometry().intersects(shown)
    before = box.pos()
    window.view.pan(-40, -30)
    qtbot.waitUntil(lambda: box.pos() == before + QPoint(-40, -30))


@pytest.mark.parametrize("size", [(800, 600), (1280, 800)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_step_is_whole_in_the_window_and_reads_well(
    window: MainWindow, size: tuple[int, int], theme: str, qtbot: QtBot
) -> None:
    view_commands.choose(window.session, theme=theme)
    window.resize(*size)
    box = window.guide.box
    qtbot.waitUntil(lambda: window.size().toTuple() == size)
    while key(window):
        assert window.rect().contains(box.geometry())
        assert box.fill.name().upper() == window.view.theme.panel.upper()
        for label in box.findChildren(QLabel):
            if label.isVisible() and label.text():
                needed = (
                    label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                )
                assert label.height() >= needed
                assert label.width() >= (1 if label.wordWrap() else label.minimumSizeHint().width())
                assert box.rect().contains(label.geometry())
        if key(window) == "end":
            break
        qtbot.mouseClick(box.skip_button, LEFT)
    assert key(window) == "end"


def test_panels_that_come_do_not_cover_the_card(window: MainWindow, qtbot: QtBot) -> None:
    box = window.guide.box

    def is_on_top() -> bool:
        found = window.childAt(box.geometry().center())
        return found is not None and (found is box or box.isAncestorOf(found))

    draw_state(window, qtbot, "off")
    qtbot.waitUntil(lambda: key(window) == "transition" and is_on_top())
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.docks["simulation"].isVisible()
    qtbot.waitUntil(is_on_top)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(is_on_top)
    for dock in window.docks.values():
        dock.toggleViewAction().trigger()
        QApplication.processEvents()
        qtbot.waitUntil(is_on_top)


def test_it_is_read_aloud(window: MainWindow, qtbot: QtBot) -> None:
    box = window.guide.box
    assert box.accessibleName() == "Tour, step 1 of 5: Draw a state"
    assert box.accessibleDescription() == box.text.text()
    qtbot.mouseClick(box.skip_button, LEFT)
    assert box.accessibleName() == "Tour, step 2 of 5: Draw a transition"
    assert box.close_button.accessibleName() == "Close the tour"


def test_keys_alone_go_to_the_card_through_it_and_back(window: MainWindow, qtbot: QtBot) -> None:
    box = window.guide.box
    assert not box.isAncestorOf(QApplication.focusWidget())
    window.actions_.by_id["help.tour"].trigger()
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.isAncestorOf(QApplication.focusWidget())
    box.skip_button.setFocus()
    qtbot.keyClick(box.skip_button, Qt.Key.Key_Space)
    assert key(window) == "transition"
    box.back_button.setFocus()
    qtbot.keyClick(box.back_button, Qt.Key.Key_Space)
    assert key(window) == "state"
    left = QApplication.focusWidget()
    assert left is not None  # the button that was pressed is gone
    assert box is left or box.isAncestorOf(left)
    qtbot.keyClick(left, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert window.view.hasFocus()


def test_escape_ends_what_it_ends_first_and_then_the_tour(window: MainWindow, qtbot: QtBot) -> None:
    draw_state(window, qtbot, "off")
    window.session.set_tool("state")
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert window.session.tool_id == "select"
    window.session.selection.replace([state(window, "off")])
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert window.session.selection.ids == ()
    assert window.guide.box.isVisible()
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert not window.guide.box.isVisible()
    assert "Help" in window.session.status
    assert state(window, "off")


def test_a_card_that_was_put_aside_stays_there(window: MainWindow, qtbot: QtBot) -> None:
    box = window.guide.box
    qtbot.mousePress(box, LEFT, pos=QPoint(40, 60))
    qtbot.mouseMove(box, QPoint(240, 360))
    qtbot.mouseRelease(box, LEFT, pos=QPoint(240, 360))
    before = box.pos()
    qtbot.mouseClick(box.skip_button, LEFT)
    draw_state(window, qtbot, "off")
    assert box.pos() == before


def test_keys_that_were_chosen_stand_on_the_card(window: MainWindow, qtbot: QtBot) -> None:
    box = window.guide.box

    def shown(box: TourBox) -> list[str]:
        return [each.text() for each in box.findChildren(QLabel, "key") if each.isVisible()]

    assert shown(box) == ["S"]
    view_commands.choose(window.session, keys=(("tool.connect", ("F7",)),))
    window.actions_._apply_keys()
    qtbot.mouseClick(box.skip_button, LEFT)
    assert shown(box) == ["F7"]


def test_it_is_taken_in_one_window_at_a_time(window: MainWindow, program: Program, door: Path) -> None:
    other = program.open(door)
    other.actions_.by_id["help.tour"].trigger()
    assert len(program.windows) == 2
    assert not other.guide.is_taken
    assert window.guide.box.isVisible()


def test_work_that_is_open_is_left_alone(program: Program, door: Path, qtbot: QtBot) -> None:
    working = program.open(door)
    working.actions_.by_id["help.tour"].trigger()
    assert len(program.windows) == 2
    assert not working.guide.is_taken
    taken = program.windows[1]
    assert taken.guide.box.isVisible()
    assert taken.session.document.path is None
    assert taken.stack.currentWidget() is taken.view


def test_after_a_restart_it_goes_on_where_it_was(program: Program, qtbot: QtBot) -> None:
    settings.store(Settings(theme="light", tour="run"))
    made = program.open(None)
    made.actions_.by_id["help.tour"].trigger()
    assert made.guide.box.title.text() == "Run it live"
    assert "4 of 5" in made.guide.box.number.text()
