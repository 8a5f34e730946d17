"""The planners of putting states into a new state around them, and of taking such a state away again.

Neither moves anything on the canvas, but for states that stand where the new one's border comes; and neither lets
the machine do anything else than before without saying so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from editor.document import regions, stepping_aside
from editor.document.beginnings import initial_change
from editor.document.boxes import PADDING, Boxes
from editor.document.ordering import ranked
from editor.document.reparenting import reparenting
from editor.document.steps import Steps, named, outermost
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Rect
from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import AnyChange, BoxChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import State, StateKind, Transition, is_unresolved

_WORDS = {StateKind.NORMAL: "group", StateKind.PARALLEL: "parallel"}


def group(
    chart: Chart,
    diagram: Diagram,
    ids: Iterable[str],
    kind: StateKind = StateKind.NORMAL,
    *,
    measure: Measure,
) -> tuple[Edit, str]:
    """A new state around states of one parent: a composite of which one is active, or a parallel state of regions.

    A composite takes part only as a border: it begins where its parent began, if that was inside, and what leads to
    the states leads to them still. What it would cover steps out of it. Returns its id too.

    Raises:
        ChartError: they have several parents, or what they mean would change.
    """
    own = outermost(chart, ids)
    parent = _parent(chart, own, kind)
    before = queries.initial_transition(chart, parent)
    steps = Steps(chart, diagram)
    id = chart.fresh_id("s")
    row = [child.id for child in chart.children(parent)]
    key = queries.fresh_key(chart, parent, _WORDS[kind])
    new = State(id=id, parent=parent, key=key, order=chart.states[row[-1]].order + 1, kind=kind)
    steps.make([StateChange(id, None, new)])
    steps.make(_box(steps.chart, diagram, id, own, measure))
    steps.make(reparenting(steps.chart, steps.diagram, own, id, measure).changes)
    if before is not None:
        steps.make(_beginnings(steps.chart, before, id, own))
    left = [each for each in row if each not in own]
    place = sum(row.index(each) < row.index(own[0]) for each in left)
    steps.make(ranked(steps.chart, [*left[:place], id, *left[place:]], [id]))
    boxes = Boxes(steps.chart, steps.diagram)
    stepping_aside.step_out(boxes, id)
    regions.enter(boxes, parent, [id], measure)
    boxes.fit(parent, measure)
    steps.make(boxes.changes())
    verb = "Group" if kind is StateKind.NORMAL else "Wrap"
    return steps.edit(f"{verb} {named(chart, own)} as “{key}”"), id


def _parent(chart: Chart, own: Sequence[str], kind: StateKind) -> str:
    """The parent of states that can be grouped."""
    if not own:
        raise ChartError("Select the states to group.")
    parents = list(dict.fromkeys(chart.states[id].parent or "" for id in own))
    if len(parents) > 1:
        first, second = (_where(chart, parent) for parent in parents[:2])
        raise ChartError(
            f"Some of the states are in {first}, others in {second}. Select states of one parent."
        )
    holder = chart.states[parents[0]]
    for id in own:
        state = chart.states[id]
        if state.kind is StateKind.FINAL:
            raise ChartError(
                f"“{state.key}” is final: it ends {_where(chart, holder.id)}, and inside another state it would "
                "end only that. Leave it out of the selection."
            )
        if state.kind.is_history:
            raise ChartError(
                f"“{state.key}” remembers what was active in {_where(chart, holder.id)}, and inside another state "
                "it would remember only that. Leave it out of the selection."
            )
    if holder.kind is StateKind.PARALLEL and kind is StateKind.NORMAL:
        # a composite around a region would also keep in what leads from the region to itself, past all the others
        names = " and ".join(f"“{chart.states[id].key}”" for id in own[:2])
        what = "is a region" if len(own) == 1 else "are regions"
        raise ChartError(
            f"{names} {what}, active beside the others. Group states inside a region, or wrap regions as parallel."
        )
    return holder.id


def _where(chart: Chart, id: str) -> str:
    return "the machine" if id == chart.root_id else f"“{chart.states[id].key}”"


def _box(chart: Chart, diagram: Diagram, id: str, own: Sequence[str], measure: Measure) -> list[AnyChange]:
    """The box of a new state, around others where they are."""
    around = Rect.around(box.rect for each in own if (box := diagram.boxes.get(each)) is not None)
    if around is None:
        around = Rect(0, 0, 0, 0)
    header = sizes.header_height(chart, id, measure)
    is_parallel = chart.states[id].kind is StateKind.PARALLEL
    side, top = (0.0, header) if is_parallel else (PADDING, header + PADDING / 2)
    below = 0.0 if is_parallel else PADDING
    if is_parallel and len(own) > 1:
        # its regions are put below each other, each as wide as all of it
        around = Rect(around.x, around.y, around.width, 0)
    least, _ = sizes.state_size(chart, id, measure)
    width = max(around.width + 2 * side, least)
    box = Box(id=id, x=around.x - side, y=around.y - top, width=width, height=around.height + top + below)
    return [BoxChange(id, None, box)]


def _beginnings(chart: Chart, before: Transition, id: str, own: Sequence[str]) -> list[AnyChange]:
    """A parent that began with a grouped state begins with the group, and the group with that state."""
    first = next((each for each in own if each in _lines(chart, before.targets)), None)
    if first is None:
        return []
    found: list[AnyChange] = []
    if before.targets == (first,):
        now = chart.transitions[before.id]
        found.append(TransitionChange(before.id, now, replace(now, targets=(id,))))
    if chart.states[id].kind is StateKind.NORMAL:
        found.append(initial_change(chart, id, first))
    return found


def _lines(chart: Chart, targets: Iterable[str]) -> set[str]:
    """States and all that they lie in."""
    known = [target for target in targets if not is_unresolved(target)]
    return {each for target in known for each in queries.lineage(chart, target)}


def remark(chart: Chart, parent: str) -> str:
    """What grouping or dissolving inside a state changes for its history; nothing where it has none that is shallow."""
    past = next((each for each in chart.children(parent) if each.kind is StateKind.SHALLOW_HISTORY), None)
    if past is None:
        return ""
    return f" “{past.key}” remembers only which state of {_where(chart, parent)} was active, not what was inside it."
