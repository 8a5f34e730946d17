"""The planner of pasting: a clip becomes states of a chart, under names that are free, where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from editor.document import belongings, definitions, notes, regions
from editor.document.beginnings import candidates, initial_change
from editor.document.boxes import PADDING, Boxes, moved_bends
from editor.document.clips import Clip
from editor.document.copying import Copying
from editor.document.kinds import HOLDERS, WORDS
from editor.document.steps import Steps
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import GRID, Point, Rect
from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import InfoChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind, is_unresolved, unresolved_text
from editor.model.walk import Inside

_STEP = 2 * GRID
_MOST_RINGS = 40


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasting does, the copies of the outermost states, and what is to be told of it."""

    edit: Edit
    ids: tuple[str, ...]
    told: tuple[str, ...]


def paste(
    chart: Chart,
    diagram: Diagram,
    clip: Clip,
    parent: str,
    middle: Point | None = None,
    *,
    is_origin: bool = False,
    measure: Measure,
) -> Pasted:
    """A clip as children of `parent`, around a place of the canvas, or where there is room, beside what was copied.

    Where something else lies they go beside it. A parent without children becomes a composite that begins with one of
    them; a parallel state takes them as regions. `is_origin`: the clip was taken from this very chart, so that what
    leads out of it can lead to the same states; what was written by hand may name any state that is there.

    Raises:
        ChartError: the parent cannot hold states.
    """
    holder = chart.states[parent]
    if holder.kind not in HOLDERS:
        raise ChartError(f"“{holder.key}” is a {WORDS[holder.kind]} and cannot hold states.")
    kept = _kept(chart, clip, parent, is_origin=is_origin)
    copying = Copying(clip.chart, clip.top, chart, parent, kept, clip.outside)
    steps = Steps(chart, diagram)
    is_first = holder.kind is StateKind.NORMAL and not candidates(chart, parent)
    steps.make(copying.changes())
    found = definitions.merged(chart.info, copying.rewriter().info(clip.chart.info))
    if found.added:
        steps.make([InfoChange(chart.info.id, chart.info, found.info)])
    data = belongings.arriving(clip.chart, steps.chart)
    steps.make(data.changes)
    ids = tuple(copying.ids[id] for id in clip.top)
    beginnings = [id for id in ids if not steps.chart.states[id].kind.is_history]
    if is_first and beginnings:
        first = copying.ids.get(clip.initial or "", beginnings[0])
        steps.make([initial_change(steps.chart, parent, first if first in beginnings else beginnings[0])])
    boxes = Boxes(steps.chart, steps.diagram)
    _place(boxes, copying, clip, parent, middle, measure)
    regions.enter(boxes, parent, ids, measure)
    boxes.fit(parent, measure)
    steps.make(boxes.changes())
    start = Boxes(clip.chart, clip.diagram).origin(clip.top[0])
    end = Boxes(steps.chart, steps.diagram).origin(ids[0])
    written, made = notes.copies(
        diagram, clip.diagram.notes.values(), Point(end.x - start.x, end.y - start.y)
    )
    steps.make(written)
    edit = steps.edit(f"Paste {clip.named}")
    return Pasted(edit, (*ids, *made.values()), tuple(_told(chart, clip, copying, found, data)))


def paste_notes(diagram: Diagram, clip: Clip, middle: Point | None = None) -> Pasted:
    """The notes of a clip without states, around a place of the canvas, or a little away from where they were."""
    sources = list(clip.diagram.notes.values())
    way = Point(_STEP, _STEP)
    around = Rect.around(note.rect for note in sources)
    if middle is not None and around is not None:
        way = Point(round(middle.x - around.center.x), round(middle.y - around.center.y))
    changes, made = notes.copies(diagram, sources, way)
    return Pasted(Edit(f"Paste {clip.named}", changes), tuple(made.values()), ())


def _kept(chart: Chart, clip: Clip, parent: str, *, is_origin: bool) -> Mapping[str, str]:
    """What the references that lead out of a clip mean here."""
    if is_origin:
        return {text: id for text, id in clip.outside.items() if id in chart.states and id != chart.root_id}
    if clip.origin:
        return {}
    found: dict[str, str] = {}
    for transition in clip.chart.transitions.values():
        for target in transition.targets:
            if is_unresolved(target) and not transition.is_pseudo:
                text = unresolved_text(target)
                id = queries.find_path(chart, text, parent) or queries.find_named(chart, text)
                if id is not None:
                    found[target] = id
    return found


def _place(
    boxes: Boxes, copying: Copying, clip: Clip, parent: str, middle: Point | None, measure: Measure
) -> None:
    """The boxes and bends of the copies, as they lie to each other in the clip."""
    source = Boxes(clip.chart, clip.diagram)
    corners = {id: source.origin(id) for id in clip.top if id in clip.diagram.boxes}
    rects = {id: Rect(*at, *clip.diagram.boxes[id].rect[2:]) for id, at in corners.items()}
    around = Rect.around(rects.values()) or Rect(0, 0, 0, 0)
    to = boxes.origin(parent)
    is_beside = all(clip.chart.states[id].parent == parent for id in clip.top)
    wanted = Point(around.x - to.x, around.y - to.y) if is_beside else Point(0, 0)
    if middle is not None:
        wanted = Point(middle.x - to.x - around.width / 2, middle.y - to.y - around.height / 2)
    corner = _free(boxes, copying, parent, wanted, around, measure)
    way = Point(corner.x - around.x, corner.y - around.y)
    for state in copying.states:
        box = clip.diagram.boxes.get(state.id)
        if box is not None:
            new = replace(box, id=copying.ids[state.id])
            if state.id in corners:
                at = corners[state.id]
                new = replace(new, x=at.x + way.x, y=at.y + way.y, auto=False)
            boxes.put(new.id, new)
    for each in copying.transitions:
        bends = clip.diagram.bends.get(each.id)
        if bends is None:
            continue
        holder = queries.container(clip.chart, each)
        moved = replace(bends, id=copying.arrows[each.id])
        if holder not in copying.ids:
            from_ = source.origin(holder)
            moved = moved_bends(moved, from_.x + way.x, from_.y + way.y)
        boxes.put_bends(moved.id, moved)


def _free(
    boxes: Boxes, copying: Copying, parent: str, wanted: Point, around: Rect, measure: Measure
) -> Point:
    """The top left corner, within the parent, nearest to a wanted one at which nothing lies over other states."""
    new = set(copying.ids.values())
    others = [
        box.rect.grown(GRID)
        for child in boxes.chart.children(parent)
        if child.id not in new and (box := boxes.get(child.id)) is not None
    ]
    x, y = wanted
    if parent != boxes.chart.root_id:
        header = sizes.header_height(boxes.chart, parent, measure)
        x, y = max(x, PADDING), max(y, header + PADDING / 2)
    start = Point(round(x / GRID) * GRID, round(y / GRID) * GRID)
    for dx, dy in _ways():
        rect = Rect(start.x + dx, start.y + dy, around.width, around.height)
        if not any(rect.intersects(other) for other in others):
            return Point(rect.x, rect.y)
    beyond = Rect.around(others)
    return Point(beyond.right + _STEP, start.y) if beyond is not None else start


def _ways() -> Iterator[tuple[float, float]]:
    """Ways to the right and down, the shortest first."""
    found = [(dx, dy) for dx in range(_MOST_RINGS + 1) for dy in range(_MOST_RINGS + 1)]
    for dx, dy in sorted(found, key=lambda way: way[0] * way[0] + way[1] * way[1]):
        yield dx * _STEP, dy * _STEP


def _told(
    chart: Chart, clip: Clip, copying: Copying, found: definitions.Merged, data: belongings.Arrived
) -> Iterator[str]:
    """What did not come along, and what came besides."""
    left = copying.left_out
    if len(left) == 1:
        yield "A transition that leads out was left out."
    elif left:
        yield f"{len(left)} transitions that lead out were left out."
    if found.added:
        what = "meaning" if len(found.added) == 1 else "meanings"
        yield f"With the {what} of {_listed(found.added)}."
    if found.different:
        means = "means" if len(found.different) == 1 else "mean"
        yield f"{_listed(found.different)} {means} something else here."
    if data.added:
        what = "value" if len(data.added) == 1 else "values"
        yield f"With the {what} of {_listed(data.added)} at the start."
    if data.different:
        begins = "begins" if len(data.different) == 1 else "begin"
        yield f"{_listed(data.different)} {begins} with something else here."
    if data.empty:
        yield f"What {_listed(data.empty)} begins with cannot be said here; look at the context."
    if clip.origin and clip.chart.info.conventions != chart.info.conventions:
        yield "It comes from a machine of another format, where some things mean otherwise."
    is_other = (clip.chart.info.language or "python") != (chart.info.language or "python")
    if is_other and Inside(clip.chart).expressions:
        yield f"Expressions are in {clip.chart.info.language or 'the language of the editor'}; check them."


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names[:3]]
    if len(names) > len(quoted):
        quoted.append(f"{len(names) - len(quoted)} more")
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
