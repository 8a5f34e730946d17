"""The formats there are, and what reading one gives; knows no format from the inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

from editor.errors import FileError
from editor.formats.yaml_tree import Mark, Path, Tree
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Transition
from editor.model.problems import Problem

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a conversion or a layout could not keep; line and column count from 1."""

    message: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Places:
    """Where elements stand in the text: the path of each in the tree, and from there line and column."""

    tree: Tree | None = None
    paths: dict[str, Path] = field(default_factory=dict)

    def find(self, element: str, field: str = "") -> Mark | None:
        """Line and column of a field of an element, or of the element; None where it stands in no text."""
        path = self.paths.get(element)
        if self.tree is None or path is None:
            return None
        inside = tuple(field.split(".", 1)) if field else ()
        return self.tree.key_mark((*path, *inside))


@dataclass(frozen=True)
class Loaded:
    """What a text was read to. `chart` is as loaded and is not written to after `files` has copied it."""

    chart: Chart
    tree: Tree | None = None
    places: Places = field(default_factory=Places)
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()
    diagram: Diagram | None = None
    name: str = ""


def check_suffix(path: PurePath) -> None:
    """Refuse a file name that no format has.

    Raises:
        FileError: names the formats there are.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise FileError(
            f"{path}: no format is known for “{path.suffix or path.name}”. Machines end in .yaml or .yml."
        )


def matched_paths(fresh: Loaded, chart: Chart) -> dict[str, Path]:
    """The paths of a fresh reading of a chart, by the ids that the chart gives the same elements."""
    found: dict[str, Path] = {chart.info.id: ()}
    waiting = [(fresh.chart.root_id, chart.root_id)]
    while waiting:
        theirs, ours = waiting.pop()
        if theirs in fresh.places.paths:
            found[ours] = fresh.places.paths[theirs]
        by_trigger: dict[tuple[object, ...], list[str]] = {}
        for transition in fresh.chart.outgoing(theirs):
            by_trigger.setdefault(_trigger_of(fresh.chart, transition), []).append(transition.id)
        for transition in chart.outgoing(ours):
            same = by_trigger.get(_trigger_of(chart, transition))
            if same:
                found[transition.id] = fresh.places.paths[same.pop(0)]
        keys = {child.key: child.id for child in fresh.chart.children(theirs)}
        waiting += [(keys[child.key], child.id) for child in chart.children(ours) if child.key in keys]
    return found


def _trigger_of(chart: Chart, transition: Transition) -> tuple[object, ...]:
    trigger = transition.trigger
    uids = [invoke.uid for invoke in chart.states[transition.source].invokes]
    return (trigger.kind, trigger.text, uids.index(trigger.invoke) if trigger.invoke in uids else -1)
