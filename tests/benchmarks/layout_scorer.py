"""Scores a laid-out chart.  Plain geometry; no layout library is imported.

missing      transitions with no route, or whose route ends off its state
through      (edge, state) pairs where the edge runs through a state that is
             neither one of its ends nor a container of one of its ends
crossings    pairs of edges that cross (proper crossings, counted one by one)
overlap      pairs of edges that run along one another for more than 6 px,
             unless they share an end (those may join there)
lab_state    labels that lie on a leaf state or across a container's border
lab_lab      pairs of labels that overlap
lab_edge     (label, edge) pairs where a foreign edge runs through the label
state_state  pairs of siblings that overlap, or a child outside its parent
bends        mean bends an edge (orthogonal or polyline routes only)
length       mean edge length, px
area         bounding box, megapixels
aspect       width / height
density      area of the leaf states / area of the bounding box
title        edges that run through a container's title
lab_far      labels whose nearest point is more than 24 px from their edge
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from tests.benchmarks.layout_charts import CONTAINERS, Chart

EPS = 0.75
Area = tuple[float, float, float, float]
"""Left, top, width, height."""
At = tuple[float, float]


@dataclass
class Laid:
    """A drawing in absolute coordinates: boxes, lines from border to border, and labels, by their ids."""

    nodes: dict[str, Area] = field(default_factory=dict)
    edges: dict[str, list[At]] = field(default_factory=dict)
    labels: dict[str, Area] = field(default_factory=dict)


class Grid:
    def __init__(self, cell: float = 160.0):
        self.c = cell
        self.d: dict[tuple[int, int], list] = defaultdict(list)

    def cells(self, x0, y0, x1, y1):
        c = self.c
        for i in range(math.floor(min(x0, x1) / c), math.floor(max(x0, x1) / c) + 1):
            for j in range(math.floor(min(y0, y1) / c), math.floor(max(y0, y1) / c) + 1):
                yield i, j

    def add(self, key, x0, y0, x1, y1):
        for ij in self.cells(x0, y0, x1, y1):
            self.d[ij].append(key)

    def near(self, x0, y0, x1, y1):
        seen = set()
        for ij in self.cells(x0, y0, x1, y1):
            for k in self.d.get(ij, ()):
                if k not in seen:
                    seen.add(k)
                    yield k


def seg_in_rect(a, b, r, shrink=EPS):
    """Does the segment pass through the inside of r (shrunk a little)?"""
    x0, y0, x1, y1 = r[0] + shrink, r[1] + shrink, r[0] + r[2] - shrink, r[1] + r[3] - shrink
    if x1 <= x0 or y1 <= y0:
        return False
    t0, t1 = 0.0, 1.0
    dx, dy = b[0] - a[0], b[1] - a[1]
    for p, q in ((-dx, a[0] - x0), (dx, x1 - a[0]), (-dy, a[1] - y0), (dy, y1 - a[1])):
        if abs(p) < 1e-12:
            if q < 0:
                return False
        else:
            t = q / p
            if p < 0:
                t0 = max(t0, t)
            else:
                t1 = min(t1, t)
            if t0 > t1:
                return False
    return t1 - t0 > 1e-9


def crosses(a, b, c, d):
    def o(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    o1, o2, o3, o4 = o(a, b, c), o(a, b, d), o(c, d, a), o(c, d, b)
    tol = 1e-6
    return o1 * o2 < -tol and o3 * o4 < -tol


def along(a, b, c, d):
    """Length over which two axis-parallel segments run on top of each other."""
    for i in (0, 1):
        j = 1 - i
        if abs(a[j] - b[j]) < EPS and abs(c[j] - d[j]) < EPS and abs(a[j] - c[j]) < 1.0:
            return min(max(a[i], b[i]), max(c[i], d[i])) - max(min(a[i], b[i]), min(c[i], d[i]))
    return 0.0


def overlap(r, s, tol=EPS):
    return (
        min(r[0] + r[2], s[0] + s[2]) - max(r[0], s[0]) > tol
        and min(r[1] + r[3], s[1] + s[3]) - max(r[1], s[1]) > tol
    )


def inside(r, s, tol=EPS):
    return (
        r[0] >= s[0] - tol
        and r[1] >= s[1] - tol
        and r[0] + r[2] <= s[0] + s[2] + tol
        and r[1] + r[3] <= s[1] + s[3] + tol
    )


def near_border(p, r, tol=4.0):
    x, y = p
    if not (r[0] - tol <= x <= r[0] + r[2] + tol and r[1] - tol <= y <= r[1] + r[3] + tol):
        return False
    return not (r[0] + tol < x < r[0] + r[2] - tol and r[1] + tol < y < r[1] + r[3] - tol)


def faults(score: dict[str, float]) -> int:
    """How much is wrong with a drawing whose score this is, crossings and the like aside."""
    keys = ("missing", "through", "state_state", "lab_state", "lab_lab", "lab_edge", "lab_missing")
    return int(sum(score[key] for key in keys))


def score(chart: Chart, laid: Laid) -> dict[str, float]:
    """All figures of a drawing."""
    states = chart.states()
    parent = chart.parents()
    up: dict[str, set[str]] = {}
    for i in states:
        chain, p = set(), parent[i]
        while p is not None:
            chain.add(p)
            p = parent[p]
        up[i] = chain
    nodes = laid.nodes
    out: dict = {}

    # states
    bad = 0
    for s in states.values():
        kids = [c.id for c in s.children if c.id in nodes]
        for i, a in enumerate(kids):
            if s.kind != "root" and not inside(nodes[a], nodes[s.id]):
                bad += 1
            for b in kids[i + 1 :]:
                bad += overlap(nodes[a], nodes[b])
    out["state_state"] = bad + sum(i not in nodes for i in states if i != "root")

    node_grid = Grid()
    for i, r in nodes.items():
        if i != "root":
            node_grid.add(i, r[0], r[1], r[0] + r[2], r[1] + r[3])
    seg_grid = Grid()
    segs: list[tuple] = []
    ends = {t.id: (t.src, t.dst) for t in chart.transitions}
    missing = 0
    through: set[tuple[str, str]] = set()
    length = bends = 0.0
    for t in chart.transitions:
        if t.id not in laid.edges or len(laid.edges[t.id]) < 2:
            missing += 1
            continue
        pts = laid.edges[t.id]
        if t.src in nodes and not (near_border(pts[0], nodes[t.src]) and near_border(pts[-1], nodes[t.dst])):
            missing += 1
        bends += max(0, len(laid.edges[t.id]) - 2)
        allowed = {t.src, t.dst} | up[t.src] | up[t.dst]
        for a, b in pairwise(pts):
            length += math.dist(a, b)
            k = len(segs)
            segs.append((a, b, t.id))
            seg_grid.add(k, a[0], a[1], b[0], b[1])
            for i in node_grid.near(a[0], a[1], b[0], b[1]):
                # inside an end's own children counts too: a leaf hit is a hit
                if i not in allowed and (t.id, i) not in through and seg_in_rect(a, b, nodes[i]):
                    through.add((t.id, i))
    title = 0
    for s in states.values():
        if s.kind in CONTAINERS and s.name and s.id in nodes:
            x, y = nodes[s.id][:2]
            r = (x + 6, y + 3, len(s.name) * 6.6 + 4, 17)
            seen = set()
            for k in seg_grid.near(r[0], r[1], r[0] + r[2], r[1] + r[3]):
                a, b, e = segs[k]
                if e not in seen and seg_in_rect(a, b, r):
                    seen.add(e)
            title += len(seen)
    out["title"] = title
    out["missing"] = missing
    out["through"] = len(through)
    n = max(1, len(chart.transitions) - missing)
    ncross = 0
    along_pairs: set[tuple[str, str]] = set()
    for k, (a, b, e) in enumerate(segs):
        for m in seg_grid.near(a[0], a[1], b[0], b[1]):
            if m <= k:
                continue
            c, d, f = segs[m]
            if e == f:
                continue
            if crosses(a, b, c, d):
                ncross += 1
            elif along(a, b, c, d) > 6.0 and not (set(ends[e]) & set(ends[f])):
                along_pairs.add((min(e, f), max(e, f)))
    out["crossings"] = ncross
    out["overlap"] = len(along_pairs)

    lab_grid = Grid()
    lab_state = lab_edge = lab_far = 0
    for i, r in laid.labels.items():
        lab_grid.add(i, r[0], r[1], r[0] + r[2], r[1] + r[3])
    for i, r in laid.labels.items():
        hit = False
        for j in node_grid.near(r[0], r[1], r[0] + r[2], r[1] + r[3]):
            if overlap(r, nodes[j]):
                leaf = states[j].kind not in CONTAINERS
                if leaf or not inside(r, nodes[j]):
                    hit = True
        lab_state += hit
        fs = set()
        for m in seg_grid.near(r[0], r[1], r[0] + r[2], r[1] + r[3]):
            a, b, f = segs[m]
            if f != i and f not in fs and seg_in_rect(a, b, r):
                fs.add(f)
        lab_edge += len(fs)
        if i in laid.edges:
            best = min(_dist_rect(a, b, r) for a, b in pairwise(laid.edges[i]))
            lab_far += best > 24.0
    pairs = set()
    for i, r in laid.labels.items():
        for j in lab_grid.near(r[0], r[1], r[0] + r[2], r[1] + r[3]):
            if j != i and overlap(r, laid.labels[j]):
                pairs.add((min(i, j), max(i, j)))
    want = sum(bool(t.label) for t in chart.transitions)
    out["lab_missing"] = want - len(laid.labels)
    out["lab_state"] = lab_state
    out["lab_lab"] = len(pairs)
    out["lab_edge"] = lab_edge
    out["lab_far"] = lab_far
    out["bends"] = round(bends / n, 2)
    out["length"] = round(length / n)
    boxes = [r for i, r in nodes.items() if i != "root"] + list(laid.labels.values())
    pts = [p for e in laid.edges.values() for p in e]
    x0 = min([r[0] for r in boxes] + [p[0] for p in pts])
    y0 = min([r[1] for r in boxes] + [p[1] for p in pts])
    x1 = max([r[0] + r[2] for r in boxes] + [p[0] for p in pts])
    y1 = max([r[1] + r[3] for r in boxes] + [p[1] for p in pts])
    w, h = max(1.0, x1 - x0), max(1.0, y1 - y0)
    leaf = sum(
        nodes[i][2] * nodes[i][3] for i, s in states.items() if s.kind not in CONTAINERS and i in nodes
    )
    out["area"] = round(w * h / 1e6, 2)
    out["aspect"] = round(w / h, 2)
    out["density"] = round(leaf / (w * h), 3)
    out["width"], out["height"] = round(w), round(h)
    return out


def _dist_rect(a, b, r):
    if seg_in_rect(a, b, r, 0.0):
        return 0.0
    best = min(_pt_rect(a, r), _pt_rect(b, r))
    for p in ((r[0], r[1]), (r[0] + r[2], r[1]), (r[0], r[1] + r[3]), (r[0] + r[2], r[1] + r[3])):
        best = min(best, _pt_seg(p, a, b))
    return best


def _pt_rect(p, r):
    return math.hypot(max(r[0] - p[0], 0, p[0] - r[0] - r[2]), max(r[1] - p[1], 0, p[1] - r[1] - r[3]))


def _pt_seg(p, a, b):
    dx, dy = b[0] - a[0], b[1] - a[1]
    q = dx * dx + dy * dy
    t = 0.0 if q == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / q))
    return math.hypot(a[0] + t * dx - p[0], a[1] + t * dy - p[1])
