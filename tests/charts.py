"""Charts for tests, written as YAML text."""

from __future__ import annotations

from collections.abc import Iterable

from editor.document.document import Document
from editor.engine.simulator import Simulator
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


def opened(text: str) -> Document:
    """A document that knows its text, as one that was read from a file."""
    loaded = native.read(text, name="machine.yaml")
    made = loaded.chart.copy()
    return Document(made, auto.complete(made, Diagram(), MEASURE), loaded=loaded)


def text_of(made: Document) -> str:
    """What saving would write."""
    assert made.loaded is not None
    return native.patch(made.loaded, made.chart)[0]


def drawn(made: Chart) -> Document:
    return Document(made, auto.complete(made, Diagram(), MEASURE))


def id_of(made: Chart, path: str) -> str:
    found = queries.find_path(made, path)
    assert found is not None, path
    return found


def feed(simulator: Simulator, inputs: Iterable[str | int]) -> None:
    """Send the texts as events; let the numbers go by in milliseconds."""
    for each in inputs:
        if isinstance(each, str):
            simulator.send(each)
        else:
            simulator.advance(each)
