"""Charts that the engine has drawn, and small changes of them; the engine of these tests needs no library."""

from __future__ import annotations

import random

from editor.layout import auto
from editor.layout.frame import Frame
from editor.layout_engine import elk
from editor.layout_engine.levels import Levels
from editor.layout_engine.options import Options
from editor.layout_engine.plan import Plan
from editor.layout_engine.reading import plan_of
from editor.layout_engine.remembering import remembered
from editor.layout_engine.writing import diagram_of
from editor.model.changes import AnyChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import State, StateKind, Transition, Trigger
from tests.layout.charts import MEASURE
from tests.layout_engine.columns import Columns


def drawn(made: Chart) -> Diagram:
    """A chart's diagram as the engine makes it from nothing."""
    plan = plan_of(made, Diagram(), MEASURE, Options())
    return diagram_of(made, Diagram(), plan, Levels(plan, Columns()).draw(elk.DOWN), MEASURE)


def told(made: Chart, diagram: Diagram, pinned: frozenset[str] = frozenset()) -> Plan:
    """The plan of a chart that tells of the drawing that is there."""
    options = Options(keeps=True, pinned=pinned)
    start = auto.complete(made, diagram, MEASURE) if pinned else diagram
    return remembered(plan_of(made, start, MEASURE, options), Frame(made, diagram, MEASURE))


def edited(made: Chart, seed: int) -> Chart:
    """The chart with a state, “new”, and three transitions more in one place, and a transition less in another."""
    rng = random.Random(seed)
    copy = made.copy()
    usual = (StateKind.NORMAL,)
    hosts = [each.id for each in made.states.values() if each.kind in usual and made.has_children(each.id)]
    host = rng.choice(hosts or [made.root_id])
    beside = [each.id for each in made.children(host) if each.kind in usual] or [host]
    changes: list[AnyChange] = [StateChange("new", None, State(id="new", parent=host, key="new", order=99))]
    one, other = rng.choice(beside), rng.choice(beside)
    for number, (source, target) in enumerate(((one, "new"), ("new", other), (other, one))):
        line = Transition(
            id=f"new{number}",
            source=source,
            targets=(target,),
            order=50 + number,
            trigger=Trigger(text="ADDED"),
        )
        changes.append(TransitionChange(line.id, None, line))
    dropped = rng.choice(list(made.transitions.values()))
    changes.append(TransitionChange(dropped.id, dropped, None))
    copy.apply(changes)
    return copy
