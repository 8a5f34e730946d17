"""Repairs of problems about states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from editor.document import edits
from editor.document.beginnings import candidates
from editor.document.repair import Fix, Spot
from editor.document.undo import Edit
from editor.geometry import Point
from editor.model import queries
from editor.model.elements import ROOT, State, StateKind


def _first_state(spot: Spot) -> Iterator[Fix]:
    chart, diagram = spot.chart, spot.diagram
    yield Fix(
        "add",
        "Add a state",
        lambda: edits.add_state(chart, diagram, chart.root_id, Point(40, 40), measure=spot.measure)[0],
    )


def _begin(spot: Spot) -> Iterator[Fix]:
    """The first child as the initial state."""
    first = next(iter(candidates(spot.chart, spot.state.id)), None)
    if first is not None:
        yield Fix(
            "begin",
            f"Begin with “{first.key}”",
            lambda: edits.set_initial(spot.chart, spot.diagram, first.id),
        )


def _delete(spot: Spot) -> Iterator[Fix]:
    if spot.problem.element in spot.chart.states and spot.problem.element != ROOT:
        yield spot.delete(f"Delete “{spot.state.key}”")


def _kind(spot: Spot, kind: StateKind, title: str) -> Fix:
    return Fix(
        f"make {kind.value}",
        title,
        lambda: edits.set_kind(spot.chart, spot.diagram, spot.state.id, kind, measure=spot.measure),
    )


def _plain(spot: Spot) -> Iterator[Fix]:
    yield _kind(spot, StateKind.NORMAL, f"Make “{spot.state.key}” a plain state")


def _final(spot: Spot) -> Iterator[Fix]:
    yield _kind(spot, StateKind.FINAL, f"Make “{spot.state.key}” final")


def _history(spot: Spot) -> Iterator[Fix]:
    if spot.problem.meant == "deep":
        yield _kind(spot, StateKind.DEEP_HISTORY, f"Make “{spot.state.key}” deep")
    yield spot.delete(f"Delete “{spot.state.key}”")


def _leaving(spot: Spot) -> Iterator[Fix]:
    """Without the transitions that a final state or a history cannot have."""
    leaving = [each.id for each in spot.chart.outgoing(spot.state.id) if not each.is_pseudo]
    yield Fix(
        "delete transitions",
        f"Delete the transitions of “{spot.state.key}”",
        lambda: edits.delete(spot.chart, spot.diagram, leaving),
    )
    yield from _plain(spot)


def _renamed(spot: Spot) -> Iterator[Fix]:
    key = spot.problem.meant
    if key:
        yield Fix("rename", f"Rename it to “{key}”", lambda: edits.rename(spot.chart, spot.state.id, key))


def _twin(spot: Spot) -> Iterator[Fix]:
    state = spot.state
    if state.parent is not None:
        key = queries.fresh_key(spot.chart, state.parent, state.key)
        yield Fix("rename", f"Rename it to “{key}”", lambda: edits.rename(spot.chart, state.id, key))


def _set(spot: Spot, kind: str, title: str, new: State) -> Fix:
    def plan() -> Edit:
        return edits.set_state(spot.chart, spot.diagram, new, measure=spot.measure, label=title)

    return Fix(kind, title, plan)


def _tags(spot: Spot) -> Iterator[Fix]:
    tags = tuple(dict.fromkeys(spot.state.tags))
    yield _set(spot, "once", "Keep each tag once", replace(spot.state, tags=tags))


def _services(spot: Spot) -> Iterator[Fix]:
    yield _set(spot, "remove", "Remove its services", replace(spot.state, invokes=()))


def _id(spot: Spot) -> Iterator[Fix]:
    """Another id for the second of two."""
    state, chart = spot.state, spot.chart
    if spot.parts[0] == "id":
        taken = {each.declared_id for each in chart.states.values() if each.declared_id is not None}
        free = queries.free_name(state.declared_id or state.key, taken)
        yield _set(spot, "change", f"Change it to “{free}”", replace(state, declared_id=free))
        return
    number = int(spot.parts[1])
    if number < len(state.invokes):
        ids = {
            invoke.id for each in chart.states.values() for invoke in each.invokes if invoke.id is not None
        }
        own = state.invokes[number]
        free = queries.free_name(own.id or own.src, ids)
        invokes = tuple(replace(each, id=free) if each is own else each for each in state.invokes)
        yield _set(spot, "change", f"Change it to “{free}”", replace(state, invokes=invokes))


FIXES: Mapping[str, Callable[[Spot], Iterator[Fix]]] = {
    "no-states": _first_state,
    "missing-initial": _begin,
    "initial-outside": _begin,
    "unreachable-state": _delete,
    "dead-end": _final,
    "no-regions": _plain,
    "single-region": _plain,
    "history-without-choice": _history,
    "final-transitions": _leaving,
    "history-transitions": _leaving,
    "final-children": _plain,
    "awkward-name": _renamed,
    "duplicate-key": _twin,
    "duplicate-tag": _tags,
    "duplicate-id": _id,
    "final-services": _services,
}
"""The repairs of each rule about states."""
