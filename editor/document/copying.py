"""The planner of duplicating: states with all that is in them and goes on among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from editor.document import regions
from editor.document.boxes import Boxes, moved_bends
from editor.document.rewriting import Rewriter
from editor.document.steps import Steps, named, outermost
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import GRID, Point, Rect
from editor.layout.sizes import Measure
from editor.model import expressions, queries
from editor.model.changes import AnyChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Invoke, State, Transition, is_unresolved

_GAP = 4 * GRID
_MOST_TRIES = 40
_NUMBER = re.compile(r"(.*?)( ?)(\d+)\Z", re.DOTALL)


def duplicate(
    chart: Chart, diagram: Diagram, ids: Iterable[str], by: Point | None = None, *, measure: Measure
) -> tuple[Edit, dict[str, str]]:
    """Copies of states, with the transitions among them: shifted by a way, or beside them where there is room.

    Names, ids and those of services are made unique, and what the copies say of each other they say of themselves.
    Transitions that lead out of what is copied, or into it, are left out. Returns the copy of each outermost state too.

    Raises:
        ChartError: there is no state among `ids`.
    """
    top = outermost(chart, ids)
    if not top:
        raise ChartError("Select a state to duplicate.")
    copying = _Copying(chart, top)
    steps = Steps(chart, diagram)
    steps.make(copying.changes())
    boxes = Boxes(steps.chart, steps.diagram)
    _place(boxes, copying, by if by is not None else _way(chart, diagram, top))
    for parent in dict.fromkeys(chart.states[id].parent for id in top):
        if by is None:
            new = [copying.ids[id] for id in top if chart.states[id].parent == parent]
            regions.enter(boxes, parent or "", new, measure)
            boxes.fit(parent, measure)
    steps.make(boxes.changes())
    return steps.edit(f"Duplicate {named(chart, top)}"), {id: copying.ids[id] for id in top}


def left_out(chart: Chart, ids: Iterable[str]) -> int:
    """How many transitions copies of states would not have, because they lead out of what is copied."""
    inside = {state.id for id in outermost(chart, ids) for state in queries.document_order(chart, id)}
    return sum(
        any(not is_unresolved(target) and target not in inside for target in transition.targets)
        for id in inside
        for transition in chart.outgoing(id)
    )


def next_name(name: str, taken: Iterable[str]) -> str:
    """`name` with the next number behind it that is not taken: `a` gives `a 2`, `a 2` gives `a 3`, `s7` gives `s8`."""
    found = _NUMBER.match(name)
    stem, space, number = (found[1], found[2], int(found[3]) + 1) if found else (name, " ", 2)
    names = set(taken)
    while f"{stem}{space}{number}" in names:
        number += 1
    return f"{stem}{space}{number}"


class _Copying:
    """What is copied, under which ids and names."""

    def __init__(self, chart: Chart, top: list[str]) -> None:
        self.chart = chart
        self.top = top
        self.states = [state for id in top for state in queries.document_order(chart, id)]
        self.ids = {state.id: chart.fresh_id("s") for state in self.states}
        self.transitions = [
            each for state in self.states for each in chart.outgoing(state.id) if self._stays(each)
        ]
        self.arrows = {each.id: chart.fresh_id("t") for each in self.transitions}
        self._names(chart)

    def _stays(self, transition: Transition) -> bool:
        """Whether all its targets are copied; where a state begins is copied whatever it names."""
        return all(
            target in self.ids or (is_unresolved(target) and transition.is_pseudo)
            for target in transition.targets
        )

    def _names(self, chart: Chart) -> None:
        keys: dict[str, set[str]] = {}
        self.keys: dict[str, str] = {}
        for id in self.top:
            state = chart.states[id]
            parent = state.parent or chart.root_id
            taken = keys.setdefault(parent, {child.key for child in chart.children(parent)})
            self.keys[id] = next_name(state.key, taken)
            taken.add(self.keys[id])
        declared = {state.declared_id for state in chart.states.values() if state.declared_id}
        self.declared = _fresh([state.declared_id for state in self.states], declared)
        services = {each.id for state in chart.states.values() for each in state.invokes if each.id}
        self.services = _fresh([each.id for state in self.states for each in state.invokes], services)

    def changes(self) -> list[AnyChange]:
        """The new records."""
        rewriter = self._rewriter()
        orders: dict[str, float] = {}
        found: list[AnyChange] = []
        for state in self.states:
            new = rewriter.state(self._state(state))
            if state.id in self.keys and state.parent is not None:
                order = orders.get(state.parent, self.chart.children(state.parent)[-1].order) + 1
                orders[state.parent] = order
                new = replace(new, order=order)
            found.append(StateChange(new.id, None, new))
        for each in self.transitions:
            targets = tuple(self.ids.get(target, target) for target in each.targets)
            arrow = replace(each, id=self.arrows[each.id], source=self.ids[each.source], targets=targets)
            found.append(TransitionChange(arrow.id, None, rewriter.transition(arrow)))
        return found

    def _state(self, state: State) -> State:
        parent = state.parent or ""
        return replace(
            state,
            id=self.ids[state.id],
            parent=self.ids.get(parent, parent),
            key=self.keys.get(state.id, state.key),
            declared_id=self.declared[state.declared_id] if state.declared_id else None,
            invokes=tuple(self._invoke(each) for each in state.invokes),
        )

    def _invoke(self, invoke: Invoke) -> Invoke:
        return replace(invoke, id=self.services[invoke.id]) if invoke.id else invoke

    def _rewriter(self) -> Rewriter:
        """What the copies say of what is copied, said of the copies."""
        paths = [pair for id in self.top for pair in self._paths(id)]
        paths += [(f"#{old}", f"#{new}") for old, new in self.declared.items()]

        def expression(text: str) -> str:
            if "matches" in text and self.chart.info.is_native:
                for old, new in paths:
                    text = expressions.rename_path(text, old, new)
            return text

        def event(text: str) -> str:
            for head in ("done.invoke.", "error.platform."):
                if text.startswith(head) and text[len(head) :] in self.services:
                    return head + self.services[text[len(head) :]]
            return text

        return Rewriter(
            reference=lambda id: self.ids.get(id, id),
            expression=expression,
            event=event,
            receiver=lambda text: f"#_{self.services[text[2:]]}" if text[2:] in self.services else text,
        )

    def _paths(self, id: str) -> list[tuple[str, str]]:
        """How the path of an outermost state may be written, and how that of its copy is."""
        keys = list(queries.keys(self.chart, id))
        found = []
        for depth, ancestor in enumerate(queries.lineage(self.chart, id)[:-1]):
            name = self.chart.states[ancestor].declared_id
            heads = ["", "#"] if not depth else []
            heads += [f"#{name}."] if name else []
            old = ".".join(keys[depth:])
            new = ".".join([*keys[depth:-1], self.keys[id]])
            found += [(f"{head}{old}", f"{head}{new}") for head in heads]
        return found


def _fresh(names: Iterable[str | None], taken: set[str]) -> dict[str, str]:
    """A name that is free for each that is there."""
    found: dict[str, str] = {}
    for name in names:
        if name:
            found[name] = next_name(name, taken)
            taken.add(found[name])
    return found


def _place(boxes: Boxes, copying: _Copying, way: Point) -> None:
    """The boxes and bends of the copies, shifted from those that they were made from."""
    diagram = boxes.diagram
    for state in copying.states:
        box = diagram.boxes.get(state.id)
        if box is not None:
            new = replace(box, id=copying.ids[state.id])
            if state.id in copying.keys:
                new = replace(new, x=box.x + way.x, y=box.y + way.y, auto=False)
            boxes.put(new.id, new)
    for each in copying.transitions:
        bends = diagram.bends.get(each.id)
        if bends is not None:
            is_inside = queries.container(copying.chart, each) in copying.ids
            moved = replace(bends, id=copying.arrows[each.id])
            boxes.put_bends(moved.id, moved if is_inside else moved_bends(moved, way.x, way.y))


def _way(chart: Chart, diagram: Diagram, ids: list[str]) -> Point:
    """The shortest way, down or to the right, on which no copy comes to lie on a state beside it."""
    own = [(chart.states[id].parent, box.rect) for id in ids if (box := diagram.boxes.get(id)) is not None]
    around = Rect.around(rect for _, rect in own)
    if around is None:
        return Point(_GAP, _GAP)
    others = {
        parent: [box.rect for child in chart.children(parent or "") if (box := diagram.boxes.get(child.id))]
        for parent, _ in own
    }
    step = Point(_on_grid(around.width + _GAP), _on_grid(around.height + _GAP))
    for number in range(1, _MOST_TRIES + 1):
        for way in (Point(0, step.y * number), Point(step.x * number, 0)):
            moved = ((parent, rect.moved(way.x, way.y)) for parent, rect in own)
            if not any(rect.intersects(other) for parent, rect in moved for other in others[parent]):
                return way
    return Point(_GAP, _GAP)


def _on_grid(length: float) -> float:
    return -(-length // GRID) * GRID
