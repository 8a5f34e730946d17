"""Typing in place: which text is edited, how it is checked, and the edit it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt

from editor.canvas.card_parts import line_rect, machine_line_at
from editor.canvas.chain import Chain, following, preceding
from editor.canvas.label_editor import LabelEditor, Trouble
from editor.canvas.noting import Noting
from editor.commands.completing import Completer
from editor.completion.completion import Completion
from editor.document import card_lines, edits
from editor.document.card_lines import Line
from editor.document.document import AMID_A_DRAG
from editor.document.drafts import LABEL, Field
from editor.document.fitting import fitted
from editor.document.undo import Edit
from editor.errors import EditorError, ExpressionError
from editor.geometry import Point
from editor.layout.sizes import FINAL_NAME, HEADER, REGION_HEADER, is_name_in_middle
from editor.model import labels, naming, spoken
from editor.model.chart import Chart
from editor.model.elements import StateKind, TriggerKind
from editor.model.naming import Name, NameKind
from editor.model.queries import is_region
from editor.model.slots import Grammar
from editor.requests import Rename

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

Step = Callable[[Chart, str, str], tuple[str, str]]
"""From an element and its part to another one and its part; nothing where there is none."""
_HINTS = {"entry": "Entry action", "exit": "Exit action", "invoke": "Service as id with {a: 1}"}

_WORDS = {"entry": "Entry action", "exit": "Exit action", "invoke": "Service"}


def _field(id: str, part: str) -> Field:
    """A field over the canvas, as drafts call it."""
    return Field(id, f"{LABEL} {part}")


class Labelling:
    """Opens the text field of a view over a state's name, a line of its card, a transition's label or a note.

    A part is a line of a card by its name (`card_lines`), or the part of a label that is chosen in it. A text that was
    left while it was wrong is not lost: it stands in the field when that is opened again.
    """

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._refused: dict[tuple[str, str], str] = {}
        self.chain = Chain(view)
        self.completer = Completer(view.session)
        self.notes = Noting(view)
        self.editor: LabelEditor | None = None

    def close(self) -> None:
        """Keep what is typed and close the field."""
        self.notes.close()
        if self.editor is not None:
            self.editor.finish(keep=True)

    def open(self, id: str, part: str = "") -> None:
        """Open the field over an element; the machine itself and initial transitions have no text."""
        self.close()
        chart = self._view.session.document.chart
        line = card_lines.named(part)
        if id in self._view.session.document.diagram.notes:
            self.notes.open(id)
        elif id in chart.states and line is not None:
            self._open_line(id, line)
        elif id in chart.states and id != chart.root_id:
            rect = self._view.picture.rect(id)
            if rect is not None:
                place = self._view.rect_to_view(rect)
                self._start(id, "", chart.states[id].key, self._name_place(id, place))
        elif id in chart.transitions and not chart.transitions[id].is_pseudo:
            self._open_label(id, part)

    def open_selected(self, part: str = "") -> None:
        """Bring the one selected element into sight, the machine where none is, and open the field over it."""
        ids = self._view.session.selection.ids or (self._view.session.document.chart.root_id,)
        if len(ids) == 1:
            self._view.reveal(ids[0])
            self.open(ids[0], part)

    def add_line(self, kind: str) -> None:
        """Open the field for a line of this kind that the one selected state, or the machine, does not have yet."""
        chart = self._view.session.document.chart
        ids = self._view.session.selection.ids or (self._view.surface.ground or chart.root_id,)
        if len(ids) == 1 and ids[0] in chart.states:
            self.open_selected(str(card_lines.to_come(chart, ids[0], kind)))

    def _open_line(self, id: str, line: Line) -> None:
        chart, picture = self._view.session.document.chart, self._view.picture
        rect = line_rect(picture, id, line) if card_lines.has_lines(chart, id) else None
        if rect is not None:
            text = card_lines.text(chart, id, line)
            editor = self._start(id, str(line), text, self._view.rect_to_view(rect))
            editor.setPlaceholderText(_HINTS[line.kind])

    def opens_machine(self, at: Point) -> bool:
        """Open the line of the machine itself at a place; whether its lines are there."""
        shape, line = self._view.picture.machine.shape, machine_line_at(self._view.picture, at)
        if line is not None:
            self._view.session.selection.replace([])
            self.open(self._view.picture.chart.root_id, str(line))
        elif shape is not None and shape.rect.contains(at):
            self._view.session.say("The name of the machine is its id: change that in the inspector.")
            return True
        return line is not None

    def _open_label(self, id: str, part: str) -> None:
        chart, route = self._view.session.document.chart, self._view.picture.route(id)
        if route is None:
            return
        if id in self._view.picture.merged:
            self._view.session.say("Expand the collapsed state to edit one of these transitions.")
            return
        transition = chart.transitions[id]
        text, start, end = labels.label_text(chart, transition), 0, 0
        if part:
            text, start, end = labels.with_part(chart, transition, part)
        editor = self._start(id, "", text, self._view.rect_to_view(route.label))
        if part and editor.text() == text:
            editor.setSelection(start, end - start)
            if start == end:
                editor.setCursorPosition(start)

    def _name_place(self, id: str, place: QRect) -> QRect:
        """Where the name stands in a state: in its middle, below its ring, or in the line at its top."""
        chart = self._view.session.document.chart
        line = round((REGION_HEADER if is_region(chart, id) else HEADER) * self._view.zoom)
        if is_name_in_middle(chart, id) or place.height() <= line:
            return place
        if chart.states[id].kind is StateKind.FINAL:
            under = place.height() - line
            if card_lines.lines(chart, id):
                under = min(under, round((FINAL_NAME - HEADER) * self._view.zoom))
            return QRect(place.x(), place.y() + line, place.width(), under)
        return QRect(place.x(), place.y(), place.width(), line)

    def _start(self, id: str, part: str, text: str, place: QRect) -> LabelEditor:
        editor = LabelEditor(
            self._view.viewport(),
            text,
            lambda typed: self._check(id, part, typed),
            place,
            from_left=bool(part),
        )
        editor.setAccessibleName(self._called(id, part))
        if (id, part) in self._refused:
            editor.setText(self._refused.pop((id, part)))
        grammar = self._grammar(id, part)
        if grammar is not None:
            Completion(editor, self.completer, grammar, id, editor.lowest)
        is_new = self.chain.opened(id) and not part
        editor.accepted.connect(lambda typed: self._keep(id, part, typed))
        if is_new:
            editor.completed.connect(lambda: self.chain.named(id))
        editor.refused.connect(lambda typed, problem: self._refuse(id, part, typed, problem))
        editor.passed_on.connect(lambda: self._go_on(id, part, following))
        editor.passed_back.connect(lambda: self._go_on(id, part, preceding))
        if not part:
            editor.everywhere.connect(lambda: self._rename_everywhere(id))
            self._tell_of_uses(id)
        drafts, field = self._view.session.document.drafts, _field(id, part)
        editor.textChanged.connect(lambda typed: drafts.put(field, typed if typed != text else None))
        editor.ended.connect(lambda: drafts.put(field, self._refused.get((id, part))))
        # not to the method: Qt for Python would keep a reference to this for every field there ever was
        editor.ended.connect(lambda: self._on_ended())
        self.editor = editor
        return editor

    def _called(self, id: str, part: str) -> str:
        """What is typed into a field, in words."""
        chart, line = self._view.session.document.chart, card_lines.named(part)
        if id in chart.transitions:
            return f"Label of the transition {spoken.element(chart, id)}"
        return f"{_WORDS[line.kind] if line is not None else 'Name'} of {spoken.name_of(chart, id)}"

    def _grammar(self, id: str, part: str) -> Grammar | None:
        """What is typed into a field; None for names of states, which are to be new."""
        if id in self._view.session.document.chart.transitions:
            return Grammar.LABEL
        line = card_lines.named(part)
        if line is None:
            return None
        return Grammar.INVOCATION if line.kind == "invoke" else Grammar.ACTIONS

    def _name(self, id: str) -> Name | None:
        """What the text of an element names: a state, or the event that a transition answers."""
        chart = self._view.session.document.chart
        if id in chart.states:
            return Name(NameKind.STATE, id)
        trigger = chart.transitions[id].trigger
        is_one = (
            trigger.kind is TriggerKind.EVENT and naming.is_event(trigger.text) and " " not in trigger.text
        )
        return Name(NameKind.EVENT, trigger.text) if is_one else None

    def _tell_of_uses(self, id: str) -> None:
        """That the event stands elsewhere too, where another name for it here is perhaps not all that is meant."""
        session, name = self._view.session, self._name(id)
        if name is not None and name.kind is NameKind.EVENT:
            count = session.document.vocabulary.names(NameKind.EVENT).get(name.text, 0)
            if count > 1:
                session.say(f"Return keeps the text here. F2 renames “{name.text}” in all {count} places.")

    def _rename_everywhere(self, id: str) -> None:
        """Close the field, and ask for the name in all places, with what has been typed of it."""
        name, editor = self._name(id), self.editor
        if name is None or editor is None:
            return
        new = editor.text()
        if name.kind is NameKind.EVENT:
            chart = self._view.session.document.chart
            own = chart.transitions[id]
            new = self._event_in(new) or name.text
            renamed = replace(own, trigger=replace(own.trigger, text=new))
            if editor.text().strip() != labels.label_text(chart, renamed):
                editor.tell(
                    Trouble("More than the event was changed: Return keeps that, then F2 renames it.")
                )
                return
        editor.finish(keep=False)
        self._view.session.ask(Rename(name, new))

    @staticmethod
    def _event_in(text: str) -> str:
        """The event that a label begins with; empty for none."""
        try:
            trigger = labels.parse_label(text).trigger
        except ExpressionError:
            return ""
        return trigger.text if trigger.kind is TriggerKind.EVENT else ""

    def _on_ended(self) -> None:
        self.editor = None
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self, id: str, part: str, step: Step) -> None:
        """From one text to the one that follows it, or that comes before it."""
        session = self._view.session
        then, then_part = step(session.document.chart, id, part)
        if then:
            session.selection.replace([then] if then != session.document.chart.root_id else [])
            self._view.reveal(then)
            self.open(then, then_part)

    def _refuse(self, id: str, part: str, text: str, problem: str) -> None:
        self._refused[id, part] = text
        what = "line" if part else "label"
        self._view.session.say(
            f"“{text}” was not kept: {problem.rstrip('.')}. Open the {what} again to mend it."
        )

    def forget(self) -> None:
        """Another document is shown: close the field, forget what was wrong, and know what was typed in that one."""
        self.notes.forget()
        if self.editor is not None:
            self.editor.finish(keep=False)
        self._refused.clear()
        for field, text in self._view.session.document.drafts.texts.items():
            where, _, part = field.name.partition(" ")
            if where == LABEL:
                self._refused[field.element, part] = text

    def _edit(self, id: str, part: str, text: str) -> Edit:
        document, line = self._view.session.document, card_lines.named(part)
        if line is not None:
            return card_lines.write(document.chart, document.diagram, id, line, text, self._view.measure)
        if id in document.chart.states:
            return edits.rename(document.chart, id, text)
        return edits.set_label(document.chart, id, text)

    def _check(self, id: str, part: str, text: str) -> Trouble:
        chart = self._view.session.document.chart
        if id not in chart.states and id not in chart.transitions:
            return Trouble()
        if self._view.session.document.is_in_gesture:
            return Trouble(AMID_A_DRAG)
        line = card_lines.named(part)
        try:
            if line is not None:
                card_lines.read(chart, id, line, text)
            else:
                self._edit(id, part, text)
        except ExpressionError as error:
            at = f" (character {error.column})" if error.column is not None else ""
            return Trouble(f"{error.message}{at}", (error.column or 1) - 1)
        except EditorError as error:
            return Trouble(str(error))
        return Trouble()

    def _keep(self, id: str, part: str, text: str) -> None:
        document = self._view.session.document
        if id not in document.chart.states and id not in document.chart.transitions:
            return
        edit = self._edit(id, part, text)
        document.apply(fitted(document.chart, document.diagram, edit, self._view.measure))
