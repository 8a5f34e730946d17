"""Clips: states taken out of a document for the clipboard, with what is inside, goes on among them and is drawn."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from editor.document import belongings, definitions, notes
from editor.document.document import Document
from editor.document.plain_records import from_plain, to_plain
from editor.document.rewriting import Rewriter
from editor.document.steps import named, outermost
from editor.errors import ChartError, Flaw, FormatError
from editor.model import queries, walk
from editor.model.changes import StateChange
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Note
from editor.model.elements import Info, State, StateKind, Transition, is_unresolved, unresolved

Record = TypeVar("Record", State, Transition, Info, Box, Bends, Note)

VERSION = 1
MIME = "application/x-statechart-editor-clip+json"
"""The type under which a clip is on the clipboard, for this program alone."""


@dataclass(frozen=True)
class Clip:
    """States that were copied: `top` are the outermost of them, in a chart with nothing but bare states above.

    Notes that were copied are in the diagram, where they were on the canvas; there may be nothing else.

    `outside` holds the references to states that were not copied, and their ids in the document that `origin` names;
    that is empty where the clip was written by hand. `initial`: which of `top` their machine begins with, if any.
    """

    chart: Chart
    diagram: Diagram
    top: tuple[str, ...]
    outside: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    initial: str | None = None

    @property
    def named(self) -> str:
        """What it holds, in the words of a label."""
        count = len(self.diagram.notes)
        if not self.top:
            return notes.named(count)
        beside = "" if not count else " and a note" if count == 1 else f" and {notes.named(count)}"
        return named(self.chart, self.top) + beside

    @property
    def states(self) -> Iterator[State]:
        """All states that were copied, those inside others too."""
        return (state for id in self.top for state in queries.document_order(self.chart, id))


def take(document: Document, ids: Iterable[str]) -> Clip:
    """The states and notes among `ids` as they are now, with the meanings of the names that they use.

    Raises:
        ChartError: there is none.
    """
    chart, diagram = document.chart, document.diagram
    ids = list(ids)
    top = outermost(chart, ids)
    written = notes.chosen(diagram, ids)
    if not top and not written:
        raise ChartError("Select a state or a note to copy.")
    inside = {state.id for id in top for state in queries.document_order(chart, id)}
    above = {state.id for id in top for state in chart.ancestors(id)}
    outside: dict[str, str] = {}

    def reference(id: str) -> str:
        if id in inside or is_unresolved(id):
            return id
        text = unresolved(f"#{queries.dotted_path(chart, id)}")
        outside[text] = id
        return text

    rewriter = Rewriter(reference=reference)
    states = [
        rewriter.state(state) if state.id in inside else _bare(state)
        for state in queries.document_order(chart)
        if state.id in inside or state.id in above
    ]
    arrows = [
        replace(rewriter.transition(each), targets=tuple(reference(target) for target in each.targets))
        for state in states
        if state.id in inside
        for each in chart.outgoing(state.id)
    ]
    bare = Chart.of(states, arrows, chart.info)
    copied = Chart.of(states, arrows, rewriter.info(definitions.used(bare)))
    if chart.info.conventions.has_sessions:
        _take_data(copied, chart, inside)
    places = _drawn(diagram, inside | above, arrows)
    for id in written:
        places.put_note(id, diagram.notes[id])
    return Clip(
        copied,
        places,
        tuple(top),
        outside,
        document.token,
        _initial(chart, top),
    )


def _bare(state: State) -> State:
    """A state around what is copied, which says where that is and no more."""
    return State(
        id=state.id,
        parent=state.parent,
        key=state.key,
        order=state.order,
        kind=StateKind.PARALLEL if state.kind is StateKind.PARALLEL else StateKind.NORMAL,
        declared_id=state.declared_id,
    )


def _take_data(copied: Chart, chart: Chart, inside: Collection[str]) -> None:
    """Let the machine of a copy declare the variables that are used in it and declared outside of it."""
    declared = {datum.id for id in inside for datum in chart.states[id].data}
    data = belongings.used_data(walk.Inside(copied), chart, declared)
    copied.apply([StateChange(copied.root_id, copied.root, replace(copied.root, data=data))])


def _initial(chart: Chart, top: Iterable[str]) -> str | None:
    for id in top:
        initial = queries.initial_transition(chart, chart.states[id].parent or chart.root_id)
        if initial is not None and initial.targets == (id,):
            return id
    return None


def _drawn(diagram: Diagram, states: Iterable[str], transitions: Iterable[Transition]) -> Diagram:
    """Where these are drawn; what leads out of the copy is routed anew wherever that is put."""
    made = Diagram()
    for id in states:
        made.put_box(id, diagram.boxes.get(id))
    for each in transitions:
        if not any(is_unresolved(target) for target in each.targets):
            made.put_bends(each.id, diagram.bends.get(each.id))
    return made


def to_text(clip: Clip) -> str:
    """A clip as a text that `from_text` reads, in JSON."""
    return json.dumps(
        {
            "version": VERSION,
            "origin": clip.origin,
            "top": clip.top,
            "outside": dict(clip.outside),
            "initial": clip.initial,
            "states": [to_plain(state) for state in queries.document_order(clip.chart)],
            "transitions": [to_plain(each) for each in clip.chart.transitions.values()],
            "info": to_plain(clip.chart.info),
            "boxes": [to_plain(box) for box in clip.diagram.boxes.values()],
            "notes": [to_plain(note) for note in clip.diagram.notes.values()],
            "bends": [to_plain(bends) for bends in clip.diagram.bends.values()],
        }
    )


def from_text(text: str) -> Clip:
    """What `to_text` wrote.

    Raises:
        FormatError: it is not as this version of the editor writes it.
    """
    try:
        clip = _read(json.loads(text))
    except (ChartError, LookupError, TypeError, ValueError, AttributeError, RecursionError):
        raise FormatError([Flaw("The clipboard is not as this version of the editor writes it.")]) from None
    is_empty = not clip.top and not clip.diagram.notes
    if is_empty or any(id not in clip.chart.states or id == clip.chart.root_id for id in clip.top):
        raise FormatError([Flaw("The clipboard holds no states.")])
    return clip


def _read(data: Any) -> Clip:
    if data["version"] != VERSION:
        raise ValueError("another version")
    states = [_one(State, each) for each in data["states"]]
    transitions = [_one(Transition, each) for each in data["transitions"]]
    diagram = Diagram()
    for each in data["boxes"]:
        box = _one(Box, each)
        diagram.put_box(box.id, box)
    for each in data.get("notes", ()):
        note = _one(Note, each)
        diagram.put_note(note.id, note)
    for each in data["bends"]:
        bends = _one(Bends, each)
        diagram.put_bends(bends.id, bends)
    return Clip(
        Chart.of(states, transitions, _one(Info, data["info"])),
        diagram,
        tuple(str(id) for id in data["top"]),
        {str(text): str(id) for text, id in data["outside"].items()},
        str(data["origin"]),
        data["initial"],
    )


def _one(kind: type[Record], data: Any) -> Record:
    found = from_plain(data)
    if not isinstance(found, kind):
        raise TypeError(f"{kind.__name__} expected")
    return found
