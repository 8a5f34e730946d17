"""What is selected once steps were taken back or made again: what they are about, never what only gave way to it.

The next key may delete or move what is selected, so that nothing may be among it that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Sequence

from editor.document.steps import outermost
from editor.model.changes import AnyChange, Changes, NoteChange, StateChange, TransitionChange, moves_dot
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.queries import initial_transition


def exists(chart: Chart, diagram: Diagram, id: str) -> bool:
    """Whether an element can be selected: a state other than the machine, a transition, or a note."""
    is_element = (id in chart.states and id != chart.root_id) or id in chart.transitions
    return is_element or id in diagram.notes


def selected(
    chart: Chart, diagram: Diagram, changes: Changes, chosen: Sequence[str], now: Sequence[str]
) -> list[str] | None:
    """What to select after changes, which were made; None for what is selected `now`.

    `chosen` is what was selected when the step was done: it is taken where the step was about all of it. Else it is
    what came into being; or, where nothing went, what means something else; or what of the chosen is there. Where
    nothing but the drawing differs and nothing was chosen, it is what moved alone: many that did so together were
    laid out, and nobody had one of them in hand.
    """
    if all(_is_shown(chart, change, now) for change in changes):
        return None
    ids = list(dict.fromkeys(_subject(chart, change) for change in changes))
    here = [id for id in chosen if exists(chart, diagram, id)]
    elements = [change for change in changes if _is_element(chart, change)]
    made = [change.id for change in elements if change.old is None]
    is_about_chosen = bool(here) and len(here) == len(chosen) and set(here).issubset(ids)
    if is_about_chosen and (not made or not set(here).isdisjoint(made)):
        return here
    if made:
        return outermost(chart, made) or made
    if elements and all(change.new is not None for change in elements):
        meant = [change.id for change in elements]
        return outermost(chart, meant) or meant
    if here or any(change.is_semantic for change in changes):
        return here
    return [id for id in ids if exists(chart, diagram, id)] if len(ids) == 1 else None


def _is_element(chart: Chart, change: AnyChange) -> bool:
    """Whether it is about an element by itself: initial transitions follow others, and the machine is never chosen."""
    if isinstance(change, TransitionChange):
        return not any(record.is_pseudo for record in (change.old, change.new) if record is not None)
    return isinstance(change, StateChange | NoteChange) and change.id != chart.root_id


def _is_shown(chart: Chart, change: AnyChange, now: Sequence[str]) -> bool:
    """Whether what is selected shows a change: a state shows where it begins and what begins with it."""
    if not isinstance(change, TransitionChange):
        return False
    records = [record for record in (change.old, change.new) if record is not None]
    ends = {end for record in records for end in (record.source, *record.targets)}
    return all(record.is_pseudo for record in records) and not ends.isdisjoint(now or (chart.root_id,))


def _subject(chart: Chart, change: AnyChange) -> str:
    """What a change is about: for a dot, the initial transition that it belongs to."""
    initial = initial_transition(chart, change.id) if moves_dot(change) else None
    return change.id if initial is None else initial.id
