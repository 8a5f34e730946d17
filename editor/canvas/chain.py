"""What comes after a text that was typed in place: the next text of the chart, or the next state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.document import card_lines, edits
from editor.model.changes import StateChange
from editor.model.chart import Chart
from editor.requests import EditLabel
from editor.tools.place import NEW_STATE, place_for

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

_APART = 48.0


class Chain:
    """Knows which state was made and named last: Return once more makes the next one beside it."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._named = ("", -1)

    def opened(self, id: str) -> bool:
        """A field was opened over an element; whether that was made just now."""
        self._named = ("", -1)
        last = self._view.session.document.undo_stack.last
        return last is not None and any(
            isinstance(change, StateChange) and change.id == id and change.old is None
            for change in last.changes
        )

    def named(self, id: str) -> None:
        """A state that was made just now has its name."""
        self._named = (id, self._view.session.document.chart.version)

    def go_on(self) -> None:
        """Make the state beside the one that was made and named last, as long as it is selected; else open the text."""
        session = self._view.session
        chosen = session.selection.ids
        id = chosen[0] if len(chosen) == 1 else ""
        if id in session.document.chart.states and self._named == (id, session.document.chart.version):
            self._make_beside(id)
        elif id:
            self._view.edit_label(id)

    def _make_beside(self, id: str) -> None:
        document, scene = self._view.session.document, self._view.tool.scene
        chart = document.chart
        rect = self._view.picture.rect(id)
        parent = chart.states[id].parent
        if rect is None or parent is None:
            return
        at = rect.center.moved(rect.width / 2 + _APART + NEW_STATE[0] / 2, 0)
        place = place_for(scene, parent, at, NEW_STATE)
        edit, new = edits.add_state(chart, document.diagram, parent, place, measure=self._view.measure)
        document.apply(edit)
        session = self._view.session
        session.selection.replace([new])
        self._view.reveal(new)
        session.ask(EditLabel(new))


def following(chart: Chart, id: str, part: str = "") -> tuple[str, str]:
    """The element, and the part of it, whose text comes after another; nothing where there is none.

    After the name of a state come its lines, then its first transition, else the state behind it. After a transition
    comes the state that it leads to, which is often as new; after one that stays the next one of its source.
    """
    if id in chart.states:
        own = [each for each in chart.outgoing(id) if not each.is_pseudo]
        lines = [
            str(each) for each in card_lines.lines(chart, id) if not part or _rank(str(each)) > _rank(part)
        ]
        if lines:
            return id, lines[0]
        if own:
            return own[0].id, ""
        beside = chart.children(chart.states[id].parent or chart.root_id)
        place = next((number for number, each in enumerate(beside) if each.id == id), len(beside))
        return (beside[place + 1].id, "") if place + 1 < len(beside) else ("", "")
    transition = chart.transitions.get(id)
    if transition is None:
        return "", ""
    target = transition.targets[0] if transition.targets else ""
    if target in chart.states and target != transition.source:
        return target, ""
    own = [each for each in chart.outgoing(transition.source) if not each.is_pseudo]
    place = own.index(transition)
    return (own[place + 1].id, "") if place + 1 < len(own) else ("", "")


def preceding(chart: Chart, id: str, part: str = "") -> tuple[str, str]:
    """The element, and the part of it, whose text comes before another; nothing where there is none.

    Before a line comes the one above it, before the first one the name; before a transition the one above it of its
    source, before the first one the last line of that, or its name.
    """
    if id in chart.states:
        lines = [str(each) for each in card_lines.lines(chart, id) if part and _rank(str(each)) < _rank(part)]
        if lines or part:
            return id, lines[-1] if lines else ""
        beside = chart.children(chart.states[id].parent or chart.root_id)
        place = next((number for number, each in enumerate(beside) if each.id == id), 0)
        return (beside[place - 1].id, "") if place else ("", "")
    transition = chart.transitions.get(id)
    if transition is None:
        return "", ""
    own = [each for each in chart.outgoing(transition.source) if not each.is_pseudo]
    place = own.index(transition)
    if place:
        return own[place - 1].id, ""
    lines = [str(each) for each in card_lines.lines(chart, transition.source)]
    is_machine = transition.source == chart.root_id
    return ("", "") if is_machine else (transition.source, lines[-1] if lines else "")


def _rank(part: str) -> tuple[int, int]:
    """The place of a line among the lines of a card."""
    line = card_lines.named(part)
    return (card_lines.KINDS.index(line.kind), line.number) if line is not None else (-1, -1)
