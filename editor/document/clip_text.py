"""Clips as texts that people read: written as a machine in YAML, read from any text that holds states.

What may be pasted is a whole machine in any format that can be opened, `name: {…}` for each of some states, a list
of names and of such mappings, or elements of SCXML that are states.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from editor.document import definitions, pasting
from editor.document.clips import Clip
from editor.errors import Flaw, FormatError
from editor.formats import native, registry
from editor.formats.native_keys import MACHINE_KEYS, STATE_KEYS
from editor.formats.native_read import read_tree
from editor.formats.registry import Loaded
from editor.formats.yaml_tree import Mark, Path, Tree, parse
from editor.layout import auto
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import TransitionChange, apply_to_diagram
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import ROOT, Data, State
from editor.model.problems import Severity

NAME = "clipboard.yaml"
"""What the text is called for those who read it."""
_OWN_WORDS = frozenset((*STATE_KEYS, *MACHINE_KEYS))
_STATES = re.compile(r"\ufeff?\s*(<!--.*?-->\s*)*<(state|parallel|final|history)[\s/>]", re.DOTALL)
"""How a text begins that was cut out of SCXML."""
_AROUND = ("<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'>", "</scxml>")
_FORMS = "a machine, “name: {…}” for each state, or a list of names"


def as_machine(clip: Clip, measure: Measure) -> tuple[Chart, Diagram]:
    """The states as a machine of their own, with what their names mean, drawn as they are in the clip.

    It begins with none of them unless the machine that they come from did.
    """
    chart, diagram = Chart(State(id=ROOT, parent=None, key="machine")), Diagram()
    chart.info = definitions.empty(clip.chart.info)
    changes = pasting.paste(chart, diagram, clip, ROOT, measure=measure).edit.changes
    chart.apply(changes)
    apply_to_diagram(diagram, changes)
    first = queries.initial_transition(chart, ROOT)
    if first is not None and clip.initial is None:
        chart.apply([TransitionChange(first.id, first, None)])
    return chart, diagram


def to_yaml(clip: Clip, measure: Measure) -> str:
    """The states as a machine of their own, as people write it."""
    return native.write(as_machine(clip, measure)[0])[0]


def to_plain_text(clip: Clip, measure: Measure) -> str:
    """What other programs get: the states as YAML, or the texts of notes where there are no states."""
    if clip.top:
        return to_yaml(clip, measure)
    return "\n\n".join(note.text for note in clip.diagram.notes.values())


def from_yaml(text: str, measure: Measure) -> Clip:
    """The states of a text, laid out.

    Raises:
        FormatError: it holds none, or something in it is wrong; tells line and column of each flaw.
    """
    if not text.strip():
        raise FormatError([Flaw("The clipboard holds no text.")])
    is_cut_out = _STATES.match(text) is not None
    try:
        chart = _read(text.lstrip("\ufeff").join(_AROUND) if is_cut_out else text)
    except FormatError as error:
        raise FormatError([_within(flaw) for flaw in error.flaws] if is_cut_out else error.flaws) from None
    top = tuple(child.id for child in chart.children(chart.root_id))
    if not top:
        raise FormatError([Flaw(f"There are no states in this text. Paste {_FORMS}.", 1, 1)])
    bare = Chart.of(
        (
            state if state.parent is not None else State(id=state.id, parent=None, key=state.key)
            for state in queries.document_order(chart)
        ),
        (each for each in chart.transitions.values() if each.source != chart.root_id),
        chart.info,
    )
    bare.info = definitions.used(bare)
    initial = queries.initial_transition(chart, chart.root_id)
    first = initial.targets[0] if initial is not None and initial.targets else None
    return Clip(bare, auto.complete(bare, Diagram(), measure), top, initial=first)


def _within(flaw: Flaw) -> Flaw:
    """A flaw where it is in what was cut out of SCXML, before something was put around that."""
    if flaw.line != 1 or flaw.column is None:
        return flaw
    return replace(flaw, column=max(1, flaw.column - len(_AROUND[0])))


def _read(text: str) -> Chart:
    loaded = _loaded(text)
    flaws = [
        Flaw(problem.message, *(loaded.places.find(problem.element, problem.field) or ()))
        for problem in loaded.problems
        if problem.severity is Severity.ERROR
    ]
    if flaws:
        raise FormatError(flaws)
    return loaded.chart


def _loaded(text: str) -> Loaded:
    path = PurePath(NAME)
    try:
        if registry.format_by_start(text, path).name != "YAML":
            return registry.read(text, path)
        tree = parse(text)
        value = tree.value
        if isinstance(value, dict) and ("states" in value or "regions" in value):
            return native.read(text)
        return read_tree(_Within(tree, *_states_of(tree)), "")
    except FormatError as error:
        # the name is ours alone
        raise FormatError(error.flaws) from None


def _states_of(tree: Tree) -> tuple[dict[str, Data], dict[str, Path]]:
    """The states that a text lists, and where each stands."""
    value = tree.value
    found: dict[str, Data] = {}
    places: dict[str, Path] = {}
    if isinstance(value, dict):
        if value and _OWN_WORDS.issuperset(value):
            first = next(iter(value))
            message = (
                f"“{first}” is part of a state whose name is missing. Write “name:” above, and all below it."
            )
            raise FormatError([Flaw(message, *tree.key_mark((first,)))])
        return value, {name: (name,) for name in value}
    for place, each in enumerate(value if isinstance(value, list) else ()):
        inside: dict[str, Data] = (
            each if isinstance(each, dict) else {each: None} if isinstance(each, str) else {}
        )
        if not inside:
            raise FormatError(
                [Flaw("This is neither the name of a state nor “name: {…}”.", *tree.mark((place,)))]
            )
        for name, body in inside.items():
            if name in found:
                raise FormatError([Flaw(f"There are two states “{name}”.", *tree.mark((place,)))])
            found[name] = body
            places[name] = (place, name) if isinstance(each, dict) else (place,)
    if not found:
        what = "nothing" if value is None else "an empty list" if value == [] else "a text"
        if isinstance(value, int | float):
            what = "a number"
        raise FormatError([Flaw(f"States are pasted as {_FORMS}, but {what} stands here.", *tree.mark(()))])
    return found, places


class _Within:
    """A text that lists states, read as if it were the states of a machine (see `registry.Marked`)."""

    def __init__(self, tree: Tree, states: dict[str, Data], places: dict[str, Path]) -> None:
        self._tree = tree
        self._places = places
        self.value: Data = {"states": states}

    def _path(self, path: Path) -> Path:
        return (*self._places.get(str(path[1]), ()), *path[2:]) if len(path) > 1 else ()

    def mark(self, path: Path) -> Mark:
        """Where the value at a path begins."""
        return self._tree.mark(self._path(path))

    def key_mark(self, path: Path) -> Mark:
        """Where the key at a path begins."""
        return self._tree.key_mark(self._path(path))

    def written(self, path: Path) -> str:
        """The number at a path as it is written."""
        return self._tree.written(self._path(path))
