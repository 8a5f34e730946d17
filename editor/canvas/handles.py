"""Where the handles of what is selected are, and which of them is under the pointer."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from editor.canvas import plus_row
from editor.canvas.picture import Picture
from editor.document import way_points
from editor.geometry import Point, Rect
from editor.layout.frame import DOT
from editor.model.elements import StateKind, TriggerKind
from editor.tools.base import Hit, HitKind

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

RESIZE = 4.0
CONNECT = 6.0
AWAY = 18.0
"""Half a resize handle, the radius of a connect handle and its distance from the border, in screen pixels."""
REACH = 5.0
"""Screen pixels from a line within which it is hit."""
_ROOM = 4.0
"""Screen pixels around a connect handle in which it is still taken."""
_MOST_MARKED = 60
"""Selected lines whose way points are shown; more would hide the drawing."""
_LEAST = 28.0
_LEAST_HOVERED = 16.0
_STRETCH = 24.0
"""Screen pixels: the smallest state that is resized, that shows handles while hovered; the shortest such stretch."""


class Handle(NamedTuple):
    """A handle by what a press on it would hit, and its middle in chart units; `half` a wide one in screen pixels."""

    hit: Hit
    at: Point
    half: float = 0.0


def handles(
    picture: Picture,
    ids: tuple[str, ...],
    zoom: float,
    hover: str = "",
    *,
    adds: bool = False,
    seen: Rect | None = None,
) -> list[Handle]:
    """The handles of a single selected element, several have none; a hovered state has those that connect.

    Way points that were placed by hand have theirs on all lines that are selected or hovered: so they are told, too.
    `adds`: a selected state has those that add lines to its card, too; they keep to what is `seen` of the chart.
    """
    found = _of_selected(picture, ids[0], zoom) if len(ids) == 1 else []
    if adds and len(ids) == 1:
        found += [
            Handle(Hit(kind=HitKind.ADD, id=ids[0], handle=kind), at, half)
            for kind, at, half in plus_row.chips(picture, ids[0], zoom, seen)
        ]
    for id in (*ids[:_MOST_MARKED], *(() if hover in ids else (hover,))):
        found += _of_way_points(picture, id)
    if hover not in ids and _is_seen(picture, hover, zoom):
        found += [each for each in _of_state(picture, hover, zoom) if each.hit.kind is HitKind.CONNECT]
    return found


def handles_of(view: ChartView) -> list[Handle]:
    """The handles that a view has as it is now; none while something is dragged that they would hide."""
    if view.tool.phase.name not in ("Idle", "Resizing", "Bending", "DotMoving"):
        return []
    is_still = view.session.simulator is None
    hover, *ids = view.proposing.unmoved(view.overlay.hover if is_still else "", *view.session.selection.ids)
    seen = view.camera.seen(view.viewport().width(), view.viewport().height())
    return handles(view.picture, tuple(ids), view.zoom, hover, adds=is_still, seen=seen)


def _of_way_points(picture: Picture, id: str) -> list[Handle]:
    if id not in picture.transitions:
        return []
    points = way_points.by_hand(picture.chart, picture.diagram, id)
    return [Handle(Hit(kind=HitKind.WAY, id=id, handle=str(number)), at) for number, at in enumerate(points)]


def _is_seen(picture: Picture, id: str, zoom: float) -> bool:
    """Whether a state is large enough on the screen that handles do not lie on its neighbours.

    One that was just deleted is not, though the picture may still show it: the selection changes first.
    """
    shape = picture.states.get(id) if id in picture.chart.states else None
    return shape is not None and min(shape.rect.width, shape.rect.height) * zoom >= _LEAST_HOVERED


def hover_after(picture: Picture, before: str, hit: Hit, at: Point, zoom: float) -> str:
    """What is hovered after a move; a state stays so on the way from its border to its handles."""
    if before in picture.states and hit.id != before:
        around = picture.states[before].rect.grown((AWAY + CONNECT + 4) / zoom)
        is_ground = hit.kind is HitKind.NOTHING or hit.id in {
            state.id for state in picture.chart.ancestors(before)
        }
        if is_ground and around.contains(at):
            return before
    return hit.id if hit.kind is not HitKind.NOTHING else ""


def _of_selected(picture: Picture, id: str, zoom: float) -> list[Handle]:
    if id in picture.states:
        return _of_state(picture, id, zoom)
    if id in picture.transitions:
        return _of_transition(picture, id, zoom)
    note = picture.notes.shapes.get(id)
    if note is None or min(note.rect.width, note.rect.height) * zoom < _LEAST:
        return []
    return [Handle(Hit(kind=HitKind.RESIZE, id=id, handle=side), at) for side, at in corners(note.rect)]


def _of_state(picture: Picture, id: str, zoom: float) -> list[Handle]:
    rect = picture.states[id].rect
    kind = picture.chart.states[id].kind
    found: list[Handle] = []
    is_whole = not picture.states[id].is_collapsed or picture.states[id].is_region
    is_sized = is_whole and kind in (StateKind.NORMAL, StateKind.PARALLEL)
    if is_sized and min(rect.width, rect.height) * zoom >= _LEAST:
        found += [Handle(Hit(kind=HitKind.RESIZE, id=id, handle=side), at) for side, at in corners(rect)]
    if kind is not StateKind.FINAL:
        away = AWAY / zoom
        middle = rect.center
        sides = {
            "n": Point(middle.x, rect.y - away), "e": Point(rect.right + away, middle.y),
            "s": Point(middle.x, rect.bottom + away), "w": Point(rect.x - away, middle.y),
        }  # fmt: skip
        dots = _initial_dots(picture, id)
        for side, at in sides.items():
            free = _off_dots(at, rect, dots, zoom, is_level=side in "ns")
            if free is not None:
                found.append(Handle(Hit(kind=HitKind.CONNECT, id=id, handle=side), free))
    return found


def _initial_dots(picture: Picture, id: str) -> list[Point]:
    """Where the initial dots are whose arrows lead to a state."""
    shapes = [
        picture.transitions[each.id]
        for each in picture.chart.incoming(id)
        if each.trigger.kind is TriggerKind.INITIAL and each.id in picture.transitions
    ]
    return [shape.route.paths[0][0] for shape in shapes]


def _off_dots(at: Point, rect: Rect, dots: list[Point], zoom: float, *, is_level: bool) -> Point | None:
    """The place of a connect handle, moved along its side off an initial dot; None where the side is too short."""
    need = (CONNECT + _ROOM) / zoom + DOT
    near = [dot for dot in dots if max(abs(dot.x - at.x), abs(dot.y - at.y)) < need]
    if not near:
        return at
    dot = near[0]
    places = [Point(dot.x + way, at.y) if is_level else Point(at.x, dot.y + way) for way in (need, -need)]
    free = [
        place
        for place in places
        if (rect.x <= place.x <= rect.right if is_level else rect.y <= place.y <= rect.bottom)
        and all(max(abs(dot.x - place.x), abs(dot.y - place.y)) >= need - 1e-6 for dot in dots)
    ]
    return free[0] if free else None


def corners(rect: Rect) -> list[tuple[str, Point]]:
    """The eight places where a rectangle is resized."""
    x, y = rect.center
    return [
        ("nw", Point(rect.x, rect.y)), ("n", Point(x, rect.y)), ("ne", Point(rect.right, rect.y)),
        ("e", Point(rect.right, y)), ("se", Point(rect.right, rect.bottom)), ("s", Point(x, rect.bottom)),
        ("sw", Point(rect.x, rect.bottom)), ("w", Point(rect.x, y)),
    ]  # fmt: skip


def _of_transition(picture: Picture, id: str, zoom: float) -> list[Handle]:
    route = picture.transitions[id].route
    transition = picture.chart.transitions[id]
    if not route.paths:
        return []
    found: list[Handle] = []
    if not transition.is_pseudo and not route.ends_inside:
        found.append(Handle(Hit(kind=HitKind.END, id=id, handle="source"), route.paths[0][0]))
    whole = picture.whole.transitions.get(id, transition)
    is_numbered = len(whole.targets) == len(transition.targets)  # else not all of them are seen
    for place, path in enumerate(route.paths if is_numbered else ()):
        found.append(Handle(Hit(kind=HitKind.END, id=id, handle=f"target{place}"), path[-1]))
    path = route.paths[0]
    is_fixed = route.ends_inside or transition.trigger.kind is TriggerKind.INITIAL
    if is_fixed or picture.stubs.has(id):
        return found
    for place, (a, b) in enumerate(pairwise(path)):
        at = _free_middle(a, b, route.label, zoom)
        if at is not None:
            found.append(Handle(Hit(kind=HitKind.BEND, id=id, handle=str(place)), at))
    return found


def _free_middle(a: Point, b: Point, label: Rect, zoom: float) -> Point | None:
    """The middle of the longest part of a segment beside the label; None where there is no room for a handle."""
    parts = [(a, b)]
    room = label.grown(RESIZE / zoom)
    if label.width and Rect.between(a, b).intersects(room):
        if a.y == b.y:
            left, right = sorted((a.x, b.x))
            parts = [(Point(left, a.y), Point(room.x, a.y)), (Point(room.right, a.y), Point(right, a.y))]
            parts = [each for each in parts if each[0].x < each[1].x]
        else:
            top, bottom = sorted((a.y, b.y))
            parts = [(Point(a.x, top), Point(a.x, room.y)), (Point(a.x, room.bottom), Point(a.x, bottom))]
            parts = [each for each in parts if each[0].y < each[1].y]
    here, there = max(parts, key=_span, default=(a, a))
    return Rect.between(here, there).center if _span((here, there)) * zoom >= _STRETCH else None


def _span(part: tuple[Point, Point]) -> float:
    return max(abs(part[0].x - part[1].x), abs(part[0].y - part[1].y))


def handle_at(found: list[Handle], at: Point, zoom: float) -> Hit | None:
    """The handle under the pointer, with some room around it; the nearest of several."""
    best: tuple[float, Hit] | None = None
    for handle in found:
        if handle.hit.kind is HitKind.ADD:
            is_on = abs(handle.at.y - at.y) * zoom <= plus_row.HEIGHT / 2
            if is_on and abs(handle.at.x - at.x) * zoom <= handle.half and best is None:
                best = (0.0, handle.hit)
            continue
        reach = (CONNECT + _ROOM if handle.hit.kind is HitKind.CONNECT else RESIZE + 3) / zoom
        way = max(abs(handle.at.x - at.x), abs(handle.at.y - at.y))
        if way <= reach and (best is None or way < best[0]):
            best = (way, handle.hit)
    return best[1] if best is not None else None
