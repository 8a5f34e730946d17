from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.canvas import settling
from editor.canvas.picture import Picture
from editor.canvas.settling import SLICE, Settling
from editor.canvas.view import ChartView
from editor.document import edits
from editor.document.document import Document
from editor.document.undo import Edit
from editor.geometry import Point
from editor.layout.routing import Route
from editor.model.changes import BoxChange
from editor.session import Session
from editor.tools.base import HitKind
from tests.canvas.shown import shown
from tests.layout.samples import field


class Slow:
    """A clock by which each look at it takes as long as a whole slice."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += SLICE
        return self.now


def _document() -> Document:
    return Document(*field(5, 4, seed=3))


def _routes(picture: Picture) -> dict[str, Route]:
    return {id: shape.route for id, shape in picture.transitions.items()}


def _anew(view: ChartView) -> dict[str, Route]:
    document = view.session.document
    return _routes(Picture(document.chart, document.diagram, view.measure))


def _move(document: Document, key: str) -> None:
    id = next(each.id for each in document.chart.states.values() if each.key == key)
    box = document.diagram.boxes[id]
    document.apply(Edit("Move", (BoxChange(id, box, replace(box, x=box.x + 130, y=box.y + 90)),)))


def test_an_edit_is_seen_at_once_and_routed_with_care_by_and_by(qtbot: QtBot):
    with shown(Session(_document()), qtbot) as view:
        view.settling = Settling(view, Slow())
        _move(view.session.document, "s7")
        assert view.picture.is_hasty
        assert _routes(view.picture) != _anew(view)
        qtbot.waitUntil(lambda: not view.picture.is_hasty)
        assert _routes(view.picture) == _anew(view)


def test_one_moment_of_routing_is_all_that_a_turn_of_the_event_loop_takes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    settle, moments = Picture.settle, []

    def counting(self: Picture, *words: object) -> object:
        moments.append(self.is_hasty)
        return settle(self, *words)  # type: ignore[arg-type]

    with shown(Session(_document()), qtbot) as view:
        view.settling = Settling(view, Slow())
        QApplication.processEvents()
        monkeypatch.setattr(Picture, "settle", counting)
        _move(view.session.document, "s7")
        QApplication.processEvents()  # it is painted as well
        assert moments == [True]
        qtbot.waitUntil(lambda: not view.picture.is_hasty)
        assert _routes(view.picture) == _anew(view)


def test_what_takes_no_longer_than_a_moment_is_there_when_it_is_painted(qtbot: QtBot):
    with shown(Session(_document()), qtbot) as view:
        view.settling = Settling(view, lambda: 0.0)
        _move(view.session.document, "s7")
        view.viewport().repaint()
        assert _routes(view.picture) == _anew(view)


@pytest.mark.parametrize("clock", [lambda: 0.0, Slow()], ids=["while it is painted", "by and by"])
def test_handles_stay_with_a_line_that_gets_the_route_it_keeps(qtbot: QtBot, clock: Callable[[], float]):
    with shown(Session(_document()), qtbot) as view:
        document = view.session.document
        view.settling = Settling(view, clock)
        state = next(each.id for each in document.chart.states.values() if each.key == "s7")
        changed = 0
        for id in [each.id for each in (*document.chart.outgoing(state), *document.chart.incoming(state))]:
            view.session.selection.replace([id])
            _move(document, "s7")
            sketched = _routes(view.picture)[id]
            view.viewport().repaint()
            qtbot.waitUntil(lambda: not view.picture.is_hasty)
            kept = _routes(view.picture)[id]
            changed += kept != sketched
            ends = [each.at for each in view.handles if each.hit.kind is HitKind.END]
            assert ends == [kept.paths[0][0], kept.paths[0][-1]]
            document.undo()
        assert changed


def test_edits_one_upon_the_other_end_as_if_each_had_been_waited_for(qtbot: QtBot):
    with shown(Session(_document()), qtbot) as view:
        view.settling = Settling(view, Slow())
        document = view.session.document
        for key in ("s7", "s12", "s7"):
            _move(document, key)
            view.viewport().repaint()
            qtbot.wait(1)
        document.undo()
        qtbot.waitUntil(lambda: not view.picture.is_hasty)
        assert _routes(view.picture) == _anew(view)


def test_a_press_meets_the_lines_that_will_stay(qtbot: QtBot):
    with shown(Session(_document()), qtbot) as view:
        view.settling = Settling(view, Slow())
        _move(view.session.document, "s7")
        assert view.picture.is_hasty
        corner = view.to_view(Point(5, 5)).toPoint()
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=corner)
        assert not view.picture.is_hasty
        assert _routes(view.picture) == _anew(view)
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=corner)


def test_a_press_is_not_held_up_by_very_many_lines_which_come_when_the_hand_is_off(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(settling, "PROMPT", 0)
    with shown(Session(_document()), qtbot) as view:
        view.settling = Settling(view, Slow())
        _move(view.session.document, "s7")
        corner = view.to_view(Point(5, 5)).toPoint()
        before = _routes(view.picture)
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=corner)
        assert _routes(view.picture) == before
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=corner)
        qtbot.waitUntil(lambda: not view.picture.is_hasty)
        assert _routes(view.picture) == _anew(view)


def test_nothing_is_routed_with_care_amid_a_drag_before_the_hand_rests(qtbot: QtBot):
    with shown(Session(_document()), qtbot) as view:
        view.settling = Settling(view, lambda: 0.0)
        document = view.session.document
        id = next(each.id for each in document.chart.states.values() if each.key == "s7")
        gesture = document.gesture("Move")
        gesture.apply(edits.move(document.chart, document.diagram, {id: document.diagram.boxes[id]}, 90, 70))
        view.viewport().repaint()
        assert view.picture.is_hasty
        qtbot.waitUntil(lambda: not view.picture.is_hasty)
        assert document.is_in_gesture
        assert _routes(view.picture) == _anew(view)
        gesture.cancel()
