"""How a chart is drawn far away: rectangles a level, merged paths of nearby transitions, names of large states."""

from __future__ import annotations

import math
from collections.abc import Set

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from editor.canvas import painter_far_details as details
from editor.canvas import painter_titles
from editor.canvas.inks import Inks
from editor.canvas.painter_states import fill, ring
from editor.canvas.painter_titles import Titles
from editor.canvas.picture import Picture
from editor.canvas.shapes import StateShape
from editor.layout.index import Bounds
from editor.model.elements import StateKind

CHUNK = 256
SHAPE = 0.12
_WHOLE = 0.15
_AA = QPainter.RenderHint.Antialiasing
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


class FarPainter:
    """Paints from batches; what looks different is taken out of them, the rest is kept.

    Invariant: every transition that is drawn and not lifted is in exactly one chunk.
    """

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.lifted: frozenset[str] = frozenset()
        self._version: int | None = None
        self._left_out: frozenset[str] = frozenset()
        self._extent: Bounds = (0.0, 0.0, 0.0, 0.0)
        self._chunks: list[tuple[Bounds, list[str]]] = []
        self._chunk_of: dict[str, int] = {}
        self._paths: dict[int, QPainterPath] = {}
        self._batches: list[tuple[StateShape, list[QRectF]]] = []
        self._rects: dict[str, QRectF] = {}
        self._marks: details.Marks | None = None

    def paint(self, painter: QPainter, inks: Inks, zoom: float, area: Bounds) -> None:
        """Paint the states and transitions that meet an area (chart units); the painter is scaled by `zoom`."""
        self._freshen()
        painter.setRenderHint(_AA, False)
        painter.setPen(inks.edge if zoom >= SHAPE else _NO_PEN)
        for first, rects in self._batches_in(area):
            painter.setBrush(fill(first, inks))
            painter.drawRects(rects)
        painter.setBrush(_NO_BRUSH)
        painter.setPen(inks.line if zoom >= SHAPE else inks.far)
        painter.setRenderHint(_AA, zoom >= SHAPE)
        x0, y0, x1, y1 = area
        for number, (bounds, _) in enumerate(self._chunks):
            if bounds[0] < x1 and bounds[2] > x0 and bounds[1] < y1 and bounds[3] > y0:
                painter.drawPath(self._path(number))
        if zoom >= SHAPE and self._is_detailed:
            if self._marks is None:
                self._marks = details.prepare(self.picture, self.lifted)
            details.paint_marks(painter, inks, zoom, self._marks)

    @property
    def _is_detailed(self) -> bool:
        return len(self.picture.states) <= details.DETAILED

    def titles(self, zoom: float, around: Bounds) -> Titles:
        """The names of states that are written in what is seen, an area in chart units."""
        return painter_titles.titles(self.picture, zoom, around, self.lifted, is_detailed=self._is_detailed)

    def _freshen(self) -> None:
        """Follow the picture and what is lifted."""
        picture = self.picture
        touched = None if self._version is None else picture.touched_since(self._version)
        if touched is None:
            self._begin()
        elif touched or self._left_out != self.lifted:
            changed = (touched | (self._left_out ^ self.lifted)) - (self._left_out & self.lifted)
            self._renew(changed)
        self._version, self._left_out = picture.version, self.lifted

    def _begin(self) -> None:
        self._extent = self.picture.extent()
        self._chunks = _chunked(self.picture, self.lifted)
        self._chunk_of = {id: number for number, (_, ids) in enumerate(self._chunks) for id in ids}
        self._paths.clear()
        self._batches = []
        self._marks = None
        self._rects.clear()

    def _renew(self, ids: Set[str]) -> None:
        """Take what changed out of its batches and put it where it belongs now."""
        states, transitions = self.picture.states, self.picture.transitions
        self._marks = None
        stale: dict[int, set[str]] = {}
        for id in ids:
            if id in self._rects or id in states:
                self._rects.pop(id, None)
                self._batches = []
            number = self._chunk_of.pop(id, None)
            if number is not None:
                stale.setdefault(number, set()).add(id)
        fresh = [id for id in sorted(ids) if id in transitions and id not in self.lifted]
        for number, gone in stale.items():
            self._fill(number, [id for id in self._chunks[number][1] if id not in gone])
        for start in range(0, len(fresh), CHUNK):
            part = fresh[start : start + CHUNK]
            number = self._roomy(len(part))
            self._fill(number, [*self._chunks[number][1], *part])

    def _roomy(self, count: int) -> int:
        """A chunk that has room for some more: the last one, or one that is new."""
        if not self._chunks or len(self._chunks[-1][1]) + count > CHUNK:
            self._chunks.append(((0.0, 0.0, 0.0, 0.0), []))
        return len(self._chunks) - 1

    def _fill(self, number: int, ids: list[str]) -> None:
        self._chunks[number] = (_around([self.picture.transitions[id].bounds for id in ids]), ids)
        self._chunk_of.update(dict.fromkeys(ids, number))
        self._paths.pop(number, None)

    def _batches_in(self, area: Bounds) -> list[tuple[StateShape, list[QRectF]]]:
        picture = self.picture
        bounds = self._extent
        seen = (min(area[2], bounds[2]) - max(area[0], bounds[0])) * (
            min(area[3], bounds[3]) - max(area[1], bounds[1])
        )
        whole = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
        if seen > _WHOLE * whole:
            if not self._batches:
                self._batches = self._pack(list(picture.states))
            return self._batches
        return self._pack(picture.state_index.meeting(*area))

    def _pack(self, ids: list[str]) -> list[tuple[StateShape, list[QRectF]]]:
        """Rectangles by level and fill, outermost level first; all of a batch look like its first state."""
        packs: dict[tuple[int, int, int], tuple[StateShape, list[QRectF]]] = {}
        states, rects, lifted = self.picture.states, self._rects, self.lifted
        records = self.picture.chart.states
        has_rings = self._is_detailed
        for id in ids:
            shape = states[id]
            if id in lifted or (shape.is_region and shape.tint is None):
                continue
            if has_rings and details.is_round(self.picture, shape):
                continue
            rect = rects.get(id)
            if rect is None:
                rect = rects[id] = _outline(shape, records[id].kind)
            rank = 2 if shape.is_leaf or shape.is_collapsed else 1 if shape.is_region else 0
            key = (shape.level, rank, shape.tint or 0)
            pack = packs.get(key)
            if pack is None:
                packs[key] = (shape, [rect])
            else:
                pack[1].append(rect)
        return [packs[key] for key in sorted(packs)]

    def _path(self, number: int) -> QPainterPath:
        path = self._paths.get(number)
        if path is None:
            path = self._paths[number] = QPainterPath()
            transitions = self.picture.transitions
            move, line = path.moveTo, path.lineTo
            has_heads = self._is_detailed
            for id in self._chunks[number][1]:
                route = transitions[id].route
                for points in () if route.ends_inside else route.paths:
                    first = True
                    for x, y in points:
                        if first:
                            move(x, y)
                            first = False
                        else:
                            line(x, y)
                    if has_heads and len(points) > 1:
                        details.add_head(path, points[-2], points[-1])
        return path


def _outline(shape: StateShape, kind: StateKind) -> QRectF:
    """The card, or the square around the ring of a final or history state."""
    card = QRectF(*shape.rect)
    return ring(card) if kind is StateKind.FINAL or kind.is_history else card


def _chunked(picture: Picture, lifted: frozenset[str]) -> list[tuple[Bounds, list[str]]]:
    """Transitions by place, at most `CHUNK` together, with the bounds around each bundle."""
    shapes = [shape for shape in picture.transitions.values() if shape.id not in lifted]
    x0, y0, x1, y1 = picture.extent()
    side = max(1, int(math.sqrt(len(shapes) / CHUNK)))
    cell = max(x1 - x0, y1 - y0) / side + 1
    groups: dict[tuple[int, int], list[str]] = {}
    for shape in shapes:
        left, top, right, bottom = shape.bounds
        place = (
            (-1, 0)
            if max(right - left, bottom - top) > cell
            else (int((left - x0) // cell), int((top - y0) // cell))
        )
        groups.setdefault(place, []).append(shape.id)
    chunks: list[tuple[Bounds, list[str]]] = []
    for ids in groups.values():
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            chunks.append((_around([picture.transitions[id].bounds for id in part]), part))
    return chunks


def _around(rows: list[Bounds]) -> Bounds:
    if not rows:
        return 0.0, 0.0, 0.0, 0.0
    lefts, tops, rights, bottoms = zip(*rows, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
