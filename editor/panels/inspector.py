"""The inspector: the fields of what is selected, or of the machine when nothing is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QStackedLayout, QWidget

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
    """Shows one form at a time. There is one for each kind of element, which follows what is selected of that kind."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._completer = Completer(session)
        self._shown: tuple[str, ...] | None = None
        self._forms: dict[type[Form], Form] = {}
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
        """Forms belong to one document."""
        former, self._forms = list(self._forms.values()), {}
        self.form = None
        for form in former:
            self._layout.removeWidget(form)
            discard(form)
        self._shown = None
        self._show()

    def _on_changed(self, changes: Changes) -> None:
        if self.form is None or not any(_concerns(change) for change in changes):
            return
        if self._session.selection.ids == self._shown:
            self.form.refresh()

    def _show(self) -> None:
        ids = self._session.selection.ids
        if ids == self._shown:
            return
        former, had_focus = self.form, self.isAncestorOf(QApplication.focusWidget() or self.window())
        self.form = self._form(ids)
        self._shown = ids
        if self.form is None:
            self.several.setText(f"{len(ids)} elements are selected. Select one to see its fields.")
            self._layout.setCurrentWidget(self.several)
        elif self.form is not former:
            self._layout.setCurrentWidget(self.form)
            self.form.begin(takes_focus=had_focus)

    def _form(self, ids: tuple[str, ...]) -> Form | None:
        """The form for what is selected, saying what there is to say of it."""
        if len(ids) > 1:
            return None
        id, kind = (ids[0] if ids else ""), self._kind(ids)
        form = self._forms.get(kind)
        if form is not None:
            form.show_element(id if kind is not MachineForm else "")
            return form
        made: Form
        if kind is MachineForm:
            made = MachineForm(self._session, self._completer)
        else:
            made = kind(self._session, self._completer, id)
        self._forms[kind] = made
        self._layout.addWidget(made)
        return made

    def _kind(self, ids: tuple[str, ...]) -> type[Form]:
        document = self._session.document
        if not ids:
            return MachineForm
        if ids[0] in document.diagram.notes:
            return NoteForm
        if ids[0] in document.chart.transitions:
            return TransitionForm
        return StateForm if ids[0] in document.chart.states else MachineForm
