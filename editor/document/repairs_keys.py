"""Repairs of keys that a file has and its format does not know: taken as they were meant, or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from editor.document import edits, kinds
from editor.document.fitting import fitted
from editor.document.repair import Fix, Spot
from editor.document.steps import Steps
from editor.document.undo import Edit
from editor.formats import layout_taking, scxml_attributes
from editor.formats.native_taking import taking
from editor.layout import auto
from editor.layout.sizes import Measure
from editor.model import mending
from editor.model.changes import BoxChange, StateChange
from editor.model.elements import Extra
from editor.model.rules_kept import extra_at, invoke_at


def _unknown_key(spot: Spot) -> Iterator[Fix]:
    """The key that is nearest to it, with all that stands below; or without it."""
    if spot.problem.field.startswith(layout_taking.PREFIX):
        yield from _of_layout(spot)
    elif spot.problem.now is not None:
        yield from _take(spot)
    elif extra_at(spot.chart, spot.problem.element, spot.problem.field):
        yield from _take(spot)
        yield from _remove(spot)


def _of_layout(spot: Spot) -> Iterator[Fix]:
    meant, key = spot.problem.meant, spot.problem.field.removeprefix(layout_taking.PREFIX)
    for kind, title, word in (("take", f"Take “{meant}”", meant), ("remove", f"Remove “{key}”", "")):
        yield Fix(kind, title, partial(_relaid, spot, word, title))


def _relaid(spot: Spot, meant: str, title: str) -> Edit:
    return Edit(title, tuple(layout_taking.taking(spot.chart, spot.diagram, spot.problem, meant)))


def _take(spot: Spot) -> Iterator[Fix]:
    meant = spot.problem.meant
    if meant:
        title = f"Take “{meant}”"
        yield Fix("take", title, lambda: _taken(spot, meant, title))


def _taken(spot: Spot, meant: str, title: str) -> Edit:
    """What stands below a key, read as if it were another; states among it are put where there is room."""
    chart, measure = spot.chart, spot.measure
    element, field = spot.problem.element, spot.problem.field
    if spot.problem.now is not None:
        change = mending.change_for(chart, spot.problem)
        edit = Edit(title, (change,) if change is not None else ())
        return fitted(chart, spot.diagram, edit, measure)
    made = scxml_attributes.taking if field.startswith(scxml_attributes.MARK) else taking
    changes = made(chart, element, field, meant)
    steps = Steps(chart, spot.diagram)
    steps.make(changes)
    for change in changes:
        if not isinstance(change, StateChange) or change.new is None:
            continue
        if change.old is None:
            _place(steps, measure)
            break
        if change.old.kind is not change.new.kind:
            steps.make(kinds.sized(chart, spot.diagram, changes, change.id, measure))
    return fitted(chart, spot.diagram, steps.edit(title), measure)


def _place(steps: Steps, measure: Measure) -> None:
    """Give states that have no place one."""
    places = auto.complete(steps.chart, steps.diagram, measure).boxes
    missing = [id for id in places if id not in steps.diagram.boxes]
    steps.make(BoxChange(id, None, places[id]) for id in missing)


def _remove(spot: Spot) -> Iterator[Fix]:
    chart, element, parts = spot.chart, spot.problem.element, spot.parts
    name = parts[-1]
    title = f"Remove “{name.removeprefix(scxml_attributes.MARK)}”"
    if element in chart.transitions:
        old = chart.transitions[element]
        new = replace(old, extra=_without(old.extra, name))
        yield Fix("remove", title, lambda: edits.set_transition(chart, new, label=title))
        return
    state = chart.states[element]
    if len(parts) == 1:
        state = replace(state, extra=_without(state.extra, name))
    else:
        own = state.invokes[invoke_at(parts) or 0]
        other = replace(own, extra=_without(own.extra, name))
        state = replace(state, invokes=tuple(other if each is own else each for each in state.invokes))
    yield Fix(
        "remove",
        title,
        lambda: edits.set_state(chart, spot.diagram, state, measure=spot.measure, label=title),
    )


def _without(extra: Extra, name: str) -> Extra:
    return tuple(each for each in extra if each[0] != name)


def _mistyped(spot: Spot) -> Iterator[Fix]:
    """The key that says what a guard or an action is, as it was meant."""
    if spot.problem.now is not None:
        yield from _take(spot)


FIXES: Mapping[str, Callable[[Spot], Iterator[Fix]]] = {"unknown-key": _unknown_key, "wrong-type": _mistyped}
"""The repairs of each rule about keys."""
