"""ChartPainter: draws any part of a picture at any zoom, the still base and what changes often over it.

It knows no widget: view, export, thumbnails and tests call the same object. Levels of detail by zoom (device pixels a
chart unit): from 0.45 every state and transition by itself with its texts, below that batches with names at a constant
size, below 0.12 fills and thin lines only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from editor.canvas import (
    painter_asides,
    painter_notes,
    painter_states,
    painter_stubs,
    painter_titles,
    painter_transitions,
)
from editor.canvas.inks import Inks, grid_color, inks
from editor.canvas.painter_far import FarPainter
from editor.canvas.painter_looking import Lights, LookingPainter
from editor.canvas.painter_overlay import Overlay, OverlayPainter
from editor.canvas.painter_plates import Plates
from editor.canvas.painter_titles import Titles
from editor.canvas.picture import Picture
from editor.canvas.shapes import NEAR
from editor.canvas.theme import Theme, dimmed
from editor.geometry import GRID, Rect
from editor.layout.index import Bounds

GRID_FULL = 0.9
GRID_GONE = 0.5
_MARGIN = 14.0
_AA = QPainter.RenderHint.Antialiasing
_IDENTITY = QTransform()


class ChartPainter:
    """Paints a picture in a theme. `is_dimmed`: a run is shown, so the base is faded towards the ground.

    `grid`: chart units between the dots of the grid; none are drawn where it is 0 or `has_grid` is not set.
    `lights`: what is in its own colours though the rest is faded.
    `lifted`: elements left out of the base and drawn by the overlay instead, as while they are dragged.
    `patience`: how many transitions that are only sketched are routed in one painting, None for all that are seen;
    `is_unfinished` is set when some were left.
    """

    def __init__(self, picture: Picture, theme: Theme) -> None:
        self.picture = picture
        self.theme = theme
        self.has_grid = True
        self.grid = GRID
        self.has_ground = True
        self.is_dimmed = False
        self.lights: Lights | None = None
        self.patience: int | None = None
        self.is_unfinished = False
        self._lifted: frozenset[str] = frozenset()
        self._far = FarPainter(picture)
        self._overlay = OverlayPainter(picture)
        self._looking = LookingPainter(picture)
        self._plates = Plates(picture)
        self._grid: tuple[float, float, str, QPen] | None = None

    @property
    def lifted(self) -> frozenset[str]:
        """The ids of what the base leaves out."""
        return self._lifted

    @property
    def ground(self) -> QColor:
        """The colour behind everything."""
        return inks(dimmed(self.theme) if self.is_dimmed else self.theme).ground

    def lift(self, ids: Iterable[str]) -> None:
        """Leave these states with all inside, their transitions, and notes out of the base; none puts them back."""
        chosen = list(ids)
        states, transitions = self.picture.with_inside(chosen)
        notes = {id for id in chosen if id in self.picture.notes.shapes}
        self._lifted = frozenset(states | transitions | notes)
        self._far.lifted = self._lifted

    def titles(self, zoom: float, ox: float, oy: float, device_rect: QRect) -> Titles:
        """The names that are written by themselves in a device rectangle: none where each card has its own."""
        return {} if zoom >= NEAR else self._far.titles(zoom, _area(zoom, ox, oy, device_rect))

    def touched_names(self, zoom: float, titles: Titles, areas: Sequence[Rect]) -> list[Rect]:
        """What looks different beyond areas in which something changed (chart units): the whole of names there."""
        if zoom >= NEAR:
            return self._plates.touched(areas)
        return painter_titles.touched(titles.values(), zoom, areas)

    def base(
        self,
        painter: QPainter,
        zoom: float,
        ox: float,
        oy: float,
        device_rect: QRect,
        titles: Titles | None = None,
    ) -> None:
        """Paint what lies in a device rectangle; device = chart * zoom + (ox, oy). The painter is left transformed.

        `titles` are those of all that is seen, where that is more than this rectangle; of what is gone since they were
        chosen nothing is written.
        """
        ink = inks(dimmed(self.theme) if self.is_dimmed else self.theme)
        if self.has_ground:
            painter.setTransform(_IDENTITY)
            painter.fillRect(device_rect, ink.ground)
        if self.has_grid and self.grid and zoom > GRID_GONE:
            self._paint_grid(painter, zoom, ox, oy, device_rect)
        area = _area(zoom, ox, oy, device_rect)
        painter.setTransform(QTransform(zoom, 0, 0, zoom, ox, oy))
        if zoom >= NEAR:
            self._paint_near(painter, ink, area)
        else:
            self._far.paint(painter, ink, zoom, area)
            found = [(text, rect) for _, text, rect in self.picture.stubs.meeting(area)]
            painter_stubs.paint(painter, ink, found, zoom)
            names = self.titles(zoom, ox, oy, device_rect) if titles is None else titles
            there = (name for id, name in names.items() if id in self.picture.states)
            painter_titles.paint(painter, ink, zoom, QPointF(ox, oy), area, there, self._plates)
            painter.setTransform(QTransform(zoom, 0, 0, zoom, ox, oy))
            self._paint_notes(painter, ink, zoom, area)
        if self.lights is not None:
            self._looking.paint_kept(painter, self.theme, zoom, area, self.lights, self._lifted)

    def sketch(self, painter: QPainter, zoom: float, ox: float, oy: float, device_rect: QRect) -> None:
        """Paint what lies in a device rectangle as it is seen from far away, without names, at any zoom."""
        painter.setTransform(QTransform(zoom, 0, 0, zoom, ox, oy))
        ink = inks(dimmed(self.theme) if self.is_dimmed else self.theme)
        area = _area(zoom, ox, oy, device_rect)
        self._far.paint(painter, ink, zoom, area)
        painter_notes.paint_far(painter, ink, self.picture.notes.meeting(area), zoom, has_words=False)

    def overlay(
        self, painter: QPainter, zoom: float, ox: float, oy: float, state: Overlay, *, ratio: float = 1.0
    ) -> None:
        """Paint what is active, selected, pointed at, dragged and so on, over the base.

        Places are told as for `base`; `ratio` are the device pixels that the painter makes of each of its own.
        """
        painter.setRenderHint(_AA, True)
        scale = zoom / ratio
        painter.setTransform(QTransform(scale, 0, 0, scale, ox / ratio, oy / ratio))
        self._overlay.paint(painter, self.theme, zoom, state, self._lifted)

    def _paint_near(self, painter: QPainter, ink: Inks, area: Bounds) -> None:
        picture, lifted = self.picture, self._lifted
        painter.setRenderHint(_AA, True)
        shapes = [picture.states[id] for id in picture.state_index.meeting(*area) if id not in lifted]
        if picture.machine.shape is not None:
            shapes.append(picture.machine.shape)
        shapes.sort(key=lambda shape: (shape.level, shape.is_region, shape.id))
        painter_states.paint_states(
            painter, ink, [(shape, painter_states.art(picture, shape)) for shape in shapes]
        )
        met = picture.transition_index.meeting(*area)
        if (picture.sketched and picture.refine(met, self.patience)) or picture.asides.see(
            (id for id in met if id in picture.transitions), self.patience
        ):
            self.is_unfinished = True
        ids = sorted(id for id in met if id in picture.transitions and id not in lifted)
        arts = [painter_transitions.art(picture, picture.transitions[id]) for id in ids]
        painter_transitions.paint_lines(painter, ink, arts)
        painter_transitions.paint_pills(painter, ink, arts)
        self._plates.paint(painter, ink, shapes)
        if picture.stubs.shapes:
            kept = (each for each in picture.stubs.meeting(area) if each[0].transition not in lifted)
            painter_stubs.paint(painter, ink, ((text, rect) for _, text, rect in kept), NEAR)
        told = (id for id in picture.asides.index.meeting(*area) if id not in lifted)
        painter_asides.paint(painter, ink, picture, told)
        self._paint_notes(painter, ink, NEAR, area)

    def _paint_notes(self, painter: QPainter, ink: Inks, zoom: float, area: Bounds) -> None:
        """Over all else: a note is about what it stands at."""
        if self.picture.notes.shapes:
            lifted = self._lifted
            shapes = [each for each in self.picture.notes.meeting(area) if each.id not in lifted]
            if zoom >= NEAR:
                painter_notes.paint(painter, ink, shapes)
            else:
                painter_notes.paint_far(painter, ink, shapes, zoom)

    def _paint_grid(self, painter: QPainter, zoom: float, ox: float, oy: float, rect: QRect) -> None:
        """Rows of dots, each a dashed line one device pixel high whose dashes are one pixel long."""
        step = self.grid * zoom
        if self._grid is None or self._grid[:3] != (zoom, step, self.theme.name):
            fade = min(1.0, (zoom - GRID_GONE) / (GRID_FULL - GRID_GONE))
            pen = QPen(grid_color(self.theme, fade), 1)
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([1.0, step - 1.0])
            self._grid = (zoom, step, self.theme.name, pen)
        painter.setTransform(_IDENTITY)
        painter.setRenderHint(_AA, False)
        painter.setPen(self._grid[3])
        first, last = int((rect.top() - oy) // step), int((rect.bottom() - oy) // step) + 1
        # the same for every area: how far a row has come decides about the pixel that a dot falls on
        left = ox % step
        rows = [round(oy + step * row) for row in range(first, last + 1)]
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.drawLines([QLineF(left, y, rect.right() + 1, y) for y in rows])
        painter.restore()


def _area(zoom: float, ox: float, oy: float, rect: QRect) -> Bounds:
    """The chart's part that can show in a device rectangle, with room for shadows and heads."""
    x0, y0 = (rect.left() - ox) / zoom, (rect.top() - oy) / zoom
    return (
        x0 - _MARGIN,
        y0 - _MARGIN,
        x0 + rect.width() / zoom + _MARGIN,
        y0 + rect.height() / zoom + _MARGIN,
    )
