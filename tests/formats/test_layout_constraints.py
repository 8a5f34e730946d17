"""What layouts keep, in the layout file: read, written by the present names, and told where it cannot be used."""

from __future__ import annotations

import pytest

from editor.formats import layout_file
from editor.model.diagram import Constraint, ConstraintKind
from tests.charts import chart, id_of

MACHINE = "initial: a\nstates:\n  a: {}\n  b: {}\n  p: {initial: c, states: {c: {}, d: {}}}\n"


def read(text: str) -> tuple[tuple[Constraint, ...], list[str]]:
    made = chart(MACHINE)
    diagram, _, notices = layout_file.read(text, made)
    return diagram.sheet.constraints, [str(each) for each in notices]


def test_they_are_read_by_the_names_of_states() -> None:
    made = chart(MACHINE)
    found, problems = read("constraints:\n  - row: [a, b]\n  - left: [p.d, p.c]\n")
    assert not problems
    assert [each.kind for each in found] == [ConstraintKind.ROW, ConstraintKind.LEFT]
    assert found[1].ids == (id_of(made, "p.d"), id_of(made, "p.c"))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{raw: [a, b]}", "row, column, left, together"),
        ("{row: [a]}", "at least two states"),
        ("{row: [a, ghost]}", "“ghost” is not in the machine"),
        ("{row: [a, b], left: [a, b]}", "A constraint is one of"),
        ("[a, b]", "A constraint is one of"),
        ("{row: a}", "at least two states"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_is(entry: str, words: str) -> None:
    found, problems = read(f"constraints:\n  - {entry}\n  - column: [a, b]\n")
    assert [each.kind for each in found] == [ConstraintKind.COLUMN]
    assert any(words in each for each in problems)


def test_they_are_written_by_the_names_that_states_have_now() -> None:
    made = chart(MACHINE)
    diagram = layout_file.read("constraints:\n  - row: [a, b]\n", made)[0]
    renamed = chart(MACHINE.replace("  b: {}", "  other: {}"))
    text = layout_file.write(renamed, diagram, "machine.yaml")
    assert "constraints" in text
    assert read(text.replace("other", "b"))[0] == diagram.sheet.constraints
