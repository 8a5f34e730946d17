"""A proposed drawing over the present one: ghosts are seen, keys answer, and states glide where they are taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count, pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from editor.canvas import ghosts, motion
from editor.canvas.camera import Camera
from editor.canvas.picture import Picture
from editor.canvas.proposing import GLIDE
from editor.canvas.theme import load_theme
from editor.canvas.view import ChartView
from editor.document import accepting
from editor.document.document import Document
from editor.document.settings import Settings
from editor.document.undo import Edit
from editor.geometry import Point
from editor.layout_engine.options import Options, Rung
from editor.layout_engine.proposed import Asked, Proposed
from editor.layout_engine.rungs import Proposal
from editor.model.changes import BoxChange
from editor.session import Session
from tests import charts
from tests.clock import Clock

NONE = Qt.KeyboardModifier.NoModifier
TEXT = """
initial: a
states:
  a: {on: {GO: b}}
  b: {}
"""


@pytest.fixture
def view(clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ChartView:
    monkeypatch.setattr(motion, "is_reduced", lambda: False)
    made = ChartView(Session(charts.document(TEXT), Settings(animation="on")))
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.proposing.clock = clock
    made.look(Camera(1.0, 40, 40))
    return made


def propose(view: ChartView, path: str, x: float, y: float) -> Proposed:
    """A proposal to move one state."""
    document = view.session.document
    id = charts.id_of(document.chart, path)
    diagram = document.diagram.copy()
    diagram.put_box(id, replace(diagram.boxes[id], x=x, y=y, auto=True))
    answer = Proposal(diagram=diagram, rung=Rung.LEVELS)
    made = Proposed(asked=Asked(options=Options()), answer=answer)
    view.session.proposed.put(made)
    return made


def take(view: ChartView, made: Proposed) -> None:
    document = view.session.document
    assert made.answer is not None
    view.session.proposed.put(None)
    document.apply(accepting.accept(document.chart, document.diagram, made.answer.diagram))


def color_at(view: ChartView, x: float, y: float) -> QColor:
    """What is painted at a place of the chart."""
    at = view.camera.to_view(view.to_chart(view.offset).moved(x, y))
    return view.viewport().grab().toImage().pixelColor(QPoint(round(at.x), round(at.y)))


def test_ghosts_are_seen_where_states_would_be_and_go_with_the_proposal(view: ChartView) -> None:
    bare = color_at(view, 460, 330)
    propose(view, "b", 400, 300)
    assert view.proposing.moved == (charts.id_of(view.session.document.chart, "b"),)
    assert color_at(view, 460, 330) != bare
    view.session.proposed.put(None)
    assert color_at(view, 460, 330) == bare


def test_what_would_be_out_of_sight_is_brought_into_sight(view: ChartView) -> None:
    propose(view, "b", 3000, 2000)
    assert view.proposing.picture is not None
    rect = view.proposing.picture.rect(charts.id_of(view.session.document.chart, "b"))
    assert rect is not None
    seen = view.camera.rect_to_view(rect)
    assert seen.x >= 0
    assert seen.right <= view.viewport().width()
    assert seen.bottom <= view.viewport().height()


def test_states_glide_to_the_places_that_were_taken(view: ChartView, clock: Clock) -> None:
    made = propose(view, "b", 400, 300)
    take(view, made)
    assert view.proposing.is_gliding
    early = view.viewport().grab().toImage()
    clock.now = GLIDE / 2
    view.proposing.advance()
    assert view.viewport().grab().toImage() != early
    clock.now = GLIDE
    view.proposing.advance()
    assert not view.proposing.is_gliding


@pytest.mark.parametrize("goes", [Document.undo, Document.redo])
def test_states_glide_back_and_forth_with_undo_and_redo(
    goes: Callable[[Document], None], view: ChartView, clock: Clock
) -> None:
    document, clock.now = view.session.document, 0.0
    take(view, propose(view, "b", 400, 300))
    if goes is Document.redo:
        document.undo()
    clock.now = 2 * GLIDE
    view.proposing.advance()
    goes(document)
    assert view.proposing.is_gliding
    early = view.viewport().grab().toImage()
    clock.now = 3 * GLIDE
    view.proposing.advance()
    assert view.viewport().grab().toImage() != early
    assert not view.proposing.is_gliding


def test_what_a_hand_does_afterwards_does_not_glide_nor_does_its_undo(view: ChartView, clock: Clock) -> None:
    document = view.session.document
    take(view, propose(view, "b", 400, 300))
    clock.now = 2 * GLIDE
    view.proposing.advance()
    box = document.diagram.boxes[charts.id_of(document.chart, "a")]
    document.apply(Edit("Move", (BoxChange(box.id, box, replace(box, x=box.x + 80)),)))
    assert not view.proposing.is_gliding
    document.undo()
    assert not view.proposing.is_gliding
    document.undo()
    assert view.proposing.is_gliding


def test_turning_a_proposal_down_shows_again_what_was_seen(view: ChartView, qtbot: QtBot) -> None:
    before = view.camera
    propose(view, "b", 3000, 2000)
    assert view.camera != before
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.session.proposed.value is None
    assert view.session.status == "Everything stays where it is."
    qtbot.waitUntil(lambda: view.camera == before)


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_view_that_one_has_chosen_or_taken_stays(is_taken: bool, view: ChartView, qtbot: QtBot) -> None:
    made = propose(view, "b", 3000, 2000)
    if is_taken:
        take(view, made)
    else:
        view.look(view.camera.panned(16, 16))
        view.session.proposed.put(None)
    shown = view.camera
    qtbot.wait(1)
    assert view.camera == shown


def test_escape_ends_a_drag_over_a_proposal_and_leaves_the_selection(view: ChartView, qtbot: QtBot) -> None:
    propose(view, "b", 400, 300)
    view.session.selection.replace([charts.id_of(view.session.document.chart, "a")])
    ids = tuple(view.session.selection.ids)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(700, 500))
    qtbot.mouseMove(view.viewport(), QPoint(740, 540))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.proposing.is_shown
    assert view.overlay.band is None
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.proposing.is_shown
    assert tuple(view.session.selection.ids) == ids


def test_nothing_glides_where_no_motion_is_wanted(view: ChartView) -> None:
    view.session.set_settings(Settings(animation="off"))
    take(view, propose(view, "b", 400, 300))
    assert not view.proposing.is_gliding


def test_an_edit_after_a_proposal_was_turned_down_does_not_glide(view: ChartView, qtbot: QtBot) -> None:
    made = propose(view, "b", 400, 300)
    view.session.proposed.put(None)
    qtbot.wait(1)
    document = view.session.document
    assert made.answer is not None
    document.apply(accepting.accept(document.chart, document.diagram, made.answer.diagram))
    assert not view.proposing.is_gliding


def click(qtbot: QtBot, view: ChartView, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
    """Press and release at a place of the chart."""
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, at_chart(view, x, y))


def at_chart(view: ChartView, x: float, y: float) -> QPoint:
    at = view.camera.to_view(Point(x, y))
    return QPoint(round(at.x), round(at.y))


def test_a_click_on_a_ghost_selects_what_it_is_of(view: ChartView, qtbot: QtBot) -> None:
    propose(view, "b", 400, 300)
    ids = view.session.selection.ids
    click(qtbot, view, 440, 320)
    id = charts.id_of(view.session.document.chart, "b")
    assert tuple(view.session.selection.ids) == (id,)
    click(qtbot, view, 600, 500)
    assert tuple(view.session.selection.ids) == tuple(ids)


def test_shift_adds_a_ghost_to_what_is_selected(view: ChartView, qtbot: QtBot) -> None:
    propose(view, "b", 400, 300)
    chart = view.session.document.chart
    first, other = charts.id_of(chart, "a"), charts.id_of(chart, "b")
    view.session.selection.replace([first])
    click(qtbot, view, 440, 320, Qt.KeyboardModifier.ShiftModifier)
    assert tuple(view.session.selection.ids) == (first, other)


def test_a_ghost_has_no_handles_and_no_name_to_type(view: ChartView, qtbot: QtBot) -> None:
    id = charts.id_of(view.session.document.chart, "b")
    view.session.selection.replace([id])
    assert view.handles
    propose(view, "b", 400, 300)
    assert not view.handles
    qtbot.mouseDClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at_chart(view, 440, 320)
    )
    assert view.labelling.editor is None
    view.session.proposed.put(None)
    assert view.handles


def test_dragging_a_ghost_says_what_to_do_and_moves_nothing(view: ChartView, qtbot: QtBot) -> None:
    propose(view, "b", 400, 300)
    before = dict(view.session.document.diagram.boxes)
    said: list[str] = []
    view.session.status_changed.subscribe(said.append)
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(view.viewport(), button, none, at_chart(view, 440, 320))
    qtbot.mouseMove(view.viewport(), at_chart(view, 480, 380))
    qtbot.mouseRelease(view.viewport(), button, none, at_chart(view, 480, 380))
    assert dict(view.session.document.diagram.boxes) == before
    assert any("accept it first" in each for each in said)


def test_a_band_selects_the_ghosts_within_it(view: ChartView, qtbot: QtBot) -> None:
    propose(view, "b", 400, 300)
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(view.viewport(), button, none, at_chart(view, 380, 280))
    qtbot.mouseMove(view.viewport(), at_chart(view, 700, 520))
    qtbot.mouseRelease(view.viewport(), button, none, at_chart(view, 700, 520))
    assert charts.id_of(view.session.document.chart, "b") in view.session.selection.ids


def test_ghosts_that_take_long_come_a_little_later_and_none_of_what_was_turned_down(
    view: ChartView, qtbot: QtBot
) -> None:
    ticks = count()
    view.proposing.clock = lambda: float(next(ticks))  # each look at the clock, a second has passed
    propose(view, "b", 400, 300)
    assert not view.proposing.is_shown
    qtbot.waitUntil(lambda: view.proposing.is_shown)
    view.session.proposed.put(None)
    propose(view, "b", 500, 300)
    view.session.proposed.put(None)
    qtbot.wait(1)
    assert not view.proposing.is_shown


def test_ghosts_that_take_long_are_shown_when_nothing_of_them_is_left_to_draw(
    view: ChartView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, had_to_draw = Picture.settle, []

    def listening(self: Picture, *words: object, **more: object) -> object:
        if self is not view.picture:
            had_to_draw.append(self.is_hasty)
        return settle(self, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Picture, "settle", listening)
    ticks = count()
    view.proposing.clock = lambda: float(next(ticks))
    propose(view, "b", 400, 300)
    qtbot.waitUntil(lambda: view.proposing.is_shown)
    assert had_to_draw[0]
    assert not had_to_draw[-1]


def propose_all(view: ChartView) -> None:
    """A proposal to move all states far away, so that their ways cross all of the canvas."""
    document = view.session.document
    diagram = document.diagram.copy()
    for number, (id, box) in enumerate(document.diagram.boxes.items()):
        diagram.put_box(id, replace(box, x=700 * (number % 11), y=500 * (number * 7 % 10), auto=True))
    answer = Proposal(diagram=diagram, rung=Rung.LEVELS)
    view.session.proposed.put(Proposed(asked=Asked(options=Options()), answer=answer))


def crowd(qtbot: QtBot) -> ChartView:
    """A canvas with more states than are painted at once."""
    states = "".join(f"  s{number}: {{on: {{GO: s{(number + 1) % 90}}}}}\n" for number in range(90))
    view = ChartView(Session(charts.document(f"initial: s0\nstates:\n{states}"), Settings(animation="off")))
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.viewport().grab()  # the first time, all is brought into sight
    return view


def test_ghosts_look_the_same_however_little_of_them_is_painted_at_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, ticks = crowd(qtbot), count()
    view.proposing.clock = lambda: float(next(ticks))
    propose_all(view)
    qtbot.waitUntil(lambda: view.proposing.is_shown)
    assert len(view.proposing.moved) > ghosts.AT_ONCE
    slowly = view.viewport().grab().toImage()
    monkeypatch.setattr(ghosts, "AT_ONCE", 10_000)
    assert view.proposing.ghosts is not None
    view.proposing.ghosts.drop()
    assert view.viewport().grab().toImage() == slowly


def test_ghosts_may_be_prepared_while_nothing_of_the_canvas_is_seen(view: ChartView) -> None:
    propose(view, "b", 400, 300)
    made = view.proposing.ghosts
    assert made is not None
    view.viewport().resize(0, 0)
    list(made.prepare(Camera(1.0, -410, -310)))  # the corner, which is all there is, lies within the ghost
    view.viewport().resize(800, 600)
    seen = view.viewport().grab().toImage()
    made.drop()
    assert view.viewport().grab().toImage() == seen


def test_ghosts_follow_all_that_is_seen_of_them(qtbot: QtBot, clock: Clock) -> None:
    view = crowd(qtbot)
    view.proposing.clock = clock
    propose_all(view)
    shown, made = [], view.proposing.ghosts
    assert made is not None
    for change in (
        lambda: view.pan(40, -25),
        lambda: view.set_zoom(view.zoom * 1.5),
        lambda: view.session.selection.replace(list(made.moved[:2])),
        lambda: setattr(view.overlay, "hover", made.moved[5]),
        lambda: view.set_theme(load_theme("dark")),
        lambda: view.resize(700, 500),
    ):
        change()
        shown.append(view.viewport().grab().toImage())
        made.drop()
        assert view.viewport().grab().toImage() == shown[-1]
    assert all(one != other for one, other in pairwise(shown))
