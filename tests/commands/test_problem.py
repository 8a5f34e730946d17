"""Repairing from the keyboard: the best repair of the worst problem of what is selected."""

from __future__ import annotations

from pathlib import Path

from editor.commands import problem
from editor.commands.table import COMMANDS
from editor.model import rules
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on, transition_of

FLAWED = """\
initial: a
states:
  a: {tags: [x, x], on: {GO: bb}}
  b: {tags: [x, x]}
"""


def looked_at(tmp_path: Path) -> Session:
    session = session_on(tmp_path, FLAWED)
    session.problems_asked.subscribe(lambda: session.set_problems(rules.check(session.document.chart)))
    session.settled_problems()
    return session


def test_the_worst_problem_of_the_selection_is_repaired(tmp_path: Path) -> None:
    session = looked_at(tmp_path)
    command = COMMANDS["edit.repair"]
    assert not command.when(session)
    session.selection.replace([id_of(session, "a"), transition_of(session, "a")])
    assert command.when(session)
    command.run(session, FakeDesktop())
    assert session.document.chart.transitions[transition_of(session, "a")].targets == (id_of(session, "b"),)
    assert session.status == "Lead to “b”."
    command.run(session, FakeDesktop())
    assert session.document.chart.states[id_of(session, "a")].tags == ("x",)
    session.selection.replace([transition_of(session, "a")])
    command.run(session, FakeDesktop())
    assert session.status == "There is nothing here that one click repairs."


def test_a_problem_that_is_gone_is_not_repaired(tmp_path: Path) -> None:
    session = looked_at(tmp_path)
    found = next(each for each in session.problems if each.rule == "duplicate-tag")
    [deed] = problem.repairs(session, found)
    deed.run()
    assert problem.repairs(session, found) == []
    assert problem.repairs_of_all(session, found) == []


def test_a_repair_of_all_is_not_called_by_the_name_of_one(tmp_path: Path) -> None:
    session = session_on(tmp_path, "initial: a\nstates: {a: {}, b: {}, c “d”: {}}\n")
    session.problems_asked.subscribe(lambda: session.set_problems(rules.check(session.document.chart)))
    session.settled_problems()
    for found in [each for each in session.problems if each.rule == "unreachable-state"]:
        titles = [each.title for each in problem.repairs_of_all(session, found)]
        assert titles == ["All 2 alike: Delete “…”"]
