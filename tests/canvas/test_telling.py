"""What has no room on the canvas is told whole where the pointer rests."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QHelpEvent
from pytestqt.qtbot import QtBot

from editor.canvas.camera import Camera
from editor.canvas.telling import MOST, told
from editor.canvas.view import ChartView
from editor.completion import tips
from editor.layout.sizes import TableMeasure, pill_parts, pill_size
from editor.session import Session
from tests import charts
from tests.canvas.shown import looked_at

LONG = "a_name_that_goes_on_" * 25
EVENT = "EVENT_" * 84
TEXT = f"""
initial: short
states:
  short:
    entry: [doIt]
    on:
      GO: {{target: {LONG}, guard: "count > 3"}}
      {EVENT}: {LONG}
      CHECK:
        target: {LONG}
        guard: "count > 3 and other < 12 and yetAnother == 'something' and more"
        actions: [one, two]
  {LONG}:
    entry: [{LONG}, small]
    on: {{BACK: short}}
"""


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    return looked_at(charts.document(TEXT), qtbot, Camera(1.0, 60, 60), width=900)


def state(view: ChartView, path: str) -> str:
    return charts.id_of(view.session.document.chart, path)


def line(view: ChartView, event: str) -> str:
    transitions = view.session.document.chart.transitions.values()
    return next(each.id for each in transitions if each.trigger.text == event)


def test_a_name_and_lines_that_are_shortened_are_told_whole(view: ChartView) -> None:
    assert told(view, state(view, LONG)) == f"{LONG}\n{LONG}"
    assert told(view, state(view, "short")) == ""


def test_a_label_that_is_shortened_is_told_whole(view: ChartView) -> None:
    whole = "CHECK [count > 3 and other < 12 and yetAnother == 'something' and more] / one; two"
    assert told(view, line(view, "CHECK")) == whole
    assert told(view, line(view, EVENT)) == EVENT
    assert told(view, line(view, "GO")) == ""


def test_a_narrow_card_that_cuts_its_name_tells_it(view: ChartView) -> None:
    document = view.session.document
    id = state(view, "short")
    document.diagram.put_box(id, replace(document.diagram.boxes[id], width=40))
    view.session.replace_document(document)
    view.look(Camera(1.0, 60, 60))
    assert told(view, id) == "short\ndoIt"


def test_far_away_names_and_labels_are_told(view: ChartView) -> None:
    view.look(Camera(0.1, 60, 60))
    assert told(view, state(view, "short")) == "short"
    assert told(view, line(view, "GO")) == "GO [count > 3]"


def test_of_a_text_without_end_a_part_is_told(qtbot: QtBot) -> None:
    text = f'initial: a\nstates: {{a: {{on: {{GO: {{target: b, guard: "{"x" * 5000}"}}}}}}, b: {{}}}}\n'
    made = ChartView(Session(charts.document(text)))
    qtbot.addWidget(made)
    assert len(told(made, line(made, "GO"))) == MOST + 1


def test_no_label_is_wider_than_a_few_words(view: ChartView) -> None:
    chart = view.session.document.chart
    for each in chart.transitions.values():
        assert pill_size(pill_parts(chart, each), TableMeasure())[0] < 900


def test_the_tip_that_is_shown_says_it(
    view: ChartView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(tips, "show", lambda at, text, *more: said.append(text))
    view.overlay.hover = line(view, "CHECK")
    rect = QRectF(*view.picture.transitions[view.overlay.hover].route.label)
    at = view.to_view(view.to_chart(rect.center())).toPoint()
    view.viewportEvent(QHelpEvent(QHelpEvent.Type.ToolTip, at, view.mapToGlobal(QPoint(at))))
    assert said
    assert "yetAnother" in said[0]
