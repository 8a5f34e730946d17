"""Marks at what is wrong: where they stand, what they say, and when they are not there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from editor.canvas.view import ChartView
from editor.commands import simulate
from editor.model import rules
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of

FLAWED = """\
initial: a
states:
  a: {on: {GO: [b, {target: b, guard: x}]}}
  b: {on: {BACK: a}}
  lost: {}
"""


def shown(tmp_path: Path, qtbot: QtBot, text: str = FLAWED) -> tuple[ChartView, Session]:
    session = session_on(tmp_path, text)
    session.set_problems(rules.check(session.document.chart))
    view = ChartView(session)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    qtbot.waitExposed(view)
    view.viewport().grab()  # the first picture fits the chart into the view
    return view, session


def is_marked(view: ChartView, session: Session, id: str) -> bool:
    """Whether the picture around the place of a mark is another one than without any problems."""
    at = view.flaws.place(view.picture, id)
    assert at is not None
    middle = view.to_view(at).toPoint()
    area = QRect(middle - QPoint(8, 8), middle + QPoint(8, 8))
    found = session.problems
    with_marks = view.viewport().grab(area).toImage()
    session.set_problems(())
    without = view.viewport().grab(area).toImage()
    session.set_problems(found)
    return with_marks != without


def test_a_mark_stands_at_a_state_and_at_a_label_and_not_where_nothing_is_wrong(
    tmp_path: Path, qtbot: QtBot
) -> None:
    view, session = shown(tmp_path, qtbot)
    assert is_marked(view, session, id_of(session, "lost"))
    assert is_marked(view, session, transition_of(session, "a", 1))
    assert not is_marked(view, session, id_of(session, "b"))
    assert not is_marked(view, session, transition_of(session, "b"))


def test_a_run_shows_no_marks(tmp_path: Path, qtbot: QtBot) -> None:
    view, session = shown(tmp_path, qtbot)
    simulate.start(session)
    assert not is_marked(view, session, id_of(session, "lost"))
    session.set_simulator(None)
    assert is_marked(view, session, id_of(session, "lost"))


def test_far_away_marks_would_cover_the_picture(tmp_path: Path, qtbot: QtBot) -> None:
    view, session = shown(tmp_path, qtbot)
    view.set_zoom(0.3)
    assert not is_marked(view, session, id_of(session, "lost"))
    view.set_zoom(0.5)
    assert is_marked(view, session, id_of(session, "lost"))


def test_what_is_wrong_is_told_where_the_pointer_rests(tmp_path: Path, qtbot: QtBot) -> None:
    view, session = shown(tmp_path, qtbot)
    lost = id_of(session, "lost")
    assert view.flaws.text(lost).startswith("Warning: State “lost” can never be active")
    assert view.flaws.text(id_of(session, "b")) == ""
    view.overlay.hover = lost
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5))
    assert view.viewportEvent(event)
    assert "can never be active" in QToolTip.text()
    QToolTip.hideText()


def test_of_very_many_problems_some_are_told(tmp_path: Path, qtbot: QtBot) -> None:
    ways = ", ".join(f"no{number}" for number in range(9))
    view, session = shown(
        tmp_path, qtbot, f"initial: a\nstates: {{a: {{on: {{GO: {{target: [{ways}]}}}}}}}}\n"
    )
    lines = view.flaws.text(transition_of(session, "a")).splitlines()
    assert len(lines) == 7
    assert lines[-1] == "and 3 more"


def test_a_line_without_a_label_has_its_mark_in_the_middle(tmp_path: Path, qtbot: QtBot) -> None:
    view, session = shown(
        tmp_path, qtbot, "initial: p\nstates: {p: {initial: '#q', states: {c: {}}}, q: {id: q}}\n"
    )
    initial = session.document.chart.outgoing(id_of(session, "p"))[0]
    at = view.flaws.place(view.picture, initial.id)
    assert at is not None
    assert view.flaws.text(initial.id).startswith("Error: The initial state")
