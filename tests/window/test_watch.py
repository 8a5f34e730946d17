"""The rules look in time: at once where that is nothing, after the first picture of a large chart, before each run."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.commands import simulate
from editor.document import edits, files, quieting, repairing
from editor.document.document import Document
from editor.engine import script_process
from editor.errors import RunError
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
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


def test_what_rules_count_for_is_heard_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path)
    watch = ProblemWatch(session)
    session.replace_document(flawed(tmp_path, 3))
    document = session.document
    edit, _ = edits.add_state(document.chart, document.diagram, "root", Point(0, 300), measure=TableMeasure())
    document.apply(edit)
    watch.check()
    assert rules_of(session) == ["unknown-state", "unreachable-state", "dead-end"]
    session.set_settings(session.settings.with_severity("dead-end", "off"))
    assert rules_of(session) == ["unknown-state", "unreachable-state"]
    lost = session.problems[-1]
    document.apply(quieting.silence(document.chart, document.diagram, [lost]))
    assert rules_of(session) == ["unknown-state"]
    assert session.silenced == (lost,)
    document.undo()
    assert rules_of(session) == ["unknown-state", "unreachable-state"]
    watch.deleteLater()


def test_a_key_that_is_gone_is_not_told_any_more(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, "initial: a\nstates: {a: {onn: x}}\n")
    watch = ProblemWatch(session)
    watch.check()
    assert rules_of(session) == ["unknown-key", "dead-end"]
    document = session.document
    state = document.chart.states[id_of(session, "a")]
    measure = TableMeasure()
    document.apply(
        edits.set_state(document.chart, document.diagram, replace(state, extra=()), measure=measure)
    )
    watch.check()
    assert rules_of(session) == ["dead-end"]


SCRIPTED = (
    "language: javascript\ninitial: a\ncontext: {n: 1}\nstates:\n  a:\n    on:\n"
    "      E: {guard: n ===, target: b}\n      F: {guard: n === 1, target: b}\n  b: {}\n"
)


def scripted(folder: Path, text: str = SCRIPTED) -> Document:
    path = folder / "scripted.yaml"
    path.write_text(text, encoding="utf-8")
    return files.open_document(path)


def test_what_is_no_javascript_is_told_until_it_is_mended(tmp_path: Path, qtbot: QtBot) -> None:
    pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")
    session = session_on(tmp_path)
    watch = ProblemWatch(session)
    session.replace_document(scripted(tmp_path))
    qtbot.waitUntil(lambda: any("SyntaxError" in each.message for each in session.problems), timeout=20_000)
    [problem] = [each for each in session.problems if each.rule == "expression"]
    assert (problem.element in session.document.chart.transitions, "n ===" in problem.message) == (True, True)
    session.replace_document(scripted(tmp_path, SCRIPTED.replace("n ===,", "n === 2,")))
    assert "expression" not in rules_of(session)
    watch.deleteLater()


def test_scripts_are_looked_at_when_what_compiles_them_is_loaded(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")
    asked: list[bool] = []

    def is_loading() -> bool:
        asked.append(len(asked) < 2)
        return asked[-1]

    monkeypatch.setattr(script_process, "is_loading", is_loading)
    session = session_on(tmp_path)
    watch = ProblemWatch(session)
    session.replace_document(scripted(tmp_path))
    qtbot.waitUntil(lambda: "expression" in rules_of(session), timeout=20_000)
    assert asked == [True, True, False]
    watch.deleteLater()


def test_without_the_extra_the_problems_say_how_to_get_it(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    session = session_on(tmp_path)
    watch = ProblemWatch(session)
    session.replace_document(scripted(tmp_path))
    [problem] = [each for each in session.problems if each.rule == "javascript"]
    assert "pip install statechart-editor[javascript]" in problem.message
    watch.deleteLater()


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


def test_a_key_of_the_layout_that_was_mistyped_is_told_until_it_is_taken(
    tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "door.layout.yaml").write_text(
        "states:\n  closed: {box: [0, 0, 160, 64], tnt: 2}\n", encoding="utf-8"
    )
    session = session_on(tmp_path)
    watch = ProblemWatch(session)
    watch.check()
    [told] = [each for each in session.problems if each.rule == "unknown-key"]
    assert (told.element, told.hint) == (id_of(session, "closed"), "Did you mean “tint”?")
    document = session.document
    take = repairing.repairs(document.chart, document.diagram, told, TableMeasure())[0]
    document.apply(take.edit)
    assert "unknown-key" not in rules_of(session)
    document.undo()
    assert "unknown-key" in rules_of(session)
    watch.deleteLater()
