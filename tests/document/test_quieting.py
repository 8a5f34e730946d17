"""What a rule is to say about one element or one machine is kept in the layout, and the machine stays as it is."""

from __future__ import annotations

from pathlib import Path

from editor.document import edits, files, quieting
from editor.document.document import Document
from editor.model import rules
from editor.model.judging import judged
from editor.model.problems import Problem
from tests.charts import id_of

TEXT = """\
initial: a
states:
  a: {on: {GO: [a, b]}}
  b.c: {}
  d: {}
"""


def opened(folder: Path) -> Document:
    path = folder / "m.yaml"
    if not path.exists():
        path.write_text(TEXT, encoding="utf-8")
    return files.open_document(path)


def silenced(made: Document) -> list[tuple[str, str]]:
    found = judged(made.chart, rules.check(made.chart), made.diagram.sheet, {})[1]
    return [(each.rule, each.element) for each in found]


def problem(made: Document, rule: str) -> Problem:
    return next(each for each in rules.check(made.chart) if each.rule == rule)


def test_what_is_ignored_stays_so_through_saving_and_renaming(tmp_path: Path) -> None:
    made = opened(tmp_path)
    chart = made.chart
    shadowed, unreachable = problem(made, "shadowed-transition"), problem(made, "unreachable-state")
    made.apply(quieting.silence(chart, made.diagram, [shadowed, unreachable]))
    assert made.undo_stack.undo_label == "Ignore shadowed-transition, unreachable-state"
    made.apply(quieting.set_severity(made.diagram, "dead-end", "off"))
    files.save(made)
    assert (tmp_path / "m.yaml").read_text(encoding="utf-8") == TEXT
    layout = (tmp_path / "m.layout.yaml").read_text(encoding="utf-8")
    assert "rules: {dead-end: 'off'}\n" in layout
    assert "quiet:\n  a GO 1: [shadowed-transition]\n  b%2Ec: [unreachable-state]\n" in layout
    again = opened(tmp_path)
    expected = {"shadowed-transition", "unreachable-state"}
    assert {rule for rule, _ in silenced(again)} == expected
    assert again.diagram.sheet.severities == (("dead-end", "off"),)
    files.save(again)
    assert (tmp_path / "m.layout.yaml").read_text(encoding="utf-8") == layout
    again.apply(edits.rename(again.chart, id_of(again.chart, "b.c"), "e"))
    files.save(again)
    assert "  e: [unreachable-state]\n" in (tmp_path / "m.layout.yaml").read_text(encoding="utf-8")
    assert {rule for rule, _ in silenced(opened(tmp_path))} == expected


def test_what_is_ignored_goes_with_its_element_and_comes_back_with_it(tmp_path: Path) -> None:
    made = opened(tmp_path)
    made.apply(quieting.silence(made.chart, made.diagram, [problem(made, "unreachable-state")]))
    id = id_of(made.chart, "b.c")
    made.apply(edits.delete(made.chart, made.diagram, [id]))
    files.save(made)
    assert "quiet" not in (tmp_path / "m.layout.yaml").read_text(encoding="utf-8")
    made.undo()
    assert silenced(made) == [("unreachable-state", id)]
    made.apply(quieting.hear(made.chart, made.diagram, [problem(made, "unreachable-state")]))
    assert silenced(made) == []
    made.undo()
    assert silenced(made) == [("unreachable-state", id)]


def test_a_choice_can_be_taken_back(tmp_path: Path) -> None:
    made = opened(tmp_path)
    made.apply(quieting.set_severity(made.diagram, "dead-end", "error"))
    assert made.undo_stack.undo_label == "Set dead-end to error"
    made.apply(quieting.set_severity(made.diagram, "dead-end", None))
    assert made.diagram.sheet.severities == ()
    made.undo()
    made.undo()
    assert not made.is_modified
