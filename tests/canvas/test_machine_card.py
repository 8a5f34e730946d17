"""The machine's own lines stand above its chart, those of a final state below its name, and are typed there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.canvas import render
from editor.canvas.card_parts import line_rect, machine_line_at
from editor.canvas.label_editor import LabelEditor
from editor.canvas.measure import FontMeasure
from editor.canvas.picture import Picture
from editor.canvas.view import ChartView
from editor.commands.table import COMMANDS
from editor.document import card_lines, edits, files
from editor.document.card_lines import Line
from editor.geometry import Point
from editor.model.elements import Call, State
from editor.session import Session
from tests.canvas.shown import shown
from tests.charts import document
from tests.commands.desk import FakeDesktop, id_of, session_on

SHOP = """\
id: shop
initial: cart
entry: [open, "log 1"]
exit: close
invoke: {src: watch, id: prices}
states:
  cart: {on: {PAY: paid, PAGE: {target: cart}}}
  paid: {on: {DONE: end}}
  end: {type: final}
"""
PLAIN = "initial: a\nstates: {a: {on: {GO: b}}, b: {}}\n"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path, SHOP)


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[ChartView]:
    with shown(session, qtbot, 1200, 900) as made:
        made.fit()
        yield made


def root(session: Session) -> State:
    return session.document.chart.root


def double_click(view: ChartView, at: Point) -> None:
    place = view.to_view(at)
    down, up = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
    for kind in (down, up, QEvent.Type.MouseButtonDblClick, up):
        held = Qt.MouseButton.NoButton if kind is up else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, place, QPointF(view.viewport().mapToGlobal(place.toPoint())), Qt.MouseButton.LeftButton,
            held, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)


def field(view: ChartView) -> LabelEditor:
    assert view.labelling.editor is not None
    return view.labelling.editor


def typed(view: ChartView, text: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(view), text)
    qtbot.keyClick(field(view), Qt.Key.Key_Return)


def middle(view: ChartView, id: str, line: Line) -> Point:
    rect = line_rect(view.picture, id, line)
    assert rect is not None
    return rect.center


def assert_up_to_date(view: ChartView) -> None:
    """The lines are where a picture has them that is made anew."""
    document = view.session.document
    fresh, own = (
        Picture(document.chart, document.diagram, FontMeasure()).machine.shape,
        view.picture.machine.shape,
    )
    assert (own.rect if own else None) == (fresh.rect if fresh else None)


def test_the_lines_stand_above_all_that_is_drawn(view: ChartView) -> None:
    shape = view.picture.machine.shape
    assert shape is not None
    states = [each.rect for each in view.picture.states.values()]
    lines = [each.area for each in view.picture.transitions.values()]
    assert all(shape.rect.bottom < each.y for each in (*states, *lines))
    assert view.picture.bounds().encloses(shape.rect)


def test_a_machine_that_does_nothing_by_itself_has_none(tmp_path: Path, qtbot: QtBot) -> None:
    with shown(session_on(tmp_path, PLAIN), qtbot) as view:
        assert view.picture.machine.shape is None
        assert machine_line_at(view.picture, Point(0, 0)) is None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Line("entry", 0), "open"), (Line("entry", 1), "log 1"), (Line("exit", 0), "close"),
        (Line("invoke", 0), "watch as prices"),
    ],
)  # fmt: skip
def test_a_double_click_opens_a_line_where_it_stands(view: ChartView, line: Line, text: str) -> None:
    id = view.session.document.chart.root_id
    at = middle(view, id, line)
    assert machine_line_at(view.picture, at) == line
    double_click(view, at)
    assert field(view).text() == text
    assert field(view).geometry().contains(view.to_view(at).toPoint())


def test_what_is_typed_is_one_step_and_is_saved(view: ChartView, session: Session, qtbot: QtBot) -> None:
    double_click(view, middle(view, root(session).id, Line("exit", 0)))
    typed(view, "shut", qtbot)
    assert root(session).exit == (Call(name="shut"),)
    assert session.selection.ids == ()
    path = session.document.path
    assert path is not None
    files.save(session.document)
    assert path.read_text() == SHOP.replace("exit: close", "exit: shut")
    assert files.open_document(path).chart.root.exit == root(session).exit
    session.document.undo()
    assert root(session).exit == (Call(name="close"),)
    assert not session.document.undo_stack.can_undo


def test_on_the_name_of_the_machine_no_state_is_made(view: ChartView, session: Session) -> None:
    shape = view.picture.machine.shape
    assert shape is not None
    count = len(session.document.chart.states)
    double_click(view, Point(shape.rect.x + 20, shape.rect.y + 12))
    assert len(session.document.chart.states) == count
    assert "inspector" in session.status


def test_lines_come_by_command_where_nothing_is_selected_and_go_again(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, PLAIN)
    with shown(session, qtbot) as view:
        view.fit()
        assert COMMANDS["line.entry"].when(session)
        COMMANDS["line.entry"].run(session, FakeDesktop())
        place = field(view).geometry()
        assert view.viewport().rect().contains(place.center())
        typed(view, "begin", qtbot)
        assert root(session).entry == (Call(name="begin"),)
        assert view.picture.machine.shape is not None
        assert_up_to_date(view)
        COMMANDS["line.invoke"].run(session, FakeDesktop())
        typed(view, "watch as w", qtbot)
        assert [each.id for each in root(session).invokes] == ["w"]
        assert_up_to_date(view)
        session.document.undo()
        session.document.undo()
        assert view.picture.machine.shape is None


def test_tab_goes_from_line_to_line_and_selects_nothing(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    double_click(view, middle(view, root(session).id, Line("entry", 0)))
    seen = []
    for _ in range(4):
        seen.append(field(view).text())
        qtbot.keyClick(field(view), Qt.Key.Key_Tab)
    assert seen == ["open", "log 1", "close", "watch as prices"]
    assert session.selection.ids == ()


def test_they_keep_above_what_is_moved(view: ChartView, session: Session) -> None:
    made = session.document
    id = id_of(session, "paid")
    for dy in (-200, 340, 8):
        made.apply(edits.move(made.chart, made.diagram, {id: made.diagram.boxes[id]}, 0, dy))
        assert_up_to_date(view)
    made.apply(edits.delete(made.chart, made.diagram, [id]))
    assert_up_to_date(view)
    made.undo()
    assert_up_to_date(view)


def test_exports_have_them() -> None:
    with_lines, without = document(SHOP), document(SHOP.replace('entry: [open, "log 1"]\nexit: close\n', ""))
    heights = [
        render.as_image(each.chart, each.diagram, 1.0).height()
        for each in (with_lines, without, document(PLAIN))
    ]
    assert heights[0] == heights[1] + 3 * 18
    drawn = render.drawn(with_lines.chart, with_lines.diagram, ".svg").decode()
    assert "SHOP" in drawn
    assert "close" in drawn


# final states


def test_a_final_state_has_actions_and_no_services(view: ChartView, session: Session, qtbot: QtBot) -> None:
    id = id_of(session, "end")
    session.selection.replace([id])
    assert card_lines.kinds(session.document.chart, id) == ("entry", "exit")
    assert not COMMANDS["line.invoke"].when(session)
    before = session.document.diagram.boxes[id]
    COMMANDS["line.entry"].run(session, FakeDesktop())
    typed(view, "thank", qtbot)
    COMMANDS["line.exit"].run(session, FakeDesktop())
    typed(view, "wave", qtbot)
    state = session.document.chart.states[id]
    assert (state.entry, state.exit) == ((Call(name="thank"),), (Call(name="wave"),))
    box = session.document.diagram.boxes[id]
    assert box.height >= before.height + 2 * 18
    for line, text in ((Line("entry", 0), "thank"), (Line("exit", 0), "wave")):
        at = middle(view, id, line)
        assert view.picture.states[id].rect.contains(at)
        double_click(view, at)
        assert field(view).text() == text
        field(view).finish(keep=False)
    session.document.undo()
    session.document.undo()
    assert session.document.diagram.boxes[id] == before


def test_the_name_of_a_final_state_with_lines_is_typed_at_its_name(view: ChartView, session: Session) -> None:
    id = id_of(session, "end")
    made = session.document
    made.apply(
        card_lines.write(made.chart, made.diagram, id, Line("entry", 0), "thankEverybody", view.measure)
    )
    rect = view.picture.states[id].rect
    double_click(view, Point(rect.center.x, rect.y + 42))
    assert field(view).text() == "end"
    assert abs(field(view).geometry().center().y() - view.to_view(Point(0, rect.y + 42)).y()) <= 3
    field(view).finish(keep=False)
