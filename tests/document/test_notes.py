"""Notes are part of a document: planned, undone, kept in the journal, saved, compared, copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from editor.document import clips, edits, files, notes, pasting, recovery, tinting
from editor.document.clip_text import to_plain_text
from editor.document.comparison import compare
from editor.document.differences import What, differences
from editor.document.document import Document
from editor.document.journal import Journal
from editor.errors import FormatError
from editor.geometry import Point, Rect
from editor.model.diagram import Note
from tests.charts import MEASURE, document, id_of

MACHINE = "initial: a\nstates: {a: {on: {GO: b}}, b: {}}\n"


PLACE = Rect(0, 0, 200, 96)


@pytest.fixture
def made() -> Document:
    return document(MACHINE)


def write(made: Document, text: str = "# Why", rect: Rect = PLACE) -> str:
    edit, id = notes.add(made.diagram, rect, text)
    made.apply(edit)
    return id


def test_a_note_is_written_changed_and_taken_back(made: Document) -> None:
    id = write(made)
    assert made.diagram.notes[id].rect == Rect(0, 0, 200, 96)
    made.apply(notes.write(made.diagram, id, "longer", 150))
    assert (made.diagram.notes[id].text, made.diagram.notes[id].height) == ("longer", 150)
    assert [step.label for step in made.undo_stack.steps[1:]] == ["Add note", "Edit note"]
    made.undo()
    assert made.diagram.notes[id].text == "# Why"
    made.undo()
    assert not made.diagram.notes
    made.redo()
    assert made.selection.ids == (id,)


def test_a_note_without_a_text_is_none(made: Document) -> None:
    id = write(made)
    made.apply(notes.write(made.diagram, id, " \n "))
    assert not made.diagram.notes
    assert made.undo_stack.undo_label == "Delete note"
    made.undo()
    assert made.diagram.notes[id].text == "# Why"


def test_a_note_means_nothing_to_the_machine(made: Document) -> None:
    version = made.chart.version
    write(made)
    assert made.chart.version == version


def test_notes_go_with_what_is_deleted_at_once(made: Document) -> None:
    one, two = write(made), write(made)
    a = id_of(made.chart, "a")
    made.apply(edits.delete(made.chart, made.diagram, [a, one, two]))
    assert not made.diagram.notes
    assert made.undo_stack.undo_label == "Delete “a” and 1 transition and 2 notes"
    made.undo()
    assert set(made.diagram.notes) == {one, two}
    made.apply(edits.delete(made.chart, made.diagram, [one]))
    assert made.undo_stack.undo_label == "Delete note"


def test_a_note_is_not_made_lower_than_its_text_nor_too_small(made: Document) -> None:
    id = write(made)
    made.apply(notes.resized(made.diagram, id, Rect(0, 0, 10, 10), 80))
    assert made.diagram.notes[id].rect == Rect(0, 0, notes.LEAST[0], 80)
    made.undo()
    made.apply(notes.resized(made.diagram, id, Rect(190, 90, 10, 6), 40))
    found = made.diagram.notes[id].rect
    assert (found.right, found.bottom) == (200, 96), "the sides that were not dragged stay"


def test_copies_lie_below_and_on_no_other_note(made: Document) -> None:
    one = write(made)
    for _ in range(2):
        edit, copies = notes.duplicate(made.diagram, [one])
        made.apply(edit)
        assert set(copies) == {one}
    rects = [note.rect for note in made.diagram.notes.values()]
    assert len(rects) == 3
    assert not any(a.intersects(b) for a in rects for b in rects if a is not b)
    assert {note.text for note in made.diagram.notes.values()} == {"# Why"}


def test_notes_and_states_have_a_colour_in_one_step(made: Document) -> None:
    id, a = write(made), id_of(made.chart, "a")
    made.apply(tinting.set_tint(made.diagram, [id, a], 5))
    assert (tinting.tint_of(made.diagram, id), tinting.tint_of(made.diagram, a)) == (5, 5)
    made.undo()
    assert tinting.tint_of(made.diagram, id) == notes.USUAL_TINT


def test_notes_outlive_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MACHINE, encoding="utf-8")
    made = files.open_document(path)
    kept = write(made, "was there")
    files.save(made)
    made = files.open_document(path)
    assert made.diagram.notes[kept].text == "was there"
    journal = Journal(made, folder=tmp_path / "journals")
    added = write(made, "not saved")
    made.apply(notes.write(made.diagram, kept, "changed"))
    journal.leave()
    found = recovery.recover(journal.path).document
    assert dict(found.diagram.notes) == dict(made.diagram.notes)
    found.undo()
    assert found.diagram.notes[kept].text == "was there"
    found.undo()
    assert added not in found.diagram.notes


def test_notes_are_saved_and_opened(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MACHINE, encoding="utf-8")
    made = files.open_document(path)
    id = write(made, "# Why\n- a\n- b\n")
    files.save(made)
    assert path.read_text(encoding="utf-8") == MACHINE
    assert files.open_document(path).diagram.notes == made.diagram.notes
    made.apply(edits.delete(made.chart, made.diagram, [id]))
    files.save(made)
    assert not files.open_document(path).diagram.notes


def test_what_became_of_notes_is_told(made: Document) -> None:
    moved, changed, gone = write(made, "moved"), write(made, "before"), write(made, "gone")
    old = made.diagram.copy()
    one, two = made.diagram.notes[moved], made.diagram.notes[changed]
    new = made.diagram
    new.put_note(moved, replace(one, x=40))
    new.put_note(changed, replace(two, text="after"))
    new.put_note(gone, None)
    new.put_note("note:x", Note(id="note:x", x=0, y=0, width=9, height=9, text="# added"))
    told = differences(compare(made.chart, made.chart, old, new))
    assert {(each.what, each.kind, each.path) for each in told} == {
        (What.MOVED, "note", "moved"), (What.CHANGED, "note", "after"), (What.REMOVED, "note", "gone"),
        (What.ADDED, "note", "added"),
    }  # fmt: skip


def test_notes_are_copied_with_states_and_keep_their_place_beside_them(made: Document) -> None:
    a = id_of(made.chart, "a")
    box = made.diagram.boxes[a]
    id = write(made, "beside", Rect(box.x - 50, box.y - 120, 100, 60))
    clip = clips.from_text(clips.to_text(clips.take(made, [a, id])))
    assert clip.named == "“a” and a note"
    other = document("initial: x\nstates: {x: {}}\n")
    pasted = pasting.paste(
        other.chart, other.diagram, clip, other.chart.root_id, Point(900, 900), measure=MEASURE
    )
    other.apply(pasted.edit)
    [copy] = other.diagram.notes.values()
    new = other.diagram.boxes[pasted.ids[0]]
    assert (copy.x - new.x, copy.y - new.y) == (-50, -120)
    assert pasted.ids[1] == copy.id


def test_notes_alone_are_copied_as_notes_and_as_text(made: Document) -> None:
    one, two = write(made, "one"), write(made, "two", Rect(300, 0, 100, 96))
    clip = clips.from_text(clips.to_text(clips.take(made, [one, two])))
    assert to_plain_text(clip, MEASURE) == "one\n\ntwo"
    pasted = pasting.paste_notes(made.diagram, clip, Point(1000, 500))
    made.apply(pasted.edit)
    assert len(made.diagram.notes) == 4
    around = Rect.around(made.diagram.notes[id].rect for id in pasted.ids)
    assert around is not None
    assert around.center == Point(1000, 500)


def test_a_clip_of_nothing_is_none(made: Document) -> None:
    clip = clips.take(made, [write(made)])
    with pytest.raises(FormatError, match="no states"):
        clips.from_text(clips.to_text(replace(clip, diagram=type(clip.diagram)())))


@pytest.mark.parametrize(
    ("text", "headline"),
    [("# Why", "Why"), ("\n\n- **first**\n", "first"), ("> so", "so"), ("", ""), ("***", ""), ("a\nb", "a")],
)
def test_a_note_is_called_by_its_first_words(text: str, headline: str) -> None:
    assert notes.headline(text) == headline
