"""Looking at one composite or region alone: which can be, what belongs to it, and what is seen instead of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from editor.document.kinds import HOLDERS
from editor.geometry import Rect
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram


def can_stay(chart: Chart, diagram: Diagram, id: str) -> bool:
    """Whether a state can be looked at alone, once one does: what was in it may all be gone."""
    state = chart.states.get(id)
    return state is not None and id != chart.root_id and state.kind in HOLDERS and id in diagram.boxes


def can_open(chart: Chart, diagram: Diagram, id: str) -> bool:
    """Whether there is something in a state to be looked at alone: it holds others, or is a region."""
    return can_stay(chart, diagram, id) and (chart.has_children(id) or queries.is_region(chart, id))


def holds(chart: Chart, top: str, id: str) -> bool:
    """Whether a state or a transition is seen while `top` is looked at alone: of a transition one end is enough."""
    line = chart.transitions.get(id)
    ends = (id,) if line is None else (line.source, *line.targets)
    return any(end == top or (end in chart.states and queries.is_descendant(chart, end, top)) for end in ends)


def inside(chart: Chart, top: str | None, ids: Iterable[str]) -> list[str]:
    """Those of some states and transitions that are seen while `top` is looked at alone; all for none."""
    return [id for id in ids if top is None or holds(chart, top, id)]


def level_for(chart: Chart, diagram: Diagram, top: str, ids: Sequence[str]) -> str | None:
    """What to look at alone so that some elements are seen: `top`, the next one around it, or all (None)."""
    for level in reversed(queries.lineage(chart, top)[1:]):
        if all(_is_seen(chart, diagram, level, id) for id in ids):
            return level
    return None


def _is_seen(chart: Chart, diagram: Diagram, top: str, id: str) -> bool:
    if id in diagram.notes:
        return id in notes_on(chart, diagram, top)
    return holds(chart, top, id)


def left_of(chart: Chart, diagram: Diagram, line: Sequence[str]) -> str | None:
    """The innermost of the states that lay around each other which can still be looked at alone; None for none."""
    return next((id for id in reversed(line) if can_stay(chart, diagram, id)), None)


def frame(chart: Chart, diagram: Diagram, top: str) -> Rect:
    """Where a state is on the canvas while all are open; empty where it has no box."""
    box = diagram.boxes.get(top)
    if box is None:
        return Rect(0, 0, 0, 0)
    at = diagram.absolute(queries.lineage(chart, top))
    return Rect(at.x, at.y, box.width, box.height)


def notes_on(chart: Chart, diagram: Diagram, top: str | None) -> list[str]:
    """The notes that are seen while a state is looked at alone: those that reach into it; all for none."""
    if top is None:
        return [*diagram.notes]
    around = frame(chart, diagram, top)
    return [note.id for note in diagram.notes.values() if note.rect.intersects(around)]


def lines_in(chart: Chart, top: str) -> list[str]:
    """The transitions that stay inside of a state from end to end."""
    states = {top, *(state.id for state in queries.descendants(chart, top))}
    found = (each for id in states for each in chart.outgoing(id))
    return sorted(each.id for each in found if not each.is_pseudo and states.issuperset(each.targets))
