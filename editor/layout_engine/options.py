"""What is wanted of a proposal: the manner, the direction, what of the chart, and which states stay where they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Mode(Enum):
    """How a chart is arranged.

    LEVELS: each container by itself, then what leads from one to another is routed; stable and compact. INTEGRATED:
    all of it in one go, with the fewest crossings; a small change of the chart may move everything.
    """

    LEVELS = "levels"
    INTEGRATED = "integrated"


class Direction(Enum):
    """Where the chart flows; AUTO takes what fits the view's shape."""

    DOWN = "down"
    RIGHT = "right"
    AUTO = "auto"


class Scope(Enum):
    """What may move: all states, the content of one container, some states, or nothing, so that only lines change."""

    CHART = "chart"
    CONTAINER = "container"
    SELECTION = "selection"
    ROUTES = "routes"


class Rung(Enum):
    """Who drew a proposal, the best first; AS_IT_WAS: nobody, the diagram is what it was."""

    LEVELS = "levels"
    INTEGRATED = "integrated"
    GRAPHLAY = "graphlay"
    PLAIN = "plain"
    AS_IT_WAS = "as it was"


NAMES = {
    Rung.LEVELS: "ELK (level by level)", Rung.INTEGRATED: "ELK (all at once)", Rung.GRAPHLAY: "graphlay",
    Rung.PLAIN: "plain rows", Rung.AS_IT_WAS: "nobody",
}  # fmt: skip
"""Who drew a proposal, in words."""
VIEW_ASPECT = 1.5
"""Width over height of the view where nobody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is wanted.

    `ids`: the container of Scope.CONTAINER, the states of Scope.SELECTION, the transitions of Scope.ROUTES (none: all).
    `pinned`: states that do not move, if they have a place. `aspect`: width over height of the view.
    `keeps`: a drawing that the engine made is changed as little as can be (LEVELS and Scope.CHART alone); else all of
    it is made from nothing. `rungs`: who may draw; those of the engine are tried in the order of the mode.
    """

    mode: Mode = Mode.LEVELS
    direction: Direction = Direction.DOWN
    scope: Scope = Scope.CHART
    ids: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    aspect: float = VIEW_ASPECT
    keeps: bool = False
    rungs: frozenset[Rung] = field(default_factory=lambda: frozenset(Rung))
