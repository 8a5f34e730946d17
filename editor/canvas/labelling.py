"""Typing in place: which text is edited, how it is checked, and the edit it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt

from editor.canvas.chain import Chain, following
from editor.canvas.label_editor import LabelEditor
from editor.commands.completing import Completer
from editor.completion.completion import Completion
from editor.document import edits
from editor.document.document import AMID_A_DRAG
from editor.document.fitting import fitted
from editor.document.undo import Edit
from editor.errors import EditorError, ExpressionError
from editor.layout.sizes import HEADER, REGION_HEADER, is_name_in_middle
from editor.model import labels
from editor.model.elements import StateKind
from editor.model.queries import is_region
from editor.model.slots import Grammar

if TYPE_CHECKING:
    from editor.canvas.view import ChartView


class Labelling:
    """Opens the text field of a view over a state's name or a transition's label.

    A text that was left while it was wrong is not lost: it stands in the field when that is opened again.
    """

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._refused: dict[str, str] = {}
        self.chain = Chain(view)
        self.completer = Completer(view.session)
        self.editor: LabelEditor | None = None

    def close(self) -> None:
        """Keep what is typed and close the field."""
        if self.editor is not None:
            self.editor.finish(keep=True)

    def open(self, id: str) -> None:
        """Open the field over an element; the machine itself and initial transitions have no text."""
        self.close()
        chart = self._view.session.document.chart
        if id in chart.states and id != chart.root_id:
            rect = self._view.picture.rect(id)
            if rect is not None:
                place = self._view.rect_to_view(rect)
                self._start(id, chart.states[id].key, self._name_place(id, place))
        elif id in chart.transitions and not chart.transitions[id].is_pseudo:
            route = self._view.picture.route(id)
            if route is not None:
                text = labels.label_text(chart, chart.transitions[id])
                self._start(id, text, self._view.rect_to_view(route.label))

    def _name_place(self, id: str, place: QRect) -> QRect:
        """Where the name stands in a state: in its middle, below its ring, or in the line at its top."""
        chart = self._view.session.document.chart
        line = round((REGION_HEADER if is_region(chart, id) else HEADER) * self._view.zoom)
        if is_name_in_middle(chart, id) or place.height() <= line:
            return place
        if chart.states[id].kind is StateKind.FINAL:
            return place.adjusted(0, line, 0, 0)
        return QRect(place.x(), place.y(), place.width(), line)

    def _start(self, id: str, text: str, place: QRect) -> None:
        editor = LabelEditor(self._view.viewport(), text, lambda typed: self._check(id, typed), place)
        if id in self._refused:
            editor.setText(self._refused.pop(id))
        if id in self._view.session.document.chart.transitions:
            Completion(editor, self.completer, Grammar.LABEL, id, editor.lowest)
        is_new = self.chain.opened(id)
        editor.accepted.connect(lambda typed: self._keep(id, typed))
        if is_new:
            editor.completed.connect(lambda: self.chain.named(id))
        editor.refused.connect(lambda typed, problem: self._refuse(id, typed, problem))
        editor.passed_on.connect(lambda: self._go_on(id))
        editor.ended.connect(self._on_ended)
        self.editor = editor

    def _on_ended(self) -> None:
        self.editor = None
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self, id: str) -> None:
        """From one text to the one that follows it."""
        session = self._view.session
        after = following(session.document.chart, id)
        if after:
            session.selection.replace([after])
            session.reveal(after)
            self.open(after)

    def _refuse(self, id: str, text: str, problem: str) -> None:
        self._refused[id] = text
        self._view.session.say(
            f"“{text}” was not kept: {problem.rstrip('.')}. Open the label again to mend it."
        )

    def forget(self) -> None:
        """Another document is shown: close the field and forget what was wrong."""
        if self.editor is not None:
            self.editor.finish(keep=False)
        self._refused.clear()

    def _edit(self, id: str, text: str) -> Edit:
        chart = self._view.session.document.chart
        return edits.rename(chart, id, text) if id in chart.states else edits.set_label(chart, id, text)

    def _check(self, id: str, text: str) -> str:
        chart = self._view.session.document.chart
        if id not in chart.states and id not in chart.transitions:
            return ""
        if self._view.session.document.is_in_gesture:
            return AMID_A_DRAG
        try:
            self._edit(id, text)
        except ExpressionError as error:
            at = f" (character {error.column})" if error.column is not None else ""
            return f"{error.message}{at}"
        except EditorError as error:
            return str(error)
        return ""

    def _keep(self, id: str, text: str) -> None:
        document = self._view.session.document
        if id not in document.chart.states and id not in document.chart.transitions:
            return
        edit = self._edit(id, text)
        document.apply(fitted(document.chart, document.diagram, edit, self._view.measure))
