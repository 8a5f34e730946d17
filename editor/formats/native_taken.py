"""Keys that were taken for others, found again in the file: its text under them stays, with its comments.

A file is read as if such keys were those that they were taken for; what is meant now is then merged into that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from editor.errors import ChartError
from editor.formats import registry
from editor.formats.native_keys import SYNONYMS
from editor.formats.native_read import read_tree
from editor.formats.native_taking import taking
from editor.formats.registry import Loaded, Places, Unmarked
from editor.formats.yaml_tree import Path
from editor.model import mending
from editor.model.changes import AnyChange
from editor.model.chart import Chart
from editor.model.elements import Data
from editor.model.problems import Problem
from editor.model.queries import document_order
from editor.model.rules_kept import extra_at


@dataclass(frozen=True)
class Renamed:
    """A file as if its keys were those that they were taken for; `keys` are the paths of these, with the old keys."""

    loaded: Loaded
    keys: dict[Path, str]

    def traced(self, moved: dict[Path, Path], value: Data) -> dict[Path, Path]:
        """Where what moved stood in the file as it is, the keys that were taken among it; `value` is the new one."""
        if not self.keys:
            return moved
        found = {path: self._origin(origin) for path, origin in moved.items()}
        now = {origin: path for path, origin in moved.items()}
        places = Places(Unmarked(value))
        for path in self.keys:
            cut = next((end for end in range(len(path), 0, -1) if path[:end] in now), 0)
            here = (*now.get(path[:cut], ()), *path[cut:])
            if places.value_at(here) is not None:
                found.setdefault(here, self._origin(path))
        return found

    def _origin(self, path: Path) -> Path:
        return tuple(
            self.keys.get(path[: place + 1], part) if isinstance(part, str) else part
            for place, part in enumerate(path)
        )


def renamed(loaded: Loaded, chart: Chart) -> Renamed:
    """What was read with the keys that a chart takes for others; as it is where there are none."""
    before, made = loaded.chart, loaded.chart.copy()
    keys: dict[Path, str] = {}
    value = loaded.places.value_at(())
    for problem in loaded.problems:
        if not problem.meant or (problem.rule != "unknown-key" and problem.now is None):
            continue
        if not _is_taken(before, chart, problem):
            continue
        place = _place(loaded, problem)
        body = loaded.places.value_at(place[:-1])
        words = {
            problem.meant,
            *(word for pair in SYNONYMS.items() if problem.meant in pair for word in pair),
        }
        if not isinstance(body, dict) or place[-1] not in body or not words.isdisjoint(body):
            continue
        try:
            made.apply(_taking(made, problem))
        except ChartError:
            continue
        keys[(*place[:-1], problem.meant)] = str(place[-1])
    if not keys:
        return Renamed(loaded, {})
    for path, key in keys.items():
        value = _with_key(value, path[:-1], key, str(path[-1]))
    tree = Unmarked(value, loaded.places.tree)
    fresh = registry.with_ids_of(_in_ids_of(chart, made, before), read_tree(tree, loaded.name))
    return Renamed(replace(fresh, tree=loaded.tree), keys)


def _taking(chart: Chart, problem: Problem) -> list[AnyChange]:
    if problem.now is None:
        return taking(chart, problem.element, problem.field, problem.meant)
    change = mending.change_for(chart, problem)
    return [change] if change is not None else []


def _is_taken(before: Chart, after: Chart, problem: Problem) -> bool:
    """Whether an element had an unknown key and has it no longer, or says inside what that meant."""
    if problem.now is not None:
        change = mending.change_for(before, problem)
        return change is not None and mending.says(after, problem)
    old, new = (extra_at(each, problem.element, problem.field) for each in (before, after))
    key = problem.field.rpartition(".")[2]
    return old is not None and new is not None and key in dict(old) and key not in dict(new)


def _place(loaded: Loaded, problem: Problem) -> Path:
    field = problem.field if problem.is_key else f"{problem.field}.{problem.name}"
    written = field.split(".")
    head: list[str] = []
    if problem.element == loaded.chart.info.id:  # a table, and a name in it, which may have dots
        table, names = written[0], loaded.places.value_at((written[0],))
        rest = field.removeprefix(f"{table}.")
        fitting = [name for name in names if rest.startswith(f"{name}.")] if isinstance(names, dict) else []
        name = max(fitting, key=len, default="")
        head, written = [table, name], rest.removeprefix(f"{name}.").split(".")
    parts = [int(part) if part.isdigit() else part for part in written[:-1]]
    return (*loaded.places.paths[problem.element], *head, *parts, written[-1])


def _with_key(value: Data, path: Path, old: str, new: str) -> Data:
    """A value in which a key of the mapping at a path is another one, in its place."""
    if not path:
        assert isinstance(value, dict)
        return {new if key == old else key: each for key, each in value.items()}
    if isinstance(value, list):
        return [
            _with_key(each, path[1:], old, new) if place == path[0] else each
            for place, each in enumerate(value)
        ]
    assert isinstance(value, dict)
    return {
        key: _with_key(each, path[1:], old, new) if key == path[0] else each for key, each in value.items()
    }


def _in_ids_of(chart: Chart, made: Chart, before: Chart) -> Chart:
    """A chart whose elements that were not there `before` have the ids of the same ones in another chart."""
    known = registry.same_elements(made, chart)
    ids = {
        id: ours
        for id, ours in known
        if id not in before.states and id not in before.transitions and id != before.info.id
    }
    taken = {*before.states, *before.transitions}
    ids = {id: ours for id, ours in ids.items() if ours not in taken}
    states = [
        replace(each, id=ids.get(each.id, each.id), parent=ids.get(each.parent or "", each.parent))
        for each in document_order(made)
    ]
    transitions = [
        replace(
            each, id=ids.get(each.id, each.id), source=ids.get(each.source, each.source),
            targets=tuple(ids.get(target, target) for target in each.targets),
        )
        for each in made.transitions.values()
    ]  # fmt: skip
    return Chart.of(states, transitions, made.info)
