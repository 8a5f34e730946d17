"""Bending a transition by arrow keys: the longest stretch that they can move goes with them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from editor.canvas.stubs import ELSEWHERE
from editor.document import edits
from editor.geometry import Point
from editor.model.elements import is_unresolved
from editor.tools.bend import shifted

if TYPE_CHECKING:
    from editor.canvas.view import ChartView


def bend(view: ChartView, dx: float, dy: float) -> None:
    """Move a stretch of the selected transition across itself. Many in a row are one step to undo."""
    document, surface = view.session.document, view.surface
    [id] = view.session.selection.ids
    if view.picture.stubs.has(id):
        view.session.say(ELSEWHERE)
        return
    path = surface.path(id)
    stretch = movable_stretch(path, is_level=bool(dy))
    if stretch is None:
        view.session.say("No part of this transition can be moved that way.")
        return
    transition = document.chart.transitions[id]
    target = next((each for each in transition.targets if not is_unresolved(each)), "")
    ends = surface.rect(transition.source), surface.rect(target)
    points = shifted(path, stretch, dx, dy, ends, 0.0)
    edit = edits.set_bends(document.chart, document.diagram, id, points)
    document.apply(edit, merge_key=("bend", id))


def movable_stretch(path: tuple[Point, ...], *, is_level: bool) -> int | None:
    """The number of the longest level (or upright) stretch of a path, which is moved across; None for none."""
    found = [
        (abs(a.x - b.x) + abs(a.y - b.y), -number)
        for number, (a, b) in enumerate(pairwise(path))
        if (a.y == b.y if is_level else a.x == b.x) and a != b
    ]
    return -max(found)[1] if found else None
