"""The planner of colours: which of the eight tints something has, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document.undo import Edit
from editor.model import tints
from editor.model.changes import AnyChange, BoxChange, NoteChange
from editor.model.diagram import Diagram
from editor.model.elements import ROOT


def tintable(diagram: Diagram, ids: Iterable[str]) -> list[str]:
    """Those of some elements that can have a colour: states and notes."""
    return [id for id in ids if (id in diagram.boxes and id != ROOT) or id in diagram.notes]


def tint_of(diagram: Diagram, id: str) -> int | None:
    """The tint of an element; None for one without."""
    found = diagram.boxes.get(id) or diagram.notes.get(id)
    return None if found is None else found.tint


def set_tint(diagram: Diagram, ids: Iterable[str], tint: int | None) -> Edit:
    """All of some elements that can have a colour in this one; None takes their colours away."""
    changes: list[AnyChange] = []
    for id in tintable(diagram, ids):
        box, note = diagram.boxes.get(id), diagram.notes.get(id)
        if box is not None and box.tint != tint:
            changes.append(BoxChange(id, box, replace(box, tint=tint)))
        if note is not None and note.tint != tint:
            changes.append(NoteChange(id, note, replace(note, tint=tint)))
    label = f"Colour {tints.title(tint)}" if tint is not None else "Take the colour away"
    return Edit(label, tuple(changes))
