"""Making a document what its file says, as an edit that can be undone."""

from __future__ import annotations

from editor.document import files
from editor.document.comparison import compare
from editor.document.document import Document
from editor.document.undo import Edit
from editor.formats import registry
from editor.model.changes import inverse


def take_over(document: Document, fresh: Document, label: str) -> None:
    """Change a document into one that was just read from its file; it counts as saved afterwards.

    Raises:
        ChartError: a gesture is open; nothing changed.
    """
    found = compare(fresh.chart, document.chart, fresh.diagram, document.diagram)
    document.undo_stack.seal()
    document.apply(Edit(label, inverse(found.changes)))
    document.path = fresh.path
    document.stamps = fresh.stamps
    document.notices = fresh.notices
    loaded = fresh.loaded
    document.loaded = registry.with_ids_of(document.chart.copy(), loaded) if loaded is not None else None
    known = fresh.stamps.layout
    path = fresh.path
    document.layout_text = files.read_layout_text(path, document.chart, known) if path is not None else None
    document.mark_saved()
