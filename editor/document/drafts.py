"""Drafts: texts that are being typed into fields and are no edits yet, so that a crash does not take them either."""

from __future__ import annotations

from typing import NamedTuple

from editor.signal import Signal

LABEL, FORM = "label", "form"
"""What the fields over the canvas and those of the inspector begin with."""


class Field(NamedTuple):
    """A field that one types into: the element, and which of its fields; the first word says where that is."""

    element: str
    name: str


class Drafts:
    """The texts by their fields. Who types puts them here, and takes them away once they are kept or given up."""

    def __init__(self) -> None:
        self._texts: dict[Field, str] = {}
        self.changed: Signal[[Field, str | None]] = Signal()

    @property
    def texts(self) -> dict[Field, str]:
        """What is being typed, or was typed and refused, by field; the last one that was begun stands last."""
        return dict(self._texts)

    def get(self, field: Field) -> str | None:
        """The text of a field; None where nothing is being typed."""
        return self._texts.get(field)

    def put(self, field: Field, text: str | None) -> None:
        """Another text in a field; None: there is nothing that is not kept."""
        if text == self._texts.get(field):
            return
        if text is None:
            del self._texts[field]
        else:
            self._texts[field] = text
        self.changed.emit(field, text)
