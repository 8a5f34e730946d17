"""The clipboard of the desktop: texts under several types at once, and drawings as SVG and as an image."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from editor.canvas import render
from editor.commands.registry import PLAIN
from editor.model.chart import Chart
from editor.model.diagram import Diagram

SCALE = 2.0
"""Pixels a chart unit, for documents that are printed or shown large."""
SVG = "image/svg+xml"


def text(kind: str = PLAIN) -> str:
    """The text of a MIME type; empty where there is none."""
    # Qt says that it is always there; where nobody has put anything there is nothing
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if data is None:
        return ""
    if kind == PLAIN:
        return data.text()
    return bytes(data.data(kind).data()).decode("utf-8", errors="replace")


def put(contents: Mapping[str, str]) -> None:
    """Replace what is there by texts, by their MIME types."""
    data = QMimeData()
    for kind, each in contents.items():
        if kind == PLAIN:
            data.setText(each)
        else:
            data.setData(kind, QByteArray(each.encode("utf-8")))
    QGuiApplication.clipboard().setMimeData(data)


def put_picture(chart: Chart, diagram: Diagram, theme: str) -> None:
    """Replace what is there by a drawing.

    Raises:
        FileError: there is too little memory.
    """
    data = QMimeData()
    data.setData(SVG, QByteArray(render.drawn(chart, diagram, ".svg", theme=theme)))
    data.setImageData(render.as_image(chart, diagram, SCALE, theme=theme))
    QGuiApplication.clipboard().setMimeData(data)
