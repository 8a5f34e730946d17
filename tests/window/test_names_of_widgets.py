"""Whatever can have the keyboard says what it is to those who do not see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QDialog, QFrame, QWidget
from pytestqt.qtbot import QtBot

from editor import components
from editor.canvas.theme import load_theme
from editor.commands import simulate
from editor.commands.keymap import Keymap
from editor.commands.registry import Choosable, Review
from editor.document.settings import Settings
from editor.geometry import Rect
from editor.model import queries
from editor.requests import FindText, WriteNote
from editor.session import Session
from editor.window.app import Program
from editor.window.asking import AskText
from editor.window.asking_places import AskPlaces
from editor.window.keys import ROWS
from editor.window.keys_dialog import KeysDialog
from editor.window.keys_sheet import KeysSheet
from editor.window.licences import LicencePage
from editor.window.main_window import MainWindow
from editor.window.report import ReportPage
from editor.window.settings_dialog import SettingsDialog
from editor.window.start import StartPage
from tests.commands.desk import id_of

MACHINE = """\
id: shop
initial: cart
context: {amount: 3}
states:
  cart:
    invoke: {src: load}
    on: {PAY: {target: paid, guard: known}}
    after: {wait: paid}
  paid: {on: {BACK: cart}}
  lost: {}
"""


def unnamed(around: QWidget) -> list[str]:
    """What can have the focus and has no name; without what Qt makes inside of boxes to choose from."""
    found = []
    for each in [around, *around.findChildren(QWidget)]:
        is_of_box = isinstance(each, QAbstractItemView) and type(each.parent()) is QFrame
        is_inner = each.focusPolicy() is Qt.FocusPolicy.NoFocus or each.focusProxy() is not None or is_of_box
        if is_inner or isinstance(each.parent(), QComboBox):
            continue
        interface = QAccessible.queryAccessibleInterface(each)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(each).__name__} in {type(each.parent()).__name__}")
    return found


@pytest.fixture
def shop(program: Program, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    path = tmp_path / "shop.yaml"
    path.write_text(MACHINE, encoding="utf-8")
    made = program.open(path)
    for dock in made.docks.values():
        dock.fill()
        dock.show()
    yield made
    made.session.set_simulator(None)


@pytest.mark.parametrize("what", ["state", "transition", "beginning", "note", "nothing", "several"])
def test_the_window_with_all_panels(what: str, shop: MainWindow) -> None:
    chart = shop.session.document.chart
    first = queries.initial_transition(chart, chart.root_id)
    assert first is not None
    cart, paid = id_of(shop.session, "cart"), id_of(shop.session, "paid")
    if what == "note":
        shop.session.ask(WriteNote(Rect(0, 0, 120, 80)))
    else:
        shop.session.selection.replace(
            {
                "state": [cart],
                "transition": [chart.outgoing(paid)[0].id],
                "beginning": [first.id],
                "several": [cart, paid],
            }.get(what, [])
        )
    assert unnamed(shop) == []


def test_the_window_while_it_runs(shop: MainWindow) -> None:
    simulate.start(shop.session)
    assert shop.session.is_running
    assert unnamed(shop) == []


def test_fields_on_the_canvas(shop: MainWindow) -> None:
    shop.view.edit_label(id_of(shop.session, "cart"))
    assert shop.view.labelling.editor is not None
    assert shop.view.labelling.editor.accessibleName() == "Name of cart"
    assert unnamed(shop.view) == []
    [back] = shop.session.document.chart.outgoing(id_of(shop.session, "paid"))
    shop.view.edit_label(back.id)
    assert shop.view.labelling.editor.accessibleName() == "Label of the transition on BACK, from paid to cart"
    shop.view.edit_label(id_of(shop.session, "cart"), "entry.0")
    assert shop.view.labelling.editor.accessibleName() == "Entry action of cart"


def test_the_start_page(qtbot: QtBot, shop: MainWindow) -> None:
    shop.show_start_page()
    assert isinstance(shop.start, StartPage)
    assert unnamed(shop.start) == []


def places() -> QDialog:
    review = Review(places=[Choosable("1", "Guards", "g → a", "t1")])
    return AskPlaces(None, "Rename", "a", lambda text, left: review, "Rename", lambda ids: None)


DIALOGS: dict[str, Callable[[], QDialog]] = {
    "text": lambda: AskText(None, "Rename", "a", lambda text: Review(), "Rename"),
    "places": places,
    "shortcuts": lambda: KeysDialog(None, Keymap(ROWS), lambda keymap: None),
    "sheet of keys": lambda: KeysSheet(None, Keymap(ROWS), load_theme("light")),
    "licences": lambda: LicencePage(components.listed()),
    "report": lambda: ReportPage("text"),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs(name: str, qtbot: QtBot) -> None:
    dialog = DIALOGS[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    assert unnamed(dialog) == []
    assert dialog.windowTitle()


def test_the_settings(qtbot: QtBot, shop: MainWindow) -> None:
    dialog = SettingsDialog(Session(shop.session.document, Settings()), lambda: None)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    assert unnamed(dialog) == []


def test_the_strip_that_finds_texts(shop: MainWindow) -> None:
    shop.session.ask(FindText("cart"))
    assert unnamed(shop) == []


def test_the_palette(shop: MainWindow) -> None:
    shop.finder.open("")
    assert unnamed(shop.finder) == []
