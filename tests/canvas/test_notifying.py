"""Screen readers are told of what happens on the canvas, and nothing is done where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from pytestqt.qtbot import QtBot

from editor.canvas.accessible_parts import ElementInterface
from editor.canvas.announcing import PAUSE
from editor.canvas.view import ChartView
from editor.document import edits
from editor.engine.simulator import Simulator
from editor.model import queries
from editor.session import Session
from tests import charts
from tests.canvas.shown import shown

SHOP = """\
id: shop
initial: Cart
states:
  Cart: {on: {PAY: Order}}
  Order: {on: {SHIP: Cart}}
"""
NAME = QAccessible.Text.Name


class Ear:
    """Hears what is told: the kind of event, and about whom, or what is announced."""

    def __init__(self, view: ChartView) -> None:
        self.heard: list[tuple[str, str]] = []
        self.polite: list[QAccessible.AnnouncementPoliteness] = []
        self.now = 1000.0
        view.notifying.send = self.hear
        view.notifying.clock = lambda: self.now
        self._view = view

    def hear(self, event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.polite.append(event.politeness())
            self.heard.append(("say", event.message()))
            return
        about = event.accessibleInterface()
        if event.type() is QAccessible.Event.NameChanged:
            about.text(NAME)  # as those do who are told of another name
        word = about.id if isinstance(about, ElementInterface) else "canvas"
        chart = self._view.session.document.chart
        self.heard.append((event.type().name, chart.states[word].key if word in chart.states else word))

    def take(self) -> list[tuple[str, str]]:
        """What was told since, with what waits for the event to be over."""
        self._view.notifying.tell()
        heard, self.heard = self.heard, []
        return heard

    def said(self) -> list[str]:
        """What is spoken by now."""
        self._view.notifying.speak()
        return [text for kind, text in self.take() if kind == "say"]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChartView]:
    with shown(Session(charts.document(SHOP)), qtbot) as made:
        made.fit()
        yield made


@pytest.fixture
def reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def ear(reader: None, view: ChartView) -> Ear:
    made = Ear(view)
    made.take()
    return made


def id_of(view: ChartView, path: str) -> str:
    found = queries.find_path(view.session.document.chart, path)
    assert found is not None
    return found


def look(view: ChartView) -> None:
    """Ask for the name of every state, as a program does that reads all of it."""
    for id in view.session.document.chart.states:
        found = view.accessible.element(id)
        if found is not None:
            found.text(NAME)


def test_selecting_moves_the_focus_of_the_reader(view: ChartView, ear: Ear) -> None:
    look(view)
    view.setFocus()
    ear.take()
    view.session.selection.replace([id_of(view, "Cart")])
    assert ear.take() == [("SelectionAdd", "Cart"), ("SelectionWithin", "canvas"), ("Focus", "Cart")]
    view.session.selection.replace([id_of(view, "Order")])
    heard = ear.take()
    assert set(heard[:2]) == {("SelectionRemove", "Cart"), ("SelectionAdd", "Order")}
    assert heard[2:] == [("SelectionWithin", "canvas"), ("Focus", "Order")]
    assert ear.take() == []


def test_the_focus_comes_back_to_what_is_selected(view: ChartView, ear: Ear) -> None:
    view.session.selection.replace([id_of(view, "Cart")])
    view.clearFocus()
    ear.take()
    view.session.selection.replace([id_of(view, "Order")])
    assert ("Focus", "Order") not in ear.take()
    view.setFocus()
    assert ("Focus", "Order") in ear.take()


def test_names_that_were_told_are_told_anew_when_they_change(view: ChartView, ear: Ear) -> None:
    look(view)
    document = view.session.document
    cart = id_of(view, "Cart")
    document.apply(edits.rename(document.chart, cart, "Basket"))
    assert ("NameChanged", "Basket") in ear.take()
    assert ear.take() == []


def test_names_that_nobody_asked_for_are_not_told(view: ChartView, ear: Ear) -> None:
    document = view.session.document
    cart = id_of(view, "Cart")
    document.apply(edits.rename(document.chart, cart, "Basket"))
    assert ear.take() == []


def test_what_comes_and_goes_is_told(view: ChartView, ear: Ear) -> None:
    look(view)
    document = view.session.document
    order = id_of(view, "Order")
    document.apply(edits.delete(document.chart, document.diagram, [order]))
    assert ("ObjectDestroyed", order) in ear.take()
    document.undo()
    assert ("ObjectCreated", "Order") in ear.take()


def test_a_run_is_announced_politely_and_not_too_fast(view: ChartView, ear: Ear) -> None:
    run = Simulator(view.session.document.chart)
    view.session.set_simulator(run)
    run.start()
    assert ear.said() == ["start: in Cart"]
    run.send("PAY")
    run.send("SHIP")
    assert ear.said() == []
    ear.now += PAUSE
    assert ear.said() == ["PAY: Cart to Order. SHIP: Order to Cart"]
    assert set(ear.polite) == {QAccessible.AnnouncementPoliteness.Polite}


def test_where_a_run_begins_is_announced(view: ChartView, ear: Ear) -> None:
    run = Simulator(view.session.document.chart)
    run.start()
    view.session.set_simulator(run)
    assert ear.said() == ["start: in Cart"]


def test_states_that_become_active_are_told(view: ChartView, ear: Ear) -> None:
    look(view)
    run = Simulator(view.session.document.chart)
    view.session.set_simulator(run)
    run.start()
    heard = ear.take()
    assert ("StateChanged", "Cart") in heard
    assert ("NameChanged", "Cart") in heard
    run.send("PAY")
    heard = ear.take()
    assert {("StateChanged", "Cart"), ("StateChanged", "Order")} <= set(heard)
    view.session.set_simulator(None)
    assert ("NameChanged", "Order") in ear.take()


def test_the_status_line_is_announced(view: ChartView, ear: Ear) -> None:
    view.session.say("Deleted “Cart”. Ctrl+Z brings it back.")
    assert ear.said() == ["Deleted “Cart”. Ctrl+Z brings it back."]
    view.session.say("")
    ear.now += PAUSE
    assert ear.said() == []


def test_another_document_is_told_as_a_whole(view: ChartView, ear: Ear) -> None:
    look(view)
    view.session.replace_document(charts.document("id: two\ninitial: a\nstates: {a: {}}\n"))
    assert ("ObjectReorder", "canvas") in ear.take()


def test_without_a_reader_nothing_is_told_or_made(view: ChartView) -> None:
    ear = Ear(view)
    QAccessible.setActive(False)
    run = Simulator(view.session.document.chart)
    view.session.selection.replace([id_of(view, "Cart")])
    view.session.set_simulator(run)
    run.start()
    view.session.say("Something.")
    document = view.session.document
    document.apply(edits.delete(document.chart, document.diagram, [id_of(view, "Order")]))
    assert not view.notifying.is_waiting
    assert ear.heard == []
    assert view.accessible.held == {}
