"""Charts with boxes for the tests of the canvas."""

from __future__ import annotations

from editor.model.changes import Change, StateChange, TransitionChange
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
