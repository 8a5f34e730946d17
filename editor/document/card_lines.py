"""The lines on a state's card as texts to be typed, and back: entry and exit actions and services, one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from editor.document import edits, invocations, texts
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.layout.sizes import Measure
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Invoke, State, StateKind

KINDS = ("entry", "exit", "invoke")
_WORDS = {"entry": "entry action", "exit": "exit action", "invoke": "service"}


class Line(NamedTuple):
    """A line by its kind, one of `KINDS`, and its number; the number after the last one is that of a line to come."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind}.{self.number}"


def named(name: str) -> Line | None:
    """The line that a name such as `entry.0` stands for; None where it is none."""
    kind, _, number = name.partition(".")
    return Line(kind, int(number)) if kind in KINDS and number.isdigit() else None


def has_lines(chart: Chart, id: str) -> bool:
    """Whether lines of a state, or of the machine itself, are drawn: it is no pseudostate."""
    state = chart.states.get(id)
    return state is not None and not state.kind.is_history


def kinds(chart: Chart, id: str) -> tuple[str, ...]:
    """The kinds of lines that a state may have: a final one invokes nothing."""
    if not has_lines(chart, id):
        return ()
    return KINDS[:2] if chart.states[id].kind is StateKind.FINAL else KINDS


def lines(chart: Chart, id: str) -> list[Line]:
    """The lines of a state in the order in which they are drawn."""
    state = chart.states.get(id)
    if state is None:
        return []
    return [Line(kind, number) for kind in kinds(chart, id) for number in range(_count(state, kind))]


def to_come(chart: Chart, id: str, kind: str) -> Line:
    """The line that a state does not have yet, after those of a kind."""
    return Line(kind, _count(chart.states[id], kind))


def _count(state: State, kind: str) -> int:
    return len({"entry": state.entry, "exit": state.exit, "invoke": state.invokes}[kind])


def text(chart: Chart, id: str, line: Line) -> str:
    """What a line says; nothing for one that is to come."""
    state = chart.states[id]
    if line.number >= _count(state, line.kind):
        return ""
    if line.kind == "invoke":
        return invocations.text(state.invokes[line.number])
    actions = state.entry if line.kind == "entry" else state.exit
    return texts.actions_text(chart, actions[line.number : line.number + 1])


def read(chart: Chart, id: str, line: Line, typed: str) -> State:
    """The state with another text in a line; a line without one is gone, a service too.

    Raises:
        ExpressionError: it is not understood.
        ChartError: what the service runs is not told by a name.
    """
    state, typed = chart.states[id], typed.strip()
    is_new = line.number >= _count(state, line.kind)
    if (not typed and is_new) or typed == text(chart, id, line):
        return state
    if line.kind == "invoke":
        return replace(state, invokes=_invokes(chart, state, line.number, typed))
    old = state.entry if line.kind == "entry" else state.exit
    before, own, after = old[: line.number], old[line.number : line.number + 1], old[line.number + 1 :]
    actions = (*before, *texts.read_actions(chart, typed, own), *after)
    return replace(state, entry=actions) if line.kind == "entry" else replace(state, exit=actions)


def write(chart: Chart, diagram: Diagram, id: str, line: Line, typed: str, measure: Measure) -> Edit:
    """A line with another text; without one it goes, a service with the transitions that answer its end.

    Raises:
        ExpressionError: it is not understood.
        ChartError: what the service runs is not told by a name.
    """
    old, new = chart.states[id], read(chart, id, line, typed)
    if new is old:
        return Edit("", ())
    is_new = line.number >= _count(old, line.kind)
    verb = "Add" if is_new else "Change" if typed.strip() else "Remove"
    return edits.set_state(chart, diagram, new, measure=measure, label=f"{verb} {_WORDS[line.kind]}")


def _invokes(chart: Chart, state: State, number: int, typed: str) -> tuple[Invoke, ...]:
    old = state.invokes
    if number >= len(old):
        taken = {each.uid for each in old}
        uid = next(f"i{each}" for each in range(len(taken) + 1) if f"i{each}" not in taken)
        return (*old, invocations.read(chart, state.id, Invoke(uid=uid, src=""), typed))
    own = old[number]
    if not typed:
        return (*old[:number], *old[number + 1 :])
    if not own.src:
        raise ChartError("What this service runs is written inside of it: change that in the inspector.")
    return (*old[:number], invocations.read(chart, state.id, own, typed), *old[number + 1 :])
