"""The chart as screen readers find it: a tree with names, roles, places on the screen, a selection and actions."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import shiboken6
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.canvas.accessible_parts import ElementInterface
from editor.canvas.view import ChartView
from editor.document import aligning, edits, notes
from editor.document.document import Document
from editor.engine.simulator import Simulator
from editor.geometry import Rect
from editor.model import queries
from editor.model.problems import Problem, Severity
from editor.requests import EditLabel, OpenMenu, Request
from editor.session import Session
from tests import charts
from tests.canvas.shown import shown

SHOP = """\
id: shop
initial: Cart
states:
  Cart: {description: What is to be bought., on: {PAY: Order.Paid, HINT: {actions: [note]}}}
  Order:
    initial: Paid
    states:
      Paid: {on: {SHIP: Sent}}
      Sent: {type: final}
    onDone: Both
  Both:
    type: parallel
    states:
      Left: {initial: l, states: {l: {}}}
      Right: {initial: r, states: {r: {}}}
  Lost: {}
"""
NAME = QAccessible.Text.Name
VIEW = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChartView]:
    with shown(Session(charts.document(SHOP)), qtbot) as made:
        made.fit()
        yield made


def canvas(view: ChartView) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(view)
    assert found is not None
    return found


def id_of(view: ChartView, path: str) -> str:
    found = queries.find_path(view.session.document.chart, path)
    assert found is not None
    return found


def held(view: ChartView, path: str) -> ElementInterface:
    found = view.accessible.element(id_of(view, path))
    assert found is not None
    return found


def below(found: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [found.child(number) for number in range(found.childCount())]


def elements(found: QAccessibleInterface) -> list[ElementInterface]:
    """All elements in something, however deep, parents before children."""
    inside: list[ElementInterface] = []
    for each in below(found):
        if isinstance(each, ElementInterface):
            inside += [each, *elements(each)]
    return inside


def test_the_tree_is_that_of_the_chart(view: ChartView) -> None:
    def tree(found: QAccessibleInterface) -> object:
        inside = [tree(each) for each in below(found) if isinstance(each, ElementInterface)]
        return (found.text(NAME), inside) if inside else found.text(NAME)

    assert tree(canvas(view)) == (
        "Chart shop, ten states, four transitions",
        [
            ("Cart, state, two outgoing", ["on PAY, from Cart to Paid", "on HINT, stays in Cart, does note"]),
            (
                "Order, state, 2 inside, begins in Paid, one outgoing",
                [
                    ("Paid, state in Order, one outgoing", ["on SHIP, from Paid to Sent"]),
                    "Sent, final state in Order",
                    "beginning of Order, to Paid",
                    "when Order is done, from Order to Both",
                ],
            ),
            (
                "Both, parallel state, two regions",
                [
                    (
                        "Region Left of Both, 1 inside, begins in l",
                        ["l, state in Left", "beginning of Left, to l"],
                    ),
                    (
                        "Region Right of Both, 1 inside, begins in r",
                        ["r, state in Right", "beginning of Right, to r"],
                    ),
                ],
            ),
            "Lost, state",
            "beginning of shop, to Cart",
        ],
    )


def test_parents_children_and_indices_agree(view: ChartView) -> None:
    view.session.document.apply(
        notes.add(view.session.document.diagram, Rect(0, 600, 120, 60), "Mind this.")[0]
    )
    for around in (canvas(view), *elements(canvas(view))):
        for number, each in enumerate(below(around)):
            assert around.indexOfChild(each) == number
            assert QAccessible.uniqueId(each.parent()) == QAccessible.uniqueId(around)
        assert around.child(around.childCount()) is None
        assert around.child(-1) is None


def test_roles_tell_states_transitions_and_notes_apart(view: ChartView) -> None:
    document = view.session.document
    document.apply(notes.add(document.diagram, Rect(0, 600, 120, 60), "Mind **this**.")[0])
    roles = {each.text(NAME): each.role() for each in elements(canvas(view))}
    assert canvas(view).role() is QAccessible.Role.Canvas
    assert roles["Lost, state"] is QAccessible.Role.ListItem
    assert roles["on PAY, from Cart to Paid"] is QAccessible.Role.Link
    assert roles["Note: Mind this."] is QAccessible.Role.Note


def test_what_people_wrote_and_what_is_wrong_is_the_description(view: ChartView) -> None:
    about = QAccessible.Text.Description
    assert held(view, "Cart").text(about) == "What is to be bought."
    flaw = Problem(
        rule="unreachable-state",
        severity=Severity.WARNING,
        element=id_of(view, "Lost"),
        message="Nothing leads here.",
    )
    view.session.set_problems((flaw,))
    assert held(view, "Lost").text(NAME) == "Lost, state, has a problem"
    assert held(view, "Lost").text(about) == "Warning: Nothing leads here."


def test_elements_are_where_the_screen_shows_them(view: ChartView) -> None:
    corner = view.viewport().mapToGlobal(QPoint(0, 0))
    rect = view.picture.rect(id_of(view, "Order.Paid"))
    assert rect is not None
    assert held(view, "Order.Paid").rect() == view.rect_to_view(rect).translated(corner)
    view.pan(-4000, 0)
    assert held(view, "Order.Paid").state().offscreen
    view.fit()
    assert not held(view, "Order.Paid").state().offscreen


@pytest.mark.parametrize("path", ["Cart", "Order.Paid", "Both.Left.l", "Lost"])
def test_a_place_of_the_screen_is_the_element_on_top(view: ChartView, path: str) -> None:
    rect = held(view, path).rect()
    at = QPoint(rect.center().x(), rect.top() + 12)  # where its name is
    found = canvas(view).childAt(at.x(), at.y())
    assert isinstance(found, ElementInterface)
    assert found.id == id_of(view, path)
    outer = view.accessible.element(view.accessible.around(found.id))
    assert outer is None or outer.childAt(at.x(), at.y()) is found
    assert held(view, "Cart").childAt(at.x(), at.y()) is None


def test_a_place_beside_all_elements_is_none(view: ChartView) -> None:
    corner = view.viewport().mapToGlobal(QPoint(1, 1))
    assert canvas(view).childAt(corner.x(), corner.y()) is None
    assert canvas(view).childAt(corner.x() - 500, corner.y() - 500) is None


def test_selecting_goes_both_ways(view: ChartView) -> None:
    selection = canvas(view).selectionInterface()
    cart, paid = held(view, "Cart"), held(view, "Order.Paid")
    assert selection.select(cart)
    assert selection.select(paid)
    assert view.session.selection.ids == (cart.id, paid.id)
    assert [each.id for each in selection.selectedItems()] == [cart.id, paid.id]
    assert selection.selectedItemCount() == 2
    assert selection.selectedItem(1) is paid
    assert selection.isSelected(paid)
    assert paid.state().selected
    assert not held(view, "Lost").state().selected
    inside = held(view, "Order").selectionInterface()
    assert inside.selectedItems() == [paid]
    assert inside.clear()
    assert view.session.selection.ids == (cart.id,)
    assert selection.unselect(cart)
    assert view.session.selection.ids == ()
    assert inside.selectAll()
    assert set(view.session.selection.ids) == {each.id for each in below(held(view, "Order"))}


def test_what_was_selected_last_has_the_focus_while_the_canvas_has(view: ChartView, qtbot: QtBot) -> None:
    view.setFocus()
    view.session.selection.replace([id_of(view, "Cart"), id_of(view, "Order.Paid")])
    assert canvas(view).focusChild() is held(view, "Order.Paid")
    assert held(view, "Order.Paid").state().focused
    assert not held(view, "Cart").state().focused
    view.clearFocus()
    assert canvas(view).focusChild() is None
    assert not held(view, "Order.Paid").state().focused


def test_composites_are_expanded_or_collapsed(view: ChartView, qtbot: QtBot) -> None:
    order = held(view, "Order")
    assert order.state().expandable
    assert order.state().expanded
    assert not held(view, "Cart").state().expandable
    order.actionInterface().doAction("Toggle")
    qtbot.waitUntil(lambda: held(view, "Order").state().collapsed)
    assert "Paid" not in [each.text(NAME).split(",")[0] for each in elements(order)]
    order.actionInterface().doAction("Toggle")
    qtbot.waitUntil(lambda: held(view, "Order").state().expanded)


def test_actions_edit_open_the_menu_and_select(view: ChartView, qtbot: QtBot) -> None:
    asked: list[Request] = []
    view.session.requested.subscribe(asked.append)
    cart = held(view, "Cart")
    assert cart.actionInterface().actionNames() == ["Press", "ShowMenu", "SetFocus"]
    cart.actionInterface().doAction("SetFocus")
    qtbot.waitUntil(lambda: view.session.selection.ids == (cart.id,))
    cart.actionInterface().doAction("ShowMenu")
    qtbot.waitUntil(lambda: OpenMenu() in asked)
    cart.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: EditLabel(cart.id) in asked)
    assert view.labelling.editor is not None


def test_a_run_is_told_and_can_be_driven(view: ChartView, qtbot: QtBot) -> None:
    run = Simulator(view.session.document.chart)
    run.start()
    view.session.set_simulator(run)
    cart, paid = held(view, "Cart"), held(view, "Order.Paid")
    assert cart.text(NAME) == "Cart, state, two outgoing, active"
    assert cart.state().active
    assert not paid.state().active
    pay = next(each for each in below(cart) if each.text(NAME).startswith("on PAY"))
    assert pay.text(NAME) == "on PAY, from Cart to Paid, possible now"
    pay.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: paid.state().active)
    assert cart.text(NAME) == "Cart, state, two outgoing"
    assert pay.text(NAME) == "on PAY, from Cart to Paid"


def test_ways_are_told_as_relations(view: ChartView) -> None:
    cart, paid = held(view, "Cart"), held(view, "Order.Paid")
    pay = next(each for each in below(cart) if each.text(NAME).startswith("on PAY"))
    flags = QAccessible.RelationFlag
    assert pay.relations() == [(cart, flags.FlowsFrom), (paid, flags.FlowsTo)]
    assert (pay, flags.FlowsTo) in cart.relations()
    assert (pay, flags.FlowsFrom) in paid.relations()
    assert pay.relations(flags.FlowsTo) == [(paid, flags.FlowsTo)]


def test_every_kind_of_interface_can_be_asked_for(view: ChartView) -> None:
    for each in (canvas(view), held(view, "Cart"), held(view, "Order")):
        assert each.textInterface() is None
        assert each.editableTextInterface() is None
        assert each.valueInterface() is None
        assert each.tableCellInterface() is None
        assert each.attributesInterface() is None
        assert each.selectionInterface() is not None
        assert each.window() is not None
        assert each.text(QAccessible.Text.Help) == ""


def test_what_is_deleted_is_not_valid_and_again_when_that_is_undone(view: ChartView) -> None:
    document = view.session.document
    order, paid = held(view, "Order"), held(view, "Order.Paid")
    pay = next(each for each in below(held(view, "Cart")) if each.text(NAME).startswith("on PAY"))
    document.apply(edits.delete(document.chart, document.diagram, [order.id]))
    for each in (order, paid, pay):
        assert not each.isValid()
        assert each.state().invalid
        assert each.childCount() == 0
        assert each.child(0) is None
        assert each.text(NAME) == ""
        assert each.rect().isNull()
        assert list(each.actionInterface().actionNames()) == []
        assert each.relations() == []
        each.actionInterface().doAction("Press")
    assert not canvas(view).selectionInterface().select(order)
    document.undo()
    assert order.isValid()
    assert held(view, "Order") is order
    assert paid.text(NAME) == "Paid, state in Order, one outgoing"


def test_names_follow_edits(view: ChartView) -> None:
    document = view.session.document
    cart = held(view, "Cart")
    document.apply(edits.rename(document.chart, cart.id, "Basket"))
    assert cart.text(NAME) == "Basket, state, two outgoing"
    assert "on PAY, from Basket to Paid" in [each.text(NAME) for each in below(cart)]


def test_another_document_has_interfaces_of_its_own(view: ChartView) -> None:
    former = held(view, "Cart")
    view.session.replace_document(charts.document("id: two\ninitial: a\nstates: {a: {}}\n"))
    assert not shiboken6.isValid(former)
    assert [each.text(NAME) for each in elements(canvas(view))] == ["a, state", "beginning of two, to a"]


def test_nothing_is_made_before_it_is_asked_for(qtbot: QtBot) -> None:
    many = "initial: s0\nstates:\n" + "".join(
        f"  s{n}: {{on: {{GO: s{(n + 1) % 300}}}}}\n" for n in range(300)
    )
    view = ChartView(Session(charts.document(many)))
    qtbot.addWidget(view)
    assert view.accessible.chart is None
    assert canvas(view).childCount() == 302
    assert view.accessible.held == {}
    assert canvas(view).child(7).text(NAME) == "s7, state, one outgoing"
    assert len(view.accessible.held) == 1


def test_a_view_that_goes_takes_its_interfaces_along(qtbot: QtBot) -> None:
    view = ChartView(Session(charts.document(SHOP)))
    chart, cart = canvas(view), held(view, "Cart")
    assert cart.text(NAME)
    tree = view.accessible
    shiboken6.delete(view)
    assert not shiboken6.isValid(cart)
    assert not shiboken6.isValid(chart)
    del view, cart, chart
    gc.collect()
    canvas_of_another = ChartView(Session(charts.document(SHOP)))
    qtbot.addWidget(canvas_of_another)
    assert canvas(canvas_of_another).childCount() == 6
    assert tree.held == {}
    assert tree.chart is None
    assert not tree.has("anything")


@VIEW
@given(st.data())
def test_whatever_is_edited_the_tree_is_whole(view: ChartView, data: st.DataObject) -> None:
    """Each state that is drawn is in the tree once, and what was held and is gone answers as invalid."""
    document: Document = view.session.document
    kept = elements(canvas(view))
    for _ in range(data.draw(st.integers(1, 3))):
        states = sorted(set(document.chart.states) - {document.chart.root_id})
        id = data.draw(st.sampled_from(states))
        deed = data.draw(st.sampled_from(["delete", "fold", "undo"]))
        if deed == "delete" and len(states) > 1:
            document.apply(edits.delete(document.chart, document.diagram, [id]))
        elif deed == "fold":
            is_folded = not document.diagram.boxes[id].collapsed
            document.apply(aligning.fold(document.chart, document.diagram, [id], is_folded=is_folded))
        elif document.undo_stack.can_undo:
            document.undo()
        found = [each.id for each in elements(canvas(view))]
        assert len(found) == len(set(found))
        assert {each for each in found if each in document.chart.states} == set(view.picture.states)
        for each in kept:
            assert each.isValid() is (each.id in found)
    while document.undo_stack.can_undo:
        document.undo()


def test_elements_are_taken_back_when_the_view_goes_whoever_was_asked_first(qapp: QApplication) -> None:
    """Qt frees at its end what it still holds; what Python has freed before would be freed twice."""
    view = ChartView(Session(charts.document(SHOP)))
    cart = held(view, "Cart")
    shiboken6.delete(view)
    assert not shiboken6.isValid(cart)
