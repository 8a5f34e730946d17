"""Planners of notes: written, moved, sized, copied and removed; they stand on the canvas, beside the chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from editor.document.undo import Edit
from editor.geometry import GRID, Point, Rect
from editor.model.changes import NoteChange
from editor.model.diagram import NOTE, Diagram, Note

USUAL = (240.0, 96.0)
"""Width and height of a note that is new, in chart units."""
LEAST = (64.0, 32.0)
USUAL_TINT = 3
"""The yellow that notes have when nothing else is chosen."""
_AWAY = 4 * GRID


def chosen(diagram: Diagram, ids: Iterable[str]) -> list[str]:
    """Those of some ids that are of notes, each once."""
    return [id for id in dict.fromkeys(ids) if id in diagram.notes]


def fresh_id(diagram: Diagram, taken: Iterable[str] = ()) -> str:
    """The id of a note that is to be made; neither there nor `taken`."""
    known = {*diagram.notes, *taken}
    number = len(diagram.notes) + 1
    while f"{NOTE}note{number}" in known:
        number += 1
    return f"{NOTE}note{number}"


def named(count: int) -> str:
    """Notes in the words of a label."""
    return "note" if count == 1 else f"{count} notes"


def add(diagram: Diagram, rect: Rect, text: str) -> tuple[Edit, str]:
    """A new note. Returns its id too."""
    id = fresh_id(diagram)
    note = Note(id=id, x=rect.x, y=rect.y, width=rect.width, height=rect.height, text=text, tint=USUAL_TINT)
    return Edit("Add note", (NoteChange(id, None, note),)), id


def write(diagram: Diagram, id: str, text: str, height: float = 0.0) -> Edit:
    """A note with another text, at least so high; without any text there is nothing left of it, and it goes."""
    note = diagram.notes[id]
    if not text.strip():
        return Edit("Delete note", removed(diagram, [id]))
    new = replace(note, text=text, height=max(note.height, height)) if text != note.text else note
    return Edit("Edit note", (NoteChange(id, note, new),))


def moved(diagram: Diagram, starts: Mapping[str, Note], dx: float, dy: float) -> tuple[NoteChange, ...]:
    """Notes shifted from where they started, so that nothing drifts."""
    return tuple(
        NoteChange(id, diagram.notes.get(id), replace(note, x=note.x + dx, y=note.y + dy))
        for id, note in starts.items()
    )


def resized(diagram: Diagram, id: str, rect: Rect, height: float) -> Edit:
    """A note in another rectangle, not smaller than one can see, nor lower than the `height` of its text.

    A side that would come too near to the other one stays where that allows it.
    """
    note = diagram.notes[id]
    width, least = max(rect.width, LEAST[0]), max(rect.height, LEAST[1], height)
    x = rect.right - width if rect.x != note.x else rect.x
    y = rect.bottom - least if rect.y != note.y else rect.y
    return Edit("Resize note", (NoteChange(id, note, replace(note, x=x, y=y, width=width, height=least)),))


def removed(diagram: Diagram, ids: Iterable[str]) -> tuple[NoteChange, ...]:
    """What removes the notes among some ids."""
    return tuple(NoteChange(id, diagram.notes[id], None) for id in chosen(diagram, ids))


def with_removed(diagram: Diagram, ids: Iterable[str], edit: Edit) -> Edit:
    """An edit that deletes the notes among some ids too, and says so."""
    gone = removed(diagram, ids)
    if not gone:
        return edit
    what = named(len(gone)) if len(gone) > 1 or not edit.changes else "a note"
    label = f"{edit.label} and {what}" if edit.changes else f"Delete {what}"
    return Edit(label, (*edit.changes, *gone))


def copies(
    diagram: Diagram, sources: Iterable[Note], by: Point
) -> tuple[tuple[NoteChange, ...], dict[str, str]]:
    """Copies of notes, shifted by a way; with the id of the copy of each."""
    changes: list[NoteChange] = []
    made: dict[str, str] = {}
    for note in sources:
        id = made[note.id] = fresh_id(diagram, made.values())
        changes.append(NoteChange(id, None, replace(note, id=id, x=note.x + by.x, y=note.y + by.y)))
    return tuple(changes), made


def duplicate(diagram: Diagram, ids: Iterable[str], by: Point | None = None) -> tuple[Edit, dict[str, str]]:
    """Copies of notes, shifted by a way, or below them where no other note is. Returns the copy of each too."""
    sources = [diagram.notes[id] for id in chosen(diagram, ids)]
    changes, made = copies(diagram, sources, by if by is not None else _way(diagram, sources))
    return Edit(f"Duplicate {named(len(sources))}", changes), made


def _way(diagram: Diagram, sources: Iterable[Note]) -> Point:
    """The shortest way down on which no copy comes to lie on a note."""
    rects = [note.rect for note in sources]
    around = Rect.around(rects)
    if around is None:
        return Point(_AWAY, _AWAY)
    others = [note.rect for note in diagram.notes.values()]
    step = around.height + 2 * GRID
    for number in range(1, len(others) + 2):
        way = Point(0, step * number)
        if not any(rect.moved(0, way.y).intersects(other) for rect in rects for other in others):
            return way
    return Point(_AWAY, _AWAY)


def headline(text: str) -> str:
    """The first line of a text that says something, without the marks of headings, lists and quotes before it."""
    for line in text.splitlines():
        found = line.strip().lstrip("#>-*+ ").strip().strip("*_`")
        if found:
            return found
    return ""
