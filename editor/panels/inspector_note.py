"""The fields of one note."""

from __future__ import annotations

from editor.document import notes, tinting
from editor.document.undo import Edit
from editor.model import tints
from editor.panels.form import Form

HINT = "Markdown: # heading, **bold**, *italics*, `code`, - list, [link](https://…)"


class NoteForm(Form):
    """What a note says, and its colour."""

    def fill(self) -> None:
        """Its text and its colour."""
        self.heading("Note", is_title=True)
        self.prose("text", "Text", self._read_text, self._write_text, HINT)
        shades = [(str(tint or ""), tints.title(tint)) for tint in (None, *tints.NUMBERS)]
        self.choice("tint", "Colour", shades, self._read_tint, self._write_tint)
        self.hint("note", "A note belongs to the drawing: the machine does not know of it.")

    def is_there(self) -> bool:
        """Whether the note is."""
        return self.id in self.session.document.diagram.notes

    def _read_text(self) -> str:
        note = self.session.document.diagram.notes.get(self.id)
        return note.text if note is not None else ""

    def _write_text(self, text: str) -> Edit:
        return notes.write(self.session.document.diagram, self.id, text)

    def _read_tint(self) -> str:
        return str(tinting.tint_of(self.session.document.diagram, self.id) or "")

    def _write_tint(self, value: str) -> Edit:
        return tinting.set_tint(self.session.document.diagram, [self.id], int(value) if value else None)
