"""Charts for tests, written as YAML text."""

from __future__ import annotations

from editor.document.document import Document
from editor.formats import native
from editor.layout import auto
from editor.layout.sizes import TableMeasure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram

MEASURE = TableMeasure()


def chart(text: str) -> Chart:
    return native.read(text, name="machine.yaml").chart


def document(text: str) -> Document:
    return drawn(chart(text))


def drawn(made: Chart) -> Document:
    return Document(made, auto.complete(made, Diagram(), MEASURE))


def id_of(made: Chart, path: str) -> str:
    found = queries.find_path(made, path)
    assert found is not None, path
    return found
