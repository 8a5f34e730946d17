"""What leads from one machine to another: the old one told in the ids of the new one, and the changes between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from editor.document.matching import Match, match
from editor.document.rewriting import Rewriter
from editor.model import queries, walk
from editor.model.changes import (
    AnyChange,
    BendsChange,
    BoxChange,
    Changes,
    InfoChange,
    NoteChange,
    SheetChange,
    StateChange,
    TransitionChange,
)
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import In, Invoke, State, Transition, is_unresolved

Ordered = TypeVar("Ordered", State, Transition)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two machines in the ids of the new one; what was removed has ids that the new one has not.

    `changes` lead from the old one to the new one, `inverse(changes)` back. A diagram is None where only the charts
    were compared.
    """

    old: Chart
    old_diagram: Diagram | None
    new: Chart
    new_diagram: Diagram | None
    changes: Changes

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.changes


def compare(
    old: Chart, new: Chart, old_diagram: Diagram | None = None, new_diagram: Diagram | None = None
) -> Comparison:
    """What differs between two machines, and between their drawings where both are given.

    The new chart gives ids to what was removed (`Chart.fresh_id`) and is otherwise left as it is.
    """
    ids = _Ids(match(old, new), old, new)
    told = _told(old, new, ids)
    changes: list[AnyChange] = [*_chart_changes(told, new)]
    if old_diagram is None or new_diagram is None:
        return Comparison(told, None, new, None, tuple(changes))
    places = _told_diagram(old_diagram, ids)
    changes += _diagram_changes(places, new_diagram)
    return Comparison(told, places, new, new_diagram, tuple(changes))


class _Ids:
    """What elements of the old chart are called in the new one; those that it has not get ids that are free there."""

    def __init__(self, found: Match, old: Chart, new: Chart) -> None:
        self.states = {id: found.states.get(id) or new.fresh_id("s") for id in old.states}
        self.transitions = {id: found.transitions.get(id) or new.fresh_id("t") for id in old.transitions}
        self._found = found
        self._new = new

    def state(self, id: str) -> str:
        """The state that a reference names; what names nothing stays."""
        return id if is_unresolved(id) else self.states[id]

    def uids(self, state: State) -> dict[str, str]:
        """What the services of a state are called."""
        known = {each.uid: self._found.invokes.get((state.id, each.uid), "") for each in state.invokes}
        own = self._new.states.get(self.states[state.id])
        taken = (
            {*known.values(), *(each.uid for each in own.invokes)} if own is not None else set(known.values())
        )
        for uid, name in known.items():
            if not name:
                known[uid] = queries.free_name(uid, taken)
                taken.add(known[uid])
        return known


def _told(old: Chart, new: Chart, ids: _Ids) -> Chart:
    """The old chart in the ids of the new one, and in its ranks where the order is the same."""
    has_references = any(isinstance(part, In) for _, part in walk.Inside(old).guard_parts)
    rewriter = Rewriter(reference=ids.state) if has_references else None
    states: list[State] = []
    transitions: list[Transition] = []
    ranks = {old.root_id: old.root.order}
    for state in queries.document_order(old):
        children = old.children(state.id)
        there = ids.states[state.id]
        own = new.children(there) if there in new.states else []
        ranks |= _ranks([(each.id, ids.states[each.id]) for each in children], own)
        outgoing = old.outgoing(state.id)
        uids = ids.uids(state) if state.invokes else {}
        states.append(_told_state(state, ids, ranks[state.id], uids, rewriter))
        if outgoing:
            known = new.outgoing(there) if there in new.states else []
            orders = _ranks([(each.id, ids.transitions[each.id]) for each in outgoing], known)
            transitions += [_told_transition(each, ids, orders[each.id], uids, rewriter) for each in outgoing]
    return Chart.of(states, transitions, rewriter.info(old.info) if rewriter else old.info)


def _told_state(
    state: State, ids: _Ids, order: float, uids: dict[str, str], rewriter: Rewriter | None
) -> State:
    id = ids.states[state.id]
    parent = None if state.parent is None else ids.states[state.parent]
    if rewriter is not None:
        state = rewriter.state(state)
    if any(uid != name for uid, name in uids.items()):
        state = replace(state, invokes=tuple(_renamed(each, uids) for each in state.invokes))
    if (state.id, state.parent, state.order) == (id, parent, order):
        return state
    return replace(state, id=id, parent=parent, order=order)


def _renamed(invoke: Invoke, uids: dict[str, str]) -> Invoke:
    return replace(invoke, uid=uids[invoke.uid])


def _told_transition(
    transition: Transition, ids: _Ids, order: float, uids: dict[str, str], rewriter: Rewriter | None
) -> Transition:
    id, source = ids.transitions[transition.id], ids.states[transition.source]
    targets = tuple([ids.state(each) for each in transition.targets])
    trigger = transition.trigger
    if rewriter is not None:
        transition = rewriter.transition(transition)
    if uids.get(trigger.invoke, trigger.invoke) != trigger.invoke:
        transition = replace(transition, trigger=replace(trigger, invoke=uids[trigger.invoke]))
    if (transition.id, transition.source, transition.targets, transition.order) == (
        id,
        source,
        targets,
        order,
    ):
        return transition
    return replace(transition, id=id, source=source, targets=targets, order=order)


def _ranks(ours: Sequence[tuple[str, str]], theirs: Sequence[Ordered]) -> dict[str, float]:
    """Ranks for elements in their order, told by old and by new id: those of the new chart for as many as can be.

    What was moved within the order lies between its neighbours, so that it alone has changed.
    """
    known = {each.id: (each.order, each.id) for each in theirs}
    if len(ours) == len(theirs) and all(pair[1] == each.id for pair, each in zip(ours, theirs, strict=True)):
        return {pair[0]: each.order for pair, each in zip(ours, theirs, strict=True)}
    kept = set(_longest_rise([known[there] for _, there in ours if there in known]))
    orders: list[float | None] = [known[there][0] if known.get(there) in kept else None for _, there in ours]
    filled = _filled(orders)
    pairs = [(order, there) for order, (_, there) in zip(filled, ours, strict=True)]
    if any(one >= other for one, other in pairwise(pairs)):
        filled = [float(number) for number in range(len(ours))]
    return {here: order for (here, _), order in zip(ours, filled, strict=True)}


def _longest_rise(ranks: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The longest rising subsequence, by patience sorting."""
    tops: list[tuple[float, str]] = []
    places: list[int] = []
    before: list[int] = []
    for number, rank in enumerate(ranks):
        at = bisect_left(tops, rank)
        before.append(places[at - 1] if at else -1)
        tops[at : at + 1] = [rank]
        places[at : at + 1] = [number]
    found: list[tuple[float, str]] = []
    number = places[-1] if places else -1
    while number >= 0:
        found.append(ranks[number])
        number = before[number]
    return found[::-1]


def _filled(orders: Sequence[float | None]) -> list[float]:
    """Numbers between those that stand on either side, or beyond the first and the last."""
    found: list[float] = []
    place = 0
    while place < len(orders):
        order = orders[place]
        if order is not None:
            found.append(order)
            place += 1
            continue
        end = next((each for each in range(place, len(orders)) if orders[each] is not None), len(orders))
        count = end - place
        high = orders[end] if end < len(orders) else None
        low = found[-1] if found else None
        if high is None:
            start = low if low is not None else -1.0
            found += [start + number for number in range(1, count + 1)]
        else:
            start = low if low is not None else high - count - 1
            found += [start + (high - start) * number / (count + 1) for number in range(1, count + 1)]
        place = end
    return found


def _told_diagram(diagram: Diagram, ids: _Ids) -> Diagram:
    """The places of the old chart in the ids of the new one; those of what is not in the chart are left out."""
    made = Diagram()
    for id, box in diagram.boxes.items():
        there = ids.states.get(id)
        if there is not None:
            made.put_box(there, box if there == id else replace(box, id=there))
    for id, bends in diagram.bends.items():
        there = ids.transitions.get(id)
        if there is not None:
            made.put_bends(there, bends if there == id else replace(bends, id=there))
    for id, note in diagram.notes.items():
        made.put_note(id, note)
    made.sheet = diagram.sheet
    return made


def _chart_changes(old: Chart, new: Chart) -> Iterable[AnyChange]:
    ours, theirs = old.states, new.states
    yield from (StateChange(id, *pair) for id, pair in _pairs(ours.get, theirs.get, [*ours, *theirs]))
    before, after = old.transitions, new.transitions
    yield from (TransitionChange(id, *pair) for id, pair in _pairs(before.get, after.get, [*before, *after]))
    if old.info != new.info:
        yield InfoChange(new.info.id, old.info, new.info)


def _diagram_changes(old: Diagram, new: Diagram) -> Iterable[AnyChange]:
    ours, theirs = old.boxes, new.boxes
    yield from (BoxChange(id, *pair) for id, pair in _pairs(ours.get, theirs.get, [*ours, *theirs]))
    before, after = old.bends, new.bends
    yield from (BendsChange(id, *pair) for id, pair in _pairs(before.get, after.get, [*before, *after]))
    written, anew = old.notes, new.notes
    yield from (NoteChange(id, *pair) for id, pair in _pairs(written.get, anew.get, [*written, *anew]))
    if old.sheet != new.sheet:
        yield SheetChange(new.sheet.id, old.sheet, new.sheet)


Record = TypeVar("Record")


def _pairs(
    old: Callable[[str], Record | None], new: Callable[[str], Record | None], ids: Iterable[str]
) -> Iterable[tuple[str, tuple[Record | None, Record | None]]]:
    """The records before and after that are not the same, each id once."""
    for id in dict.fromkeys(ids):
        one, other = old(id), new(id)
        if one is not other and one != other:
            yield id, (one, other)
