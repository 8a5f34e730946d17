"""Notes in the layout file: kept as they are written, read back as they were made, never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.formats import layout_file
from editor.model.changes import NoteChange, apply_to_diagram
from editor.model.diagram import NOTE, Diagram, Note
from tests.charts import chart

MACHINE = "initial: a\nstates: {a: {}}\n"
LAYOUT = """\
states:
  a: [40, 80, 180, 96]
notes:
  why: {text: "# Why\\nIt waits.", box: [0, 0.0, 200, 96], mine: 1}   # by hand
  note2: {box: [240, 0, 120, 64], tint: 3, text: two}
view: {zoom: 2}
"""


def read(text: str) -> tuple[Diagram, layout_file.LayoutText, list[str]]:
    diagram, found, notices = layout_file.read(text, chart(MACHINE))
    return diagram, found, [notice.message for notice in notices]


def saved(text: layout_file.LayoutText | None, diagram: Diagram) -> str:
    return layout_file.rewrite(text, chart(MACHINE), diagram, "m.yaml").text


def test_notes_are_read() -> None:
    diagram, _, notices = read(LAYOUT)
    assert notices == []
    assert diagram.notes[NOTE + "why"] == Note(
        id=NOTE + "why", x=0, y=0, width=200, height=96, text="# Why\nIt waits.", extra=(("mine", 1),)
    )
    assert diagram.notes[NOTE + "note2"].tint == 3
    assert dict(diagram.sheet.extra) == {"view": {"zoom": 2}}


def test_what_is_not_edited_stays_byte_for_byte() -> None:
    diagram, text, _ = read(LAYOUT)
    assert saved(text, diagram) == LAYOUT
    note = diagram.notes[NOTE + "note2"]
    diagram.put_note(note.id, replace(note, text="other"))
    assert saved(text, diagram) == LAYOUT.replace("text: two", "text: other")
    diagram.put_note(note.id, None)
    assert saved(text, diagram) == LAYOUT.replace(
        "  note2: {box: [240, 0, 120, 64], tint: 3, text: two}\n", ""
    )


def test_a_fresh_layout_has_a_line_a_note_in_their_order() -> None:
    diagram = Diagram()
    for number in (10, 2):
        id = f"{NOTE}note{number}"
        diagram.put_note(id, Note(id=id, x=1.4, y=2.6, width=100, height=50, text=f"{number}"))
    assert saved(None, diagram).endswith(
        "notes:\n  note2: {box: [1, 3, 100, 50], text: '2'}\n  note10: {box: [1, 3, 100, 50], text: '10'}\n"
    )


@pytest.mark.parametrize(
    ("notes", "texts", "message"),
    [
        ("{a: {text: hi}}", ["hi"], "no usable place; it is put"),
        ("{a: hi}", ["hi"], "no usable place; it is put"),
        ("{a: {text: hi, box: [0, 0, -1, 5]}}", ["hi"], "no usable place; it is put"),
        ("{a: {text: hi, box: [0, 0, 9, 1e400]}}", ["hi"], "no usable place; it is put"),
        ("{a: {box: [0, 0, 9, 9], text: [1], tint: 9}}", [""], "no usable text and tint"),
        ("{a: {box: [0, 0, 9, 9], text: hi, tint: true}}", ["hi"], "no usable tint"),
        ("{a: {tint: 2}}", [], "neither a text nor a usable place"),
        ("{a: 3}", [], "neither a text nor a usable place"),
        ("[one, {box: [0, 0, 9, 9], text: two}]", ["one", "two"], "no usable place; it is put"),
    ],
)
def test_a_text_is_kept_whatever_else_is_wrong(notes: str, texts: list[str], message: str) -> None:
    diagram, text, notices = read(f"states: {{a: [0, 0, 96, 40]}}\nnotes: {notes}\n")
    assert [note.text for note in diagram.notes.values()] == texts
    assert len(notices) == 1
    assert message in notices[0]
    if texts:
        assert saved(text, diagram) == text.text


@pytest.mark.parametrize("notes", ["{}", "[]", "some words", "null", "3"])
def test_what_is_no_table_of_notes_stays_until_there_are_notes(notes: str) -> None:
    given = f"states: {{a: [0, 0, 96, 40]}}\nnotes: {notes}\n"
    diagram, text, notices = read(given)
    assert (dict(diagram.notes), notices) == ({}, [])
    assert saved(text, diagram) == given
    diagram.put_note(NOTE + "a", Note(id=NOTE + "a", x=0, y=0, width=9, height=9, text="hi"))
    again = read(saved(text, diagram))[0]
    assert again.notes == diagram.notes


def test_a_list_of_notes_stays_one_until_one_is_edited() -> None:
    given = "states: {a: [0, 0, 96, 40]}\nnotes: [{box: [0, 0, 9, 9], text: one}]\n"
    diagram, text, _ = read(given)
    assert saved(text, diagram) == given
    [note] = diagram.notes.values()
    apply_to_diagram(diagram, [NoteChange(note.id, note, replace(note, text="two"))])
    assert read(saved(text, diagram))[0].notes == diagram.notes


KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    (
        "# a\n\n- b\n",
        "null",
        "3",
        "on",
        "'",
        '"',
        "a: b",
        "{x}",
        "\r\n",
        " ",
        "\u2028",
        "\x85",
        "- a\n  - b",
        "%",
    )
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, st.tuples(TEXTS, st.none() | st.integers(1, 8)), max_size=4), st.booleans())
def test_what_is_written_is_read_back(made: dict[str, tuple[str, int | None]], is_over: bool) -> None:
    diagram, text, _ = read(LAYOUT)
    if not is_over:
        diagram, text = Diagram(), None  # type: ignore[assignment]
    for number, (key, (said, tint)) in enumerate(made.items()):
        id = NOTE + key
        diagram.put_note(
            id, Note(id=id, x=number, y=-number, width=10 + number, height=20, text=said, tint=tint)
        )
    again, _, notices = read(saved(text, diagram))
    assert (dict(again.notes), notices) == (dict(diagram.notes), [])
