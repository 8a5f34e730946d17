"""A table of proposals for drawings: faults, crossings and times of the engine, on charts made for it and real ones.

    python -m tests.benchmarks.layout [--mode levels|integrated] [--direction down|right|auto] [NAME|FILE ...]

Without names: three charts by hand, and made ones of 10, 50 and 200 states, as the engine draws them; how far their
states move after a small edit, and what is wrong then beside a drawing from nothing; then every machine of the
specification, the examples and the shared corpus up to 60 states, as the canvas draws the proposal; and a crowd of
states in one container. CPU seconds count the process of the engine in; the first proposal of each
chart is in a process that is warm and has not seen it. `layout` is what the shared bench calls as LAYOUT_PRODUCT.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from editor import resources
from editor.document import files
from editor.errors import EditorError
from editor.formats import native
from editor.geometry import Point, Rect
from editor.layout.frame import Frame
from editor.layout.routing import route
from editor.layout.sizes import TableMeasure
from editor.layout_engine import checks
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.options import NAMES, Direction, Mode, Options
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.layout_engine.rungs import propose
from editor.layout_engine.warm import Warm
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.benchmarks import layout_charts, layout_samples, layout_scorer
from tests.layout.faults import faults

MEASURE = TableMeasure()
SHARED = Path(os.environ.get("STATECHART_SHARED", Path(__file__).parents[3] / "shared"))
MADE = ("cash_machine", "drone", "wrist_watch", "gen10", "gen50", "gen200")
_KINDS = {
    "initial": NodeKind.DOT,
    "final": NodeKind.RING,
    "history": NodeKind.RING,
    "choice": NodeKind.SIMPLE,
}
_HEADER = 24.0
_SUFFIXES = (".yaml", ".yml", ".json", ".scxml")
_MOST = 60
_EDITS = 7
_CROWD = 5_000
_WARM = Warm()


def layout(
    data: dict[str, Any],
    mode: Mode = Mode.LEVELS,
    direction: Direction = Direction.DOWN,
    before: layout_scorer.Laid | None = None,
) -> dict[str, Any]:
    """A chart of the shared bench, as it hands it out and wants it back; `before`: the drawing that it has."""
    plan = _plan(data) if before is None else _kept(_plan(data), before)
    told = {"plan": plan.to_data(), "mode": mode.value, "direction": direction.value, "aspect": 1.5}
    reply = _WARM.ready().ask("layout", told)
    reply.came.wait()
    if reply.told is None or "done" not in reply.told:
        raise RuntimeError(f"The engine gave nothing: {reply.told}")
    made = Drawing.from_data(reply.told["done"])
    flaw = checks.flaw(plan, made)
    if flaw is not None:
        raise RuntimeError(flaw)
    routes = {id: [*map(list, path)] for id, path in made.routes.items()}
    for edge in plan.edges:  # we draw from the middle of a dot, and the bench wants its border
        if plan.nodes[edge.source].kind is NodeKind.DOT:
            routes[edge.id][0] = _on_border(made.rects[edge.source], routes[edge.id][1])
    return {
        "nodes": {id: list(rect) for id, rect in made.rects.items()},
        "edges": routes,
        "labels": {id: list(rect) for id, rect in made.labels.items()},
    }


def _on_border(dot: Rect, towards: list[float]) -> list[float]:
    x, y = dot.center
    if abs(towards[0] - x) > abs(towards[1] - y):
        return [dot.right if towards[0] > x else dot.x, y]
    return [x, dot.bottom if towards[1] > y else dot.y]


def _plan(data: dict[str, Any]) -> Plan:
    kinds: dict[str, str] = {}

    def node(each: dict[str, Any]) -> Node:
        kinds[each["id"]] = each["kind"]
        children = tuple(node(child) for child in each["children"])
        is_titled = bool(children) and each["kind"] != "root"
        return Node(
            id=each["id"], kind=_KINDS.get(each["kind"]) or NodeKind(each["kind"]), width=each["w"], height=each["h"],
            header=_HEADER if is_titled else 0.0, is_last=each["kind"] == "final",
            moving=frozenset(child.id for child in children), children=children,
        )  # fmt: skip

    root = node(data["root"])
    edges = tuple(
        Edge(
            id=each["id"], source=each["src"], target=each["dst"], is_wanted=kinds[each["src"]] != "initial",
            label=(each["lw"], each["lh"]) if each["label"] else (0.0, 0.0),
        )
        for each in data["transitions"]
    )  # fmt: skip
    return Plan(root=root, edges=edges)


def _kept(plan: Plan, before: layout_scorer.Laid) -> Plan:
    """A plan that knows of the drawing that is to be kept."""

    def node(each: Node, x: float, y: float) -> Node:
        left, top, width, height = before.nodes.get(each.id, (0.0, 0.0, 0.0, 0.0))
        place = (
            Rect(left - x, top - y, width, height) if each.id in before.nodes and each.id != "root" else None
        )
        return replace(each, place=place, children=tuple(node(child, left, top) for child in each.children))

    edges = tuple(
        replace(
            edge, was=tuple(Point(*at) for at in before.edges[edge.id]),
            label_at=Rect(*before.labels[edge.id]) if edge.id in before.labels else None,
        )
        if edge.id in before.edges
        else edge
        for edge in plan.edges
    )  # fmt: skip
    return Plan(root=node(plan.root, 0.0, 0.0), edges=edges, keeps=True)


def _cpu() -> float:
    """CPU seconds of this process and of the engine's, where the system tells them."""
    own = time.process_time()
    try:
        pid = _WARM.ready()._process.pid
        words = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return own + (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return own


def made_charts(names: list[str], mode: Mode, direction: Direction) -> None:
    """The table of the shared bench's charts."""
    heads = (
        "first s",
        "next s",
        "no route",
        "through",
        "cross",
        "on top",
        "labels",
        "title",
        "area",
        "aspect",
    )
    print(f"{'':16}" + "".join(f"{head:>9}" for head in heads))
    for name in names:
        chart = layout_samples.by_name(name)
        times = []
        for _ in range(2):
            began = _cpu()
            laid = laid_out(chart, mode, direction)
            times.append(_cpu() - began)
        score = layout_scorer.score(chart, laid)
        labels = sum(score[key] for key in ("lab_state", "lab_lab", "lab_edge", "lab_missing"))
        row = [score[key] for key in ("missing", "through", "crossings", "overlap")]
        row += [labels, score["title"], score["area"], score["aspect"]]
        print(
            f"{name:16}" + "".join(f"{each:9.2f}" for each in times) + "".join(f"{each:>9}" for each in row)
        )


def laid_out(
    chart: layout_charts.Chart, mode: Mode, direction: Direction, before: layout_scorer.Laid | None = None
) -> layout_scorer.Laid:
    """A chart as the engine draws it, afresh or keeping what it can of a drawing before."""
    data = layout(plain(chart), mode, direction, before)
    return layout_scorer.Laid(
        nodes={id: tuple(each) for id, each in data["nodes"].items()},
        edges={id: [tuple(at) for at in each] for id, each in data["edges"].items()},
        labels={id: tuple(each) for id, each in data["labels"].items()},
    )


def plain(chart: layout_charts.Chart) -> dict[str, Any]:
    """A chart as the shared bench hands it out."""

    def state(each: layout_charts.State) -> dict[str, Any]:
        children = [state(child) for child in each.children]
        return {"id": each.id, "kind": each.kind, "w": each.w, "h": each.h, "children": children}

    transitions = [
        {"id": each.id, "src": each.src, "dst": each.dst, "label": each.label, "lw": each.lw, "lh": each.lh}
        for each in chart.transitions
    ]
    return {"root": state(chart.root), "transitions": transitions}


def movements(names: list[str], mode: Mode, direction: Direction) -> None:
    """How far states are moved by a new state with three transitions, after the best common shift.

    Beside it what is wrong after the edits, kept and drawn afresh.
    """
    heads = ("median", "p90", "faults", "afresh", "cross", "afresh", "s")
    print(f"\n{'moved by an edit':16}" + "".join(f"{head:>9}" for head in heads) + "  p90 of each edit")
    for name in names:
        chart = layout_samples.by_name(name)
        before = laid_out(chart, mode, direction)
        found, wrong, took = [], [], []
        for seed in range(_EDITS):
            edited = layout_charts.edited(chart, seed)
            began = _cpu()
            after = laid_out(edited, mode, direction, before)
            took.append(_cpu() - began)
            found.append(_moved(before, after))
            scores = [
                layout_scorer.score(edited, each) for each in (after, laid_out(edited, mode, direction))
            ]
            wrong.append([*map(layout_scorer.faults, scores), *(each["crossings"] for each in scores)])
        middles, most = zip(*found, strict=True)
        row = [statistics.median(middles), statistics.median(most), *map(sum, zip(*wrong, strict=True))]
        told = " ".join(f"{each:.0f}" for each in sorted(most))
        cells = "".join(f"{each:9.0f}" for each in row) + f"{statistics.median(took):9.2f}"
        print(f"{name:16}{cells}  {told}")


def _moved(before: layout_scorer.Laid, after: layout_scorer.Laid) -> tuple[float, float]:
    """How far half of the states, and nine of ten, have moved at most."""
    ways = [
        (after.nodes[id][0] - rect[0], after.nodes[id][1] - rect[1])
        for id, rect in before.nodes.items()
        if id in after.nodes and id != "root"
    ]
    x, y = (statistics.median(each) for each in zip(*ways, strict=True))
    far = sorted(((dx - x) ** 2 + (dy - y) ** 2) ** 0.5 for dx, dy in ways)
    return far[len(far) // 2], far[int(len(far) * 0.9)]


def machines() -> Iterator[tuple[str, Chart]]:
    """All machines up to a size: of the specification, the examples, and the corpus."""
    text = (SHARED / "spec" / "machine-yaml.md").read_text(encoding="utf-8")
    for number, block in enumerate(re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL), 1):
        try:
            yield f"specification {number}", native.read(block, name="spec.yaml").chart
        except EditorError:
            continue
    paths = [*resources.examples(), *sorted(SHARED.glob("corpus/*/*"))]
    for path in paths:
        if path.suffix not in _SUFFIXES or path.name.endswith(".layout.yaml"):
            continue
        try:
            yield path.stem.rpartition("__")[2], files.read_machine(path).chart
        except EditorError:
            continue


def table(found: Iterator[tuple[str, Chart]], options: Options) -> None:
    """What the canvas draws of proposals, a row for each with a fault, and the sum of all."""
    heads = ("first s", "through", "p/state", "p/edge", "p/pill", "p/line", "cross", "on top")
    print(f"\n{'':32}{'states':>8}" + "".join(f"{head:>9}" for head in heads) + "  drawn by")
    total, count, slowest = [0] * 7, 0, 0.0
    for name, chart in found:
        if len(chart.states) > _MOST + 1 or len(chart.states) < 2:
            continue
        began = _cpu()
        proposal = propose(chart, Diagram(), options, _WARM, MEASURE)
        took = _cpu() - began
        seen = faults(Frame(chart, proposal.diagram, MEASURE), route(chart, proposal.diagram, None, MEASURE))
        row = [
            seen.through, seen.pill_on_state, seen.pill_on_border, seen.pill_on_pill, seen.pill_on_line,
            seen.crossings, seen.overlaps,
        ]  # fmt: skip
        total = [one + other for one, other in zip(total, row, strict=True)]
        count, slowest = count + 1, max(slowest, took)
        if any(row[:5]) or proposal.rung.value != options.mode.value:
            told = f"{took:9.2f}" + "".join(f"{each:9}" for each in row)
            print(f"{name[:31]:32}{len(chart.states) - 1:8}{told}  {proposal.rung.value} {proposal.why}")
    print(f"{f'all {count}, the slowest':40}{slowest:9.2f}" + "".join(f"{each:9}" for each in total))


def crowd(count: int) -> None:
    """The time for so many states in one container, and who draws them."""
    lines = "".join(f"  s{number}: {{on: {{NEXT: s{(number + 1) % count}}}}}\n" for number in range(count))
    chart = native.read(f"initial: s0\nstates:\n{lines}", name="crowd.yaml").chart
    began = _cpu()
    proposal = propose(chart, Diagram(), Options(), _WARM, MEASURE)
    placed = len(proposal.diagram.boxes.keys() & chart.states.keys())
    print(
        f"\n{placed} of {count} states in one container: {_cpu() - began:.1f} s, drawn by {NAMES[proposal.rung]}"
    )


def main() -> None:
    """Print both tables, or the rows of what is named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mode", choices=[each.value for each in Mode], default=Mode.LEVELS.value)
    parser.add_argument(
        "--direction", choices=[each.value for each in Direction], default=Direction.DOWN.value
    )
    parser.add_argument("names", nargs="*", metavar="NAME|FILE")
    asked = parser.parse_args()
    mode, direction = Mode(asked.mode), Direction(asked.direction)
    options = Options(mode=mode, direction=direction)
    paths = [Path(each) for each in asked.names if Path(each).suffix]
    made = [each for each in asked.names if not Path(each).suffix] or ([] if paths else list(MADE))
    _WARM.ready()
    if made:
        made_charts(made, mode, direction)
        movements(made, mode, direction)
    if paths:
        table(((path.stem, files.read_machine(path).chart) for path in paths), options)
    elif not asked.names:
        table(machines(), options)
        crowd(_CROWD)
    _WARM.kill()


if __name__ == "__main__":
    main()
