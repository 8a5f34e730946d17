"""What is drawn while one composite or region is looked at alone: itself with all inside, where they are on the canvas.

Its place among others is kept, so that whatever hands do there is the same as while all is seen. Ends of transitions
that are elsewhere are stubs, which are states beside it to the routing. A state that is collapsed is seen open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from editor.canvas.collapse import told_elsewhere
from editor.canvas.stubs import HEIGHT, STUB, Stub, places
from editor.document import alone
from editor.document.boxes import moved_bends
from editor.geometry import Point, Rect
from editor.layout.frame import Frame
from editor.layout.sizes import Measure, pill_parts, pill_size
from editor.model import queries
from editor.model.changes import (
    AnyChange,
    BendsChange,
    BoxChange,
    Changes,
    StateChange,
    TransitionChange,
)
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram
from editor.model.elements import State, StateKind, Transition, Trigger, TriggerKind, is_unresolved

SOURCE = -1
"""Stands for the source of a transition among its ends, which are the numbers of its targets."""


class Inside:
    """The chart and the diagram that are drawn. Invariant: after `follow`, those that a new one would have."""

    def __init__(self, whole: Chart, places: Diagram, top: str, measure: Measure) -> None:
        self.top = top
        self.stubs: dict[str, Stub] = {}
        self._of: dict[str, tuple[Stub, ...]] = {}
        """The stubs of transitions that have any."""
        self._near: set[str] | None = None
        """What stubs stand by, with all around it; None until that is asked for."""
        self._whole = whole
        self._places = places
        self._measure = measure
        self._frame = alone.frame(whole, places, top)
        self._build()

    def _build(self) -> None:
        whole, top = self._whole, self.top
        inner = queries.descendants(whole, top)
        members = {top, *(state.id for state in inner)}
        lines = {
            each.id: each
            for state in (whole.states[top], *inner)
            for each in (*whole.outgoing(state.id), *whole.incoming(state.id))
        }
        lifted: list[Transition] = []
        for line in lines.values():
            record, stubs = self._lifted(line, members.__contains__)
            lifted.append(record)
            self._keep(line.id, stubs)
        kind = StateKind.PARALLEL if queries.is_region(whole, top) else StateKind.NORMAL
        root = State(id=whole.root_id, parent=None, key=whole.root.key, kind=kind)
        beside = [self._state(stub) for stub in self.stubs.values()]
        self.chart = Chart.of([root, self._top(), *inner, *beside], lifted, whole.info)
        self.diagram = Diagram()
        self._put_boxes({state.id: self._box(state.id) for state in (whole.states[top], *inner)})
        ends = self._stub_boxes()
        self._stubbed = frozenset(ends)
        self._put_boxes(ends)
        for line in lifted:
            self.diagram.put_bends(line.id, self._bends(line))

    def follow(self, changes: Changes) -> Changes | None:
        """The changes of what is drawn that follow from those of the document; None where all is to be made anew."""
        if any(self._is_of_all(change) for change in changes):
            return None
        made = [found for change in changes if (found := self._of_state(change)) is not None]
        ids = list(
            dict.fromkeys(each.id for each in changes if isinstance(each, TransitionChange | BendsChange))
        )
        for id in ids:
            made += self._of_line(id)
        self.chart.apply(made)
        made += self._placed(changes, ids)
        return tuple(made)

    def reaches(self, rect: Rect) -> bool:
        """Whether something reaches into what is looked at."""
        return rect.intersects(self._frame)

    # changes

    def _is_of_all(self, change: AnyChange) -> bool:
        """Whether more than one element is drawn otherwise by a change."""
        whole, top = self._whole, self.top
        if top not in whole.states:
            return True
        around = {state.id for state in whole.ancestors(top)}
        if isinstance(change, BoxChange):
            return change.id in around or (change.id == top and bool(self._places.notes))
        if not isinstance(change, StateChange):
            return False
        if change.id == top or change.id in around:
            return True
        is_drawn, is_new = self._has(change.id), change.old is None
        if not is_drawn and not is_new:
            return True  # a guard may tell of it, and a stub
        is_there = change.new is not None and self._is_inside(change.id)
        return not is_new and change.new is not None and is_drawn is not is_there

    def _of_state(self, change: AnyChange) -> AnyChange | None:
        if isinstance(change, StateChange):
            old = self.chart.states.get(change.id)
            new = change.new if change.new is not None and self._is_inside(change.id) else None
            return StateChange(change.id, old, new) if old is not new else None
        return None

    def _of_line(self, id: str) -> list[AnyChange]:
        """The changes of a transition, and of the states that its stubs are."""
        before, line = self.chart.transitions.get(id), self._whole.transitions.get(id)
        now: Transition | None = None
        stubs: tuple[Stub, ...] = ()
        if line is not None and any(self._is_inside(end) for end in (line.source, *line.targets)):
            now, stubs = self._lifted(line, self._is_inside)
        former = self._of.get(id, ())
        found: list[AnyChange] = [TransitionChange(id, before, now)] if now != before else []
        if stubs != former:
            old = {each.id: self.chart.states[each.id] for each in former}
            new = {each.id: self._state(each) for each in stubs}
            for end in dict.fromkeys((*old, *new)):
                if old.get(end) != new.get(end):
                    found.append(StateChange(end, old.get(end), new.get(end)))
            self._keep(id, stubs)
        return found

    def _placed(self, changes: Changes, lines: Iterable[str]) -> list[AnyChange]:
        """The changes of the diagram: of boxes that are inside, of the stubs, and of bends; made as they are found."""
        made: list[AnyChange] = []
        self._frame = alone.frame(self._whole, self._places, self.top)
        wanted: dict[str, Box | None] = {}
        for change in changes:
            if isinstance(change, BoxChange | StateChange):
                is_there = self._is_inside(change.id)
                if is_there or change.id in self.diagram.boxes:
                    wanted[change.id] = self._box(change.id) if is_there else None
        made += self._put_boxes(wanted)
        stubs = self._stub_boxes() if lines or self._moves_stubs(changes) else {}
        gone: dict[str, Box | None] = dict.fromkeys(self._stubbed - self.stubs.keys())
        self._stubbed = frozenset(self.stubs)
        made += self._put_boxes({**gone, **stubs})
        for id in lines:
            line, former = self.chart.transitions.get(id), self.diagram.bends.get(id)
            bends = self._bends(line) if line is not None else None
            if bends != former:
                self.diagram.put_bends(id, bends)
                made.append(BendsChange(id, former, bends))
        return made

    def _moves_stubs(self, changes: Changes) -> bool:
        """Whether what stubs stand by is placed anew: one of their ends, or what these lie in."""
        if any(isinstance(change, StateChange) for change in changes):
            self._near = None  # a guard may tell of it, and so have another width
            return True
        if self._near is None:
            ends = {end for stub in self.stubs.values() for end in (stub.inner, stub.other)}
            self._near = {self.top, *(id for end in ends for id in queries.lineage(self._whole, end))}
        near, states = self._near, self._whole.states
        # where a dot beside an end has room depends on what is beside that end, too
        return any(
            change.id in near or (change.id in states and states[change.id].parent in near)
            for change in changes
        )

    def _put_boxes(self, wanted: Mapping[str, Box | None]) -> list[AnyChange]:
        made: list[AnyChange] = []
        for id, new in wanted.items():
            old = self.diagram.boxes.get(id)
            if old is not new and old != new:
                self.diagram.put_box(id, new)
                made.append(BoxChange(id, old, new))
        return made

    # records

    def _has(self, id: str) -> bool:
        """Whether a state of the document is drawn now."""
        return id in self.chart.states and id != self.chart.root_id

    def _is_inside(self, id: str) -> bool:
        """Whether a state is, by the document, what is looked at or inside of it."""
        states = self._whole.states
        return id == self.top or (id in states and queries.is_descendant(self._whole, id, self.top))

    def _keep(self, transition: str, stubs: tuple[Stub, ...]) -> None:
        self._near = None
        for each in self._of.pop(transition, ()):
            del self.stubs[each.id]
        if stubs:
            self._of[transition] = stubs
            self.stubs.update((each.id, each) for each in stubs)

    def _top(self) -> State:
        return replace(self._whole.states[self.top], parent=self._whole.root_id, order=0.0)

    def _state(self, stub: Stub) -> State:
        return State(id=stub.id, parent=self._whole.root_id, key=self.text(stub), order=1.0)

    def text(self, stub: Stub) -> str:
        """What a stub says."""
        return stub.text(self._whole.states[stub.other].key)

    def _lifted(
        self, line: Transition, is_inside: Callable[[str], bool]
    ) -> tuple[Transition, tuple[Stub, ...]]:
        """A transition with stubs for ends that are elsewhere; of one that comes from there only ends inside."""
        source, targets, trigger = line.source, line.targets, line.trigger
        ways = [each for each in targets if is_unresolved(each) or is_inside(each)]
        stubs: list[Stub] = []
        if not is_inside(source):
            is_start = trigger.kind is TriggerKind.INITIAL
            stubs.append(Stub(f"{STUB}{line.id}:", line.id, SOURCE, source, ways[0], is_start))
            source, targets = stubs[0].id, tuple(ways)
            trigger = Trigger(kind=TriggerKind.DEFAULT) if is_start else trigger
        elif len(ways) != len(targets):
            ends: list[str] = []
            for place, each in enumerate(targets):
                if is_unresolved(each) or is_inside(each):
                    ends.append(each)
                    continue
                stub = Stub(f"{STUB}{line.id}:{place}", line.id, place, each, source)
                stubs.append(stub)
                ends.append(stub.id)
            targets = tuple(ends)
        guard = told_elsewhere(
            self._whole, line.guard, lambda id: id in self._whole.states and not is_inside(id)
        )
        is_same = guard is line.guard and not stubs
        made = (
            line if is_same else replace(line, source=source, targets=targets, trigger=trigger, guard=guard)
        )
        return made, tuple(stubs)

    def _box(self, id: str) -> Box | None:
        box = self._places.boxes.get(id)
        if box is None or id != self.top:
            return box
        return replace(box, x=self._frame.x, y=self._frame.y, collapsed=False)

    def _bends(self, line: Transition) -> Bends | None:
        """The bends of a transition, from where they count here; of one with a stub its line is another."""
        bends = self._places.bends.get(line.id)
        if bends is None or line.id in self._of:
            return None
        there = queries.container(self._whole, self._whole.transitions[line.id])
        here = queries.container(self.chart, line)
        if there == here:
            return bends
        was = self._places.absolute(queries.lineage(self._whole, there))
        now = self._frame if here == self.top else Point(0, 0)
        return moved_bends(bends, was.x - now.x, was.y - now.y)

    def _stub_boxes(self) -> dict[str, Box | None]:
        if not self.stubs:
            return {}
        drawn = Frame(self.chart, self.diagram, self._measure)
        far = Frame(self._whole, self._places, self._measure)
        lines = self.chart.transitions
        found = places(
            self.stubs.values(),
            self._frame,
            lambda id: drawn.rect(id) if id in self.chart.states else None,
            lambda id: far.rect(id) if id in self._whole.states and id != self._whole.root_id else None,
            {id: self.chart.states[id].key for id in self.stubs},
            {id: pill_size(pill_parts(self.chart, lines[id]), self._measure)[0] for id in self._of},
            self._measure,
            {stub.inner: self._beginnings(drawn, stub.inner) for stub in self.stubs.values()},
        )
        return {id: _as_box(id, rect) for id, rect in found.items()}

    def _beginnings(self, drawn: Frame, id: str) -> list[Point]:
        """The initial dots whose arrows lead to a state."""
        arrows = [each for each in self.chart.incoming(id) if each.trigger.kind is TriggerKind.INITIAL]
        return [path[0] for each in arrows if (path := drawn.initial(each)) is not None]


def _as_box(id: str, rect: Rect) -> Box:
    return Box(id=id, x=rect.x, y=rect.y, width=rect.width, height=HEIGHT)
