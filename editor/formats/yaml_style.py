"""How a YAML text is indented, so that what is added looks like the rest."""

from __future__ import annotations

from collections import Counter, deque

from editor.formats.yaml_nodes import Node
from editor.formats.yaml_units import Source
from editor.formats.yaml_write import HOUSE, Style

_MOST_SEEN = 300
_MOST_STEP = 8


def detected(source: Source, root: Node | None) -> Style:
    """The steps that most blocks near the beginning take."""
    steps: Counter[int] = Counter()
    insets: Counter[int] = Counter()
    waiting = deque([root] if root is not None else [])
    for _ in range(_MOST_SEEN):
        if not waiting:
            break
        node = waiting.popleft()
        for key, value in node.pairs[:_MOST_SEEN] if not node.style else ():
            if value.kind not in ("map", "list") or value.style:
                continue
            waiting.append(value)
            if key is not None:
                first = value.pairs[0][0]
                start = first.start if first is not None else source.content(value)
                (insets if value.kind == "list" else steps)[
                    source.column(start) - source.column(key.start)
                ] += 1
    step = next((step for step, _ in steps.most_common() if 1 <= step <= _MOST_STEP), None)
    inset = next((inset for inset, _ in insets.most_common() if 0 <= inset <= _MOST_STEP), None)
    if step is None:
        step = inset or HOUSE.step
    return Style(step, step if inset is None else inset)
