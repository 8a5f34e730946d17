"""The planner of deleting: everything that goes along with what is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document import dots, regions
from editor.document.boxes import Boxes
from editor.document.rewriting import Rewriter, rewritten
from editor.document.undo import Edit
from editor.model import queries
from editor.model.changes import AnyChange, BendsChange, BoxChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Transition, TriggerKind, unresolved


def removal(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> Edit:
    """States with all inside, transitions, and all that touch what goes; `in` guards keep the path as a text."""
    chosen = list(dict.fromkeys(ids))
    states = _with_descendants(chart, [id for id in chosen if id in chart.states and id != chart.root_id])
    transitions = {id for id in chosen if id in chart.transitions}
    changes: list[AnyChange] = []
    gone: set[str] = set()
    for transition in chart.transitions.values():
        new = _without(chart, transition, states, transitions)
        if new is None:
            gone.add(transition.id)
            changes += transition_gone(diagram, transition)
        elif new is not transition:
            changes.append(TransitionChange(transition.id, transition, new))
    for id in states:
        changes.append(StateChange(id, chart.states[id], None))
        if id in diagram.boxes:
            changes.append(BoxChange(id, diagram.boxes[id], None))
    if any(queries.is_region(chart, id) for id in states):
        changes += _closed(chart, diagram, changes, states)
    changes = dots.given_up(chart, diagram, changes)
    label = _label(chart, states, gone - transitions, transitions)
    if not states:
        return Edit(label, tuple(changes))

    def named(reference: str) -> str:
        return unresolved(queries.dotted_path(chart, reference)) if reference in states else reference

    return Edit(label, rewritten(chart, changes, Rewriter(reference=named)))


def _closed(
    chart: Chart, diagram: Diagram, changes: list[AnyChange], states: dict[str, None]
) -> list[AnyChange]:
    """The ground of regions that go falls to those beside them."""
    after = chart.copy()
    after.apply(changes)
    boxes = Boxes(after, diagram)
    regions.leave(boxes, chart, states)
    return boxes.changes()


def transition_gone(diagram: Diagram, transition: Transition) -> list[AnyChange]:
    """What removes a transition, its bends with it."""
    return [TransitionChange(transition.id, transition, None), *bends_gone(diagram, transition.id)]


def bends_gone(diagram: Diagram, id: str) -> list[AnyChange]:
    """What drops the bends of a transition; nothing where it has none."""
    bends = diagram.bends.get(id)
    return [] if bends is None else [BendsChange(id, bends, None)]


def _with_descendants(chart: Chart, ids: list[str]) -> dict[str, None]:
    found: dict[str, None] = {}
    for id in ids:
        for state in queries.document_order(chart, id):
            found[state.id] = None
    return found


def _without(
    chart: Chart, transition: Transition, states: dict[str, None], transitions: set[str]
) -> Transition | None:
    """What is left of a transition; an initial one goes to the first child that stays."""
    if transition.id in transitions or transition.source in states:
        return None
    left = tuple(target for target in transition.targets if target not in states)
    if left == transition.targets:
        return transition
    if not left and transition.trigger.kind is TriggerKind.INITIAL:
        stay = (
            child.id
            for child in chart.children(transition.source)
            if child.id not in states and not child.kind.is_history
        )
        left = tuple(stay)[:1]
    return replace(transition, targets=left) if left else None


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"


def _label(chart: Chart, states: dict[str, None], along: set[str], transitions: set[str]) -> str:
    if not states:
        return f"Delete {_count(len(transitions), 'transition')}"
    first = next(iter(states))
    what = f"“{chart.states[first].key}”" if len(states) == 1 else _count(len(states), "state")
    more = len(along) + len(transitions)
    return f"Delete {what}" + (f" and {_count(more, 'transition')}" if more else "")
