"""The planner of tags: one tag given to states, or taken from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document import edits
from editor.document.steps import Steps
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.layout.sizes import Measure
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import State


def tags_of(chart: Chart) -> list[str]:
    """All tags that states have, each once, in the order of the alphabet."""
    return sorted({tag for state in chart.states.values() for tag in state.tags}, key=str.casefold)


def taggable(chart: Chart, ids: Iterable[str]) -> list[State]:
    """The states among some elements that can have tags: all but histories, in which no machine ever is."""
    found = (chart.states.get(id) for id in ids)
    return [state for state in found if state is not None and not state.kind.is_history]


def has_tag(chart: Chart, ids: Iterable[str], tag: str) -> bool:
    """Whether all states among some elements have a tag."""
    states = taggable(chart, ids)
    return bool(states) and all(tag in state.tags for state in states)


def set_tag(
    chart: Chart, diagram: Diagram, ids: Iterable[str], tag: str, *, is_on: bool, measure: Measure
) -> Edit:
    """A tag given to all states among some elements, or taken from them; their cards grow to it.

    Raises:
        ChartError: the tag is empty, or has a comma, which divides tags where they are typed.
    """
    tag = tag.strip()
    if not tag:
        raise ChartError("A tag needs a name.")
    if "," in tag:
        raise ChartError("A comma divides tags. Add them one by one.")
    steps = Steps(chart, diagram)
    for state in taggable(chart, ids):
        now = steps.chart.states[state.id]
        if (tag in now.tags) is is_on:
            continue
        tags = (*now.tags, tag) if is_on else tuple(each for each in now.tags if each != tag)
        edit = edits.set_state(steps.chart, steps.diagram, replace(now, tags=tags), measure=measure)
        steps.make(edit.changes)
    return steps.edit(f"Add tag “{tag}”" if is_on else f"Remove tag “{tag}”")
