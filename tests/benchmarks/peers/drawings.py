"""Our drawings beside those of peers: the same charts in their languages, one picture a chart, and a table.

    python -m tests.benchmarks.peers.drawings --out FOLDER [--home FOLDER] [--only NAME ...]

Peers are Graphviz, state-machine-cat, which draws with that, and Mermaid; npm brings all into `--home`, and Mermaid
needs a browser that measures text (`apt-get install chromium`, or what STATECHART_BROWSER names). One scorer
(`layout_scorer`) judges what each says of where it drew things, in units in which the text of states is 13 high.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication, QImage

from editor.layout_engine.warm import Warm
from tests.benchmarks import layout_scorer
from tests.benchmarks.layout_charts import Chart
from tests.benchmarks.layout_scorer import Laid
from tests.benchmarks.peers import charted, drawn_by_dot, drawn_by_mermaid, drawn_by_us
from tests.benchmarks.peers.drawn_by_mermaid import MermaidError

PACKAGES = ("state-machine-cat@14.0.8", "mermaid@11.17.2", "@hpcc-js/wasm-graphviz@1.21.2")
_GRAPHVIZ = """\
import {{ Graphviz }} from "{library}";
import {{ readFileSync }} from "node:fs";
const graphviz = await Graphviz.load();
process.stdout.write(graphviz.layout(readFileSync(0, "utf8"), process.argv[1], "dot"));
"""
DRAWERS = ("ours", "state-machine-cat", "Mermaid", "Graphviz dot")
HEADS = ("crossings", "through a state", "of labels", "no route", "area")
WIDTH, HEIGHT, CAPTION = 1000, 660, 34
QUALITY = 85
NEAR = 16.0
"""How near to a state lines that both end there may cross."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawing: where everything is, None where there is none, and its picture; `why` there is none."""

    laid: Laid | None
    picture: Path | None
    why: str = ""


def main() -> int:
    """Draw, compare, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--home", type=Path, default=Path.home() / ".cache" / "statechart-bench" / "drawings")
    parser.add_argument("--only", nargs="+", metavar="NAME")
    asked = parser.parse_args()
    browser = (
        os.environ.get("STATECHART_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    missing = [each for each in ("npm", "node") if shutil.which(each) is None] + ["chromium"] * (not browser)
    if missing:
        print(f"Missing: {', '.join(missing)}. apt-get install npm chromium", file=sys.stderr)
        return 2
    install(asked.home)
    out = asked.out.resolve()
    (out / "inputs").mkdir(parents=True, exist_ok=True)
    application = QGuiApplication.instance() or QGuiApplication([])
    warm = Warm()
    rows: list[tuple[str, Chart, dict[str, Drawn]]] = []
    try:
        for chart in charted.charts():
            if asked.only and chart.name not in asked.only:
                continue
            drawn = draw(chart, out / "inputs", asked.home, str(browser), warm)
            side_by_side(chart, drawn, out / f"{chart.name}.webp", str(browser))
            rows.append((chart.name, chart, drawn))
    finally:
        warm.kill()
    table = "\n".join(told(rows))
    print(table)
    (out / "table.md").write_text(table + "\n", encoding="utf-8")
    del application
    return 0


def install(home: Path) -> None:
    """Have npm bring the peers, where they are not there yet."""
    home.mkdir(parents=True, exist_ok=True)
    if not all((home / "node_modules" / each.rpartition("@")[0]).is_dir() for each in PACKAGES):
        words = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home), *PACKAGES]
        subprocess.run(words, check=True, cwd=home)


def draw(chart: Chart, folder: Path, home: Path, browser: str, warm: Warm) -> dict[str, Drawn]:
    """A chart by everybody; what a peer was given, and gave, stays in the folder."""
    base = folder / chart.name
    ours = drawn_by_us.draw(chart, folder, warm)
    made = {DRAWERS[0]: Drawn(ours, folder / f"{chart.name}.ours.png")}
    tried: dict[str, Callable[[], Drawn]] = {
        DRAWERS[1]: lambda: _by_smcat(chart, base, home),
        DRAWERS[2]: lambda: _by_mermaid(chart, base, home, browser),
        DRAWERS[3]: lambda: _by_dot(chart, base, home),
    }
    for name, make in tried.items():
        try:
            made[name] = make()
        except (MermaidError, RuntimeError, subprocess.SubprocessError) as error:
            made[name] = Drawn(None, None, str(error).splitlines()[0][:160])
    return made


def _by_dot(chart: Chart, base: Path, home: Path) -> Drawn:
    text = drawn_by_dot.in_dot(chart)
    _write(base, ".gv", text)
    picture = _write(base, ".gv.svg", graphviz(text, "svg", home))
    return Drawn(drawn_by_dot.dot_laid(json.loads(graphviz(text, "json", home))), picture)


def graphviz(text: str, kind: str, home: Path) -> str:
    """What Graphviz makes of a text in its language."""
    library = home / "node_modules" / "@hpcc-js" / "wasm-graphviz" / "dist" / "index.js"
    script = _GRAPHVIZ.format(library=library.as_uri())
    return _run(["node", "--input-type=module", "-e", script, kind], text)


def _run(words: list[str], text: str = "") -> str:
    """What a program prints; a RuntimeError where it fails."""
    done = subprocess.run(words, input=text, capture_output=True, text=True, check=False, timeout=180)
    if done.returncode != 0:
        raise RuntimeError(" ".join(done.stderr.split())[-300:] or "it failed")
    return done.stdout


def _by_smcat(chart: Chart, base: Path, home: Path) -> Drawn:
    source = _write(base, ".smcat", drawn_by_dot.in_smcat(chart))
    program = home / "node_modules" / ".bin" / "smcat"

    def asked(kind: str) -> str:
        return _run([str(program), "-T", kind, "-o", "-", str(source)])

    picture = _write(base, ".smcat.svg", asked("svg"))
    told = json.loads(graphviz(asked("dot"), "json", home))
    return Drawn(drawn_by_dot.smcat_laid(chart, told), picture)


def _by_mermaid(chart: Chart, base: Path, home: Path, browser: str) -> Drawn:
    text, order = drawn_by_mermaid.in_mermaid(chart)
    _write(base, ".mmd", text)
    library = home / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
    laid, svg = drawn_by_mermaid.laid(chart, text, order, library, base.parent, browser)
    return Drawn(laid, _write(base, ".mmd.svg", svg))


def _write(base: Path, suffix: str, text: str) -> Path:
    path = base.with_name(base.name + suffix)
    path.write_text(text, encoding="utf-8")
    return path


def side_by_side(chart: Chart, drawn: dict[str, Drawn], path: Path, browser: str) -> None:
    """The drawings as one picture with captions, each as large as its place lets it be."""
    cells = []
    for name, each in drawn.items():
        inside = (
            f'<img src="{each.picture.as_uri()}">'
            if each.picture is not None
            else f"<p>No drawing: {escape(each.why)}</p>"
        )
        cells.append(f"<figure><figcaption>{escape(name)}</figcaption><div>{inside}</div></figure>")
    page = f"""<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; display: grid; grid-template-columns: {WIDTH}px {WIDTH}px; background: white; }}
figure {{ margin: 0; height: {HEIGHT}px; border: 1px solid #ccc; box-sizing: border-box; padding: 6px; }}
figcaption {{ font: 600 20px sans-serif; height: {CAPTION}px; color: #222; }}
figure div {{ height: {HEIGHT - CAPTION - 16}px; display: flex; align-items: center; justify-content: center; }}
img {{ max-width: 100%; max-height: 100%; width: 100%; height: 100%; object-fit: contain; }}
p {{ font: 16px sans-serif; }}</style>{"".join(cells)}"""
    with tempfile.TemporaryDirectory() as name:
        source, shot = Path(name) / "page.html", Path(name) / "shot.png"
        source.write_text(page, encoding="utf-8")
        words = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        size = f"--window-size={2 * WIDTH},{2 * HEIGHT}"
        allow = "--allow-file-access-from-files"
        done = subprocess.run(
            [*words, allow, size, f"--screenshot={shot}", source.as_uri()],
            capture_output=True,
            check=False,
            timeout=180,
        )
        image = QImage(str(shot))
        if done.returncode != 0 or image.isNull() or not image.save(str(path), "webp", QUALITY):
            raise RuntimeError(f"{path} could not be drawn.")


def told(rows: Iterable[tuple[str, Chart, dict[str, Drawn]]]) -> list[str]:
    """The table, as Markdown."""
    lines = [f"| chart | drawn by | {' | '.join(HEADS)} |", "| --- | --- |" + " ---: |" * len(HEADS)]
    sums: dict[str, list[float]] = {}
    for name, chart, drawn in rows:
        size = sum(state.kind in ("simple", "composite", "parallel", "region") for state in chart.root.walk())
        first = f"{name.replace('_', ' ')} ({size} states, {len(chart.transitions)} transitions)"
        for drawer, each in drawn.items():
            if each.laid is None:
                lines.append(f"| {first} | {drawer} | {' | '.join(['none'] * len(HEADS))} |")
                continue
            row = figures(chart, each.laid)
            total = sums.setdefault(drawer, [0.0] * len(HEADS))
            sums[drawer] = [one + other for one, other in zip(total, row, strict=True)]
            lines.append(f"| {first} | {drawer} | {_row(row)} |")
            first = ""
    lines += [f"| all | {drawer} | {_row(row)} |" for drawer, row in sums.items()]
    return lines


def _row(row: list[float]) -> str:
    return " | ".join([*(f"{each:.0f}" for each in row[:-1]), f"{row[-1]:.2f}"])


def figures(chart: Chart, laid: Laid) -> list[float]:
    """A row of the table."""
    for line in chart.transitions:  # where a state is not drawn, no line leads to it
        if line.src not in laid.nodes or line.dst not in laid.nodes:
            laid.edges.pop(line.id, None)
    score = layout_scorer.score(chart, laid)
    labels = sum(score[key] for key in ("lab_state", "lab_lab", "lab_edge", "lab_missing"))
    row = [score["through"], labels, score["missing"], score["area"]]
    return [crossings(chart, laid), *row]


def crossings(chart: Chart, laid: Laid) -> int:
    """How often two lines cross, but for where both come to one state: arrowheads that meet there are no crossing."""
    ends = {line.id: {line.src, line.dst} for line in chart.transitions}
    pieces = [(a, b, id) for id, path in laid.edges.items() for a, b in pairwise(path)]
    grid, found = layout_scorer.Grid(), 0
    for number, (a, b, id) in enumerate(pieces):
        for other in grid.near(*a, *b):
            c, d, second = pieces[other]
            if id != second and layout_scorer.crosses(a, b, c, d):
                shared = [laid.nodes[each] for each in ends[id] & ends[second] if each in laid.nodes]
                found += not any(_distance(a, each) < NEAR for each in shared)
        grid.add(number, *a, *b)
    return found


def _distance(at: layout_scorer.At, area: layout_scorer.Area) -> float:
    x = max(area[0] - at[0], 0.0, at[0] - area[0] - area[2])
    y = max(area[1] - at[1], 0.0, at[1] - area[1] - area[3])
    return math.hypot(x, y)


if __name__ == "__main__":
    sys.exit(main())
