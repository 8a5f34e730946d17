"""Charts with boxes for the tests of the canvas."""

from __future__ import annotations

import random
from dataclasses import replace

from editor.geometry import Point
from editor.model.changes import AnyChange, BoxChange, Change, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import (
    Call,
    Expr,
    Invoke,
    State,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
)
from editor.model.queries import is_descendant


def shop() -> tuple[Chart, Diagram]:
    """A composite with two states, a parallel state with two regions, a final and a history state."""
    chart, diagram = Chart(), Diagram()
    states = [
        State(id="work", parent="root", key="work", order=1),
        State(id="a", parent="work", key="alpha", order=1, entry=(Call(name="begin"),), tags=("busy",)),
        State(id="b", parent="work", key="beta", order=2, invokes=(Invoke(uid="i", src="load"),)),
        State(id="h", parent="work", key="h", order=3, kind=StateKind.DEEP_HISTORY),
        State(id="both", parent="root", key="both", order=2, kind=StateKind.PARALLEL),
        State(id="left", parent="both", key="left", order=1),
        State(id="l1", parent="left", key="l1", order=1),
        State(id="right", parent="both", key="right", order=2),
        State(id="r1", parent="right", key="r1", order=1),
        State(id="end", parent="root", key="end", order=3, kind=StateKind.FINAL),
    ]
    transitions = [
        Transition(id="i", source="work", targets=("a",), trigger=Trigger(kind=TriggerKind.INITIAL)),
        Transition(id="ab", source="a", targets=("b",), order=1, trigger=Trigger(text="GO")),
        Transition(
            id="ba",
            source="b",
            targets=("a",),
            order=1,
            trigger=Trigger(text="BACK"),
            guard=Expr(text="x > 1"),
        ),
        Transition(id="in", source="a", order=2, trigger=Trigger(text="NOTE"), actions=(Call(name="note"),)),
        Transition(
            id="aa", source="b", targets=("b",), order=2, trigger=Trigger(kind=TriggerKind.AFTER, text="5s")
        ),
        Transition(
            id="wb", source="work", targets=("both",), order=3, trigger=Trigger(kind=TriggerKind.DONE)
        ),
        Transition(
            id="be", source="both", targets=("end",), order=1, trigger=Trigger(kind=TriggerKind.ALWAYS)
        ),
    ]
    boxes = {
        "work": (40, 40, 480, 240),
        "a": (72, 80, 128, 88),
        "b": (320, 80, 128, 64),
        "h": (200, 190, 28, 28),
        "both": (640, 40, 320, 240),
        "left": (0, 32, 160, 208),
        "l1": (40, 80, 96, 40),
        "right": (160, 32, 160, 208),
        "r1": (40, 80, 96, 40),
        "end": (1040, 120, 40, 52),
    }
    changes: list[Change[State] | Change[Transition]] = [StateChange(each.id, None, each) for each in states]
    changes += [TransitionChange(each.id, None, each) for each in transitions]
    chart.apply(changes)  # type: ignore[arg-type]
    for id, (x, y, width, height) in boxes.items():
        diagram.put_box(id, Box(id=id, x=x, y=y, width=width, height=height))
    return chart, diagram


def random_edit(chart: Chart, diagram: Diagram, rng: random.Random) -> list[AnyChange]:
    """One random edit that keeps the chart whole."""
    ids = sorted(id for id in chart.states if id != "root")
    id = rng.choice(ids)
    kind = rng.choice(
        ("move", "tint", "fold", "rename", "reparent", "add", "connect", "cut", "remove", "retarget", "dot")
    )
    box = diagram.boxes.get(id)
    state = chart.states[id]
    transitions = sorted(chart.transitions)
    if kind == "move" and box:
        return [BoxChange(id, box, replace(box, x=box.x + rng.randrange(-40, 40), y=box.y + 8))]
    if kind == "dot":
        holder = rng.choice(["root", "work"])
        old = diagram.boxes.get(holder)
        blank = old or Box(id=holder, x=0, y=0, width=0, height=0)
        at = Point(rng.randrange(600), rng.randrange(400))
        return [BoxChange(holder, old, replace(blank, initial=at))] if holder in chart.states else []
    if kind == "tint" and box:
        return [BoxChange(id, box, replace(box, tint=rng.randrange(1, 9)))]
    if kind == "fold" and box:
        return [BoxChange(id, box, replace(box, collapsed=not box.collapsed))]
    if kind == "rename":
        return [StateChange(id, state, replace(state, key=state.key + "x"))]
    if kind == "reparent":
        parent = rng.choice(["root", *ids])
        if parent != id and not is_descendant(chart, parent, id):
            return [StateChange(id, state, replace(state, parent=parent))]
    if kind == "add":
        new = chart.fresh_id("s")
        return [
            StateChange(new, None, State(id=new, parent=id, key=new, order=9)),
            BoxChange(new, None, Box(id=new, x=10, y=40, width=96, height=40)),
        ]
    if kind == "connect":
        new = chart.fresh_id("t")
        made = Transition(id=new, source=id, targets=(rng.choice(ids),), order=9, trigger=Trigger(text="E"))
        return [TransitionChange(new, None, made)]
    if kind == "cut" and transitions:
        gone = rng.choice(transitions)
        return [TransitionChange(gone, chart.transitions[gone], None)]
    if kind == "retarget" and transitions:
        one = chart.transitions[rng.choice(transitions)]
        return [TransitionChange(one.id, one, replace(one, targets=(rng.choice(ids),)))]
    if kind == "remove" and not (chart.has_children(id) or chart.outgoing(id) or chart.incoming(id)):
        return (
            [StateChange(id, state, None), BoxChange(id, box, None)]
            if box
            else [StateChange(id, state, None)]
        )
    return []
