"""The fields of the inspector offer what can be typed next, each by its own grammar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from editor.commands import simulate
from editor.completion.offer_list import OfferList
from editor.completion.wave import WavyLine
from editor.model.elements import Call
from editor.panels.inspector import InspectorPanel
from editor.panels.simulation import SimulationPanel
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of

SHOP = """\
initial: cart
context: {count: 0, limit: 5}
guards: {isFull: count > limit}
delays: {SOON: 5s}
actions: {showCart: {log: count}}
states:
  cart: {entry: showCart, on: {CHECKOUT: {target: paid, guard: isFull}}, invoke: {src: fetchPrices}}
  paid: {after: {SOON: cart}, type: atomic}
"""


class Desk:
    """The inspector on the machine above, and hands that type into it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.session: Session = session_on(folder, SHOP)
        self.panel = InspectorPanel(self.session)
        self.qtbot = qtbot
        qtbot.addWidget(self.panel)
        self.panel.resize(320, 900)
        self.panel.show()
        self.panel.activateWindow()
        qtbot.waitUntil(self.panel.isActiveWindow)

    def field(self, name: str) -> QLineEdit | QPlainTextEdit:
        assert self.panel.form is not None
        found = self.panel.form.rows[name].widget
        assert isinstance(found, QLineEdit | QPlainTextEdit)
        return found

    def offers(self, name: str, text: str) -> list[str]:
        """What is offered after a text was typed into an emptied field."""
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClick(field, Qt.Key.Key_Delete)
        self.qtbot.keyClicks(field, text)
        shown = OfferList.of(self.panel)
        return [each.title for each in shown.offer_model.offers] if shown.isVisible() else []


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.panel.hide()


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("label", "CH", "CHECKOUT"),
        ("label", "X [is", "isFull"),
        ("event", "CH", "CHECKOUT"),
        ("guard", "is", "isFull"),
        ("guard", "count < li", "limit"),
        ("actions", "sh", "showCart"),
        ("targets", "ca", "cart"),
    ],
)
def test_the_fields_of_a_transition(desk: Desk, name: str, text: str, first: str) -> None:
    desk.session.selection.replace([transition_of(desk.session, "cart")])
    assert desk.offers(name, text)[0] == first


def test_the_delay_of_a_transition(desk: Desk) -> None:
    desk.session.selection.replace([transition_of(desk.session, "paid")])
    assert desk.offers("delay", "SO") == ["SOON"]


def test_the_fields_of_a_state(desk: Desk) -> None:
    desk.session.selection.replace([id_of(desk.session, "cart")])
    assert desk.offers("exit", "sho")[0] == "showCart"
    assert desk.offers("i0.src", "fetch") == ["fetchPrices"]
    assert desk.offers("i0.input", "amount: co")[0] == "count"
    assert desk.offers("key", "ca") == []


def test_the_fields_of_the_machine(desk: Desk) -> None:
    desk.session.selection.replace([])
    assert desk.offers("guards", "isEmpty: co")[0] == "count"
    assert desk.offers("actions", "reset: {raise: CH")[0] == "CHECKOUT"


def test_tab_takes_and_the_edit_is_one_step(desk: Desk) -> None:
    id = id_of(desk.session, "cart")
    desk.session.selection.replace([id])
    desk.offers("exit", "sho")
    field = desk.field("exit")
    desk.qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.hasFocus()
    desk.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    document = desk.session.document
    assert document.chart.states[id].exit == (Call(name="showCart"),)
    document.undo()
    assert document.chart.states[id].exit == ()
    assert not document.undo_stack.can_undo


def red_stretch(field: QLineEdit | QPlainTextEdit) -> str:
    """What is underlined in a field."""
    if isinstance(field, WavyLine):
        start, end = field.wrong
        return field.text()[start:end]
    assert isinstance(field, QPlainTextEdit)
    return " ".join(each.cursor.selectedText() for each in field.extraSelections())


@pytest.mark.parametrize(
    ("name", "wrong", "underlined", "right"),
    [
        ("label", "PAY [count >> ] / ring", ">", "PAY [count > 1]"),
        ("guard", "count > = 1", "=", "count > 1"),
        ("actions", "ring\ncount = (1 + 2))", ")", "ring\ncount = 1"),
        ("targets", "nowhere", "nowhere", "paid"),
    ],
)
def test_what_is_wrong_is_underlined_and_told_while_one_types_and_keeps_nobody(
    desk: Desk, name: str, wrong: str, underlined: str, right: str
) -> None:
    id = transition_of(desk.session, "cart")
    desk.session.selection.replace([id])
    assert desk.panel.form is not None
    row = desk.panel.form.rows[name]
    desk.offers(name, "")
    field = desk.field(name)

    def type_anew(text: str) -> None:
        field.selectAll()
        desk.qtbot.keyClick(field, Qt.Key.Key_Delete)
        for line, part in enumerate(text.split("\n")):
            if line:
                desk.qtbot.keyClick(field, Qt.Key.Key_Return)
            desk.qtbot.keyClicks(field, part)

    type_anew(wrong)
    desk.qtbot.waitUntil(lambda: row.is_wrong)
    assert field.hasFocus()
    assert underlined in red_stretch(field)
    assert not desk.session.document.undo_stack.can_undo
    type_anew(right)
    desk.qtbot.waitUntil(lambda: not row.is_wrong)
    assert red_stretch(field) == ""
    assert not desk.session.document.undo_stack.can_undo


def test_escape_takes_back_what_was_wrong(desk: Desk) -> None:
    desk.session.selection.replace([transition_of(desk.session, "cart")])
    assert desk.panel.form is not None
    row, field = desk.panel.form.rows["guard"], desk.field("guard")
    desk.offers("guard", "count >")
    desk.qtbot.waitUntil(lambda: row.is_wrong)
    desk.qtbot.keyClick(field, Qt.Key.Key_Escape)  # the list
    assert row.is_wrong
    desk.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not row.is_wrong
    assert (row.shown(), red_stretch(field)) == ("isFull", "")


def test_the_line_of_a_run_offers_the_events_of_the_machine(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, SHOP)
    panel = SimulationPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    simulate.start(session)
    panel.events.line.setFocus()
    qtbot.keyClicks(panel.events.line, "chk")
    offers = OfferList.of(panel)
    assert [each.title for each in offers.offer_model.offers] == ["CHECKOUT"]
    qtbot.keyClick(panel.events.line, Qt.Key.Key_Tab)
    assert panel.events.line.text() == "CHECKOUT"
    qtbot.keyClicks(panel.events.line, " {a: c")
    assert not offers.isVisible()
