"""Drawings with one thing each that is hard to read, by the rule that tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from editor.document import edits
from editor.document.document import Document
from editor.geometry import Point
from editor.model.diagram import Label
from editor.model.elements import Transition
from tests.document.test_stepping_aside import placed

Place = tuple[float, float, float, float]

TEXT = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {on: {ON: c}}
  c: {}
  d: {on: {UP: e}}
  e: {}
  p: {initial: q, states: {q: {}, s: {on: {THERE: q}}}}
"""
TIDY: dict[str, Place] = {
    "a": (80, 80, 120, 40), "b": (480, 80, 120, 40), "c": (880, 80, 120, 40), "d": (80, 400, 120, 40),
    "e": (480, 400, 120, 40), "p": (80, 600, 640, 240), "p_q": (64, 80, 120, 40), "p_s": (400, 80, 120, 40),
}  # fmt: skip
"""Nothing is hard to read here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """One case: what lies elsewhere than in `TIDY`, which lines are bent, where labels were put."""

    rule: str
    where: str
    says: str
    places: dict[str, Place] = field(default_factory=dict)
    bends: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()

    def drawn(self) -> Document:
        """The drawing."""
        made = placed(TEXT, **{**TIDY, **self.places})
        for event, points in self.bends.items():
            made.apply(edits.set_bends(made.chart, made.diagram, line(made, event).id, points))
        for event, label in self.labels.items():
            made.apply(edits.place_label(made.chart, made.diagram, line(made, event).id, label))
        return made


def line(made: Document, event: str) -> Transition:
    """The transition of an event."""
    return next(each for each in made.chart.transitions.values() if each.trigger.text == event)


CASES = (
    Unreadable(
        rule="line-through-state", where="GO", says="runs through “c”", places={"c": (300, 60, 120, 80)},
        bends={"GO": [Point(340, 100)]}, repairs=("Clear bends of this transition", "Move “c” out of the way"),
    ),
    Unreadable(
        rule="crossing-lines", where="UP", says="crosses the line of “GO”",
        bends={"GO": [Point(340, 100), Point(340, 300), Point(440, 300)],
               "UP": [Point(400, 420), Point(400, 200), Point(700, 200), Point(700, 420)]},
        repairs=("Clear bends of this transition", "Straighten the line"),
    ),
    Unreadable(
        rule="many-bends", where="GO", says="has 6 bends",
        bends={"GO": [Point(260, 100), Point(260, 200), Point(300, 200), Point(300, 160), Point(380, 160),
                      Point(380, 100)]},
        repairs=("Clear bends of this transition", "Straighten the line"),
    ),
    Unreadable(
        rule="label-overlap", where="GO", says="covers “b”", labels={"GO": Label(along=1, dx=20, dy=0)},
        repairs=("Move the label", "Let the label find its place"),
    ),
    Unreadable(
        rule="label-overlap", where="ON", says="the label “GO”",
        labels={"GO": Label(along=0.5, dx=0, dy=60), "ON": Label(along=0.5, dx=-400, dy=60)},
        repairs=("Move the label", "Let the label find its place"),
    ),
    Unreadable(
        rule="label-overlap", where="ON", says="the line of “GO”", labels={"ON": Label(along=0, dx=-350, dy=0)},
        repairs=("Move the label", "Let the label find its place"),
    ),
    Unreadable(
        rule="label-far", where="GO", says="far from its line", labels={"GO": Label(along=0.5, dx=0, dy=80)},
        repairs=("Let the label find its place", "Put the label on its line"),
    ),
    Unreadable(
        rule="states-overlap", where="e", says="“e” and “d” cover each other", places={"e": (160, 420, 120, 40)},
        repairs=("Let “e” step aside",),
    ),
    Unreadable(
        rule="outside-parent", where="s", says="“s” reaches out of “p”", places={"p_s": (600, 80, 120, 40)},
        repairs=("Let “p” hold it",),
    ),
    Unreadable(
        rule="text-cut", where="c", says="too little room", places={"c": (880, 80, 40, 40)},
        repairs=("Make it as large as its text",),
    ),
)  # fmt: skip
