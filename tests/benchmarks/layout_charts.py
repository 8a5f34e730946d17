"""Charts to draw for the benchmark of proposals: plain data, and a generator of such with a seed.

Sizes come from fixed widths of characters, not from a font, so that figures are the same on every machine. The same
number of states and seed gives the same chart, also in other versions of this file: figures refer to that.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

CHAR_W = 6.6
LINE_H = 15.0
LABEL_CHAR_W = 6.6
LABEL_H = 14.0
HEADER_H = 24.0

CONTAINERS = ("root", "composite", "parallel", "region")
PSEUDO = ("initial", "final", "history", "choice")


@dataclass
class State:
    """A box. `width` and `height` of what holds others are the least that it takes."""

    id: str
    name: str = ""
    kind: str = "simple"
    children: list[State] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    w: float = 0.0
    h: float = 0.0

    def walk(self) -> Iterator[State]:
        """This box and all inside, parents first, in order."""
        stack = [self]
        while stack:
            s = stack.pop()
            yield s
            stack.extend(reversed(s.children))


@dataclass
class Transition:
    """A line, with the size of its label."""

    id: str
    src: str
    dst: str
    label: str = ""
    lw: float = 0.0
    lh: float = 0.0


@dataclass
class Chart:
    """Boxes in boxes, and lines."""

    name: str
    root: State
    transitions: list[Transition]

    def parents(self) -> dict[str, str | None]:
        """The box around each; None for the root."""
        out: dict[str, str | None] = {self.root.id: None}
        for s in self.root.walk():
            for c in s.children:
                out[c.id] = s.id
        return out

    def states(self) -> dict[str, State]:
        """All boxes by id."""
        return {s.id: s for s in self.root.walk()}


def measure(s: State) -> None:
    """Give one state its size (a container: its smallest size)."""
    if s.kind == "initial":
        s.w = s.h = 14.0
    elif s.kind == "final":
        s.w = s.h = 18.0
    elif s.kind == "history":
        s.w = s.h = 22.0
    elif s.kind == "choice":
        s.w = s.h = 24.0
    else:
        widest = max([len(s.name) + 1, *[len(x) for x in s.lines]], default=4)
        w = max(70.0, round(widest * CHAR_W + 20.0))
        h = max(36.0, HEADER_H + 4.0 + LINE_H * len(s.lines))
        s.w, s.h = w, h
        if s.kind == "root":
            s.w = s.h = 0.0


def measure_label(t: Transition) -> None:
    """Give one label its size."""
    if t.label:
        t.lw = round(len(t.label) * LABEL_CHAR_W + 6.0)
        t.lh = LABEL_H


def finish(chart: Chart) -> Chart:
    """Give everything its size."""
    for s in chart.root.walk():
        measure(s)
    for t in chart.transitions:
        measure_label(t)
    return chart


_VERB = (
    "start", "stop", "open", "close", "send", "recv", "arm", "fire", "load", "save", "scan", "sync", "poll",
    "ack", "reset", "tick",
)  # fmt: skip
_NOUN = (
    "door", "cart", "link", "batch", "frame", "valve", "timer", "job", "page", "slot", "bus", "lock",
)  # fmt: skip
_STATE = (
    "Idle", "Ready", "Active", "Waiting", "Closed", "Opened", "Loading", "Error", "Paused", "Done",
    "Sending", "Armed", "Homing", "Parked", "Heating", "Rinse",
)  # fmt: skip


def generate(
    n: int,
    seed: int = 1,
    depth: int | None = None,
    per_state: float = 1.6,
    cross: float = 0.15,
    parallel: float = 0.10,
    loops: float = 0.05,
) -> Chart:
    """A chart of n states (pseudo-states come on top).

    depth: nesting below the root; by default 3 to 5 with the size.
    cross: share of transitions whose two ends have different parents.
    """
    rng = random.Random(seed * 7919 + n)
    if depth is None:
        depth = 3 if n <= 50 else 4 if n <= 1000 else 5
    counter = 0

    def new(kind: str) -> State:
        nonlocal counter
        counter += 1
        s = State(f"s{counter}", f"{rng.choice(_STATE)}{counter}", kind)
        if kind == "simple" and rng.random() < 0.35:
            s.lines = [f"entry / {rng.choice(_VERB)}({rng.choice(_NOUN)})"]
            if rng.random() < 0.4:
                s.lines.append(f"exit / {rng.choice(_VERB)}()")
        return s

    root = State("root", "", "root")
    # Fill a tree: each container takes 3 to 8 children, some of them containers.
    level: list[tuple[State, int]] = [(root, 0)]
    top = min(8, max(3, n // 3))
    first = True
    while counter < n:
        if not level:
            # the tree closed too early: open a simple leaf of the lowest depth
            leaves = [(s, d) for s, d in _depths(root) if s.kind == "simple" and d < depth]
            if not leaves:
                leaves = [(s, d) for s, d in _depths(root) if s.kind in ("composite", "region")]
                host, d = rng.choice(leaves)
                host.children.append(new("simple"))
                continue
            leaf, d = min(leaves, key=lambda x: (x[1], rng.random()))
            leaf.kind, leaf.lines = "composite", []
            level = [(leaf, d)]
        host, d = level.pop(0)
        if host.kind == "parallel":
            for _ in range(rng.choice((2, 2, 3))):
                r = new("region")
                host.children.append(r)
                level.append((r, d + 1))
            continue
        k = top if first else rng.randint(3, 8)
        first = False
        for _ in range(k):
            if counter >= n:
                break
            room = depth - (d + 1)
            left = n - counter
            wants = room >= 1 and left > 4 and rng.random() < (0.45 if d == 0 else 0.22)
            if wants and room >= 2 and left > 12 and rng.random() < parallel / 0.3:
                kind = "parallel"
            else:
                kind = "composite" if wants else "simple"
            c = new(kind)
            host.children.append(c)
            if kind != "simple":
                level.append((c, d + 1))
    for s in root.walk():  # a container left empty is a plain state
        if s.kind in ("composite",) and not s.children:
            s.kind = "simple"
        if s.kind == "region" and not s.children:
            s.children.append(State(s.id + "x", "Idle", "simple"))
        if s.kind == "parallel" and not s.children:
            s.kind = "simple"

    transitions: list[Transition] = []

    def connect(a: str, b: str, label: bool = True) -> None:
        text = ""
        if label:
            text = f"{rng.choice(_VERB)}_{rng.choice(_NOUN)}"
            if rng.random() < 0.25:
                text += f" [{rng.choice('xyz')}>{rng.randint(0, 9)}]"
        transitions.append(Transition(f"t{len(transitions) + 1}", a, b, text))

    for s in list(root.walk()):
        if s.kind in ("root", "composite", "region") and s.children:
            p = State(f"{s.id}_i", "", "initial")
            first_child = s.children[0].id
            s.children.insert(0, p)
            connect(p.id, first_child, label=False)

    parent: dict[str, str | None] = {root.id: None}
    for s in root.walk():
        for c in s.children:
            parent[c.id] = s.id
    by_id = {s.id: s for s in root.walk()}
    ends = [s for s in root.walk() if s.kind in ("simple", "composite", "parallel")]

    def path(i: str) -> list[str]:
        out = [i]
        while parent[i] is not None:
            i = parent[i]
            out.append(i)
        return out[::-1]

    def legal(a: str, b: str) -> bool:
        """No transition between two regions of one parallel state."""
        for x, y in zip(path(a), path(b), strict=False):
            if x != y:
                return not (by_id[x].kind == "region" and by_id[y].kind == "region")
        return True

    want = round(per_state * n)
    n_cross = round(want * cross)
    n_loop = round(want * loops)
    hosts = [s for s in root.walk() if s.kind in ("root", "composite", "region")]
    pools = [[c.id for c in s.children if c.kind not in PSEUDO] for s in hosts]
    pools = [p for p in pools if len(p) >= 2]
    made = 0
    for p in pools:  # a chain makes each level connected
        for a, b in pairwise(p):
            if made < want - n_cross - n_loop:
                connect(a, b)
                made += 1
    weights = [len(p) for p in pools]
    while made < want - n_cross - n_loop:
        p = rng.choices(pools, weights)[0]
        i = rng.randrange(len(p))
        j = i + rng.choice((-3, -2, -1, -1, 1, 2, 2, 3))
        if 0 <= j < len(p) and i != j:
            connect(p[i], p[j])
            made += 1
    for _ in range(n_loop):
        a = rng.choice([s for s in ends if s.kind == "simple"])
        connect(a.id, a.id)
    made = tries = 0
    while made < n_cross and tries < 50 * n_cross + 100:
        tries += 1
        a = rng.choice(ends)
        # most crossing transitions stay near: leave a container, or enter one
        if rng.random() < 0.7 and parent[a.id] != "root":
            up = path(a.id)[max(1, len(path(a.id)) - rng.choice((3, 3, 4)))]
            sub = [
                s for s in by_id[parent[up] or "root"].walk() if s.kind in ("simple", "composite", "parallel")
            ]
            b = rng.choice(sub)
        else:
            b = rng.choice(ends)
        if a is b or parent[a.id] == parent[b.id] or not legal(a.id, b.id):
            continue
        connect(a.id, b.id)
        made += 1
    return finish(Chart(f"gen{n}", root, transitions))


def _depths(root: State) -> Iterator[tuple[State, int]]:
    stack = [(root, 0)]
    while stack:
        s, d = stack.pop()
        yield s, d
        stack.extend((c, d + 1) for c in s.children)


def edited(chart: Chart, seed: int) -> Chart:
    """The chart with a state and three transitions more in one place, and a transition less in another."""
    rng = random.Random(seed)
    made = copy.deepcopy(chart)
    hosts = [s for s in made.root.walk() if sum(c.kind == "simple" for c in s.children) >= 2]
    host = rng.choice(hosts)
    one, other = rng.sample([c.id for c in host.children if c.kind == "simple"], 2)
    host.children.insert(rng.randrange(1, len(host.children) + 1), State("new", "Newcomer"))
    made.transitions.remove(rng.choice([t for t in made.transitions if t.label]))
    for number, ends in enumerate(((one, "new"), ("new", other), (other, one))):
        made.transitions.append(Transition(f"new{number}", *ends, f"added{number}"))
    return finish(made)
