from __future__ import annotations

import pytest

from editor.commands.table import COMMANDS
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of


def test_an_amount_is_asked_for_and_all_beyond_goes_by_it(session: Session, desktop: FakeDesktop) -> None:
    boxes = session.document.diagram.boxes
    opened, closed = id_of(session, "opened"), id_of(session, "closed")
    session.selection.replace([opened])
    before = boxes[opened].x, boxes[closed].x
    desktop.answers = ["40"]
    COMMANDS["arrange.spaceAcross"].run(session, desktop)
    assert (boxes[opened].x, boxes[closed].x) == (before[0] + 40, before[1])
    assert session.status == "Insert space."
    desktop.answers = ["-40"]
    COMMANDS["arrange.spaceAcross"].run(session, desktop)
    assert boxes[opened].x == before[0]
    assert session.status == "Remove space."
    assert desktop.reviews[-1].remarks == ["1 go left by 40."]


def test_what_can_be_taken_away_is_told_while_it_is_typed(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "opened")])
    desktop.answers = ["-9000"]
    COMMANDS["arrange.spaceAcross"].run(session, desktop)
    assert "until it would touch" in desktop.reviews[-1].remarks[0]


@pytest.mark.parametrize("text", ["", "much", "nan", "inf", "1e9"])
def test_what_is_no_amount_is_told(session: Session, desktop: FakeDesktop, text: str) -> None:
    session.selection.replace([id_of(session, "opened")])
    desktop.answers = [text]
    COMMANDS["arrange.spaceDown"].run(session, desktop)
    assert desktop.reviews[-1].problem.startswith("Type a number")
    assert not session.document.undo_stack.can_undo


def test_states_of_one_parent_are_needed(session: Session) -> None:
    for paths in ((), ("opened", "opened.ajar")):
        session.selection.replace([id_of(session, path) for path in paths])
        assert not COMMANDS["arrange.spaceDown"].when(session)
