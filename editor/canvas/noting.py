"""Writing notes and descriptions in place, and following links."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QMouseEvent

from editor.canvas import painter_notes
from editor.canvas.note_editor import NoteEditor
from editor.canvas.shapes import NEAR
from editor.completion import tips
from editor.document import describing, notes
from editor.errors import EditorError
from editor.geometry import Point, Rect
from editor.layout.sizes import HEADER
from editor.tools.base import Hit, HitKind

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

NOTE_WIDTH, TOP = 360, 24
"""Pixels: the width of the field for the machine's own description, and its distance from the top of the canvas."""


class Noting:
    """Opens the text field of a view over a note, over the place of one that is to be made, or for a description.

    A link tells where it leads as soon as the pointer is on it, and is opened by a click with Ctrl held.
    """

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self.editor: NoteEditor | None = None
        self.link = ""

    def open(self, id: str) -> None:
        """Open the field over a note."""
        note = self._view.session.document.diagram.notes[id]
        self._start(note.text, note.rect, id)

    def write(self, rect: Rect) -> None:
        """Open the field where a note is to be; there is one as soon as it has a text."""
        self._start("", rect, "")

    def describe_selected(self) -> None:
        """Open the field for the description of the one selected element, or of the machine where none is."""
        session = self._view.session
        ids = session.selection.ids or (session.alone.value or session.document.chart.root_id,)
        if len(ids) == 1:
            self.describe(ids[0])

    def describe(self, id: str) -> None:
        """Open the field for the description of an element, over it; for that of the machine at the top."""
        view = self._view
        chart = view.session.document.chart
        if not describing.can_describe(chart, id):
            return
        place = QRect((view.viewport().width() - NOTE_WIDTH) // 2, TOP, NOTE_WIDTH, 0)
        rect = view.picture.rect(id)
        route = view.picture.route(id) if id in chart.transitions else None
        if rect is not None:
            place = view.rect_to_view(rect)
            place.setTop(place.top() + round(HEADER * view.zoom))
        elif route is not None:
            place = view.rect_to_view(route.label)
            place.moveTop(place.bottom() + 4)
        self._open(describing.description(chart, id), place, lambda typed: self._keep_description(id, typed))

    def _keep_description(self, id: str, text: str) -> None:
        session = self._view.session
        document = session.document
        if not describing.can_describe(document.chart, id):
            return
        try:
            edit = describing.describe(document.chart, document.diagram, id, text, measure=self._view.measure)
            document.apply(edit)
        except EditorError as error:
            session.say(str(error))

    def _start(self, text: str, rect: Rect, id: str) -> None:
        place = self._view.rect_to_view(rect)
        self._open(text, place, lambda typed: self._keep(id, rect, typed))

    def _open(self, text: str, place: QRect, keep: Callable[[str], None]) -> None:
        self.close()
        editor = NoteEditor(self._view.viewport(), text, place)
        editor.finished.connect(keep)
        editor.ended.connect(self._on_ended)
        self.editor = editor

    def close(self) -> None:
        """Keep what is typed and close the field."""
        if self.editor is not None:
            self.editor.finish()

    def forget(self) -> None:
        """Another document is shown: close the field."""
        if self.editor is not None:
            self.editor.close_quietly()

    def _on_ended(self) -> None:
        self.editor = None
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, id: str, rect: Rect, text: str) -> None:
        session = self._view.session
        document = session.document
        try:
            if not id and text.strip():
                height = max(rect.height, painter_notes.height_for(text, rect.width))
                place = Rect(rect.x, rect.y, rect.width, height)
                edit, made = notes.add(document.diagram, place, text)
                document.apply(edit)
                session.selection.replace([made])
            elif id in document.diagram.notes:
                height = painter_notes.height_for(text, rect.width)
                document.apply(notes.write(document.diagram, id, text, height))
        except EditorError as error:
            session.say(str(error))

    # links

    @property
    def told(self) -> str:
        """What is told about the link under the pointer; empty for none."""
        if not self.link:
            return ""
        return f"Ctrl+click opens {self.link}" if is_safe(self.link) else f"This does not open: {self.link}"

    def point(self, hit: Hit, at: Point) -> None:
        """Follow the pointer: tell of a link under it, and where it leads."""
        link = self._link_at(hit, at)
        if link != self.link:
            self.link = link
            self._view.session.say(self.told)
            viewport = self._view.viewport()
            place = self._view.to_view(at).toPoint()
            tips.show(viewport.mapToGlobal(place), self.told, viewport)

    def follows(self, event: QMouseEvent, hit: Hit, at: Point) -> bool:
        """Open the link that was clicked with Ctrl held; whether there was one."""
        is_asked = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.button() is not Qt.MouseButton.LeftButton or not is_asked:
            return False
        link = self._link_at(hit, at)
        if not link:
            return False
        if link != self.link:  # it was not told yet where it leads
            self.point(hit, at)
        elif is_safe(link) and QDesktopServices.openUrl(QUrl(link)):
            self._view.session.say(f"Opened {link}")
        else:
            self._view.session.say(f"{link} was not opened: only pages and mail addresses are.")
        return True

    def _link_at(self, hit: Hit, at: Point) -> str:
        shape = self._view.picture.notes.shapes.get(hit.id) if hit.kind is HitKind.NOTE else None
        if shape is None or self._view.zoom < NEAR:
            return ""
        return painter_notes.link_at(shape, self._view.theme, at.x, at.y)


def is_safe(link: str) -> bool:
    """Whether a link leads to a page or to somebody's mail, and so may be opened."""
    return QUrl(link).scheme() in ("http", "https", "mailto")
