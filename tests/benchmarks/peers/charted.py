"""The charts that are drawn beside peers, as plain boxes and lines; and the same as a machine of ours."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from editor.document import files
from editor.model import chart as ours
from editor.model.elements import StateKind, Transition, TriggerKind, is_unresolved
from editor.model.labels import label_text
from tests.benchmarks import layout_samples
from tests.benchmarks.layout_charts import PSEUDO, Chart, State, finish
from tests.benchmarks.layout_charts import Transition as Line

SHARED = Path(os.environ.get("STATECHART_SHARED", Path(__file__).parents[4] / "shared"))
BY_HAND = ("cash_machine", "drone", "wrist_watch")
REAL = (
    "xstate-json/xstate-statemachine__ED.json",
    "scxml/visual-scxml-editor__robot.scxml",
    "xstate-json/xstate-statemachine__ecommerce_fulfillment.json",
    "xstate-json/xstate-statemachine__car_sales.json",
    "scxml/LXSC__Dashboard.scxml",
)
"""Of the shared corpus, whose manifest says whose they are."""
_LABEL = re.compile(r"(?P<event>[^\[/]*)(?:\[(?P<guard>.*)\])?\s*(?:/\s*(?P<actions>.*))?", re.DOTALL)
_MOST = 48
_KINDS = {StateKind.FINAL: "final", StateKind.PARALLEL: "parallel"}


def charts() -> Iterator[Chart]:
    """All of them. What is written on cards besides names is left out, for not everybody has a place for it."""
    for name in BY_HAND:
        made = layout_samples.by_name(name)
        for state in made.root.walk():
            state.lines = []
        yield numbered(name, made)
    for place in REAL:
        path = SHARED / "corpus" / place
        yield read(path.stem.rpartition("__")[2], files.read_machine(path).chart)


def numbered(name: str, made: Chart) -> Chart:
    """A chart whose states are called n0, n1 and so on, which every language takes."""
    ids = {state.id: f"n{number}" if number else "root" for number, state in enumerate(made.root.walk())}
    for state in list(made.root.walk()):
        state.id = ids[state.id]
    lines = [
        Line(f"t{number}", ids[line.src], ids[line.dst], line.label)
        for number, line in enumerate(made.transitions)
    ]
    return finish(Chart(name, made.root, lines))


def read(name: str, chart: ours.Chart) -> Chart:
    """A machine of ours as boxes and lines; long labels are cut, and transitions that stay inside are left out."""
    lines: list[Line] = []

    def make(id: str) -> State:
        state = chart.states[id]
        inside = [make(each.id) for each in chart.children(id)]
        parent = chart.states[state.parent] if state.parent is not None else None
        kind = _KINDS.get(state.kind, "composite" if inside else "simple")
        if parent is None:
            kind = "root"
        elif parent.kind is StateKind.PARALLEL:
            kind = "region"
        elif state.kind.is_history:
            kind = "history"
        starts = [each for each in chart.transitions.values() if each.source == id and _is_initial(each)]
        for start in starts:
            inside.insert(0, State(f"{id} start", "", "initial"))
            lines.append(Line("", f"{id} start", start.targets[0]))
        return State(id, "" if kind in PSEUDO or kind == "root" else state.key, kind, inside)

    root = make(chart.root_id)
    lines += [
        Line("", each.source, each.targets[0], _cut(label_text(chart, each)))
        for each in chart.transitions.values()
        if not each.is_pseudo and _is_line(each) and each.source != chart.root_id
    ]
    return numbered(name, Chart(name, root, lines))


def _is_initial(transition: Transition) -> bool:
    return transition.trigger.kind is TriggerKind.INITIAL


def _is_line(transition: Transition) -> bool:
    return len(transition.targets) == 1 and not is_unresolved(transition.targets[0])


def _cut(text: str) -> str:
    text = " ".join(text.replace("…", "...").split())
    return text if len(text) <= _MOST else f"{text[: _MOST - 3]}..."


def machine(chart: Chart) -> str:
    """The chart as YAML of ours."""
    outgoing: dict[str, list[Line]] = {}
    for line in chart.transitions:
        outgoing.setdefault(line.src, []).append(line)

    def make(state: State) -> dict[str, Any]:
        told: dict[str, Any] = {"id": state.id}
        if state.kind in ("parallel", "final", "history"):
            told["type"] = state.kind
        for child in state.children:
            if child.kind == "initial":
                told["initial"] = f"#{outgoing[child.id][0].dst}"
        own = [child for child in state.children if child.kind != "initial"]
        names: dict[str, Any] = {}
        for child in own:
            key = child.name or {"final": "end", "history": "H", "choice": "?"}[child.kind]
            while key in names:
                key += "'"
            names[key] = make(child)
        if names:
            told["states"] = names
        events: dict[str, list[dict[str, Any]]] = {}
        for line in outgoing.get(state.id, []):
            way = {"target": f"#{line.dst}"}
            found = _LABEL.fullmatch(line.label)
            if found is not None:
                way |= {key: found[key].strip() for key in ("guard", "actions") if found[key]}
            event = found["event"].strip() if found is not None else line.label  # which was cut
            events.setdefault(event, []).append(way)
        always = events.pop("", []) + events.pop("always", [])
        if always:
            told["always"] = always
        if events:
            told["on"] = events
        return told

    return yaml.safe_dump(make(chart.root), sort_keys=False, allow_unicode=True, width=1000)
