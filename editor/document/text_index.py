"""TextIndex: all texts of a document by element, searched as one types; kept current while the document changes.

Capitals and diacritics make no difference. What is found stands in the order in which a drawing is read: rows from the
left to the right, each state with its transitions and then with what lies inside of it, before the next one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from editor.geometry import Rect
from editor.model import labels
from editor.model.changes import (
    AnyChange,
    BoxChange,
    InfoChange,
    NoteChange,
    StateChange,
    TransitionChange,
)
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import (
    Action,
    Block,
    Choose,
    Foreach,
    Raise,
    Script,
    Send,
    State,
    Transition,
    TriggerKind,
)

_ROW = 0.5
"""Of the height of the first in a row: what begins above that stands in the same row."""


class Part(Enum):
    """What of an element a text is; the value is what a query may begin with, before a colon, to look only there."""

    NAME = "name"
    EVENT = "event"
    GUARD = "guard"
    ACTION = "action"
    SERVICE = "service"
    DESCRIPTION = "description"
    TAG = "tag"
    NOTE = "note"


_Texts = Iterator[tuple[Part, str]]


class Asked(NamedTuple):
    """What is looked for, in small letters without diacritics, and in which part alone; None for everywhere."""

    text: str
    part: Part | None = None


def fold(text: str) -> str:
    """A text as it is compared: in small letters, without diacritics."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(each for each in parts if not unicodedata.combining(each)).casefold()


def asked(query: str, part: Part | None = None) -> Asked:
    """What a query looks for: in a part, unless it begins with the name of another, as `event: pay` does."""
    head, colon, rest = query.partition(":")
    own = {each.value: each for each in Part}.get(head.strip().lower()) if colon else None
    return Asked(fold(rest.strip()), own) if own is not None else Asked(fold(query.strip()), part)


class TextIndex:
    """The texts of one document. Invariant: whoever changes the document tells it by `note`, after the change.

    What changed is looked at when somebody asks, so that edits cost nothing.
    """

    def __init__(self, chart: Chart, diagram: Diagram) -> None:
        self._chart = chart
        self._diagram = diagram
        self._parts: dict[Part, dict[str, str]] = {part: {} for part in Part}
        self._whole: dict[str, str] = {}
        self._referring: set[str] = set()
        self._touched: dict[str, None] | None = None  # None: everything
        self._rows: dict[str, list[str]] = {}
        self._order: list[str] | None = None

    def note(self, changes: Iterable[AnyChange]) -> None:
        """Something changed; nothing is looked at yet."""
        for change in changes:
            if isinstance(change, StateChange):
                self._note_state(change)
            elif isinstance(change, TransitionChange):
                self._note_transition(change)
            elif isinstance(change, NoteChange):
                self._touch(change.id)
                self._move(self._chart.root_id)
            elif isinstance(change, BoxChange):
                state = self._chart.states.get(change.id)
                self._move(state.parent if state is not None else None)
            elif isinstance(change, InfoChange):
                self._touched = None  # what the words of a label mean may be another

    def _note_state(self, change: StateChange) -> None:
        """A state has texts, is named in guards, and has services that transitions wait for."""
        old, new = change.old, change.new
        self._touch(change.id)
        if old is None or new is None or (old.parent, old.order) != (new.parent, new.order):
            for record in (old, new):
                self._move(record.parent if record is not None else None)
        if old is None or new is None or (old.key, old.parent) != (new.key, new.parent):
            for id in self._referring:
                self._touch(id)
        if new is not None and (old is None or old.invokes != new.invokes):
            for each in self._chart.outgoing(change.id):
                self._touch(each.id)

    def _note_transition(self, change: TransitionChange) -> None:
        old, new = change.old, change.new
        self._touch(change.id)
        if old is None or new is None or (old.source, old.order) != (new.source, new.order):
            self._order = None

    def _touch(self, id: str) -> None:
        if self._touched is not None:
            self._touched[id] = None

    def _move(self, parent: str | None) -> None:
        """What lies in a state is to be read in another order."""
        self._order = None
        if parent is not None:
            self._rows.pop(parent, None)

    # asking

    def find(self, wanted: Asked) -> tuple[str, ...]:
        """The states, transitions and notes with a text that contains what is looked for; none for an empty text."""
        self._look()
        texts = self._whole if wanted.part is None else self._parts[wanted.part]
        text = wanted.text
        return self.ordered({id for id, own in texts.items() if text in own} if text else ())

    def ordered(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Elements in the order in which the drawing is read; what is not in it is left out."""
        if self._order is None:
            self._order = list(self._read())
        wanted = set(ids)
        return tuple(id for id in self._order if id in wanted) if wanted else ()

    # the texts

    def _look(self) -> None:
        chart, diagram = self._chart, self._diagram
        if self._touched is None:
            for part in self._parts.values():
                part.clear()
            self._whole.clear()
            self._referring.clear()
            touched: Iterable[str] = (*chart.states, *chart.transitions, *diagram.notes)
        else:
            touched = self._touched
        for id in touched:
            self._put(id)
        self._touched = {}

    def _put(self, id: str) -> None:
        if id in self._whole:
            del self._whole[id]
            self._referring.discard(id)
            for part in self._parts.values():
                part.pop(id, None)
        by_part: dict[Part, list[str]] = {}
        for kind, text in self._texts(id):
            if text:
                by_part.setdefault(kind, []).append(text)
        if not by_part:
            return
        for kind, texts in by_part.items():
            self._parts[kind][id] = fold("\n".join(texts))
        self._whole[id] = "\n".join(self._parts[kind][id] for kind in by_part)
        if any("in(" in text for text in by_part.get(Part.GUARD, ())):
            self._referring.add(id)

    def _texts(self, id: str) -> _Texts:
        chart = self._chart
        if id in chart.transitions:
            return _of_transition(chart, chart.transitions[id])
        if id in self._diagram.notes:
            return iter([(Part.NOTE, self._diagram.notes[id].text)])
        return _of_state(chart, chart.states[id]) if id in chart.states and id != chart.root_id else iter(())

    # the order

    def _read(self) -> Iterator[str]:
        """All elements, as one reads the drawing."""
        chart, root = self._chart, self._chart.root_id
        stack = [root]
        while stack:
            id = stack.pop()
            if id != root:
                yield id
            if id not in chart.states:
                continue
            yield from (each.id for each in chart.outgoing(id))
            if id == root or chart.has_children(id):
                stack.extend(reversed(self._inside(id)))

    def _inside(self, id: str) -> Sequence[str]:
        """What lies in a state, row by row; on the open ground notes as well."""
        found = self._rows.get(id)
        if found is None:
            boxes, notes = self._diagram.boxes, self._diagram.notes
            rects: dict[str, Rect] = {}
            for child in self._chart.children(id):
                box = boxes.get(child.id)
                rects[child.id] = box.rect if box is not None else Rect(0, 0, 0, 0)
            if id == self._chart.root_id:
                rects.update((note.id, note.rect) for note in notes.values())
            found = self._rows[id] = _by_rows(rects)
        return found


def _by_rows(rects: dict[str, Rect]) -> list[str]:
    """Rectangles as one reads them: those that begin at about the same height from the left to the right."""
    found: list[str] = []
    row: list[str] = []
    end = 0.0
    for id in sorted(rects, key=lambda id: rects[id].y):
        rect = rects[id]
        if row and rect.y >= end:
            found += sorted(row, key=lambda each: rects[each].x)
            row = []
        if not row:
            end = rect.y + _ROW * rect.height
        row.append(id)
    return found + sorted(row, key=lambda each: rects[each].x)


def _of_state(chart: Chart, state: State) -> _Texts:
    yield Part.NAME, state.key
    yield Part.NAME, state.declared_id or ""
    yield Part.DESCRIPTION, state.description or ""
    for tag in state.tags:
        yield Part.TAG, tag
    for invoke in state.invokes:
        for text in (invoke.src, invoke.src_expr, invoke.id):
            yield Part.SERVICE, text or ""
        yield from _of_actions(chart, invoke.finalize or ())
    yield from _of_actions(chart, state.entry)
    yield from _of_actions(chart, state.exit)


def _of_transition(chart: Chart, transition: Transition) -> _Texts:
    kind = transition.trigger.kind
    if kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
        yield Part.SERVICE, labels.trigger_text(chart, transition)
    elif not transition.is_pseudo:
        yield Part.EVENT, labels.trigger_text(chart, transition)
    if transition.guard is not None:
        yield Part.GUARD, labels.guard_text(chart, transition.guard)
    yield Part.DESCRIPTION, transition.description or ""
    yield from _of_actions(chart, transition.actions)


def _of_actions(chart: Chart, actions: Iterable[Action]) -> _Texts:
    """Actions with all that is inside of them, the events that they raise and send, and the guards of choices."""
    for action in actions:
        if isinstance(action, Choose):
            for branch in action.branches:
                if branch.guard is not None:
                    yield Part.GUARD, labels.guard_text(chart, branch.guard)
                yield from _of_actions(chart, branch.actions)
        elif isinstance(action, Block):
            yield from _of_actions(chart, action.actions)
        else:
            yield Part.ACTION, labels.action_text(action)
            if isinstance(action, Raise | Send):
                yield Part.EVENT, action.event
            elif isinstance(action, Script):
                yield Part.ACTION, action.text or action.src or ""
            elif isinstance(action, Foreach):
                yield from _of_actions(chart, action.actions)
