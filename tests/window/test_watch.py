"""The rules look in time: at once where that is nothing, after the first picture of a large chart, before each run."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.commands import simulate
from editor.document import edits, files
from editor.document.document import Document
from editor.errors import RunError
from editor.session import Session
from editor.window.app import Program
from editor.window.watch import LARGE, ProblemWatch
from tests.commands.desk import id_of, session_on


def flawed(folder: Path, count: int) -> Document:
    """A chart of so many states, one of which leads nowhere."""
    states = "".join(f"  s{number}: {{on: {{GO: s{number + 1}}}}}\n" for number in range(count))
    path = folder / f"flawed{count}.yaml"
    path.write_text(f"initial: s0\nstates:\n{states}", encoding="utf-8")
    return files.open_document(path)


def rules_of(session: Session) -> list[str]:
    return [problem.rule for problem in session.problems]


def test_a_small_chart_is_looked_at_when_it_is_opened(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path)
    watch = ProblemWatch(session)
    session.replace_document(flawed(tmp_path, 3))
    assert rules_of(session) == ["unknown-state"]
    watch.deleteLater()


def test_a_large_chart_is_looked_at_after_it_was_seen(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path)
    watch = ProblemWatch(session)
    session.replace_document(flawed(tmp_path, 3))
    session.replace_document(flawed(tmp_path, LARGE + 1))
    assert session.problems == ()
    watch.on_seen()
    qtbot.waitUntil(lambda: rules_of(session) == ["unknown-state"])
    watch.deleteLater()


def test_a_large_chart_in_a_window_is_seen_and_then_looked_at(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = flawed(tmp_path, LARGE + 1).path
    assert path is not None
    window = program.open(path)
    with qtbot.waitSignal(window.view.seen):
        assert window.session.problems == ()
    qtbot.waitUntil(lambda: window.status.flaws.text() == "1 problem")


def test_running_waits_for_the_rules(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path)
    watch = ProblemWatch(session)
    session.replace_document(flawed(tmp_path, LARGE + 1))
    with pytest.raises(RunError, match="has errors"):
        simulate.start(session)
    session.replace_document(session_on(tmp_path).document)
    document = session.document
    edit, _ = edits.connect(document.chart, document.diagram, id_of(session, "closed"), ("?gone",))
    document.apply(edit)
    with pytest.raises(RunError, match="gone"):
        simulate.start(session)
    watch.deleteLater()
