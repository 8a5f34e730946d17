"""Where on a card or a pill the parts are that can be typed by themselves: lines of a state, parts of a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.canvas.measure import width
from editor.canvas.painter_transitions import GAP, GLYPH, PAD
from editor.canvas.shapes import StateShape
from editor.document.card_lines import KINDS, Line, has_lines
from editor.geometry import Point, Rect
from editor.layout.sizes import FINAL_NAME, HEADER, LINE, PillPart, TextStyle, detail_lines, pill_parts
from editor.model.chart import Chart
from editor.model.elements import StateKind

if TYPE_CHECKING:
    from editor.canvas.picture import Picture

_REGION_TOP = 26.0
_GLYPHS = ("delay", "always", "done", "error")
_INDENT = 30.0


def lines_top(chart: Chart, shape: StateShape) -> float:
    """Where the lines below a state's name begin."""
    if chart.states[shape.id].kind is StateKind.FINAL:
        return shape.rect.y + FINAL_NAME
    return shape.rect.y + (_REGION_TOP if shape.is_region else min(HEADER, shape.rect.height) + 2)


def _shape(picture: Picture, id: str) -> StateShape | None:
    """Where the lines of a state are drawn, or would be; None for one that is not drawn."""
    if id == picture.chart.root_id:
        return picture.machine.shape or picture.machine.planned()
    return picture.states.get(id)


def machine_line_at(picture: Picture, at: Point) -> Line | None:
    """The line of the machine itself at a place; None where there is none."""
    shape = picture.machine.shape
    is_there = shape is not None and shape.rect.contains(at)
    return line_at(picture, picture.chart.root_id, at) if is_there else None


def line_at(picture: Picture, id: str, at: Point) -> Line | None:
    """The line of a state at a place; None where there is none."""
    shape = _shape(picture, id)
    if shape is None or shape.is_collapsed or not has_lines(picture.chart, id):
        return None
    number = int((at.y - lines_top(picture.chart, shape)) // LINE)
    drawn = _drawn(picture.chart, id)
    return drawn[number] if 0 <= number < len(drawn) else None


def line_rect(picture: Picture, id: str, line: Line) -> Rect | None:
    """Where a line of a state is, or will be when it is there; None for a state that is not drawn."""
    shape = _shape(picture, id)
    if shape is None:
        return None
    drawn = _drawn(picture.chart, id)
    if line in drawn:
        place = drawn.index(line)
    else:
        place = sum(each is not None and KINDS.index(each.kind) <= KINDS.index(line.kind) for each in drawn)
    rect = shape.rect
    left = rect.x + _INDENT - 4
    return Rect(left, lines_top(picture.chart, shape) + place * LINE, max(rect.right - left - 4, LINE), LINE)


def _drawn(chart: Chart, id: str) -> list[Line | None]:
    """The lines below a state's name as they are drawn; None for those that are typed elsewhere."""
    counts = dict.fromkeys(KINDS, 0)
    found: list[Line | None] = []
    for each in detail_lines(chart, chart.states[id]):
        if each.kind in counts:
            found.append(Line(each.kind, counts[each.kind]))
            counts[each.kind] += 1
        else:
            found.append(None)
    return found


def label_part_at(picture: Picture, id: str, at: Point) -> str:
    """The part of a label at a place: `trigger`, `delay`, `guard` or `actions`; nothing beside it."""
    shape = picture.transitions.get(id)
    if shape is None or not shape.route.label.contains(at):
        return ""
    found = ""
    for part, start in _starts(pill_parts(picture.chart, picture.chart.transitions[id])):
        if shape.route.label.x + start <= at.x and part.kind != "number":
            found = part.kind
    if found in ("delay", "guard", "actions"):
        return found
    return "trigger"


def _starts(parts: tuple[PillPart, ...]) -> list[tuple[PillPart, float]]:
    """Where each part of a label begins, from its left side; as it is painted."""
    x = PAD
    found: list[tuple[PillPart, float]] = []
    for part in parts:
        x += GAP if x > PAD else 0.0
        found.append((part, x))
        if part.kind == "number":
            x += GLYPH
            continue
        if part.kind in _GLYPHS:
            x += GLYPH + (GAP - 1 if part.text else 0)
        x += width(part.text, TextStyle.LABEL) if part.text else 0
    return found
