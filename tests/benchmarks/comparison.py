"""CPU seconds to compare two charts of 10,000 states: the same one, one with a thousand edits, and with none alike.

python -m tests.benchmarks.comparison
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from editor.document import files
from editor.document.comparison import compare
from editor.document.differences import differences
from editor.document.document import Document
from tests.benchmarks.chart_file import PARENTS, write_chart

REPETITIONS = 5


def main() -> None:
    """Print a line for each case."""
    with tempfile.TemporaryDirectory() as name:
        path = write_chart(Path(name))
        text = path.read_text(encoding="utf-8")
        half = path.with_name("half.yaml")
        half.write_text(text[: text.index(f"  p{PARENTS // 2}:\n")], encoding="utf-8")
        cases = {
            "the same": text,
            "1,000 transitions and 2 names edited": text.replace("E7: s8", "X: s8")
            .replace("E9: s10", "E9: s11")
            .replace("  p3:\n", "  q3:\n"),
            "every composite renamed": text.replace("  p", "  q"),
        }
        base = files.open_document(path)
        small = files.open_document(half)
        report("5,000 states, the same", small, files.open_document(half))
        for title, other in cases.items():
            made = path.with_name("other.yaml")
            made.write_text(other, encoding="utf-8")
            places = files.layout_path(path).read_text(encoding="utf-8")
            renamed = places.replace("  p", "  q") if "  q4:" in other else places
            files.layout_path(made).write_text(renamed, encoding="utf-8")
            report(f"10,000 states, {title}", base, files.open_document(made))


def report(title: str, one: Document, other: Document) -> None:
    """One line."""
    seconds: list[float] = []
    for _ in range(REPETITIONS):
        began = time.process_time()
        found = compare(one.chart, other.chart, one.diagram, other.diagram)
        count = len(differences(found))
        seconds.append(time.process_time() - began)
    print(f"{title:55} {statistics.median(seconds):6.3f} s   {count} differences")


if __name__ == "__main__":
    main()
