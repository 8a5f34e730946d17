"""A chart in the languages of Graphviz and state-machine-cat, and what dot says of where it drew things."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from tests.benchmarks.layout_charts import CONTAINERS, Chart, State
from tests.benchmarks.layout_scorer import At, Laid

DOT_TEXT, SMCAT_TEXT = 13.0, 12.0
"""Sizes of the text of states: that we ask of dot, and that of state-machine-cat, which is its own."""
_PIECES = 8
_ROUND = {
    "initial": 'shape=circle style=filled fillcolor=black fixedsize=true width=0.15 label=""',
    "final": 'shape=doublecircle style=filled fillcolor=black fixedsize=true width=0.15 label=""',
    "history": 'shape=circle fixedsize=true width=0.3 label="H"',
    "choice": 'shape=diamond fixedsize=true width=0.35 height=0.35 label=""',
}


def in_dot(chart: Chart) -> str:
    """The chart for dot: composites are clusters, and lines end at their borders, as its manual tells."""
    states = chart.states()

    def block(state: State, depth: int) -> list[str]:
        pad = "  " * depth
        if state.kind in _ROUND:
            return [f"{pad}{state.id} [{_ROUND[state.kind]}];"]
        if state.kind not in CONTAINERS:
            return [f"{pad}{state.id} [label={_quoted(state.name)}];"]
        style = "dashed" if state.kind == "region" else "rounded"
        rows = [line for child in state.children for line in block(child, depth + 1)]
        point = f"{pad}  {state.id} [shape=point style=invis width=0 height=0];"
        head = f"{pad}subgraph cluster_{state.id} {{"
        return [head, f"{pad}  label={_quoted(state.name)}; style={style};", point, *rows, f"{pad}}}"]

    rows = [line for child in chart.root.children for line in block(child, 1)]
    for line in chart.transitions:
        told = [f'id="{line.id}"']
        if line.label:
            told.append(f"label={_quoted(line.label)}")
        if states[line.src].kind in CONTAINERS:
            told.append(f"ltail=cluster_{line.src}")
        if states[line.dst].kind in CONTAINERS:
            told.append(f"lhead=cluster_{line.dst}")
        rows.append(f"  {line.src} -> {line.dst} [{' '.join(told)}];")
    font = f'fontname="Helvetica" fontsize={DOT_TEXT:g}'
    head = [
        f"  graph [compound=true {font}];",
        f"  node [shape=box style=rounded {font}];",
        f"  edge [{font}];",
    ]
    return "\n".join(["digraph chart {", *head, *rows, "}"]) + "\n"


def in_smcat(chart: Chart) -> str:
    """The chart for state-machine-cat, which takes what is in a parallel state for its regions."""

    def block(state: State, depth: int) -> str:
        pad = "  " * depth
        kinds = {"simple": "", "composite": "", "region": ""}
        kind = kinds.get(state.kind, f" type={state.kind}")
        told = f"{pad}{state.id} [label={_quoted(state.name)}{kind}]"
        if not state.children:
            return told
        return (
            f"{told} {{\n" + ",\n".join(block(child, depth + 1) for child in state.children) + f";\n{pad}}}"
        )

    states = ",\n".join(block(child, 0) for child in chart.root.children)
    lines = [
        f"{line.src} => {line.dst}" + (f": {_quoted(line.label)};" if line.label else ";")
        for line in chart.transitions
    ]
    return f"{states};\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "/").replace('"', "'") + '"'


def dot_laid(told: dict[str, Any]) -> Laid:
    """Where dot drew everything, as its JSON tells."""
    laid, _ = _boxes(told, 1.0)
    for edge in told.get("edges", []):
        _take(laid, str(edge["id"]), [edge], 1.0)
    return laid


def smcat_laid(chart: Chart, told: dict[str, Any]) -> Laid:
    """Where state-machine-cat has dot draw everything, as the JSON of that tells."""
    scale = DOT_TEXT / SMCAT_TEXT
    laid, names = _boxes(told, scale)
    lines: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for line in chart.transitions:
        lines[line.src, line.dst, _bare(_quoted(line.label)[1:-1])].append(line.id)
    edges = [(names[edge["tail"]], names[edge["head"]], edge) for edge in told.get("edges", [])]
    ways = {tail: edge for tail, _, edge in edges if tail.startswith("self_")}
    for tail, head, edge in edges:
        if tail.startswith("self_") or "transition" not in edge.get("class", ""):
            continue
        pieces = [edge, ways[head]] if head in ways else [edge]
        target = tail if head in ways else head
        found = lines[tail, target, _bare(edge.get("label", ""))]
        if not found:
            raise RuntimeError(
                f"{chart.name}: there is no transition from {tail} to {head}, {edge.get('label')}"
            )
        _take(laid, found.pop(0), pieces, scale)
    return laid


def _bare(text: str) -> str:
    return "".join(text.replace("\\l", "").replace("\\n", "").split())


def _boxes(told: dict[str, Any], scale: float) -> tuple[Laid, dict[int, str]]:
    """The states of a drawing, upside down as dot has it, and the names of its nodes by number."""
    laid, names = Laid(), {}
    clusters = {}
    for each in told.get("objects", []):
        names[each["_gvid"]] = each["name"]
        if "bb" in each:
            x0, y0, x1, y1 = (float(part) * scale for part in each["bb"].split(","))
            clusters[each["name"].removeprefix("cluster_")] = (x0, -y1, x1 - x0, y1 - y0)
        elif "pos" in each and each.get("style") != "invis":
            x, y = (float(part) * scale for part in each["pos"].split(","))
            width, height = (float(each[key]) * 72 * scale for key in ("width", "height"))
            laid.nodes[each["name"]] = (x - width / 2, -y - height / 2, width, height)
    laid.nodes |= clusters
    return laid, names


def _take(laid: Laid, id: str, edges: list[dict[str, Any]], scale: float) -> None:
    """The line and the label of a transition, which may be drawn in two pieces."""
    path: list[At] = []
    for edge in edges:
        if "pos" in edge:
            path += _path(edge["pos"], scale)
    if path:
        laid.edges[id] = path
    texts = [op for op in edges[0].get("_ldraw_", []) if op["op"] == "T" and op["text"].strip()]
    if texts:
        size = next(op["size"] for op in edges[0]["_ldraw_"] if op["op"] == "F") * scale
        spans = [_span(op, scale) for op in texts]
        x0, x1 = min(a for a, _ in spans), max(b for _, b in spans)
        tops = [-op["pt"][1] * scale for op in texts]
        laid.labels[id] = (x0, min(tops) - size * 0.8, x1 - x0, max(tops) - min(tops) + size)


def _span(op: dict[str, Any], scale: float) -> tuple[float, float]:
    """From where to where a line of text goes."""
    x, width = op["pt"][0] * scale, op["width"] * scale
    left = {"l": x, "r": x - width}.get(op["align"], x - width / 2)
    return left, left + width


def _path(pos: str, scale: float) -> list[At]:
    """A spline as a line of many pieces, with its arrowhead."""
    start, end, points = None, None, []
    for word in pos.split():
        numbers = [float(part) for part in word.split(",")[-2:]]
        at = (numbers[0] * scale, -numbers[1] * scale)
        if word.startswith("s,"):
            start = at
        elif word.startswith("e,"):
            end = at
        else:
            points.append(at)
    path = [points[0]]
    for number in range(0, len(points) - 1, 3):
        a, b, c, d = points[number : number + 4]
        for piece in range(1, _PIECES + 1):
            t = piece / _PIECES
            u = 1 - t
            path.append(
                tuple(  # type: ignore[arg-type]
                    u**3 * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t**3 * d[k] for k in (0, 1)
                )
            )
    made = [*([start] if start else []), *path, *([end] if end else [])]
    return [at for number, at in enumerate(made) if number == 0 or math.dist(at, made[number - 1]) > 1e-6]
