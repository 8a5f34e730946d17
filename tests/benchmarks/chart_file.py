"""The chart of 10,000 states that several benchmarks measure, as a file."""

from __future__ import annotations

from pathlib import Path

PARENTS, CHILDREN = 500, 19


def write_chart(folder: Path) -> Path:
    """10,000 states and the machine itself, 16,001 transitions with the initial ones, in a folder."""
    lines, places = ["initial: p0\nstates:\n"], ["states:\n"]
    for parent in range(PARENTS):
        lines.append(f"  p{parent}:\n    initial: s0\n    states:\n")
        places.append(f"  p{parent}: [{parent % 22 * 760}, {parent // 22 * 560}, 700, 500]\n")
        for child in range(CHILDREN):
            lines.append(f"      s{child}:\n        on:\n          E{child}: s{(child + 1) % CHILDREN}\n")
            if child % 2 == 0:
                lines.append(f"          F: {{target: s{(child + 5) % CHILDREN}, guard: x > {child}}}\n")
            elif child < 4:
                lines.append(f"          G: {{target: s{child + 7}, actions: note}}\n")
            x, y = 30 + child % 5 * 130, 60 + child // 5 * 105
            places.append(f"  p{parent}.s{child}: [{x}, {y}, 96, 40]\n")
    path = folder / "large.yaml"
    path.write_text("".join(lines), encoding="utf-8")
    (folder / "large.layout.yaml").write_text("".join(places), encoding="utf-8")
    return path
