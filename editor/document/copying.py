"""The planner of duplicating, and the records of copies: states with all that is in them and goes on among them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

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
_DONE = "done.state."
_MARK = "\N{SECTION SIGN}\N{PILCROW SIGN}"
"""Stands around the number of a path while others are exchanged; no key begins with it."""
_ASKED = re.compile(r"""(\bIn\(\s*(['"]))([^'"]*)(?=\2\s*\))""")
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
    copying = Copying(chart, top, chart)
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


def free_name(name: str, taken: Collection[str]) -> str:
    """`name`, counted on where it is taken."""
    return next_name(name, taken) if name in taken else name


class Copying:
    """What is copied, under which ids and names it comes into a chart.

    `top` are the outermost states, of the chart `source`, which may be the same. They go below `parent`, or beside
    those that they were made from. `kept` says which references of the source, to states that are not copied, mean
    which state of the other chart: transitions that lead to any other are left out, and so are beginnings with one
    that is `lost`.
    """

    def __init__(
        self,
        source: Chart,
        top: Sequence[str],
        into: Chart,
        parent: str | None = None,
        kept: Mapping[str, str] = MappingProxyType({}),
        lost: Collection[str] = (),
    ) -> None:
        self.chart = source
        self.into = into
        self.top = tuple(top)
        self.parents = {id: parent or source.states[id].parent or source.root_id for id in top}
        self.kept = kept
        self.lost = lost
        self.states = [state for id in top for state in queries.document_order(source, id)]
        self.ids = {state.id: into.fresh_id("s") for state in self.states}
        every = [each for state in self.states for each in source.outgoing(state.id)]
        self.transitions = [each for each in every if self._stays(each)]
        self.left_out = [each for each in every if not self._stays(each)]
        self.arrows = {each.id: into.fresh_id("t") for each in self.transitions}
        self._names()

    def _stays(self, transition: Transition) -> bool:
        """Whether all its targets are there; where a state begins is copied whatever it names."""
        return all(
            target in self.ids
            or target in self.kept
            or (is_unresolved(target) and transition.is_pseudo and target not in self.lost)
            for target in transition.targets
        )

    def _names(self) -> None:
        there = self.into.states.values()
        self.keys: dict[str, str] = {}
        declared = {state.declared_id for state in there if state.declared_id}
        if self.into.info.conventions.by_token:
            # states go by one name everywhere, which is one word where events tell of their ends
            taken = {state.key for state in there} | declared
            for state in self.states:
                self.keys[state.id] = queries.free_name("_".join(state.key.split()), taken)
                taken.add(self.keys[state.id])
        else:
            siblings: dict[str, set[str]] = {}
            for id, parent in self.parents.items():
                names = siblings.setdefault(parent, {child.key for child in self.into.children(parent)})
                self.keys |= _fresh_of([(id, self.chart.states[id].key)], names)
        self.declared: dict[str, str] = {}
        for state in self.states:
            if state.declared_id:
                is_key = state.declared_id == state.key and state.id in self.keys
                wanted = self.keys[state.id] if is_key else state.declared_id
                self.declared |= _fresh_of([(state.declared_id, wanted)], declared)
        services = {each.id for state in there for each in state.invokes if each.id}
        own = [each.id for state in self.states for each in state.invokes if each.id]
        self.services = _fresh_of([(id, id) for id in own], services)

    def reference(self, reference: str) -> str:
        """A reference of the source as the copies have it."""
        return self.ids.get(reference, self.kept.get(reference, reference))

    def changes(self) -> list[AnyChange]:
        """The new records."""
        rewriter = self.rewriter()
        orders: dict[str, float] = {}
        found: list[AnyChange] = []
        for state in self.states:
            new = rewriter.state(self._state(state))
            if state.id in self.parents:
                parent = self.parents[state.id]
                beside = self.into.children(parent)
                order = orders.get(parent, beside[-1].order if beside else -1.0) + 1
                orders[parent] = order
                new = replace(new, order=order)
            found.append(StateChange(new.id, None, new))
        for each in self.transitions:
            targets = tuple(self.reference(target) for target in each.targets)
            arrow = replace(each, id=self.arrows[each.id], source=self.ids[each.source], targets=targets)
            found.append(TransitionChange(arrow.id, None, rewriter.transition(arrow)))
        return found

    def _state(self, state: State) -> State:
        parent = self.parents.get(state.id) or self.ids[state.parent or ""]
        return replace(
            state,
            id=self.ids[state.id],
            parent=parent,
            key=self.keys.get(state.id, state.key),
            declared_id=self.declared[state.declared_id] if state.declared_id else None,
            invokes=tuple(self._invoke(each) for each in state.invokes),
        )

    def _invoke(self, invoke: Invoke) -> Invoke:
        return replace(invoke, id=self.services[invoke.id]) if invoke.id else invoke

    def rewriter(self) -> Rewriter:
        """What the copies say of what is copied, said of the copies."""
        paths = {old: new for id in self.top for old, new in self._paths(id)}
        paths |= {f"#{old}": f"#{new}" for old, new in self.declared.items()}
        paths = {old: new for old, new in paths.items() if old != new}

        def expression(text: str) -> str:
            if "matches" in text and self.chart.info.is_native:
                text = _with_paths(text, paths)
            elif "In(" in text:
                text = self._asked(text)
            return text

        return Rewriter(
            reference=self.reference,
            expression=expression,
            event=lambda text: self._event(text, paths),
            receiver=lambda text: f"#_{self.services[text[2:]]}" if text[2:] in self.services else text,
        )

    def _asked(self, text: str) -> str:
        """An expression in a language where In('name') asks for a state."""
        names = {state.key: self.keys[state.id] for state in self.states if state.id in self.keys}
        return _ASKED.sub(lambda found: f"{found[1]}{names.get(found[3], found[3])}", text)

    def _event(self, text: str, paths: Mapping[str, str]) -> str:
        for head in ("done.invoke.", "error.platform."):
            if text.startswith(head) and text[len(head) :] in self.services:
                return head + self.services[text[len(head) :]]
        if text.startswith(_DONE):
            rest = text[len(_DONE) :]
            return _DONE + (self.declared.get(rest) or _with_path(rest, paths))
        return text

    def _paths(self, id: str) -> list[tuple[str, str]]:
        """How the path of an outermost state may be written, and how that of its copy is."""
        keys = queries.keys(self.chart, id)
        above = queries.keys(self.into, self.parents[id])
        whole = ".".join((*above, self.keys[id]))
        found = []
        for depth, ancestor in enumerate(queries.lineage(self.chart, id)[:-1]):
            name = self.chart.states[ancestor].declared_id
            old = ".".join(keys[depth:])
            if not depth:
                found += [(old, whole), (f"#{old}", f"#{whole}")]
            if name:
                is_there = ancestor in self.into.states and self.chart is self.into
                new = f"#{name}.{'.'.join((*above[depth:], self.keys[id]))}" if is_there else f"#{whole}"
                found.append((f"#{name}.{old}", new))
        return found


def _with_paths(text: str, paths: Mapping[str, str]) -> str:
    """An expression with the paths in it exchanged all at once, since one may be called what another was."""
    for number, old in enumerate(paths):
        text = expressions.rename_path(text, old, f"{_MARK}{number}{_MARK}")
    for number, new in enumerate(paths.values()):
        text = expressions.rename_path(text, f"{_MARK}{number}{_MARK}", new)
    return text


def _with_path(path: str, paths: Mapping[str, str]) -> str:
    """A path, or the new one of what it lies in."""
    for old, new in paths.items():
        if path == old or path.startswith(old + "."):
            return new + path[len(old) :]
    return path


def _fresh_of(pairs: Iterable[tuple[str, str]], taken: set[str]) -> dict[str, str]:
    """A name that is free for the one that each has; they are taken from then on."""
    found: dict[str, str] = {}
    for owner, name in pairs:
        found[owner] = free_name(name, taken)
        taken.add(found[owner])
    return found


def _place(boxes: Boxes, copying: Copying, way: Point) -> None:
    """The boxes and bends of the copies, shifted from those that they were made from."""
    diagram = boxes.diagram
    for state in copying.states:
        box = diagram.boxes.get(state.id)
        if box is not None:
            new = replace(box, id=copying.ids[state.id])
            if state.id in copying.parents:
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
