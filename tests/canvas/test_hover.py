"""The pointer rests on something while a key takes it away: the canvas follows, whatever is selected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.canvas.view import ChartView
from editor.document import edits
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of

HOVERED = ["closed", "opened", "opened.wide", "closed>", "opened.wide>"]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path)


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[ChartView]:
    made = ChartView(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.fit()
    yield made
    made.hide()


@pytest.mark.parametrize("hovered", HOVERED)
@pytest.mark.parametrize("deleted", HOVERED)
def test_what_is_deleted_under_the_pointer_is_gone_from_the_canvas(
    view: ChartView, session: Session, hovered: str, deleted: str
) -> None:
    def find(name: str) -> str:
        return transition_of(session, name[:-1]) if name.endswith(">") else id_of(session, name)

    document = session.document
    id, gone = find(hovered), find(deleted)
    view._on_hover(id)
    document.selection.replace([gone])
    view.grab()
    for step in (
        lambda: document.apply(edits.delete(document.chart, document.diagram, [gone])),
        document.undo,
        document.redo,
    ):
        step()
        assert set(view.picture.states) == set(document.chart.states) - {document.chart.root_id}
        assert set(view.picture.transitions) == set(document.chart.transitions)
        assert all(each.hit.id != gone for each in view.handles) or step == document.undo
        view.grab()
