"""A table of what is hard to read in drawings of transitions: examples, machines and charts made for it.

    python -m tests.benchmarks.readability [--quick] [FILE ...]

Without files: the examples, each as its author placed it and placed anew, the machines of the shared corpus, and the
charts below. `--quick` measures the rules of thumb that large charts are drawn by. The last column is CPU time.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path

from editor import resources
from editor.document import files
from editor.errors import EditorError
from editor.formats import native
from editor.geometry import Rect
from editor.layout import auto
from editor.layout.frame import Frame
from editor.layout.routing import route
from editor.layout.sizes import TableMeasure
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.layout.charts import random_chart
from tests.layout.faults import Faults, faults
from tests.layout.samples import CASH_MACHINE, crossed, field, looped, many_ways, wide

MEASURE = TableMeasure()
SHARED = Path(os.environ.get("STATECHART_SHARED", Path(__file__).parents[3] / "shared"))
Drawing = tuple[str, Chart, Diagram]
HEADS = ("through", "p/state", "p/edge", "p/pill", "p/line", "cross", "overlap", "bends", "length")


def drawings(paths: list[Path]) -> Iterator[Drawing]:
    """The named machines, or all there are."""
    if paths:
        for path in paths:
            yield from from_file(path)
        return
    for path in resources.examples():
        yield from from_file(path)
    for path in sorted([*SHARED.glob("corpus/yaml/*.yaml"), *SHARED.glob("corpus/xstate-json/*.json")]):
        yield from from_file(path)
    cash = native.read(CASH_MACHINE, name="cash.yaml").chart
    yield "cash machine", cash, auto.place(cash, MEASURE)
    for seed in range(6):
        made = random_chart(seed, 12 + 6 * seed, 16 + 8 * seed)
        yield f"random {seed}", made, auto.place(made, MEASURE)
    yield "wide composites", *wide()
    yield "many between two", *many_ways(7)
    yield "many loops", *looped(4)
    yield "crossed", *crossed(5)
    yield "field of 60", *field(6, 10, seed=1)
    yield "field of 250", *field(10, 25, seed=2)


def from_file(path: Path) -> Iterator[Drawing]:
    """A machine as it is placed, if it is, and placed anew."""
    try:
        chart = native.read(path.read_bytes(), name=str(path)).chart
    except EditorError:
        return
    name = path.stem.rpartition("__")[2]
    if files.layout_path(path).exists():
        document = files.open_document(path)
        yield f"{name} (its layout)", document.chart, document.diagram
    yield name, chart, auto.place(chart, MEASURE)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("files", nargs="*", type=Path)
    asked = parser.parse_args()
    print(f"{'':32}{'lines':>6}" + "".join(f"{head:>8}" for head in HEADS) + f"{'size':>12}{'ms':>8}")
    total = [0.0] * len(fields(Faults))
    spent = 0.0
    for name, chart, diagram in drawings(asked.files):
        began = time.process_time()
        routes = route(chart, diagram, None, MEASURE, quick=asked.quick)
        took = time.process_time() - began
        found = astuple(faults(Frame(chart, diagram, MEASURE), routes))
        total = [one + other for one, other in zip(total, found, strict=True)]
        spent += took
        around = Rect.around(
            box.rect for box in diagram.boxes.values() if chart.states[box.id].parent == chart.root_id
        )
        size = f"{around.right:.0f}x{around.bottom:.0f}" if around else ""
        print(
            f"{name[:31]:32}{len(routes):6}"
            + "".join(f"{each:8.0f}" for each in found)
            + f"{size:>12}{took * 1000:8.1f}"
        )
    print(f"{'all':38}" + "".join(f"{each:8.0f}" for each in total) + f"{'':12}{spent * 1000:8.1f}")


if __name__ == "__main__":
    main()
