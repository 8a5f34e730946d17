"""A chart in Mermaid's language, drawn in a browser, which says where everything is."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.benchmarks.layout_charts import Chart, State
from tests.benchmarks.layout_scorer import Laid

TEXT = 16.0
"""Size of the text of states, which is Mermaid's own."""
_STEPS = 48
_SPECIAL = re.compile(r"[^\w .,()/=+*!?&|'…-]")
_PAGE = """<!doctype html><meta charset="utf-8"><style>body{{margin:0}}</style>
<div id="drawing"></div><pre id="told"></pre>
<script src="{library}"></script>
<script>
(async () => {{
  const told = {{nodes: [], edges: [], labels: []}};
  try {{
    mermaid.initialize({{startOnLoad: false, securityLevel: "loose", maxTextSize: 1e6, maxEdges: 5000}});
    const made = await mermaid.render("g", {text});
    document.getElementById("drawing").innerHTML = made.svg;
    const svg = document.querySelector("#drawing svg");
    svg.style.maxWidth = "none";
    svg.setAttribute("width", svg.viewBox.baseVal.width);
    svg.setAttribute("height", svg.viewBox.baseVal.height);
    const rect = each => {{ const r = each.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }};
    for (const each of svg.querySelectorAll("g.node")) {{
      const shape = each.querySelector(":scope > rect, :scope > circle, :scope > polygon, :scope > path, :scope > g");
      told.nodes.push([each.id, rect(shape || each), ""]);
    }}
    for (const each of svg.querySelectorAll("g.statediagram-cluster")) {{
      const outer = each.querySelector("rect.outer, rect.divider, rect");
      told.nodes.push([each.id, rect(outer), outer.getAttribute("class")]);
    }}
    for (const each of svg.querySelectorAll(".edgePaths path")) {{
      const length = each.getTotalLength(), matrix = each.getScreenCTM(), path = [];
      for (let step = 0; step <= {steps}; step++) {{
        const at = each.getPointAtLength(length * step / {steps}).matrixTransform(matrix);
        path.push([at.x, at.y]);
      }}
      told.edges.push([each.getAttribute("data-id") || each.id, path]);
    }}
    for (const each of svg.querySelectorAll(".edgeLabels g.label")) {{
      const inside = each.querySelector("foreignObject");
      if (inside) told.labels.push([each.getAttribute("data-id"), rect(inside)]);
    }}
    told.svg = new XMLSerializer().serializeToString(svg);
  }} catch (error) {{ told.error = String(error); }}
  document.getElementById("drawing").remove();
  document.getElementById("told").textContent = JSON.stringify(told);
}})();
</script>
"""


class MermaidError(Exception):
    """Mermaid draws nothing; the text is what it says."""


def in_mermaid(chart: Chart) -> tuple[str, list[str]]:
    """The chart in the language of Mermaid's state diagrams, and its transitions in the order they are told there.

    Regions have no names there, and of several final states in one place only the first is one.
    """
    parents = chart.parents()
    states = chart.states()
    lines_of: dict[str, list[Any]] = {}
    for line in chart.transitions:
        # told anywhere but at the top, a line would take states of others out of theirs
        parent = parents[line.src]
        place = parent if parent == parents[line.dst] and parent is not None else chart.root.id
        lines_of.setdefault(place, []).append(line)
    ends = {id: _end(state) for id, state in states.items()}
    order: list[str] = []

    def name(id: str) -> str:
        parent = parents[id]
        is_star = states[id].kind == "initial" or (parent is not None and ends[parent] == id)
        return "[*]" if is_star else id

    def block(state: State, pad: str) -> list[str]:
        if name(state.id) == "[*]":
            return []
        if state.kind == "choice":
            return [f"{pad}state {state.id} <<choice>>"]
        title = state.name or {"history": "H", "final": "end"}.get(state.kind, " ")
        told = f'{pad}state "{_told(title)}" as {state.id}'
        return [told] if not state.children else [f"{told} {{", *inside(state, pad + "  "), f"{pad}}}"]

    def inside(state: State, pad: str) -> list[str]:
        rows: list[str] = []
        for number, child in enumerate(state.children):
            if child.kind == "region":
                rows += [f"{pad}--"] * (number > 0) + inside(child, pad)
            else:
                rows += block(child, pad)
        for line in lines_of.get(state.id, []):
            order.append(line.id)
            label = f" : {_told(line.label)}" if line.label else ""
            rows.append(f"{pad}{name(line.src)} --> {name(line.dst)}{label}")
        return rows

    rows = inside(chart.root, "    ")
    if any(child.kind == "region" for child in chart.root.children):  # which only a state has
        rows = [f'  state "{_told(chart.name)}" as machine {{', *rows, "  }"]
    return "\n".join(["stateDiagram-v2", *rows]) + "\n", order


def _end(state: State) -> str:
    return next((child.id for child in state.children if child.kind == "final"), "")


def _told(text: str) -> str:
    """Text with all that Mermaid may take for something else as numbers of characters."""
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)


def laid(
    chart: Chart, text: str, order: list[str], library: Path, folder: Path, browser: str
) -> tuple[Laid, str]:
    """Where Mermaid draws everything, and its SVG.

    Raises:
        MermaidError: it draws nothing.
    """
    page = folder / f"{chart.name}.mermaid.html"
    page.write_text(
        _PAGE.format(library=library.as_uri(), text=json.dumps(text), steps=_STEPS), encoding="utf-8"
    )
    words = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=60000",
        "--dump-dom",
    ]
    done = subprocess.run([*words, page.as_uri()], capture_output=True, text=True, check=False, timeout=180)
    page.unlink()
    found = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    told = json.loads(html.unescape(found[1])) if found and found[1] else {"error": "nothing was drawn"}
    if "error" in told:
        raise MermaidError(told["error"])
    return _laid(chart, told, order), told["svg"]


def _laid(chart: Chart, told: dict[str, Any], order: list[str]) -> Laid:
    scale = 13.0 / TEXT
    made = Laid()
    known = chart.states()
    dividers, stars = [], []
    for id, rect, style in told["nodes"]:
        area = tuple(part * scale for part in rect)
        words = re.fullmatch(r"(?:g-)?state-(.+)-\d+", id)
        name = words[1] if words else id
        if "divider" in style:
            dividers.append(area)
        elif name.endswith(("_start", "_end")):
            stars.append(area)
        elif name in known:
            made.nodes[name] = area
    for state in known.values():
        if state.kind == "region":
            inner = [made.nodes[child.id] for child in state.children if child.id in made.nodes]
            around = [each for each in dividers if inner and _encloses(each, inner[0])]
            if around:
                made.nodes[state.id] = min(around, key=lambda each: each[2] * each[3])
    for id, path in told["edges"]:
        found = re.search(r"edge(\d+)", id)
        if found is not None and int(found[1]) < len(order):
            line = order[int(found[1])]
            made.edges[line] = made.edges.get(line, []) + [(x * scale, y * scale) for x, y in path]
    for line in chart.transitions:  # stars have no names of ours, but lines that begin or end there
        for state, end in ((line.src, 0), (line.dst, -1)):
            if (
                known[state].kind in ("initial", "final")
                and state not in made.nodes
                and line.id in made.edges
            ):
                x, y = made.edges[line.id][end]
                near = [each for each in stars if _encloses(_grown(each), (x, y, 0.0, 0.0))]
                if near:
                    made.nodes[state] = near[0]
    for id, rect in told["labels"]:
        found = re.search(r"edge(\d+)", id or "")
        if found is not None and rect[2] > 1:
            made.labels[order[int(found[1])]] = tuple(part * scale for part in rect)
    return made


def _grown(area: tuple[float, ...]) -> tuple[float, ...]:
    """A star with what an arrowhead takes around it."""
    return area[0] - 4, area[1] - 4, area[2] + 8, area[3] + 8


def _encloses(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    return (
        outer[0] <= inner[0] + 1
        and outer[1] <= inner[1] + 1
        and outer[0] + outer[2] >= inner[0] + inner[2] - 1
        and outer[1] + outer[3] >= inner[1] + inner[3] - 1
    )
