"""Lines of a card and parts of a label are typed where they stand: by double clicks, keys, commands and chips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.canvas import plus_row
from editor.canvas.camera import Camera
from editor.canvas.card_parts import label_part_at, line_at, line_rect
from editor.canvas.chain import following, preceding
from editor.canvas.label_editor import LabelEditor
from editor.canvas.view import ChartView
from editor.commands.table import COMMANDS
from editor.completion.offer_list import OfferList
from editor.document import edits, files
from editor.document.card_lines import Line
from editor.geometry import Point, Rect
from editor.model.elements import Assign, Call, Expr, State
from editor.session import Session
from editor.tools.base import HitKind
from tests.canvas.shown import shown
from tests.charts import MEASURE, chart
from tests.charts import id_of as id_of_path
from tests.commands.desk import FakeDesktop, id_of, session_on, transition_of

SHOP = """\
initial: cart
context: {count: 0}
states:
  cart:
    entry: [show, {assign: {count: count + 1}}]
    exit: tidy
    invoke: {src: fetchPrices}
    tags: [busy]
    on: {PAY: {target: paid, guard: count > 1, actions: [thank, ring]}, LEAVE: paid}
  paid: {after: {5s: cart}}
  work: {initial: a, entry: begin, states: {a: {}}}
  both: {type: parallel, states: {l: {entry: [one, two], initial: x, states: {x: {}}}, r: {}}}
  over: {type: final}
"""
Key = Qt.Key


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path, SHOP)


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[ChartView]:
    with shown(session, qtbot, 1200, 900) as made:
        made.fit()
        yield made


def state(session: Session, path: str) -> State:
    return session.document.chart.states[id_of(session, path)]


def place_of_line(view: ChartView, path: str, line: Line) -> Point:
    rect = line_rect(view.picture, id_of(view.session, path), line)
    assert rect is not None
    return Point(rect.x + 10, rect.center.y)


def press(view: ChartView, at: Point, *, twice: bool = False) -> None:
    """Click, or click twice, on a place of the chart."""
    place = view.to_view(at)
    kinds = [QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease]
    if twice:
        kinds += [QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease]
    for kind in kinds:
        is_up = kind is QEvent.Type.MouseButtonRelease
        held = Qt.MouseButton.NoButton if is_up else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, place, QPointF(view.viewport().mapToGlobal(place.toPoint())), Qt.MouseButton.LeftButton,
            held, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)


def field(view: ChartView) -> LabelEditor:
    assert view.labelling.editor is not None
    return view.labelling.editor


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Line("entry", 0), "show"), (Line("entry", 1), "count = count + 1"), (Line("exit", 0), "tidy"),
        (Line("invoke", 0), "fetchPrices"),
    ],
)  # fmt: skip
def test_a_double_click_on_a_line_opens_its_text_where_it_stands(
    view: ChartView, line: Line, text: str
) -> None:
    at = place_of_line(view, "cart", line)
    press(view, at, twice=True)
    assert field(view).text() == text
    assert field(view).geometry().contains(view.to_view(at).toPoint())


def test_on_the_name_and_on_tags_it_opens_the_name(view: ChartView) -> None:
    rect = view.picture.states[id_of(view.session, "cart")].rect
    press(view, Point(rect.x + 20, rect.y + 12), twice=True)
    assert field(view).text() == "cart"
    press(view, Point(rect.x + 20, rect.bottom - 12), twice=True)
    assert field(view).text() == "cart"


def test_lines_of_composites_and_regions_are_typed_too(view: ChartView, session: Session) -> None:
    press(view, place_of_line(view, "work", Line("entry", 0)), twice=True)
    assert field(view).text() == "begin"
    press(view, place_of_line(view, "both.l", Line("entry", 1)), twice=True)
    assert field(view).text() == "two"
    assert not session.document.undo_stack.can_undo


def test_what_is_typed_into_a_line_is_one_step_and_is_saved(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    press(view, place_of_line(view, "cart", Line("entry", 1)), twice=True)
    qtbot.keyClicks(field(view), "count = 7")
    qtbot.keyClick(field(view), Key.Key_Return)
    assert state(session, "cart").entry == (Call(name="show"), Assign(values=(("count", 7),)))
    path = session.document.path
    assert path is not None
    files.save(session.document)
    again = files.open_document(path)
    assert again.chart.states[id_of_path(again.chart, "cart")].entry == state(session, "cart").entry
    session.document.undo()
    assert len(state(session, "cart").entry) == 2
    assert not session.document.undo_stack.can_undo


def test_a_line_that_is_emptied_goes(view: ChartView, session: Session, qtbot: QtBot) -> None:
    press(view, place_of_line(view, "cart", Line("exit", 0)), twice=True)
    qtbot.keyClick(field(view), Key.Key_Delete)
    qtbot.keyClick(field(view), Key.Key_Return)
    assert state(session, "cart").exit == ()
    assert session.document.undo_stack.undo_label == "Remove exit action"


def test_escape_leaves_a_line_as_it_was(view: ChartView, session: Session, qtbot: QtBot) -> None:
    press(view, place_of_line(view, "cart", Line("entry", 0)), twice=True)
    qtbot.keyClicks(field(view), "zz")
    qtbot.keyClick(field(view), Key.Key_Escape)
    assert view.labelling.editor is None
    assert not session.document.undo_stack.can_undo


def test_lines_offer_what_can_be_typed(view: ChartView, qtbot: QtBot) -> None:
    press(view, place_of_line(view, "cart", Line("exit", 0)), twice=True)
    qtbot.keyClicks(field(view), "ri")
    offers = OfferList.of(view.window())
    assert offers.isVisible()
    assert offers.offer_model.offers[0].title == "ring"
    qtbot.keyClick(field(view), Key.Key_Tab)
    assert field(view).text() == "ring"


def test_what_is_wrong_with_a_line_waits_there(view: ChartView, session: Session, qtbot: QtBot) -> None:
    press(view, place_of_line(view, "cart", Line("entry", 0)), twice=True)
    qtbot.keyClicks(field(view), "x = (1")
    qtbot.keyClick(field(view), Key.Key_Delete)
    assert field(view).message.isVisible()
    view.setFocus()
    assert "not kept" in session.status
    press(view, place_of_line(view, "cart", Line("entry", 1)), twice=True)
    assert field(view).text() == "count = count + 1"
    press(view, place_of_line(view, "cart", Line("entry", 0)), twice=True)
    assert field(view).text() == "x = (1"


def test_an_invocation_is_typed_with_its_id_and_input(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    press(view, place_of_line(view, "cart", Line("invoke", 0)), twice=True)
    qtbot.keyClick(field(view), Key.Key_End)
    qtbot.keyClicks(field(view), " ")
    assert [each.title for each in OfferList.of(view.window()).offer_model.offers] == ["as", "with"]
    qtbot.keyClicks(field(view), "as prices wi")
    qtbot.keyClick(field(view), Key.Key_Tab)
    qtbot.keyClicks(field(view), "{of: cou +")
    assert field(view).message.isVisible()
    start, end = field(view).wrong
    assert "fetchPrices as prices with {of:".find("{") < start < end
    field(view).setText("fetchPrices as prices with {of: count}")
    qtbot.keyClick(field(view), Key.Key_Return)
    (own,) = state(session, "cart").invokes
    assert (own.src, own.id, own.input) == ("fetchPrices", "prices", {"of": "count"})
    files.save(session.document)
    path = session.document.path
    assert path is not None
    again = files.open_document(path).chart
    assert again.states[id_of_path(again, "cart")].invokes == (own,)
    session.document.undo()
    assert not session.document.undo_stack.can_undo


@pytest.fixture
def _red_for_what_is_wrong() -> Iterator[None]:
    before = QApplication.palette()
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.BrightText, QColor("#d02020"))
    QApplication.setPalette(palette)
    yield
    QApplication.setPalette(before)


@pytest.mark.usefixtures("_red_for_what_is_wrong")
def test_a_wave_stands_under_what_is_wrong(view: ChartView, session: Session) -> None:
    view.edit_label(transition_of(session, "cart"))
    editor = field(view)

    def reds() -> int:
        image = editor.grab().toImage()
        pixels = (QColor(image.pixel(x, y)) for x in range(image.width()) for y in range(6, 26))
        return sum(each.red() > each.green() + 80 for each in pixels)

    editor.setText("PAY [count > ready!] / ring")
    start, end = editor.wrong
    assert 5 <= start < end <= len("PAY [count > ready!]")
    assert reds() > 5
    editor.setText("PAY [count > 1] / ring")
    assert editor.wrong == (0, 0)
    assert reds() == 0


# labels


@pytest.mark.parametrize(
    ("share", "part"), [(0.08, "PAY"), (0.45, "count > 1"), (0.9, "thank; ring")]
)  # fmt: skip
def test_a_double_click_on_a_part_of_a_pill_selects_that_part_of_the_label(
    view: ChartView, session: Session, share: float, part: str
) -> None:
    route = view.picture.route(transition_of(session, "cart"))
    assert route is not None
    label = route.label
    press(view, Point(label.x + share * label.width, label.center.y), twice=True)
    assert field(view).text() == "PAY [count > 1] / thank; ring"
    assert field(view).selectedText() == part


def test_a_delay_is_selected_without_its_word(view: ChartView, session: Session) -> None:
    route = view.picture.route(transition_of(session, "paid"))
    assert route is not None
    press(view, route.label.center, twice=True)
    assert field(view).selectedText() == "5s"


def test_beside_a_pill_there_is_no_part(view: ChartView, session: Session) -> None:
    assert label_part_at(view.picture, transition_of(session, "cart"), Point(-500, -500)) == ""
    assert line_at(view.picture, id_of(session, "over"), Point(0, 0)) is None


def test_commands_open_the_parts_of_a_label(view: ChartView, session: Session, qtbot: QtBot) -> None:
    id, desktop = transition_of(session, "cart", 1), FakeDesktop()
    session.selection.replace([id])
    COMMANDS["label.guard"].run(session, desktop)
    assert field(view).text() == "LEAVE []"
    qtbot.keyClicks(field(view), "count > 3")
    qtbot.keyClick(field(view), Key.Key_Return)
    assert session.document.chart.transitions[id].guard == Expr(text="count > 3")
    COMMANDS["label.actions"].run(session, desktop)
    qtbot.keyClicks(field(view), "wave")
    qtbot.keyClick(field(view), Key.Key_Return)
    assert session.document.chart.transitions[id].actions == (Call(name="wave"),)
    COMMANDS["label.guard"].run(session, desktop)
    assert field(view).selectedText() == "count > 3"
    qtbot.keyClick(field(view), Key.Key_Delete)
    qtbot.keyClick(field(view), Key.Key_Return)
    assert session.document.chart.transitions[id].guard is None
    COMMANDS["label.guard"].run(session, desktop)
    steps = len(session.document.undo_stack.steps)
    qtbot.keyClick(field(view), Key.Key_Return)
    assert len(session.document.undo_stack.steps) == steps


def test_commands_add_lines_to_the_selected_state(view: ChartView, session: Session, qtbot: QtBot) -> None:
    session.selection.replace([id_of(session, "paid")])
    for name, typed in (("line.entry", "thank"), ("line.exit", "wave"), ("line.invoke", "ship")):
        COMMANDS[name].run(session, FakeDesktop())
        assert field(view).text() == ""
        qtbot.keyClicks(field(view), typed)
        qtbot.keyClick(field(view), Key.Key_Return)
    own = state(session, "paid")
    assert (own.entry, own.exit) == ((Call(name="thank"),), (Call(name="wave"),))
    assert [invoke.src for invoke in own.invokes] == ["ship"]
    assert session.document.undo_stack.undo_label == "Add service"


def test_nothing_typed_adds_nothing(view: ChartView, session: Session, qtbot: QtBot) -> None:
    session.selection.replace([id_of(session, "paid")])
    COMMANDS["line.entry"].run(session, FakeDesktop())
    qtbot.keyClick(field(view), Key.Key_Return)
    assert view.labelling.editor is None
    assert not session.document.undo_stack.can_undo


# the row of plus chips


def adders(view: ChartView) -> dict[str, Point]:
    return {each.hit.handle: each.at for each in view.handles if each.hit.kind is HitKind.ADD}


def test_a_selected_state_has_chips_that_add_lines(view: ChartView, session: Session, qtbot: QtBot) -> None:
    assert adders(view) == {}
    session.selection.replace([id_of(session, "paid")])
    assert set(adders(view)) == {"entry", "exit", "invoke"}
    press(view, adders(view)["exit"])
    assert (field(view).text(), field(view).placeholderText()) == ("", "Exit action")
    qtbot.keyClicks(field(view), "goodbye")
    qtbot.keyClick(field(view), Key.Key_Return)
    assert state(session, "paid").exit == (Call(name="goodbye"),)
    assert session.selection.ids == (id_of(session, "paid"),)


@pytest.mark.parametrize("path", ["cart", "paid", "work", "both", "both.l", "both.r"])
def test_chips_lie_on_no_line_name_or_handle(view: ChartView, session: Session, path: str) -> None:
    id = id_of(session, path)
    view.set_zoom(1.0)
    session.selection.replace([id])
    rect = view.picture.states[id].rect
    for handle in view.handles:
        if handle.hit.kind is not HitKind.ADD:
            assert view.hit(handle.at) == handle.hit
            continue
        assert view.hit(handle.at) == handle.hit
        assert line_at(view.picture, id, handle.at) is None
        is_beside = not rect.contains(handle.at)
        assert is_beside or handle.at.y < rect.y + 32


CHIP_VIEWS = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@CHIP_VIEWS
@given(
    st.sampled_from(["cart", "paid", "work", "over", "both", "both.l", "both.r"]), st.floats(0.5, 2),
    st.floats(-0.4, 1.4), st.floats(-0.4, 1.4), st.integers(320, 900), st.integers(240, 700),
)  # fmt: skip
def test_chips_of_a_state_that_is_seen_are_seen_whole(
    view: ChartView, session: Session, path: str, zoom: float, x: float, y: float, width: int, height: int
) -> None:
    id = id_of(session, path)
    view.resize(width, height)
    session.selection.replace([id])
    rect, port = view.picture.states[id].rect, view.viewport()
    at = Point(rect.x + x * rect.width, rect.y + y * rect.height)
    view.look(
        Camera(zoom).holding(at, zoom, port.width() / 2 if x < 0.5 else 0, port.height() if y > 0.5 else 9)
    )
    seen = view.camera.rect_to_view(rect)
    if not seen.intersects(Rect(0, 0, port.width(), port.height())):
        return
    found = [each for each in view.handles if each.hit.kind is HitKind.ADD]
    assert found
    for each in found:
        place = view.camera.to_view(each.at)
        assert each.half <= place.x <= port.width() - each.half
        assert plus_row.HEIGHT / 2 <= place.y <= port.height() - plus_row.HEIGHT / 2
    places = sorted((view.camera.to_view(each.at).x, each.half) for each in found)
    assert all(one + half < other - width for (one, half), (other, width) in pairwise(places))


def test_chips_come_back_into_a_view_that_is_made_smaller(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    id = id_of(session, "paid")
    session.selection.replace([id])
    view.set_zoom(1.0)
    bottom = view.camera.rect_to_view(view.picture.states[id].rect).bottom
    view.resize(view.width(), round(bottom + 12))
    qtbot.waitUntil(lambda: view.viewport().height() <= bottom + 12)
    rect = view.picture.states[id].rect
    assert {at.y < rect.y for at in adders(view).values()} == {True}
    press(view, adders(view)["entry"])
    assert field(view).placeholderText() == "Entry action"


def test_chips_are_for_one_state_with_a_card_that_can_be_read(view: ChartView, session: Session) -> None:
    session.selection.replace([id_of(session, "over")])
    assert set(adders(view)) == {"entry", "exit"}
    session.selection.replace([id_of(session, "paid"), id_of(session, "cart")])
    assert adders(view) == {}
    session.selection.replace([id_of(session, "paid")])
    view.set_zoom(plus_row.LEAST_ZOOM / 2)
    assert adders(view) == {}


def test_chips_leave_the_line_of_the_name_to_a_description(view: ChartView, session: Session) -> None:
    id, document = id_of(session, "both"), session.document
    box = document.diagram.boxes[id]
    wide = Rect(box.x, box.y, 600, box.height)
    document.apply(edits.resize(document.chart, document.diagram, id, wide, measure=MEASURE))
    session.selection.replace([id])
    view.set_zoom(1.0)
    rect = view.picture.states[id].rect
    assert all(rect.contains(at) for at in adders(view).values())
    new = replace(document.chart.states[id], description="What both do at once")
    document.apply(edits.set_state(document.chart, document.diagram, new, measure=MEASURE))
    rect = view.picture.states[id].rect
    assert adders(view)
    assert not any(rect.contains(at) for at in adders(view).values())


# walking


def test_tab_walks_from_line_to_line_and_to_the_pills(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    view.edit_label(id_of(session, "cart"))
    walked = []
    for _ in range(6):
        walked.append(field(view).text())
        qtbot.keyClick(field(view), Key.Key_Tab)
    assert walked == [
        "cart", "show", "count = count + 1", "tidy", "fetchPrices", "PAY [count > 1] / thank; ring",
    ]  # fmt: skip
    assert field(view).text() == "paid"


def test_shift_tab_walks_back(view: ChartView, session: Session, qtbot: QtBot) -> None:
    view.edit_label(transition_of(session, "cart", 1))
    walked = []
    for _ in range(6):
        walked.append(field(view).text())
        qtbot.keyClick(field(view), Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert walked == [
        "LEAVE", "PAY [count > 1] / thank; ring", "fetchPrices", "tidy", "count = count + 1", "show",
    ]  # fmt: skip
    assert field(view).text() == "cart"


def test_each_text_of_a_state_is_walked_once_in_both_ways() -> None:
    made = chart(SHOP)
    id = id_of_path(made, "cart")
    order = [(id, "")]
    while order[-1][0] == id:
        order.append(following(made, *order[-1]))
    assert [part for _, part in order[:-1]] == ["", "entry.0", "entry.1", "exit.0", "invoke.0"]
    back = [order[-2]]
    while back[-1][1]:
        back.append(preceding(made, *back[-1]))
    assert back == order[-2::-1]
    assert preceding(made, "gone") == ("", "")


def test_a_line_to_come_goes_on_to_those_behind_it(view: ChartView, session: Session, qtbot: QtBot) -> None:
    session.selection.replace([id_of(session, "cart")])
    COMMANDS["line.entry"].run(session, FakeDesktop())
    qtbot.keyClick(field(view), Key.Key_Tab)
    assert field(view).text() == "tidy"


def test_the_chips_are_seen(view: ChartView, session: Session) -> None:
    session.selection.replace([id_of(session, "paid")])
    at = view.to_view(adders(view)["entry"]).toPoint()
    with_chips = view.grab().toImage()
    session.selection.replace([])
    without = view.grab().toImage()
    around = [at + QPoint(dx, dy) for dx in range(-16, 17) for dy in range(-6, 7)]
    assert any(with_chips.pixel(each) != without.pixel(each) for each in around)
