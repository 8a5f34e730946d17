"""What holds whatever a user does: of the document, of what is seen of it, of undo, of saving and of the journal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from editor.canvas.base_image import BaseImage
from editor.canvas.painter import ChartPainter
from editor.canvas.picture import Picture
from editor.document import alone, files, recovery
from editor.document.document import Document
from editor.document.files import layout_path
from editor.document.undo import Deed, Step
from editor.errors import ChartError
from editor.formats import layout_file, registry
from editor.formats.layout_file import LayoutText
from editor.formats.native_write import write_machine
from editor.formats.registry import Loaded
from editor.model import labels, queries
from editor.model.changes import StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind
from editor.panels.fields import Row
from editor.panels.inspector import InspectorPanel
from editor.panels.outline import OutlinePanel
from editor.window.main_window import MainWindow
from tests.journeys.killed_session import content, tree

Faults = Iterator[str]
LEAST_SEEN = 24
"""How far two colours are apart, of 255, before anybody sees it; borders of areas come out a little otherwise."""
MOST_SPECKS = 8
"""Pixels that may be farther apart: where an area ends at a corner of a line, Qt rounds its edge otherwise."""


def written(document: Document, path: Path, loaded: Loaded | None, layout: LayoutText | None) -> list[bytes]:
    """The two files of a document as they would be written over what was read or written last."""
    machine = registry.write(document.chart, path, loaded).data
    return [machine, layout_file.rewrite(layout, document.chart, document.diagram, path.name).text.encode()]


def chart_faults(chart: Chart, diagram: Diagram) -> Faults:
    """What the gate would have refused, were the document made in one go; and what has no box, or one too many."""
    made = Chart(chart.root)
    try:
        made.apply(
            [
                *(StateChange(each.id, None, each) for each in chart.states.values() if each.parent),
                *(TransitionChange(each.id, None, each) for each in chart.transitions.values()),
            ]
        )
    except ChartError as error:
        yield f"invalid chart: {error}"
        return
    for id in chart.states:
        if [each.id for each in made.children(id)] != [each.id for each in chart.children(id)]:
            yield "index: children are not what the records say"
        if [each.id for each in made.outgoing(id)] != [each.id for each in chart.outgoing(id)]:
            yield "index: outgoing transitions are not what the records say"
        if {each.id for each in made.incoming(id)} != {each.id for each in chart.incoming(id)}:
            yield "index: incoming transitions are not what the records say"
    without = {chart.root_id}
    if set(diagram.boxes) - without != set(chart.states) - without:
        yield "boxes: they are not those of the states"
    if not set(diagram.bends) <= set(chart.transitions):
        yield "bends: some belong to no transition"
    for box in diagram.boxes.values():
        if box.id != chart.root_id and (box.width <= 0 or box.height <= 0):
            yield "boxes: one is of no size"
    yield from _meaning_faults(chart)


def _meaning_faults(chart: Chart) -> Faults:
    """What edits never leave behind."""
    for state in chart.states.values():
        keys = [each.key for each in chart.children(state.id)]
        if len(set(keys)) != len(keys):
            yield "names: two children of a state have the same name"
        initial = queries.initial_transition(chart, state.id)
        targets = initial.targets if initial is not None else ()
        if not all(queries.is_descendant(chart, each, state.id) for each in targets if each in chart.states):
            yield "initial: a state begins outside of itself"
        if state.kind is StateKind.FINAL and any(not each.is_pseudo for each in chart.outgoing(state.id)):
            yield "final: a transition leads out of a final state"


def window_faults(window: MainWindow) -> Faults:
    """What of the window does not say what the document says; to be asked when everything has settled."""
    document, view = window.session.document, window.view
    there = {*document.chart.states, *document.chart.transitions, *document.diagram.notes}
    if not there.issuperset(document.selection.ids):
        yield "selection: it names what does not exist"
    if document.chart.root_id in document.selection.ids:
        yield "selection: it names the machine itself"
    if window.isWindowModified() != document.is_modified:
        yield "title: it does not tell whether something is to be saved"
    if not window.windowTitle().startswith(document.title):
        yield "title: it names another document"
    if view.overlay.selected != frozenset(document.selection.ids):
        yield "canvas: another selection is shown"
    yield from _panel_faults(window)


def _look(picture: Picture) -> tuple[dict[str, Any], dict[str, Any]]:
    """All that is drawn, by id."""
    states = {
        id: (shape.rect, shape.level, shape.is_region, shape.is_leaf, shape.is_collapsed, shape.tint)
        for id, shape in picture.states.items()
    }
    picture.refine(picture.transitions)
    return states, {id: shape.route for id, shape in picture.transitions.items()}


def canvas_faults(window: MainWindow) -> Faults:
    """What the canvas shows otherwise than a canvas that is opened on the same document.

    Lines that are drawn for now get their routes first: only these are promised.
    """
    document, view = window.session.document, window.view
    if document.is_in_gesture:
        return
    view.settling.finish()
    view.viewport().repaint()
    fresh = Picture(document.chart, document.diagram, view.measure, window.session.alone.value)
    (states, routes), (new_states, new_routes) = _look(view.picture), _look(fresh)
    if states != new_states:
        yield f"canvas: states {_differing(states, new_states)} are not where their records say"
    if routes != new_routes:
        yield f"canvas: transitions {_differing(routes, new_routes)} are routed otherwise than anew"
    for index, new, what in (
        (view.picture.state_index, fresh.state_index, "states"),
        (view.picture.transition_index, fresh.transition_index, "transitions"),
    ):
        if index.extent() != new.extent():
            yield f"canvas: the extent of the {what} is another one"
    if view.picture.stubs.shapes != fresh.stubs.shapes:
        yield "canvas: the ends that are elsewhere are told otherwise than anew"
    if any(not _is_seen(window, id) for id in document.selection.ids):
        yield "canvas: something is selected that is not among what is seen"
    notes = {id: shape.rect for id, shape in view.picture.notes.shapes.items()}
    if notes != {id: shape.rect for id, shape in fresh.notes.shapes.items()}:
        yield "canvas: notes are not where their records say"


def _is_seen(window: MainWindow, id: str) -> bool:
    """Whether an element is inside of what is looked at alone; everything is while nothing is."""
    document, top = window.session.document, window.session.alone.value
    return top is None or alone.level_for(document.chart, document.diagram, top, [id]) == top


def _differing(one: dict[str, Any], other: dict[str, Any]) -> str:
    return ", ".join(sorted(id for id in one.keys() | other.keys() if one.get(id) != other.get(id))[:4])


def image_faults(window: MainWindow) -> Faults:
    """Where what was painted bit by bit is not what is painted at once."""
    view = window.view
    if window.session.document.is_in_gesture or window.stack.currentWidget() is not view:
        return
    view.viewport().repaint()
    view._on_rest()
    view.viewport().repaint()
    ratio = view.viewport().devicePixelRatioF()
    size, zoom, offset = view.viewport().size() * ratio, view.zoom * ratio, view.offset * ratio
    shown = view.base.image(size, zoom, offset).copy()
    painter = ChartPainter(view.picture, view.theme)
    painter.has_grid, painter.grid = view.painter.has_grid, view.painter.grid
    painter.is_dimmed = view.painter.is_dimmed
    painter.lights = view.painter.lights
    fresh = BaseImage(painter).image(size, zoom, offset)
    where = differing(shown, fresh)
    if where is not None:
        yield f"image: what is seen is not what is there{_kept(shown, fresh, where)}"


def differing(one: QImage, other: QImage) -> QRect | None:
    """Around what is seen to be otherwise in two images of a size; None where nobody sees it."""
    if one == other:
        return None
    found = one.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(found)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    data, width = bytes(found.constBits()), found.width()
    parts = [enumerate(data[part::4]) for part in range(3)]
    seen = {pixel for part in parts for pixel, amount in part if amount > LEAST_SEEN}
    if len(seen) <= MOST_SPECKS:
        return None
    columns, rows = [at % width for at in seen], [at // width for at in seen]
    return QRect(QPoint(min(columns), min(rows)), QPoint(max(columns), max(rows)))


def _kept(shown: QImage, fresh: QImage, where: QRect) -> str:
    """Where two images differ, and the files in which they are kept, in the folder of the variable `PICTURES`."""
    place = f" at {where.x()}, {where.y()} ({where.width()} x {where.height()} pixels)"
    folder = os.environ.get("PICTURES")
    if folder:
        stem = f"{os.getpid()}-{where.x()}-{where.y()}"
        for name, image in (("shown", shown), ("there", fresh)):
            image.save(str(Path(folder) / f"{stem}-{name}.png"))
        place += f", kept as {stem}-*.png"
    return place


def _panel_faults(window: MainWindow) -> Faults:
    outline, inspector = window.docks["outline"].panel, window.docks["inspector"].panel
    session = window.session
    chart = session.document.chart
    if isinstance(outline, OutlinePanel) and not outline.search.text():
        rows = list(_rows(outline))
        if rows != [each.id for each in queries.descendants(chart, chart.root_id)]:
            yield "outline: its rows are not the states"
        chosen = {outline.model.id_of(each) for each in outline.tree.selectionModel().selectedRows()}
        if chosen != {id for id in session.selection.ids if id in chart.states}:
            yield "outline: other rows are selected than states"
    if isinstance(inspector, InspectorPanel) and inspector.form is not None:
        focus = QApplication.focusWidget()
        for name, row in inspector.form.rows.items():
            if row.widget is not focus and not row.is_wrong and row.shown() != _read(row):
                yield f"inspector: “{name}” shows {row.shown()!r}, the chart says {_read(row)!r}"


def _read(row: Row) -> str:
    return row._read()


def _rows(outline: OutlinePanel, parent: QModelIndex | None = None) -> Iterator[str]:
    """The states of all rows, from top to bottom."""
    model = outline.model
    around = parent if parent is not None else QModelIndex()
    for row in range(model.rowCount(around)):
        index = model.index(row, 0, around)
        yield model.id_of(index)
        yield from _rows(outline, index)


class Past:
    """What the document was at its beginning and at each of its steps, to be compared with what undo brings back."""

    def __init__(self, document: Document, path: Path) -> None:
        self._document = document
        self._path = path
        self._loaded, self._layout = document.loaded, document.layout_text
        self._seen: dict[int, str] = {}
        self._tables: dict[int, list[dict[str, object]]] = {}
        self._start = written(document, path, self._loaded, self._layout)
        self._records = content(document.chart, document.diagram)
        self.note()
        # an edit may be folded into a step that is left in the same breath
        document.undo_stack.recorded.subscribe(
            lambda deed, _: deed in (Deed.EDIT, Deed.MERGE) and self.note()
        )

    def note(self) -> None:
        """Remember what the present step holds."""
        if not self._document.is_in_gesture:
            number = self._document.undo_stack.present.number
            self._seen[number] = content(self._document.chart, self._document.diagram)
            self._tables[number] = _tables(self._document.chart, self._document.diagram)

    def forget_folded(self) -> None:
        """A step may be gone because what was folded into it brought it back to the one before."""
        self._seen = {
            each: held
            for each, held in self._seen.items()
            if self._document.undo_stack.find(each) is not None
        }

    def faults(self) -> Faults:
        """What is not as it was, going to steps, back to the beginning and forth to the end."""
        document = self._document
        self.note()
        self.forget_folded()
        steps: list[Step] = [each for each in document.undo_stack.steps if each.number in self._seen]
        for step in steps:
            there = document.at(step)
            if content(*there) != self._seen[step.number]:
                others = _others(self._tables[step.number], _tables(*there))
                yield f"history: step {step.number}, “{step.label}”, is not as it was: {others}"
                return
        end, records = self._now(), content(document.chart, document.diagram)
        count = 0
        while document.undo_stack.can_undo:
            document.undo()
            count += 1
        if content(document.chart, document.diagram) != self._records:
            yield "undo: the records at the beginning are not as they were"
        if written(document, self._path, self._loaded, self._layout) != self._start:
            yield "undo: the files at the beginning are not as they were"
        for _ in range(count):
            document.redo()
        if content(document.chart, document.diagram) != records:
            yield "redo: the records at the end are not as they were"
        if self._now() != end:
            yield "redo: the files at the end are not as they were"

    def _now(self) -> list[bytes]:
        document = self._document
        return written(document, document.path or self._path, document.loaded, document.layout_text)


def _tables(chart: Chart, diagram: Diagram) -> list[dict[str, object]]:
    """Every record by its id, table by table."""
    sheet: dict[str, object] = {"info": chart.info, "sheet": diagram.sheet}
    tables = (chart.states, chart.transitions, diagram.boxes, diagram.bends, diagram.notes)
    return [*(dict(table.items()) for table in tables), sheet]


def _others(before: list[dict[str, object]], now: list[dict[str, object]]) -> str:
    """The first records that are told otherwise, as they were and as they are."""
    found = [
        f"{one.get(id)} became {other.get(id)}"
        for one, other in zip(before, now, strict=True)
        for id in sorted(one.keys() | other.keys())
        if repr(one.get(id)) != repr(other.get(id))
    ]
    return "; ".join(found[:3])


def journal_faults(window: MainWindow, folder: Path) -> Faults:
    """What the journal makes of the document, were the program killed now."""
    document = window.session.document
    window.keeper.flush()
    journal = window.keeper.journal
    if not journal.path.exists():
        return
    copied = folder / "copy.journal"
    shutil.copyfile(journal.path, copied)
    found = recovery.recover(copied)
    if found.notices:
        yield f"journal: {'; '.join(found.notices)}"
    elif content(found.document.chart, found.document.diagram) != content(document.chart, document.diagram):
        yield "journal: what it brings back is another document"
    elif tree(found.document) != tree(document):
        yield "journal: what it brings back has another history"
    elif found.document.is_modified != document.is_modified:
        yield "journal: it does not know whether something is to be saved"


def _meaning(chart: Chart, path: Path) -> object:
    """What a machine is: all of it in our own format; in others, which need ids where there were none, its elements."""
    if path.suffix == ".yaml":
        return write_machine(chart)
    states = [(queries.dotted_path(chart, each.id), each.kind) for each in queries.document_order(chart)]
    lines = [
        (queries.dotted_path(chart, each.source), labels.label_text(chart, each))
        for each in chart.transitions.values()
        if not each.is_pseudo
    ]
    return sorted(states[1:], key=str), sorted(lines)


def saving_faults(window: MainWindow, folder: Path) -> Faults:
    """What is lost when a document is saved as it is now and opened again."""
    document = window.session.document
    path = folder / f"saved{document.path.suffix if document.path is not None else '.yaml'}"
    files.save_copy(document, path)
    again = files.open_document(path, window.view.measure)
    if again.notices:
        yield f"saving: {'; '.join(again.notices)}"
    if _meaning(again.chart, path) != _meaning(document.chart, path):
        yield "saving: the machine that is opened again is another one"
    before = [path.read_bytes(), layout_path(path).read_bytes()]
    if written(again, path, again.loaded, again.layout_text) != before:
        yield "saving: a file that is opened is not saved to the same bytes"
    files.save_copy(again, path)
    if [path.read_bytes(), layout_path(path).read_bytes()] != before:
        yield "saving: what was opened again is saved to other bytes"
