"""Pictures of a chart as files and images: SVG, PNG and PDF by the painter of the canvas; needs a QGuiApplication."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.theme import Theme, color, load_theme
from editor.document import files
from editor.errors import FileError
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.queries import document_order, dotted_path

MARGIN = 24
LARGEST = 16_000
DETAIL = 3
"""Thumbnails for a screen are drawn this much larger and shrunk, so that the canvas shows its details in them."""
_DOTS = 96


def render(
    chart: Chart,
    diagram: Diagram,
    path: Path,
    *,
    theme: str = "light",
    scale: float = 1.0,
    active: Iterable[str] = (),
) -> None:
    """Write a picture, whole or not at all; the suffix chooses SVG, PNG or PDF.

    `active` holds ids or dotted paths of states to light up, their ancestors with them.
    `scale` counts device pixels a chart unit; a PNG that would be larger than 16,000 pixels is made smaller.

    Raises:
        FileError: the suffix is none of these, the file cannot be written, or there is too little memory.
    """
    suffix = path.suffix.lower()
    if suffix not in _KINDS:
        raise FileError(f"“{path}” cannot be written: a picture ends in .svg, .png or .pdf.")
    files.write_bytes(path, drawn(chart, diagram, suffix, theme=theme, scale=scale, active=active))


def drawn(
    chart: Chart,
    diagram: Diagram,
    suffix: str,
    *,
    theme: str = "light",
    scale: float = 1.0,
    active: Iterable[str] = (),
) -> bytes:
    """What `render` writes into a file of this suffix.

    Raises:
        FileError: there is too little memory.
    """
    wanted = frozenset(active)
    painter = _painter(Picture(chart, diagram, FontMeasure()), load_theme(theme), bool(wanted))
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    _KINDS[suffix](painter, _overlay(chart, wanted), made, scale)
    return bytes(made.data().data())


def as_image(chart: Chart, diagram: Diagram, scale: float, *, theme: str = "light") -> QImage:
    """The whole chart as an image, smaller than asked for where it would be larger than 16,000 pixels.

    Raises:
        FileError: there is too little memory.
    """
    painter = _painter(Picture(chart, diagram, FontMeasure()), load_theme(theme), False)
    bounds = painter.picture.bounds().grown(MARGIN)
    made = image(painter, Overlay(), min(scale, LARGEST / bounds.width, LARGEST / bounds.height))
    if made.isNull():
        raise FileError("There is not enough memory for the picture. Copy a part of the chart.")
    return made


def image(painter: ChartPainter, overlay: Overlay, scale: float) -> QImage:
    """The whole picture with a margin, `scale` pixels a chart unit."""
    size, ox, oy = _sheet(painter.picture, scale)
    made = QImage(size, QImage.Format.Format_RGB32)
    with QPainter(made) as device:
        _paint(painter, overlay, device, scale, ox, oy, size)
    return made


def thumbnail(chart: Chart, diagram: Diagram, size: QSize, theme: str = "light") -> QImage:
    """A small picture of the whole chart, centred in `size` pixels."""
    painter = _painter(Picture(chart, diagram, FontMeasure()), load_theme(theme), False)
    painter.has_grid = False
    bounds = painter.picture.bounds().grown(MARGIN)
    zoom = min(size.width() / bounds.width, size.height() / bounds.height, 1.0)
    ox = (size.width() - bounds.width * zoom) / 2 - bounds.x * zoom
    oy = (size.height() - bounds.height * zoom) / 2 - bounds.y * zoom
    made = QImage(size, QImage.Format.Format_RGB32)
    with QPainter(made) as device:
        painter.base(device, zoom, ox, oy, made.rect())
    return made


def small_picture(chart: Chart, diagram: Diagram, size: QSize, theme: str, ratio: float) -> QImage:
    """A thumbnail for a screen with `ratio` device pixels a pixel, with the details that are seen from near."""
    large = thumbnail(chart, diagram, size * ratio * DETAIL, theme)
    made = large.scaled(
        size * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    made.setDevicePixelRatio(ratio)
    return made


def _painter(picture: Picture, theme: Theme, is_dimmed: bool) -> ChartPainter:
    made = ChartPainter(picture, theme)
    made.has_grid = False
    made.is_dimmed = is_dimmed
    return made


def _overlay(chart: Chart, wanted: frozenset[str]) -> Overlay:
    if not wanted:
        return Overlay()
    found = {
        state.id
        for state in document_order(chart)
        if state.id in wanted or (state.parent is not None and dotted_path(chart, state.id) in wanted)
    }
    found |= {above.id for id in found for above in chart.ancestors(id)}
    return Overlay(is_running=True, active=frozenset(found))


def _sheet(picture: Picture, scale: float) -> tuple[QSize, float, float]:
    """The size in pixels and the shift that brings the margin's corner to the origin."""
    bounds = picture.bounds().grown(MARGIN)
    size = QSize(max(1, round(bounds.width * scale)), max(1, round(bounds.height * scale)))
    return size, -bounds.x * scale, -bounds.y * scale


def _paint(
    painter: ChartPainter, overlay: Overlay, device: QPainter, scale: float, ox: float, oy: float, size: QSize
) -> None:
    painter.base(device, scale, ox, oy, QRect(0, 0, size.width(), size.height()))
    painter.overlay(device, scale, ox, oy, overlay)


def _draw_png(painter: ChartPainter, overlay: Overlay, device: QBuffer, scale: float) -> None:
    bounds = painter.picture.bounds().grown(MARGIN)
    scale = min(scale, LARGEST / bounds.width, LARGEST / bounds.height)
    if not image(painter, overlay, scale).save(device, "PNG"):  # type: ignore[call-overload]
        raise FileError(f"There is not enough memory for the picture. Choose a scale below {scale:g}.")


def _draw_svg(painter: ChartPainter, overlay: Overlay, device: QBuffer, scale: float) -> None:
    size, ox, oy = _sheet(painter.picture, 1.0)
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    generator.setResolution(_DOTS)
    generator.setSize(QSize(round(size.width() * scale), round(size.height() * scale)))
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    chart = painter.picture.chart
    generator.setTitle(chart.root.key)
    generator.setDescription(chart.root.description or "A statechart.")
    with QPainter(generator) as pen:
        _paint(painter, overlay, pen, 1.0, ox, oy, size)


def _draw_pdf(painter: ChartPainter, overlay: Overlay, device: QBuffer, scale: float) -> None:
    size, ox, oy = _sheet(painter.picture, scale)
    writer = QPdfWriter(device)
    writer.setResolution(72)
    writer.setPageSize(QPageSize(QSizeF(size), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(painter.picture.chart.root.key)
    with QPainter(writer) as pen:
        pen.fillRect(QRectF(0, 0, size.width(), size.height()), color(painter.theme.ground))
        _paint(painter, overlay, pen, scale, ox, oy, size)


_KINDS = {".png": _draw_png, ".svg": _draw_svg, ".pdf": _draw_pdf}
