"""The charts of the benchmark of proposals as machines in YAML, for benchmarks that open them in a window."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.benchmarks.layout_charts import Chart, State, Transition

_KINDS = {"final": "final", "history": "history", "parallel": "parallel"}


def machine(chart: Chart) -> str:
    """A chart as the text of a machine: states have their ids as keys, initial dots become `initial`."""
    parents = chart.parents()
    leaving: dict[str, list[Transition]] = {}
    for each in chart.transitions:
        leaving.setdefault(each.src, []).append(each)

    def path(id: str) -> str:
        parent = parents[id]
        return _word(id) if parent in (None, chart.root.id) else f"{path(parent)}.{_word(id)}"

    def told(state: State) -> dict[str, Any]:
        found: dict[str, Any] = {"type": _KINDS[state.kind]} if state.kind in _KINDS else {}
        for line in state.lines:
            when, _, action = line.partition(" / ")
            found.setdefault("exit" if when == "exit" else "entry", []).append(_word(action))
        for each in leaving.get(state.id, ()):
            arrow = {"target": f"#{path(each.dst)}"}
            guard = re.search(r"\[(.+)\]", each.label)
            if guard is not None:
                arrow["guard"] = _word(guard[1])
            found.setdefault("on", {}).setdefault(_word(each.label.partition("[")[0]), []).append(arrow)
        dots = [child.id for child in state.children if child.kind == "initial"]
        if dots:
            found["initial"] = _word(leaving[dots[0]][0].dst)
        inside = {_word(child.id): told(child) for child in state.children if child.kind != "initial"}
        return found | ({"states": inside} if inside else {})

    return json.dumps(told(chart.root), indent=1)


def _word(text: str) -> str:
    """A text as one word, as names of states, events and actions are."""
    return re.sub(r"\W+", "_", text).strip("_") or "GO"
