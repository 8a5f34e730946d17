from __future__ import annotations

from pathlib import Path

import pytest

from editor.commands.finding import Finder
from editor.commands.registry import Choice
from editor.commands.table import COMMANDS
from editor.document import tagging
from editor.errors import ChartError
from editor.layout.sizes import TableMeasure, state_size
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on

MACHINE = """\
initial: a
states:
  a: {tags: [busy, slow]}
  b: {tags: [busy]}
  p: {initial: c, states: {c: {}, h: {type: history}}}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path, MACHINE)


def rows(session: Session) -> dict[str, Choice]:
    choices = COMMANDS["state.tag"].choices
    assert choices is not None
    return {each.title: each for each in choices(session)}


def tags(session: Session, path: str) -> tuple[str, ...]:
    return session.document.chart.states[id_of(session, path)].tags


def test_a_tag_is_given_to_several_states_and_taken_away(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "a"), id_of(session, "b")])
    assert [title for title, each in rows(session).items() if each.is_chosen] == ["busy"]
    rows(session)["slow"].run(session, desktop)
    assert (tags(session, "a"), tags(session, "b")) == (("busy", "slow"), ("busy", "slow"))
    assert session.status == "Add tag “slow”."
    rows(session)["busy"].run(session, desktop)
    assert (tags(session, "a"), tags(session, "b")) == (("slow",), ("slow",))
    session.document.undo()
    session.document.undo()
    assert (tags(session, "a"), tags(session, "b")) == (("busy", "slow"), ("busy",))


def test_a_new_tag_is_typed(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "p.c")])
    desktop.answers = [" night shift "]
    rows(session)["New tag…"].run(session, desktop)
    assert tags(session, "p.c") == ("night shift",)
    desktop.answers = [None]
    rows(session)["New tag…"].run(session, desktop)
    assert tags(session, "p.c") == ("night shift",)


@pytest.mark.parametrize("tag", ["", " ", "a, b"])
def test_what_is_no_tag_is_refused(session: Session, tag: str) -> None:
    document = session.document
    with pytest.raises(ChartError):
        tagging.set_tag(
            document.chart, document.diagram, [id_of(session, "a")], tag, is_on=True, measure=TableMeasure()
        )


def test_a_card_grows_to_its_tags(session: Session, desktop: FakeDesktop) -> None:
    id = id_of(session, "p.c")
    session.selection.replace([id])
    before = session.document.diagram.boxes[id]
    desktop.answers = ["a tag with a very long name indeed"]
    rows(session)["New tag…"].run(session, desktop)
    box = session.document.diagram.boxes[id]
    assert box.width > before.width
    assert (box.width, box.height) >= state_size(session.document.chart, id, TableMeasure())


def test_tags_are_found_by_their_names(session: Session, desktop: FakeDesktop) -> None:
    session.selection.replace([id_of(session, "b")])
    offer = next(each for each in Finder(session, COMMANDS.all).find(">slow") if each.title == "Tags: slow")
    assert offer.command is not None
    offer.command.run(session, desktop)
    assert tags(session, "b") == ("busy", "slow")


def test_histories_have_no_tags(session: Session) -> None:
    session.selection.replace([id_of(session, "p.h")])
    assert not COMMANDS["state.tag"].when(session)
    session.selection.replace([id_of(session, "a")])
    assert COMMANDS["state.tag"].when(session)
