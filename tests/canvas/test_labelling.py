"""Typing in place: right is kept in one step, wrong is told below the field and not lost."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.canvas.chain import following
from editor.canvas.label_editor import LabelEditor
from editor.canvas.view import ChartView
from editor.completion.offer_list import OfferList
from editor.document import edits
from editor.document.document import AMID_A_DRAG
from editor.geometry import Point, Rect
from editor.model.elements import Call, In, Named, StateKind
from editor.model.naming import Name, NameKind
from editor.requests import GoOn, Rename, Request
from editor.session import Session
from tests.canvas.shown import shown
from tests.charts import MEASURE, chart
from tests.charts import id_of as id_of_path
from tests.commands.desk import id_of, session_on, transition_of


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path)


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[ChartView]:
    with shown(session, qtbot) as made:
        made.fit()
        yield made


def type_into(view: ChartView, qtbot: QtBot, id: str, text: str) -> LabelEditor:
    view.edit_label(id)
    editor = view.labelling.editor
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    return editor


def test_a_name_is_one_step_and_its_state_grows_to_it(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    id, document = id_of(session, "closed"), session.document
    before = document.diagram.boxes[id]
    qtbot.keyClick(type_into(view, qtbot, id, "shut and bolted for the night"), Qt.Key.Key_Return)
    assert document.diagram.boxes[id].width > before.width
    document.undo()
    assert document.chart.states[id].key == "closed"
    assert document.diagram.boxes[id] == before
    assert not document.undo_stack.can_undo


def test_a_delay_is_typed_as_it_is_shown(view: ChartView, session: Session, qtbot: QtBot) -> None:
    id = transition_of(session, "opened.wide")
    qtbot.keyClick(type_into(view, qtbot, id, "after 1 min 30 s / close"), Qt.Key.Key_Return)
    assert session.document.chart.transitions[id].trigger.text == "90s"


def test_a_guard_needs_no_closing_bracket(view: ChartView, session: Session, qtbot: QtBot) -> None:
    id = transition_of(session, "closed")
    editor = type_into(view, qtbot, id, "OPEN [ready")
    assert editor.text() == "OPEN [ready]"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.document.chart.transitions[id].guard == Named(name="ready")


def test_what_is_wrong_is_told_while_it_is_typed(view: ChartView, session: Session, qtbot: QtBot) -> None:
    editor = type_into(view, qtbot, transition_of(session, "closed"), "OPEN now")
    assert editor.message.isVisible()
    assert "no spaces" in editor.message.text()
    assert editor.property("wrong") is True
    assert not editor.message.geometry().intersects(editor.geometry())
    assert view.viewport().rect().contains(editor.message.geometry())
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert view.labelling.editor is editor
    for _ in range(4):
        qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert not editor.message.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert view.labelling.editor is None


def test_a_long_message_stands_in_lines_inside_the_canvas(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    view.setFixedWidth(420)
    editor = type_into(view, qtbot, transition_of(session, "closed"), "OPEN / ring [bell")
    message = editor.message
    assert message.isVisible()
    assert view.viewport().rect().contains(message.geometry())
    assert message.height() >= message.heightForWidth(message.width()) >= 2 * message.fontMetrics().height()


def test_what_is_left_while_it_is_wrong_is_there_again(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    id = transition_of(session, "closed")
    editor = type_into(view, qtbot, id, "OPEN [count >] / ring")
    view.setFocus()
    assert view.labelling.editor is None
    assert session.document.chart.transitions[id].trigger.text == "OPEN"
    assert "OPEN [count >] / ring" in session.status
    assert "not kept" in session.status
    view.edit_label(id)
    again = view.labelling.editor
    assert again is not None
    assert again is not editor
    assert again.text() == "OPEN [count >] / ring"
    assert again.message.isVisible()
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    view.edit_label(id)
    assert view.labelling.editor is not None
    assert view.labelling.editor.text() == "OPEN"


def test_a_name_that_is_taken_is_told(view: ChartView, session: Session, qtbot: QtBot) -> None:
    editor = type_into(view, qtbot, id_of(session, "closed"), "opened")
    assert "already" in editor.message.text()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not session.document.undo_stack.can_undo


def test_a_long_text_is_seen_whole_inside_the_canvas(view: ChartView, session: Session, qtbot: QtBot) -> None:
    editor = type_into(
        view, qtbot, transition_of(session, "closed"), "OPEN [isAllowedToOpen] / turnTheHandle; push"
    )
    assert editor.width() >= editor.fontMetrics().horizontalAdvance(editor.text())
    qtbot.keyClicks(editor, "; wait" * 60)
    assert view.viewport().rect().contains(editor.geometry())


def test_another_document_does_not_get_what_was_typed(
    view: ChartView, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    type_into(view, qtbot, id_of(session, "closed"), "shut")
    (tmp_path / "other").mkdir()
    session.replace_document(session_on(tmp_path / "other").document)
    assert view.labelling.editor is None
    assert id_of(session, "closed")
    assert not session.document.undo_stack.can_undo


def test_tab_goes_on_to_the_name_of_the_state_a_label_leads_to(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    id, target = transition_of(session, "closed"), id_of(session, "opened")
    qtbot.keyClick(type_into(view, qtbot, id, "PUSH"), Qt.Key.Key_Tab)
    editor = view.labelling.editor
    assert editor is not None
    assert editor.text() == "opened"
    assert editor.hasFocus()
    assert session.document.selection.ids == (target,)
    qtbot.keyClicks(editor, "ajar")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert view.labelling.editor is None
    assert view.hasFocus()
    assert session.document.chart.transitions[id].trigger.text == "PUSH"
    assert session.document.chart.states[target].key == "ajar"


def test_tab_stays_where_a_text_is_wrong(view: ChartView, session: Session, qtbot: QtBot) -> None:
    editor = type_into(view, qtbot, transition_of(session, "closed"), "PUSH / ring, greet")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert view.labelling.editor is editor
    assert "put a semicolon between actions: “ring; greet”" in editor.message.text()


def test_a_message_about_a_wrong_text_goes_when_it_is_mended(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    id = transition_of(session, "closed")
    type_into(view, qtbot, id, "OPEN [a +")
    view.setFocus()
    assert "not kept" in session.status
    qtbot.keyClick(type_into(view, qtbot, id, "PUSH"), Qt.Key.Key_Return)
    assert session.status == ""


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0])
@pytest.mark.parametrize(
    ("kind", "share"),
    [
        ("normal", 0.5),
        ("parallel", 16 / 160),
        ("final", (32 + 64) / 160),
        ("entry", 16 / 160),
        ("region", 12 / 160),
    ],
)
def test_a_name_is_typed_where_it_stands(
    view: ChartView, session: Session, kind: str, share: float, zoom: float
) -> None:
    document, id = session.document, id_of(session, "closed")
    if kind == "entry":
        state = replace(document.chart.states[id], entry=(Call(name="ring"),))
        document.apply(edits.set_state(document.chart, document.diagram, state, measure=view.measure))
    elif kind == "region":
        around = add(session, StateKind.PARALLEL)
        edit, id = edits.add_state(document.chart, document.diagram, around, Point(0, 0), measure=MEASURE)
        document.apply(edit)
    elif kind != "normal":
        id = add(session, StateKind(kind))
    box = document.diagram.boxes[id]
    large = Rect(box.x, box.y, 240, 160)
    document.apply(edits.resize(document.chart, document.diagram, id, large, measure=view.measure))
    view.set_zoom(zoom)
    view.reveal(id)
    view.edit_label(id)
    rect, editor = view.picture.rect(id), view.labelling.editor
    assert rect is not None
    assert editor is not None
    wanted = view.rect_to_view(Rect(rect.x, rect.y + rect.height * share, rect.width, 0)).center()
    assert abs(editor.geometry().center().y() - wanted.y()) <= 2


def add(session: Session, kind: StateKind) -> str:
    document = session.document
    edit, id = edits.add_state(
        document.chart, document.diagram, document.chart.root_id, Point(40, 300), kind=kind, measure=MEASURE
    )
    document.apply(edit)
    return id


def test_return_once_more_makes_the_next_state_beside(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    chart = session.document.chart
    edit, id = edits.add_state(
        chart, session.document.diagram, chart.root_id, Point(600, 400), measure=MEASURE
    )
    session.document.apply(edit)
    session.selection.replace([id])
    qtbot.keyClick(type_into(view, qtbot, id, "one"), Qt.Key.Key_Return)
    session.ask(GoOn())
    [new] = session.selection.ids
    assert new != id
    assert session.document.diagram.boxes[new].x >= session.document.diagram.boxes[id].rect.right
    assert view.labelling.editor is not None
    qtbot.keyClick(type_into(view, qtbot, new, "two"), Qt.Key.Key_Escape)
    session.ask(GoOn())
    assert session.selection.ids == (new,)


def test_return_on_a_state_that_was_there_opens_its_name(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    id = id_of(session, "closed")
    session.selection.replace([id])
    qtbot.keyClick(type_into(view, qtbot, id, "shut"), Qt.Key.Key_Return)
    session.ask(GoOn())
    assert session.selection.ids == (id,)
    assert view.labelling.editor is not None


def test_tab_goes_along_the_texts_of_the_chart(view: ChartView, session: Session, qtbot: QtBot) -> None:
    walked = []
    id = id_of(session, "closed")
    view.edit_label(id)
    while view.labelling.editor is not None and len(walked) < 6:
        walked.append(view.labelling.editor.text())
        qtbot.keyClick(view.labelling.editor, Qt.Key.Key_Tab)
    assert walked == ["closed", "OPEN", "opened", "CLOSE", "closed", "OPEN"]


def test_after_a_state_without_transitions_comes_the_one_behind_it() -> None:
    made = chart("initial: a\nstates: {a: {}, b: {on: {HERE: {actions: x}, THERE: {actions: y}}}, c: {}}")
    order, id = [], id_of_path(made, "a")
    while id:
        order.append(id)
        id, _ = following(made, id)
    own = [each.id for each in made.outgoing(id_of_path(made, "b"))]
    assert order == [id_of_path(made, "a"), id_of_path(made, "b"), *own]
    assert following(made, id_of_path(made, "c")) == ("", "")
    assert following(made, "gone") == ("", "")


def test_a_name_typed_amid_a_drag_waits_for_its_end(view: ChartView, session: Session, qtbot: QtBot) -> None:
    id = id_of(session, "closed")
    gesture = session.document.gesture("Move")
    editor = type_into(view, qtbot, id, "shut")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.message.text() == AMID_A_DRAG
    assert view.labelling.editor is editor
    gesture.commit()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.document.chart.states[id].key == "shut"


def test_a_bracket_that_closes_itself_offers_guards_inside(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    editor = type_into(view, qtbot, transition_of(session, "closed"), "OPEN [in(aj")
    assert editor.text() == "OPEN [in(aj)]"
    offers = OfferList.of(view.window())
    assert [each.title for each in offers.offer_model.offers] == ["ajar"]
    assert offers.isVisible()
    assert offers.geometry().top() > editor.mapTo(view.window(), editor.rect().bottomLeft()).y()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (editor.text(), offers.isVisible()) == ("OPEN [in(opened.ajar)]", False)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert view.labelling.editor is None
    guard = session.document.chart.transitions[transition_of(session, "closed")].guard
    assert guard == In(state=id_of(session, "opened.ajar"))


def test_escape_closes_the_list_before_the_field(view: ChartView, session: Session, qtbot: QtBot) -> None:
    editor = type_into(view, qtbot, transition_of(session, "closed"), "OPEN [in(aj")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert view.labelling.editor is editor
    assert not OfferList.of(view.window()).isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert view.labelling.editor is None
    assert not session.document.undo_stack.can_undo


def test_f2_in_the_field_renames_everywhere_with_what_was_typed(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    id = transition_of(session, "closed")
    editor = type_into(view, qtbot, id, "ENTER")
    qtbot.keyClick(editor, Qt.Key.Key_F2)
    assert asked == [Rename(Name(NameKind.EVENT, "OPEN"), "ENTER")]
    assert view.labelling.editor is None
    state = id_of(session, "opened")
    qtbot.keyClick(type_into(view, qtbot, state, "ajar"), Qt.Key.Key_F2)
    assert asked[1:] == [Rename(Name(NameKind.STATE, state), "ajar")]
    assert not session.document.undo_stack.can_undo


def test_f2_loses_nothing_that_was_typed_besides(view: ChartView, session: Session, qtbot: QtBot) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    editor = type_into(view, qtbot, transition_of(session, "closed"), "ENTER / log 1")
    qtbot.keyClick(editor, Qt.Key.Key_F2)
    assert asked == []
    assert editor.message.text() == "More than the event was changed: Return keeps that, then F2 renames it."
    assert view.labelling.editor is editor


def test_that_an_event_stands_elsewhere_too_is_told(view: ChartView, session: Session) -> None:
    id = transition_of(session, "closed")
    view.edit_label(id)
    assert session.status == ""
    view.labelling.forget()
    document = session.document
    inner = transition_of(session, "opened.ajar")
    document.apply(edits.set_label(document.chart, inner, "OPEN"))
    view.edit_label(id)
    assert session.status == "Return keeps the text here. F2 renames “OPEN” in all 2 places."


def test_fields_that_are_gone_are_not_remembered(view: ChartView, session: Session) -> None:
    before = weakref.getweakrefcount(view.labelling)
    for _ in range(20):
        view.edit_label(id_of(session, "closed"))
        view.labelling.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert weakref.getweakrefcount(view.labelling) <= before + 2
