"""Descriptions on the canvas: on cards where there is room, told where one points, written in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.canvas import painter_states
from editor.canvas.measure import FontMeasure
from editor.canvas.picture import Picture
from editor.canvas.render import drawn
from editor.canvas.telling import told
from editor.canvas.view import ChartView
from editor.document import describing, edits, settings
from editor.document.undo import Edit
from editor.geometry import Point, Rect
from editor.layout import prose, sizes
from editor.layout.sizes import TableMeasure, TextStyle
from editor.model.changes import BoxChange, StateChange, apply_to_diagram
from editor.requests import Describe
from editor.session import Session
from tests.canvas.shown import shown
from tests.charts import document, id_of
from tests.commands.desk import id_of as id_in
from tests.commands.desk import session_on

MACHINE = """\
id: shop
description: A *small* shop.
initial: cart
states:
  cart:
    description: "Things with **prices** and `limits`."
    on:
      ADD: {actions: add, description: Puts one in.}
      PAY: {target: paying, description: "Leads to the *bank*."}
  paying:
    description: Waits for the bank.
    initial: a
    states: {a: {}, b: {}}
"""


def art_of(
    path: str, text: str = MACHINE, box: Rect | None = None, *, shown: bool = True
) -> painter_states.StateArt:
    made = document(text)
    id = id_of(made.chart, path)
    if box is not None:
        old = made.diagram.boxes[id]
        new = replace(old, width=box.width, height=box.height)
        apply_to_diagram(made.diagram, [BoxChange(id, old, new)])
    picture = Picture(made.chart, made.diagram, FontMeasure())
    picture.show_prose(shown)
    return painter_states.art(picture, picture.states[id])


def words(art: painter_states.StateArt) -> str:
    return " ".join(text.text() for _, (_, text) in art.prose)


def test_a_card_tells_its_description_with_the_looks_of_its_marks() -> None:
    art = art_of("cart")
    assert "".join(words(art).split()) == "Thingswithpricesandlimits."
    looks = {text.text().strip(): style for style, (_, text) in art.prose}
    assert looks["prices"] is TextStyle.STRONG
    assert looks["limits"] is TextStyle.CODE
    assert art.is_prose_whole


def test_lines_of_a_description_lie_inside_the_card_and_below_all_else() -> None:
    art = art_of("cart")
    places = [place for _, (place, _) in art.prose]
    assert max(place.y() for place in places) + prose.LINE < art.card.bottom()
    assert min(place.y() for place in places) > art.card.top() + sizes.HEADER + sizes.ROW
    assert min(place.x() for place in places) >= art.card.left() + painter_states.PAD


def test_a_transition_inside_a_state_tells_it_behind_its_label() -> None:
    art = art_of("cart", box=Rect(0, 0, 320, 160))
    assert words(art).endswith("Puts one in.")
    _, (place, _) = art.prose[-1]
    assert place.y() < art.prose[0][1][0].y()


def test_a_composite_tells_it_beside_its_name() -> None:
    art = art_of("paying", box=Rect(0, 0, 400, 200))
    assert words(art) == "Waits for the bank."
    [(_, (place, _))] = art.prose
    assert place.y() < art.card.top() + sizes.HEADER


def test_a_card_without_room_keeps_its_name_in_the_middle_and_says_nothing() -> None:
    text = "initial: a\nstates: {a: {description: Something to say.}}\n"
    assert words(art_of("a", text))
    small = art_of("a", text, Rect(0, 0, 96, 40))
    assert small.prose == []
    assert not small.is_prose_whole
    assert small.title is not None
    assert small.title[0].x() > small.card.left() + painter_states.PAD


def test_descriptions_are_not_drawn_where_they_are_not_wanted() -> None:
    assert art_of("cart", shown=False).prose == []
    assert art_of("paying", shown=False).prose == []


def test_a_state_is_large_enough_for_its_description() -> None:
    long = "Many words about what goes on in here. " * 8
    made = document(MACHINE)
    cart = id_of(made.chart, "cart")
    before = sizes.state_size(made.chart, cart, TableMeasure())
    made.apply(describing.describe(made.chart, made.diagram, cart, long, measure=TableMeasure()))
    after = sizes.state_size(made.chart, cart, TableMeasure())
    assert after[1] > before[1]
    box = made.diagram.boxes[cart]
    assert (box.width, box.height) >= after
    made.undo()
    assert made.chart.states[cart].description == "Things with **prices** and `limits`."
    made.redo()
    made.apply(describing.describe(made.chart, made.diagram, cart, " ", measure=TableMeasure()))
    assert made.chart.states[cart].description is None
    assert sizes.state_size(made.chart, cart, TableMeasure())[1] < before[1]


def test_exports_hold_descriptions() -> None:
    made = document(MACHINE)
    text = drawn(made.chart, made.diagram, ".svg").decode()
    for word in ("prices", "limits", "Waits for the"):
        assert word in text


# written and told


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))
    return session_on(tmp_path, MACHINE)


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[ChartView]:
    with shown(session, qtbot) as made:
        made.set_zoom(1.0)
        yield made


def write(view: ChartView, qtbot: QtBot, text: str) -> None:
    view.session.ask(Describe())
    editor = view.labelling.notes.editor
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_what_is_selected_is_described_in_place(view: ChartView, session: Session, qtbot: QtBot) -> None:
    document = session.document
    cart = id_in(session, "cart")
    pay = next(each.id for each in document.chart.outgoing(cart) if each.trigger.text == "PAY")
    for id in (cart, pay):
        session.selection.replace([id])
        write(view, qtbot, "**New** words")
        assert describing.description(document.chart, id) == "**New** words"
        assert document.undo_stack.undo_label == "Change description"
        document.undo()
        assert describing.description(document.chart, id) != "**New** words"


def test_the_machine_is_described_where_nothing_is_selected(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    session.selection.replace([])
    write(view, qtbot, "Another shop")
    assert session.document.chart.root.description == "Another shop"


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_a_description_that_is_not_changed_is_no_step(
    view: ChartView, session: Session, qtbot: QtBot, ending: str
) -> None:
    id = id_in(session, "cart")
    state = session.document.chart.states[id]
    lines = replace(
        state, description=f"one\ntwo{ending}", tags=("much", "too", "long", "for", "the", "card")
    )
    session.document.apply(Edit("Edit", (StateChange(id, state, lines),)))
    session.document.undo_stack.mark_clean()
    session.selection.replace([id])
    session.ask(Describe())
    editor = view.labelling.notes.editor
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert session.document.undo_stack.is_clean


def test_what_is_not_on_the_card_is_told_where_one_points(view: ChartView, session: Session) -> None:
    cart = id_in(session, "cart")
    pay = next(each.id for each in session.document.chart.outgoing(cart) if each.trigger.text == "PAY")
    assert told(view, pay) == "Leads to the bank."
    assert told(view, cart) == "", "the card says all of it"
    document = session.document
    document.apply(edits.set_bends(document.chart, document.diagram, pay, [Point(300, 300)]))
    bent = "Bent by hand. Clear bends gives the line back to the routing."
    assert told(view, pay) == f"Leads to the bank.\n\n{bent}"
    for name, expected in (("hover", "Things with prices and limits."), ("never", "")):
        session.set_settings(replace(session.settings, descriptions=name))
        view.grab()
        assert told(view, cart) == expected
        assert painter_states.art(view.picture, view.picture.states[cart]).prose == []
    assert told(view, pay) == bent


def test_the_settings_count_for_every_document(view: ChartView, session: Session, tmp_path: Path) -> None:
    session.set_settings(replace(session.settings, descriptions="never"))
    other = tmp_path / "other"
    other.mkdir()
    session.replace_document(session_on(other, MACHINE).document)
    assert not view.picture.has_prose
    assert "descriptions" in settings.Settings.__dataclass_fields__
