"""An open document beside another machine: what the canvas marks and the list tells; never part of the document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from editor.document import files
from editor.document.comparison import Comparison, compare
from editor.document.differences import Difference, differences
from editor.document.document import Document
from editor.model.chart import Chart
from editor.model.diagram import Diagram


@dataclass(frozen=True, slots=True)
class Base:
    """What is compared with; without a diagram the drawings are not compared."""

    name: str
    chart: Chart
    diagram: Diagram | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What a document has that its base has not, and the other way round, in the ids of the document.

    `places` is where the document's own elements lie.
    """

    base: Base
    found: Comparison
    told: tuple[Difference, ...]
    places: Diagram


def read_base(path: Path) -> Base:
    """A machine to compare with, and its drawing where it has one.

    Raises:
        EditorError: it cannot be read.
    """
    if files.layout_path(path).is_file():
        document = files.open_document(path)
        return Base(path.name, document.chart, document.diagram)
    return Base(path.name, files.read_machine(path).chart, None)


def compare_with(base: Base, document: Document) -> Compared:
    """The document as it is now beside a base."""
    own = document.diagram if base.diagram is not None else None
    found = compare(base.chart, document.chart, base.diagram, own)
    return Compared(base, found, tuple(differences(found)), document.diagram)
