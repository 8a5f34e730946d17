from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from editor.canvas.theme import contrast, load_theme
from editor.completion.tips import WIDEST
from editor.document import edits, files, settings
from editor.window import app, style
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import DOOR, id_of
from tests.window.conftest import fake_desktop, inspector_line


def test_a_file_shows_its_name_and_its_chart(window: MainWindow) -> None:
    assert window.windowTitle() == "door.yaml[*] – Statechart Editor"
    assert window.stack.currentWidget() is window.view
    assert not window.isWindowModified()


def test_an_edit_marks_the_window_until_it_is_saved(window: MainWindow, door: Path, qtbot: QtBot) -> None:
    document = window.session.document
    document.apply(edits.rename(document.chart, id_of(window.session, "closed"), "shut"))
    qtbot.waitUntil(window.isWindowModified)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.isWindowModified())
    assert "shut:" in door.read_text(encoding="utf-8")


def test_f5_runs_and_digits_send(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F5)
    run = window.session.simulator
    assert run is not None
    assert window.docks["simulation"].panel is not None
    qtbot.waitUntil(lambda: window.actions_.by_id["simulate.fire1"].isEnabled())
    qtbot.keyClick(window, Qt.Key.Key_1)
    assert run.leaves == ("opened.ajar",)
    assert window.actions_.run.text() == "Stop"
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.session.simulator is None
    assert window.docks["simulation"].isHidden()


def test_digits_send_when_a_run_is_begun_while_a_field_is_typed_into(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.session.document.selection.replace([id_of(window.session, "closed")])
    field = inspector_line(window, qtbot, "closed")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F5)
    assert window.session.is_running
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.waitUntil(lambda: window.actions_.by_id["simulate.fire1"].isEnabled())
    simulator = window.session.simulator
    assert simulator is not None
    qtbot.keyClick(focused, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: simulator.leaves == ("opened.ajar",))


def test_digits_in_a_text_field_are_text(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F5)
    panel = window.docks["simulation"].panel
    run = window.session.simulator
    assert panel is not None
    assert run is not None
    line = panel.events.line  # type: ignore[attr-defined]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_1)
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert line.text() == "1"
    assert len(run.trace) == 1


def test_tools_have_letters_and_buttons(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_T)
    assert window.session.tool_id == "connect"
    window.actions_.tools["state"].trigger()
    assert window.session.tool_id == "state"
    assert "state" in window.status.hint.text().lower() or window.status.hint.text()


def test_docks_are_filled_when_they_are_first_seen(window: MainWindow, qtbot: QtBot) -> None:
    dock = window.docks["problems"]
    assert dock.panel is None
    dock.show()
    dock.raise_()
    qtbot.waitUntil(lambda: dock.panel is not None)


def test_the_status_bar_counts_problems_and_leads_to_them(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "flawed.yaml"
    path.write_text("initial: a\nstates: {a: {on: {GO: nowhere}}}\n", encoding="utf-8")
    window = program.open(path)
    qtbot.waitUntil(lambda: window.status.flaws.text() == "1 problem")
    qtbot.mouseClick(window.status.flaws, Qt.MouseButton.LeftButton)
    assert window.docks["problems"].isVisible()
    desktop = fake_desktop(window)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert "nowhere" in desktop.told[0]
    assert window.session.simulator is None


def test_problems_follow_edits(window: MainWindow, qtbot: QtBot) -> None:
    document = window.session.document
    window.watch.check()
    before = len(window.session.problems)
    edit, _ = edits.connect(document.chart, document.diagram, id_of(window.session, "closed"), ("?gone",))
    document.apply(edit)
    qtbot.waitUntil(lambda: len(window.session.problems) > before)


def test_problems_of_the_file_follow_a_saving(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "flawed.yaml"
    path.write_text("initial: b\nstates: {a: {colour: red}, b: {colour: blue}}\n", encoding="utf-8")
    window = program.open(path)
    session = window.session

    def told() -> list[str]:
        return [problem.element for problem in session.problems if problem.rule == "unknown-key"]

    first, second = id_of(session, "a"), id_of(session, "b")
    qtbot.waitUntil(lambda: told() == [first, second])
    document = session.document
    document.apply(edits.delete(document.chart, document.diagram, [first]))
    files.save(document)
    qtbot.waitUntil(lambda: not document.is_being_read)
    window.watch.check()
    assert told() == [second]


def test_closing_with_changes_asks_and_stays_on_cancel(window: MainWindow, program: Program) -> None:
    desktop = fake_desktop(window)
    document = window.session.document
    document.apply(edits.rename(document.chart, id_of(window.session, "closed"), "shut"))
    desktop.answers = ["Cancel"]
    window.close()
    assert window.isVisible()
    assert window in program.windows
    desktop.answers = ["Discard"]
    window.close()
    assert window not in program.windows


def test_the_start_page_offers_new_recent_and_examples(program: Program, door: Path, qtbot: QtBot) -> None:
    settings.store(settings.Settings(theme="light").with_recent(door))
    window = program.open(None)
    page = window.start
    assert page is not None
    assert window.stack.currentWidget() is page
    cards = {button.accessibleName(): button for button in page.findChildren(QPushButton, "card")}
    assert "door" in cards
    assert "Order saga" in cards
    qtbot.waitUntil(lambda: not page._waiting, timeout=10_000)
    picture = cards["door"].findChild(QLabel, "picture")
    assert isinstance(picture, QLabel)
    assert not picture.pixmap().isNull()
    qtbot.mouseClick(cards["Order saga"], Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.view
    assert window.session.document.path is None
    assert id_of(window.session, "processingPayment")


def test_new_begins_with_an_empty_canvas_in_the_same_window(program: Program, qtbot: QtBot) -> None:
    window = program.open(None)
    assert window.start is not None
    qtbot.mouseClick(window.start.new_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.view
    assert window.docks["outline"].isVisible()
    assert program.windows == [window]


def test_another_file_opens_another_window_once(program: Program, window: MainWindow, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(DOOR, encoding="utf-8")
    program.open_from(window, other, False)
    program.open_from(window, other, False)
    assert len(program.windows) == 2
    assert program.windows[1].session.document.path == other


def test_a_file_that_is_no_machine_is_told_about(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("a: [1", encoding="utf-8")
    window = program.open(None)
    desktop = fake_desktop(window)
    program.open_from(window, path, False)
    qtbot.waitUntil(lambda: bool(desktop.told))
    assert "broken.yaml" in desktop.told[0]
    assert window.is_blank


def test_places_are_remembered(program: Program, window: MainWindow, door: Path) -> None:
    window.docks["outline"].hide()
    window.close()
    again = program.open(door)
    assert again.docks["outline"].isHidden()
    assert not again.docks["inspector"].isHidden()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_box_to_tick_can_be_told_from_its_ground(name: str) -> None:
    theme = load_theme(name)
    for ground in (theme.panel, style.field_color(theme)):
        assert contrast(theme.line, ground) >= 3
    assert contrast(style.on_accent(theme), theme.accent) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_text_of_the_panels_can_be_read(name: str) -> None:
    theme = load_theme(name)
    pairs = [
        (theme.text, theme.panel), (theme.quiet, theme.panel), (theme.text, style.field_color(theme)),
        (theme.quiet, style.field_color(theme)), (theme.accent_text, theme.panel), (theme.red, theme.panel),
        (theme.text, theme.accent_soft), (theme.amber_text, theme.amber_soft), (theme.quiet, theme.chip),
        (theme.text, theme.chip), (style.on_accent(theme), theme.accent),
    ]  # fmt: skip
    for text, ground in pairs:
        assert contrast(text, ground) >= 4.5, (text, ground)


def test_the_theme_can_be_changed_while_it_shows(window: MainWindow) -> None:
    window.actions_.by_id["view.dark"].trigger()
    assert QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 60
    assert window.view.theme.name == "dark"
    window.actions_.by_id["view.light"].trigger()
    assert window.view.theme.name == "light"


def test_a_mistake_of_ours_is_logged_and_told_calmly(
    window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise ValueError("a bug")
    except ValueError as error:
        app.on_bug(type(error), error, error.__traceback__)
    assert "ValueError: a bug" in caplog.text
    box = QApplication.activeModalWidget()
    assert box is not None
    assert "ValueError" not in box.informativeText()  # type: ignore[attr-defined]
    box.close()


def test_pictures_are_written(window: MainWindow, tmp_path: Path) -> None:
    window.desktop.export_picture(tmp_path / "door.svg")
    assert "closed" in (tmp_path / "door.svg").read_text(encoding="utf-8")


def test_keys_of_the_canvas_do_not_reach_into_its_text_field(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    id = id_of(session, "closed")
    window.view.setFocus()
    session.selection.replace([id])
    qtbot.waitUntil(lambda: window.actions_.by_id["edit.rename"].isEnabled())
    before = session.document.diagram.boxes[id]
    qtbot.keyClick(window.view, Qt.Key.Key_Right)
    assert session.document.diagram.boxes[id].x == before.x + 8
    qtbot.keyClick(window.view, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "shut1")
    qtbot.keyClick(field, Qt.Key.Key_Left)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.document.chart.states[id].key == "shu1")
    assert session.document.diagram.boxes[id].x == before.x + 8


def test_the_outline_keeps_its_arrow_keys(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    id = id_of(session, "closed")
    session.selection.replace([id])
    before = session.document.diagram.boxes[id]
    tree = window.docks["outline"].panel.tree  # type: ignore[union-attr]
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert session.selection.ids == (id_of(session, "opened"),)
    assert session.document.diagram.boxes[id] == before


def test_menus_list_no_command_twice(window: MainWindow) -> None:
    titles = [action.text() for menu in window.menus.values() for action in menu.actions() if action.text()]
    assert len(titles) == len(set(titles))
    assert "Send enabled event 1" not in titles


def test_a_long_message_makes_no_window_wider(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 700)
    hint = window.status.hint
    assert hint.isVisible()
    long = "“INSERT_CARD” was not kept: " + "write a name, an assignment or an event; " * 9
    window.session.say(long)
    qtbot.waitUntil(lambda: not hint.isVisible())
    assert window.minimumSizeHint().width() < 1000
    assert window.width() == 1000
    assert window.status.told.shown.endswith("…")
    window.status.told.grab()
    tip = window.status.told.toolTip()
    assert tip.split() == long.split()
    assert max(map(len, tip.splitlines())) <= WIDEST
    window.session.say("Saved")
    qtbot.waitUntil(hint.isVisible)
    window.status.told.grab()
    assert window.status.told.toolTip() == ""


def test_a_dock_that_is_asked_for_lies_on_top(window: MainWindow, qtbot: QtBot) -> None:
    dock = window.docks["history"]
    dock.toggleViewAction().trigger()
    qtbot.waitUntil(lambda: not dock.visibleRegion().isEmpty())
    assert window.docks["inspector"].visibleRegion().isEmpty()


def test_alt_shift_and_an_arrow_lead_on_where_the_canvas_has_the_focus(
    window: MainWindow, qtbot: QtBot
) -> None:
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    id, chart = id_of(window.session, "closed"), window.session.document.chart
    window.session.selection.replace([id])
    window.view.setFocus()
    qtbot.waitUntil(lambda: window.actions_.by_id["arrow.growRight"].isEnabled())
    qtbot.keyClick(window.view, Qt.Key.Key_Right, held)
    [arrow] = window.session.selection.ids
    assert chart.transitions[arrow].source == id
    assert window.view.labelling.editor is not None


def test_the_arrows_of_the_tool_are_no_shortcuts(window: MainWindow, qtbot: QtBot) -> None:
    id, chart = id_of(window.session, "closed"), window.session.document.chart
    before = window.session.document.diagram.boxes[id]
    window.session.selection.replace([id])
    window.session.set_tool("connect")
    window.view.setFocus()
    others = {other: window.view.picture.rect(other) for other in chart.states}
    here = others[id]
    assert here is not None
    away = others[id_of(window.session, "opened")]
    assert away is not None
    is_level = abs(away.center.x - here.center.x) > abs(away.center.y - here.center.y)
    qtbot.keyClick(window.view, Qt.Key.Key_Right if is_level else Qt.Key.Key_Down)
    assert window.view.tool.phase.name == "Aiming"
    qtbot.keyClick(window.view, Qt.Key.Key_Return)
    [arrow] = window.session.selection.ids
    assert chart.transitions[arrow].source == id
    assert window.session.document.diagram.boxes[id] == before
    assert window.session.tool_id == "select"


def test_a_repair_is_asked_for_on_the_canvas_while_the_problems_are_listed(
    window: MainWindow, qtbot: QtBot
) -> None:
    document = window.session.document
    window.docks["problems"].fill()
    window.docks["problems"].show()
    opened = id_of(window.session, "opened")
    [initial] = [each.id for each in document.chart.outgoing(opened) if each.is_pseudo]
    document.apply(edits.delete(document.chart, document.diagram, [initial]))
    document.selection.replace([opened])
    window.session.settled_problems()
    window.actions_.refresh()
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert any(each.is_pseudo for each in document.chart.outgoing(opened))


def test_damaged_settings_are_told_in_the_first_window(qapp: QApplication, door: Path, qtbot: QtBot) -> None:
    settings.settings_path().write_text("{", encoding="utf-8")
    program = Program(qapp)
    windows = [program.open(door), program.open(None)]
    told = [each.session.status for each in windows]
    for each in windows:
        each.close()
    assert settings.damaged_path().name in told[0]
    assert told[1] == ""


@pytest.mark.parametrize(
    ("key", "held", "zoom"),
    [
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier, 0.625),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier, 0.4),
        (Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier, 1.0),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 1.0),
    ],
)
def test_keys_zoom_the_canvas(
    window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier, zoom: float, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.view.setFocus()
    window.view.set_zoom(0.5)
    qtbot.keyClick(window.view, key, held)
    assert window.view.zoom == pytest.approx(zoom)
