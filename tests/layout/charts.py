"""Random charts with boxes for the tests of the layout."""

from __future__ import annotations

import random
from dataclasses import replace

from editor.layout import auto
from editor.layout.sizes import TableMeasure
from editor.model.changes import AnyChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Call, Named, State, StateKind, Transition, Trigger, TriggerKind

MEASURE = TableMeasure()


def random_chart(seed: int, states: int, transitions: int) -> Chart:
    """Nested states of all kinds with transitions between any two of them."""
    rng = random.Random(seed)
    chart = Chart()
    changes: list[AnyChange] = []
    normal = ["root"]
    for number in range(states):
        id = f"s{number}"
        kind = rng.choices(
            [StateKind.NORMAL, StateKind.PARALLEL, StateKind.FINAL, StateKind.DEEP_HISTORY], [12, 1, 2, 1]
        )[0]
        state = State(
            id=id,
            parent=rng.choice(normal[-4:]) if rng.random() < 0.5 else "root",
            key=rng.choice(["idle", "waitingForAnswer", "on", "checkout"]) + str(number),
            order=number,
            kind=kind,
            entry=(Call(name="begin"),) if kind is StateKind.NORMAL and rng.random() < 0.3 else (),
        )
        if kind in (StateKind.NORMAL, StateKind.PARALLEL):
            normal.append(id)
        changes.append(StateChange(id, None, state))
    sources = [id for id in normal if id != "root"] or ["root"]
    for number in range(transitions):
        wanted = [f"s{rng.randrange(states)}" for _ in range(rng.choice([0, 1, 1, 1, 1, 2]))]
        made = Transition(
            id=f"t{number}",
            source=rng.choice(sources),
            targets=tuple(dict.fromkeys(wanted)),
            order=number,
            trigger=Trigger(text=rng.choice(["GO", "SOMETHING_LONGER", "a.b"])),
            guard=Named(name="isReady") if rng.random() < 0.3 else None,
        )
        changes.append(TransitionChange(made.id, None, made))
    chart.apply(changes)
    initials: list[AnyChange] = []
    for id in normal:
        children = [child for child in chart.children(id) if not child.kind.is_history]
        if children and chart.states[id].kind is StateKind.NORMAL:
            made = Transition(
                id=f"i{id}", source=id, targets=(children[0].id,), trigger=Trigger(kind=TriggerKind.INITIAL)
            )
            initials.append(TransitionChange(made.id, None, made))
    chart.apply(initials)
    return chart


def placed(chart: Chart) -> Diagram:
    """The chart's automatic layout."""
    return auto.place(chart, MEASURE)


def spread(chart: Chart, diagram: Diagram) -> Diagram:
    """The diagram with everything twice as far away, and states that hold others twice as large."""
    made = diagram.copy()
    for box in list(diagram.boxes.values()):
        size = 2 if chart.has_children(box.id) else 1
        far = replace(box, x=2 * box.x, y=2 * box.y, width=size * box.width, height=size * box.height)
        made.put_box(box.id, far)
    return made


def seen_at(chart: Chart, diagram: Diagram, id: str) -> tuple[float, float]:
    """Where the left upper corner of a state's box is seen, absolutely."""
    around = [each.id for each in chart.ancestors(id) if each.id != chart.root_id]
    boxes = [diagram.boxes[each] for each in (id, *around)]
    return sum(box.x for box in boxes), sum(box.y for box in boxes)
