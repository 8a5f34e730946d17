"""What undo keeps in memory over 20,000 edits with branches, and how long an edit takes meanwhile.

python -m tests.benchmarks.undo_memory
"""

from __future__ import annotations

import gc
import resource
import time
import tracemalloc

from editor.document import edits
from editor.document.document import Document
from editor.document.undo import MOST_STEPS
from editor.geometry import GRID
from tests.charts import MEASURE, document

EDITS = 20_000
REPORT = 2_500


def main() -> None:
    """A line for every 2,500 edits: a move each, and every tenth time two steps back and another way."""
    keys = [f"s{number}" for number in range(50)]
    made = document("initial: s0\nstates:\n" + "".join(f"  {key}: {{}}\n" for key in keys))
    print(f"at most {MOST_STEPS} steps are kept")
    tracemalloc.start()
    began = time.process_time()
    for count in range(1, EDITS + 1):
        edit(made, count)
        if count % REPORT == 0:
            spent = time.process_time() - began
            gc.collect()
            now = tracemalloc.get_traced_memory()[0] / 1e6
            steps = len(made.undo_stack.steps)
            print(
                f"{count:6} edits: {now:7.1f} MB traced, {steps:5} steps, {spent / REPORT * 1e6:6.0f} µs an edit"
            )
            began = time.process_time()
    print(f"resident at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


def edit(made: Document, count: int) -> None:
    """One more edit."""
    if count % 10 == 0:
        made.undo()
        made.undo()
    states = [id for id in made.chart.states if id != made.chart.root_id]
    id = states[count % len(states)]
    made.apply(edits.nudge(made.chart, made.diagram, [id], GRID, 0, measure=MEASURE))


if __name__ == "__main__":
    main()
