"""What lies at a place of a picture, on top and below: notes, stubs, labels, lines, states."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from editor.canvas.shapes import distance
from editor.geometry import Point
from editor.layout.frame import DOT
from editor.model.elements import TriggerKind
from editor.tools.base import Hit, HitKind

if TYPE_CHECKING:
    from editor.canvas.picture import Picture


def hit(picture: Picture, point: Point, tolerance: float) -> Hit:
    """What is on top: a note, a stub, a label, else a line within `tolerance` units, else the deepest state."""
    note = picture.notes.at(point)
    if note is not None:
        return Hit(kind=HitKind.NOTE, id=note)
    stub = picture.stubs.at(point)
    if stub is not None:
        return Hit(kind=HitKind.STUB, id=stub.transition, handle=stub.handle)
    near = _near(picture, point, tolerance)
    label = next(iter(_labels(picture, point, near)), None)
    if label is not None:
        return Hit(kind=HitKind.LABEL, id=label)
    line = min(_lines(picture, point, near, tolerance), default=None)
    if line is not None:
        kind = HitKind.INITIAL if _is_initial(picture, line[1]) else HitKind.TRANSITION
        return Hit(kind=kind, id=line[1])
    state = picture.state_at(point)
    return Hit() if state is None else Hit(kind=HitKind.STATE, id=state)


def under(picture: Picture, point: Point, tolerance: float) -> list[str]:
    """All that is there, the topmost first."""
    near = _near(picture, point, tolerance)
    found = [] if (note := picture.notes.at(point)) is None else [note]
    found += [] if (stub := picture.stubs.at(point)) is None else [stub.transition]
    found += _labels(picture, point, near)
    found += [id for _, id in sorted(_lines(picture, point, near, tolerance))]
    while (state := picture.state_at(point, without=found)) is not None:
        found.append(state)
    return [*dict.fromkeys(found)]


def _near(picture: Picture, point: Point, tolerance: float) -> list[str]:
    near = picture.transition_index.meeting(
        point.x - tolerance, point.y - tolerance, point.x + tolerance, point.y + tolerance
    )
    picture.refine(near)
    return near


def _labels(picture: Picture, point: Point, near: Iterable[str]) -> list[str]:
    labels = ((id, picture.transitions[id].route.label) for id in sorted(near))
    return [id for id, label in labels if label.width and label.contains(point)]


def _lines(picture: Picture, point: Point, near: Iterable[str], tolerance: float) -> list[tuple[float, str]]:
    """The lines within reach, with how far they are."""
    return [(way, id) for id in near if (way := _way(picture, point, id)) <= tolerance]


def _is_initial(picture: Picture, id: str) -> bool:
    return picture.chart.transitions[id].trigger.kind is TriggerKind.INITIAL


def _way(picture: Picture, point: Point, id: str) -> float:
    """How far a place is from a transition; nothing on its initial dot."""
    paths = picture.transitions[id].route.paths
    start = paths[0][0]
    if _is_initial(picture, id) and max(abs(point.x - start.x), abs(point.y - start.y)) <= DOT:
        return 0.0
    return min(distance(point, path) for path in paths)
