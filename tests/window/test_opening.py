"""Looking at a composite alone in a real window, with real keys, buttons and presses of the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.canvas.picture import Picture
from editor.document import alone, edits, files
from editor.geometry import Point, Rect
from editor.layout_engine.options import Scope
from editor.model import queries
from editor.requests import GoBack, GoForward, OpenAlone, Propose, Request
from editor.tools.base import HitKind
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of
from tests.window.conftest import opened

pytestmark = pytest.mark.usefixtures("still")

TEXT = """\
id: order
initial: Idle
states:
  Idle: {on: {PLACE: Paid.Checking}}
  Paid:
    initial: Checking
    on: {CANCEL: Lost}
    states:
      Checking: {on: {OK: Shipping, FRAUD: '#Lost'}}
      Shipping:
        initial: Packing
        states:
          Packing: {on: {PACKED: Sending}}
          Sending: {on: {ARRIVED: '#Done', RETURNED: '#Paid.Checking'}}
  Lost: {}
  Done: {type: final}
"""
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def order(program: Program, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    made = opened(program, qtbot, tmp_path / "order.yaml", TEXT)
    made.view.fit()
    return made


def press(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    window.actions_.refresh()
    qtbot.keyClick(window.view, key, held)


def go_into(window: MainWindow, qtbot: QtBot, path: str) -> str:
    id = id_of(window.session, path)
    window.session.selection.replace([id])
    press(window, qtbot, Qt.Key.Key_O)
    assert window.session.alone.value == id
    return id


def drag(window: MainWindow, start: Point, end: Point) -> None:
    view = window.view
    places = [
        view.to_view(at).toPoint() for at in (start, Point((start.x + end.x) / 2, (start.y + end.y) / 2), end)
    ]
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(view.viewport(), place)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=places[-1])


def click(window: MainWindow, at: Point) -> None:
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=window.view.to_view(at).toPoint())


def crumbs(window: MainWindow) -> list[str]:
    return [each.text() for each in window.strips.breadcrumb.crumbs]


def middle(window: MainWindow, path: str) -> Point:
    rect = window.view.rect_of(id_of(window.session, path))
    assert rect is not None
    return rect.center


# in and out


def test_keys_go_in_and_out_again_to_what_was_seen(order: MainWindow, qtbot: QtBot) -> None:
    camera = order.view.camera
    paid = go_into(order, qtbot, "Paid")
    assert order.session.selection.ids == ()
    shipping = go_into(order, qtbot, "Paid.Shipping")
    assert crumbs(order) == ["order", "Paid", "Shipping"]
    press(order, qtbot, Qt.Key.Key_U)
    assert (order.session.alone.value, order.session.selection.ids) == (paid, (shipping,))
    press(order, qtbot, Qt.Key.Key_U)
    assert order.session.alone.value is None
    assert order.session.selection.ids == (paid,)
    assert order.view.camera == camera
    assert not order.strips.breadcrumb.isVisible()


def test_one_key_shows_all_from_the_depth(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    press(order, qtbot, Qt.Key.Key_U, SHIFT)
    assert order.session.alone.value is None


def test_escape_selects_nothing_and_stays(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid")
    order.session.selection.replace([id_of(order.session, "Paid.Checking")])
    press(order, qtbot, Qt.Key.Key_Escape)
    press(order, qtbot, Qt.Key.Key_Escape)
    assert (order.session.alone.value, order.session.selection.ids) == (paid, ())


def test_what_holds_nothing_cannot_be_opened_and_says_why(order: MainWindow, qtbot: QtBot) -> None:
    for path in ("Idle", "Done", "Paid.Checking"):
        order.session.selection.replace([id_of(order.session, path)])
        order.actions_.refresh()
        assert not order.actions_.by_id["view.alone"].isEnabled()
        order.session.ask(OpenAlone())
        assert order.session.alone.value is None
        assert "only composites and regions" in order.session.status


def test_it_is_in_the_menu_of_an_element_where_it_can_be(order: MainWindow) -> None:
    for path, is_offered in (("Paid", True), ("Idle", False)):
        menu = order.element_menu.menu_of(id_of(order.session, path))
        assert menu is not None
        assert ("Open alone" in [each.text() for each in menu.actions()]) is is_offered


def test_it_is_neither_saved_nor_undone(order: MainWindow, qtbot: QtBot) -> None:
    document = order.session.document
    go_into(order, qtbot, "Paid")
    assert not document.is_modified
    assert not document.undo_stack.can_undo
    assert document.path is not None
    before = {each.name: each.read_bytes() for each in document.path.parent.glob("order*")}
    files.save(document, document.path)
    after = {each.name: each.read_bytes() for each in document.path.parent.glob("order*")}
    assert after["order.yaml"] == before["order.yaml"]
    press(order, qtbot, Qt.Key.Key_U)
    files.save(document, document.path)
    assert {each.name: each.read_bytes() for each in document.path.parent.glob("order*")} == after


def test_two_windows_look_at_what_each_wants(
    order: MainWindow, program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(TEXT, encoding="utf-8")
    second = program.open(other)
    go_into(order, qtbot, "Paid")
    assert second.session.alone.value is None
    assert len(second.view.picture.states) == len(second.session.document.chart.states) - 1


# the breadcrumb


def test_its_parts_are_gone_to_by_mouse(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    QTest.mouseClick(order.strips.breadcrumb.crumbs[1], Qt.MouseButton.LeftButton)
    assert order.session.alone.value == id_of(order.session, "Paid")
    QTest.mouseClick(order.strips.breadcrumb.crumbs[0], Qt.MouseButton.LeftButton)
    assert order.session.alone.value is None
    assert order.view.hasFocus()


def test_its_parts_are_gone_to_by_keys(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    seen = []
    for _ in range(8):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in order.strips.breadcrumb.crumbs:
            break
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_F6)
    first = QApplication.focusWidget()
    assert first is order.strips.breadcrumb.crumbs[0]
    qtbot.keyClick(first, Qt.Key.Key_Right)
    second = QApplication.focusWidget()
    assert second is order.strips.breadcrumb.crumbs[1]
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert order.session.alone.value == id_of(order.session, "Paid")
    assert order.view.hasFocus()


def test_escape_in_it_gives_the_keys_back(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid")
    order.strips.breadcrumb.crumbs[0].setFocus()
    qtbot.keyClick(order.strips.breadcrumb.crumbs[0], Qt.Key.Key_Escape)
    assert order.view.hasFocus()
    assert order.session.alone.value == paid


def test_it_says_what_it_is_to_who_does_not_see_it(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    names = [
        QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
        for each in order.strips.breadcrumb.crumbs
    ]
    assert names == ["Go to order", "Go to Paid", "Shipping, seen alone now"]


def test_it_follows_a_new_name(order: MainWindow, qtbot: QtBot) -> None:
    paid, document = go_into(order, qtbot, "Paid"), order.session.document
    document.apply(edits.rename(document.chart, paid, "A & <b>"))
    assert crumbs(order) == ["order", "A && <b>"]
    assert order.strips.breadcrumb.crumbs[1].accessibleName() == "A & <b>, seen alone now"


def test_long_names_and_many_levels_stay_within_the_canvas(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    inner = "{}"
    names = [f"{letter * 500}" for letter in "abcdefghijkl"]
    for name in reversed(names):
        inner = f"{{initial: {name}, states: {{{name}: {inner}}}}}"
    path = tmp_path / "deep.yaml"
    path.write_text(f"{{id: deep, {inner[1:]}", encoding="utf-8")
    window = program.open(path)
    qtbot.waitUntil(window.isActiveWindow)
    window.view.setFocus()
    top = id_of(window.session, ".".join(names[:-1]))
    window.session.selection.replace([top])
    press(window, qtbot, Qt.Key.Key_O)
    bar = window.strips.breadcrumb
    qtbot.waitUntil(lambda: bar.crumbs[-1].x() > 0)
    assert bar.width() == window.view.width()
    assert all(each.geometry().right() < bar.width() for each in bar.crumbs)
    assert bar.hidden
    assert bar.crumbs[0].text() == "deep"
    assert bar.crumbs[-1].text().startswith("kkk")


# what is seen


def test_ends_elsewhere_are_gone_to_by_a_click(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    picture = order.view.picture
    [at] = [rect.center for _, text, rect in picture.stubs.shapes.values() if text == "to Done"]
    assert order.view.hit(at).kind is HitKind.STUB
    click(order, at)
    assert order.session.alone.value is None
    assert order.session.selection.ids == (id_of(order.session, "Done"),)
    order.session.ask(GoBack())
    assert order.session.alone.value == id_of(order.session, "Paid.Shipping")
    order.session.ask(GoForward())
    assert order.session.alone.value is None


def test_one_goes_out_no_farther_than_is_needed(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    [at] = [r.center for _, text, r in order.view.picture.stubs.shapes.values() if text == "to Checking"]
    click(order, at)
    assert order.session.alone.value == id_of(order.session, "Paid")
    assert order.session.selection.ids == (id_of(order.session, "Paid.Checking"),)


def test_a_line_that_leads_out_is_selected_and_followed_by_keys(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    [line] = [
        each.id
        for each in order.session.document.chart.transitions.values()
        if each.trigger.text == "ARRIVED"
    ]
    route = order.view.picture.route(line)
    assert route is not None
    click(order, route.label.center)
    assert order.session.selection.ids == (line,)
    assert order.session.alone.value is not None
    press(order, qtbot, Qt.Key.Key_W)
    press(order, qtbot, Qt.Key.Key_Return)
    assert order.session.alone.value is None
    assert id_of(order.session, "Done") in order.view.picture.states


@pytest.mark.parametrize("path", ["Idle", "Paid.Checking"])
def test_whatever_selects_something_elsewhere_goes_out_for_it(
    order: MainWindow, qtbot: QtBot, path: str
) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    order.session.selection.replace([id_of(order.session, path)])
    order.session.reveal(id_of(order.session, path))
    assert id_of(order.session, path) in order.view.picture.states
    order.session.ask(GoBack())
    assert order.session.alone.value == id_of(order.session, "Paid.Shipping")


def test_find_counts_what_is_elsewhere_and_goes_there_when_asked(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid")
    press(order, qtbot, Qt.Key.Key_F, CTRL)
    bar = order.strips.find
    qtbot.keyClicks(bar.field, "Idle")
    assert bar.count.text() == "1, all elsewhere"
    assert order.session.alone.value == paid
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert order.session.alone.value is None
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert order.session.selection.ids == (id_of(order.session, "Idle"),)


def test_a_look_from_the_palette_that_is_given_up_comes_back(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid")
    camera = order.view.camera
    press(order, qtbot, Qt.Key.Key_P, CTRL)
    qtbot.keyClicks(order.finder.field, "Idle")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(order.finder.field, key)
    assert id_of(order.session, "Idle") in order.view.picture.states
    qtbot.keyClick(order.finder.field, Qt.Key.Key_Escape)
    assert (order.session.alone.value, order.view.camera) == (paid, camera)


def test_all_is_selected_that_is_in_it(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid")
    press(order, qtbot, Qt.Key.Key_A, CTRL)
    inside = {id_of(order.session, path) for path in ("Paid.Checking", "Paid.Shipping")}
    assert set(order.session.selection.ids) == inside


def test_walking_by_keys_stays_in_it(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid")
    for key, held in (
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier),
    ):
        for _ in range(6):
            press(order, qtbot, key, held)
            [chosen] = order.session.selection.ids
            assert queries.is_descendant(order.session.document.chart, chosen, paid)
    assert order.session.alone.value == paid


def test_the_tree_for_screen_readers_is_what_is_seen(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid")
    tree = order.view.accessible
    chart = order.session.document.chart
    [place] = [each.id for each in chart.transitions.values() if each.trigger.text == "PLACE"]
    begin = queries.initial_transition(chart, chart.root_id)
    assert begin is not None
    assert tree.children("") == [paid, place]
    assert not tree.has(id_of(order.session, "Idle"))
    assert tree.has(place)


def test_fit_shows_what_is_drawn_of_it(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    view = order.view
    bounds = view.rect_to_view(view.picture.bounds())
    assert view.viewport().rect().contains(bounds)
    assert bounds.width() > 0.5 * view.viewport().width()


def test_a_comparison_shows_all(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid")
    order.actions_.invoke(order.actions_.commands["compare.saved"])
    assert order.session.comparison.value is not None
    assert order.session.alone.value is None


def test_a_layout_is_proposed_for_what_is_seen(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid")
    asked: list[Request] = []
    order.session.requested.subscribe(asked.append)
    order.actions_.invoke(order.actions_.commands["layout.chart"])
    [request] = asked
    assert isinstance(request, Propose)
    assert (request.asked.options.scope, request.asked.options.ids) == (Scope.CONTAINER, frozenset((paid,)))
    order.session.proposed.put(None)


def test_a_run_lights_up_what_is_seen_of_it(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid")
    press(order, qtbot, Qt.Key.Key_F5)
    simulator = order.session.simulator
    assert simulator is not None
    simulator.send("PLACE")
    order.view.grab()
    assert id_of(order.session, "Paid.Checking") in order.view.overlay.active
    assert order.session.alone.value == id_of(order.session, "Paid")


# edits


def test_what_is_put_on_open_ground_lands_in_it(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid.Shipping")
    view, chart = order.view, order.session.document.chart
    rect = view.rect_of(paid)
    assert rect is not None
    before = set(chart.states)
    at = view.to_view(Point(rect.right + 30, rect.bottom + 40)).toPoint()
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    [new] = set(chart.states) - before
    assert chart.states[new].parent == paid
    grown = view.rect_of(paid)
    assert grown is not None
    assert grown.encloses(view.picture.states[new].rect)


def test_what_is_dropped_beyond_the_frame_stays_in_it_and_that_grows(order: MainWindow, qtbot: QtBot) -> None:
    top = go_into(order, qtbot, "Paid.Shipping")
    id, rect = id_of(order.session, "Paid.Shipping.Packing"), order.view.rect_of(top)
    assert rect is not None
    start = middle(order, "Paid.Shipping.Packing").moved(0, 14)
    drag(order, start, Point(start.x, rect.bottom + 60))
    assert order.session.document.chart.states[id].parent == top
    frame, inner = order.view.rect_of(top), order.view.rect_of(id)
    assert frame is not None
    assert inner is not None
    assert frame.encloses(inner)
    assert frame.height > rect.height


@pytest.mark.parametrize("collapsed", ["Paid.Shipping", "Paid"])
def test_a_collapsed_one_grows_likewise_and_is_collapsed_again_outside(
    order: MainWindow, qtbot: QtBot, collapsed: str
) -> None:
    session = order.session
    collapse(order, collapsed)
    top = go_into(order, qtbot, "Paid.Shipping")
    id, rect = id_of(session, "Paid.Shipping.Packing"), order.view.rect_of(top)
    assert rect is not None
    start = middle(order, "Paid.Shipping.Packing").moved(0, 14)
    drag(order, start, Point(start.x, rect.bottom + 60))
    assert session.document.chart.states[id].parent == top
    frame, inner = order.view.rect_of(top), order.view.rect_of(id)
    assert frame is not None
    assert inner is not None
    assert frame.encloses(inner)
    assert frame.height > rect.height
    places = [shape.rect for shape in order.view.picture.states.values()]
    fresh = Picture(session.document.chart, session.document.diagram, order.view.measure, top)
    assert places == [shape.rect for shape in fresh.states.values()]
    QTest.mouseDClick(
        order.view.viewport(), Qt.MouseButton.LeftButton,
        pos=order.view.to_view(Point(frame.right + 30, frame.bottom + 40)).toPoint(),
    )  # fmt: skip
    wider = order.view.rect_of(top)
    assert wider is not None
    assert wider.width > frame.width
    order.view.labelling.close()
    press(order, qtbot, Qt.Key.Key_U, SHIFT)
    shape = order.view.picture.states[id_of(session, collapsed)]
    assert shape.is_collapsed
    assert shape.rect.height < wider.height


def test_the_frame_is_ground_to_a_drag(order: MainWindow, qtbot: QtBot) -> None:
    paid = go_into(order, qtbot, "Paid")
    rect, before = order.view.rect_of(paid), order.session.document.diagram.boxes[paid]
    assert rect is not None
    drag(order, Point(rect.x + 4, rect.y + 4), Point(rect.right - 4, rect.bottom - 4))
    assert order.session.document.diagram.boxes[paid] == before
    inside = {id_of(order.session, path) for path in ("Paid.Checking", "Paid.Shipping")}
    assert inside <= set(order.session.selection.ids)
    assert paid not in order.session.selection.ids


def test_a_new_target_over_open_ground_lands_in_it(order: MainWindow, qtbot: QtBot) -> None:
    top = go_into(order, qtbot, "Paid.Shipping")
    chart, rect = order.session.document.chart, order.view.rect_of(top)
    assert rect is not None
    before = set(chart.states)
    id = id_of(order.session, "Paid.Shipping.Sending")
    order.session.selection.replace([id])
    [handle] = [
        each for each in order.view.handles if (each.hit.kind, each.hit.handle) == (HitKind.CONNECT, "s")
    ]
    drag(order, handle.at, Point(handle.at.x, rect.bottom + 50))
    [new] = set(chart.states) - before
    assert chart.states[new].parent == top


def test_what_is_pasted_lands_in_it(order: MainWindow, qtbot: QtBot) -> None:
    order.session.selection.replace([id_of(order.session, "Idle")])
    press(order, qtbot, Qt.Key.Key_C, CTRL)
    top = go_into(order, qtbot, "Paid.Shipping")
    press(order, qtbot, Qt.Key.Key_V, CTRL)
    [pasted] = order.session.selection.ids
    assert order.session.document.chart.states[pasted].parent == top
    assert order.session.alone.value == top
    assert pasted in order.view.picture.states


def collapse(window: MainWindow, path: str) -> None:
    window.session.selection.replace([id_of(window.session, path)])
    window.actions_.refresh()
    window.actions_.invoke(window.actions_.commands["arrange.collapse"])


@pytest.mark.parametrize("is_collapsed", [False, True])
def test_it_is_fitted_to_what_it_holds(order: MainWindow, qtbot: QtBot, is_collapsed: bool) -> None:
    if is_collapsed:
        collapse(order, "Paid.Shipping")
    top = go_into(order, qtbot, "Paid.Shipping")
    document = order.session.document
    box = document.diagram.boxes[top]
    wide = box.rect
    edit = edits.resize(
        document.chart, document.diagram, top, Rect(wide.x, wide.y, wide.width + 200, wide.height + 100),
        measure=order.view.measure,
    )  # fmt: skip
    document.apply(edit)
    order.session.selection.replace([id_of(order.session, "Paid.Shipping.Packing")])
    press(order, qtbot, Qt.Key.Key_F, CTRL | SHIFT)
    now = order.view.rect_of(top)
    assert now is not None
    assert now.width < wide.width + 200
    assert document.diagram.boxes[top].collapsed is is_collapsed


@pytest.mark.parametrize("is_collapsed", [False, True])
def test_space_is_made_in_it_from_open_ground(order: MainWindow, qtbot: QtBot, is_collapsed: bool) -> None:
    if is_collapsed:
        collapse(order, "Paid.Shipping")
    top = go_into(order, qtbot, "Paid.Shipping")
    rect, boxes = order.view.rect_of(top), order.session.document.diagram.boxes
    assert rect is not None
    outside, first = boxes[id_of(order.session, "Lost")], id_of(order.session, "Paid.Shipping.Packing")
    before = boxes[first]
    order.session.set_tool("space")
    drag(order, Point(rect.center.x, rect.y - 20), Point(rect.center.x, rect.y + 60))
    assert boxes[first].y > before.y
    assert boxes[id_of(order.session, "Lost")].x == outside.x


def test_its_lines_that_go_on_elsewhere_are_not_bent_by_keys(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    lines = order.session.document.chart.transitions.values()
    [line] = [each.id for each in lines if each.trigger.text == "ARRIVED"]
    order.session.selection.replace([line])
    press(order, qtbot, Qt.Key.Key_Down)
    assert "goes on elsewhere" in order.session.status
    assert not order.session.document.diagram.bends


def test_deleting_it_goes_up_and_undo_brings_it_back(order: MainWindow, qtbot: QtBot) -> None:
    id = go_into(order, qtbot, "Paid.Shipping")
    order.session.selection.replace([id])
    press(order, qtbot, Qt.Key.Key_Delete)
    assert order.session.alone.value == id_of(order.session, "Paid")
    order.session.document.undo()
    assert id in order.view.picture.states
    press(order, qtbot, Qt.Key.Key_O)
    assert order.session.alone.value == id


def test_what_is_moved_out_of_it_is_seen_where_it_is_then(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    document, paid = order.session.document, id_of(order.session, "Paid")
    moved = id_of(order.session, "Paid.Shipping.Packing")
    order.session.selection.replace([moved])
    document.apply(
        edits.reparent(document.chart, document.diagram, [moved], paid, measure=order.view.measure)
    )
    assert order.session.selection.ids == (moved,)
    assert order.session.alone.value == paid
    assert moved in order.view.picture.states


def test_undo_of_what_made_it_goes_up(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid")
    order.session.selection.replace([id_of(order.session, "Paid.Checking")])
    order.actions_.refresh()
    order.actions_.invoke(order.actions_.commands["edit.group"])
    [group] = order.session.selection.ids
    order.view.labelling.close()
    order.session.ask(OpenAlone(group))
    assert order.session.alone.value == group
    while order.session.document.undo_stack.can_undo:
        order.session.document.undo()
    assert order.session.alone.value == id_of(order.session, "Paid")
    assert id_of(order.session, "Paid.Checking") in order.view.picture.states


def test_a_state_that_holds_nothing_any_more_is_still_seen(order: MainWindow, qtbot: QtBot) -> None:
    top, document = go_into(order, qtbot, "Paid.Shipping"), order.session.document
    children = [child.id for child in document.chart.children(top)]
    document.apply(edits.delete(document.chart, document.diagram, children))
    assert order.session.alone.value == top
    assert set(order.view.picture.states) == {top}


def test_another_document_is_seen_as_a_whole(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid")
    assert order.session.document.path is not None
    order.session.replace_document(files.open_document(order.session.document.path))
    assert order.session.alone.value is None
    assert id_of(order.session, "Idle") in order.view.picture.states
    assert not order.strips.breadcrumb.isVisible()


def test_notes_are_kept_where_they_are_seen(order: MainWindow, qtbot: QtBot) -> None:
    top = go_into(order, qtbot, "Paid.Shipping")
    rect = order.view.rect_of(top)
    assert rect is not None
    order.session.set_tool("note")
    click(order, Point(rect.right + 30, rect.bottom + 30))
    editor = order.view.labelling.notes.editor
    assert editor is not None
    qtbot.keyClicks(editor, "Remember")
    order.view.labelling.close()
    document = order.session.document
    [note] = document.diagram.notes
    assert alone.notes_on(document.chart, document.diagram, top) == [note]
    assert note in order.view.picture.notes.shapes


def test_the_same_gestures_make_the_same_document(
    order: MainWindow, program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "twin.yaml"
    other.write_text(TEXT, encoding="utf-8")
    twin = program.open(other)
    qtbot.waitUntil(twin.isActiveWindow)
    twin.view.fit()
    for each in (order, twin):
        each.activateWindow()
        qtbot.waitUntil(each.isActiveWindow)
        if each is order:
            go_into(order, qtbot, "Paid")
        each.view.set_zoom(1.0)
        each.view.look(
            each.view.camera.centered(
                middle(each, "Paid"), each.view.viewport().width(), each.view.viewport().height()
            )
        )
        start = middle(each, "Paid.Checking").moved(0, 14)
        drag(each, start, start.moved(24, 64))
        start = middle(each, "Paid.Shipping.Packing").moved(0, 14)
        drag(each, start, start.moved(0, 40))
    one, two = order.session.document, twin.session.document
    assert dict(one.chart.states) == dict(two.chart.states)
    assert dict(one.diagram.boxes) == dict(two.diagram.boxes)
    assert one.undo_stack.can_undo


def test_a_place_is_pointed_out_by_the_pointer_over_a_stub(order: MainWindow, qtbot: QtBot) -> None:
    go_into(order, qtbot, "Paid.Shipping")
    [at] = [rect.center for _, text, rect in order.view.picture.stubs.shapes.values() if text == "to Done"]
    place: QPoint = order.view.to_view(at).toPoint()
    QTest.mouseMove(order.view.viewport(), place)
    assert order.view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_programs_that_read_the_canvas_out_are_told_that_it_is_another(
    order: MainWindow, qtbot: QtBot
) -> None:
    tree = order.view.accessible
    outside = tree.element(id_of(order.session, "Idle"))
    assert outside is not None
    go_into(order, qtbot, "Paid")
    assert not tree.held
    assert tree.element(id_of(order.session, "Idle")) is None
    assert "seen alone" in order.session.status
    press(order, qtbot, Qt.Key.Key_U)
    assert order.session.status == "The whole chart is seen."
