"""The inspector: the fields of what is selected, or of the machine when nothing is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from editor.commands.completing import Completer
from editor.discarding import discard
from editor.model.changes import AnyChange, Changes
from editor.model.diagram import Box, Note
from editor.panels.form import Form
from editor.panels.inspector_machine import MachineForm
from editor.panels.inspector_note import NoteForm
from editor.panels.inspector_state import StateForm
from editor.panels.inspector_transition import TransitionForm
from editor.session import Session


def _concerns(change: AnyChange) -> bool:
    """Whether a form may show it: what is meant, and of the drawing the colours, and what notes say."""
    old, new = change.old, change.new
    if isinstance(old, Note) and isinstance(new, Note):
        return (old.text, old.tint) != (new.text, new.tint)
    is_tint = isinstance(old, Box) and isinstance(new, Box) and old.tint != new.tint
    return change.is_semantic or is_tint


class InspectorPanel(QWidget):
    """Shows one form at a time; it is made anew when the selection or the shape of its element changes.

    The form of the machine, which comes back whenever nothing is selected, is kept meanwhile.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._completer = Completer(session)
        self._shown: tuple[str, ...] | None = None
        self._kept: MachineForm | None = None
        self.form: Form | None = None
        self.several = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.several.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.several.setObjectName("hint")
        self.several.setContentsMargins(12, 12, 12, 12)
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self.several)
        session.selection_changed.subscribe(self._show)
        session.document_replaced.subscribe(self._on_document)
        session.changed.subscribe(self._on_changed)
        self._show()

    def _on_document(self) -> None:
        if self._kept is not None:
            discard(self._kept)
            self._kept = None
        self._show_anew()

    def _on_changed(self, changes: Changes) -> None:
        if self.form is None or not any(_concerns(change) for change in changes):
            return
        if self._session.selection.ids != self._shown:
            return
        if self.form.is_current():
            self.form.refresh()
        else:
            place = self.form.leave()
            self._show_anew()
            if self.form is not None:
                self.form.return_to(place)

    def _show_anew(self) -> None:
        self._put_away(is_kept=False)
        self._shown = None
        self._show()

    def _show(self) -> None:
        ids = self._session.selection.ids
        if ids == self._shown:
            return
        self._shown = ids
        self._put_away(is_kept=True)
        self.form = self._form(ids)
        if self.form is None:
            self.several.setText(f"{len(ids)} elements are selected. Select one to see its fields.")
            self._layout.setCurrentWidget(self.several)
        else:
            self._layout.addWidget(self.form)
            self._layout.setCurrentWidget(self.form)

    def _put_away(self, *, is_kept: bool) -> None:
        """Show no form; that of the machine may be kept."""
        former, self.form = self.form, None
        if former is None:
            return
        former.hide()
        self._layout.removeWidget(former)
        if is_kept and isinstance(former, MachineForm):
            self._kept = former
        else:
            discard(former)

    def _machine_form(self) -> MachineForm:
        """The form of the machine that was kept, seen from its top; another one where that does not fit any more.

        One with a text that was refused or not finished is let go, too: another one begins with it and says so.
        """
        kept, self._kept = self._kept, None
        if kept is not None and kept.is_settled() and kept.is_current():
            kept.refresh()
            kept.verticalScrollBar().setValue(0)
            return kept
        if kept is not None:
            discard(kept)
        return MachineForm(self._session, self._completer)

    def _form(self, ids: tuple[str, ...]) -> Form | None:
        if len(ids) > 1:
            return None
        if not ids:
            return self._machine_form()
        chart = self._session.document.chart
        if ids[0] in self._session.document.diagram.notes:
            return NoteForm(self._session, ids[0])
        if ids[0] in chart.transitions:
            return TransitionForm(self._session, ids[0], self._completer)
        if ids[0] in chart.states:
            return StateForm(self._session, ids[0], self._completer)
        return self._machine_form()
