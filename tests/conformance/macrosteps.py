"""Scenarios of sismic on our engine: a macro step of sismic is a microstep of ours, or an event that does nothing.

What sismic says about its own order among regions (by name), its history states as entered and its clock has no
meaning here: sets are compared, and the order of a state and one inside of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.engine.trace import TraceEntry
from editor.formats import native
from editor.formats.native_write import write_machine
from editor.model import queries, walk
from editor.model.changes import StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import Call, Named, StateKind, Trigger, TriggerKind

_EVENTLESS = (TriggerKind.ALWAYS, TriggerKind.AFTER)


@dataclass(frozen=True)
class Macrostep:
    """What sismic counts as one step; names of states, and the configuration after it."""

    event: str | None
    entered: tuple[str, ...]
    exited: tuple[str, ...]
    sources: tuple[str, ...]
    configuration: frozenset[str]


class Stepper:
    """One run that can be looked at after each macro step; our engine has then gone further already."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.simulator = Simulator(Machine.from_chart(chart))
        self.simulator.stepped.subscribe(self._note)
        self.names = {id: state.declared_id or state.key for id, state in chart.states.items()}
        self.queue: deque[tuple[str, Any]] = deque()
        self.waiting = 0.0
        self.ahead: deque[Macrostep] = deque()
        self.last: Macrostep | None = None
        self.configuration: frozenset[str] = frozenset()
        self.sent: list[str] = []

    def once(self) -> None:
        """One macro step, if there is anything to do."""
        self.sent.clear()
        self.last = self._next()

    def all(self, most: int = 0) -> None:
        """Macro steps until nothing is left to do, or so many."""
        self.sent.clear()
        count = 0
        while (not most or count < most) and (found := self._next()) is not None:
            self.last = found
            count += 1

    def _next(self) -> Macrostep | None:
        while not self.ahead and self._act():
            pass
        found = self.ahead.popleft() if self.ahead else None
        if found is not None:
            self.configuration = found.configuration
        return found

    def _act(self) -> bool:
        """The next thing that makes the engine run; false where there is none."""
        simulator = self.simulator
        if not simulator.trace:
            simulator.start()
        elif self.waiting:
            simulator.advance(self.waiting)
            self.waiting = 0.0
        elif self.queue:
            name, data = self.queue.popleft()
            simulator.send(name, data)
            if not self.ahead:
                self.ahead.append(Macrostep(name, (), (), (), self.configuration))
        else:
            return False
        return True

    def _note(self, entry: TraceEntry) -> None:
        """What the engine did, cut into macro steps; what is raised inside counts as sent too."""
        active = set(self.ahead[-1].configuration if self.ahead else self.configuration)
        for each in entry.outcome.microsteps:
            taken = [self.chart.transitions[id] for id in each.transitions]
            exited, entered = (tuple(self.names[id] for id in ids) for ids in (each.exited, each.entered))
            active = (active - set(exited)) | set(entered)
            is_event = bool(taken) and all(one.trigger.kind not in _EVENTLESS for one in taken)
            sources = tuple(self.names[one.source] for one in taken)
            event = each.event if is_event else None
            self.ahead.append(Macrostep(event, entered, exited, sources, frozenset(active)))
        outcome = entry.outcome
        self.sent += [*outcome.sent, *outcome.unhandled, *(each.event for each in outcome.microsteps)]


def without_code(chart: Chart) -> Chart:
    """The chart with every guard true and nothing done, as sismic's DummyEvaluator has it."""
    bare = chart.copy()
    bare.apply(
        [StateChange(id, old, replace(old, entry=(), exit=())) for id, old in chart.states.items()]
        + [
            TransitionChange(id, old, replace(old, guard=None, actions=(), trigger=_at_once(old.trigger)))
            for id, old in chart.transitions.items()
        ]
    )
    return bare


def _at_once(trigger: Trigger) -> Trigger:
    return Trigger(kind=TriggerKind.ALWAYS) if trigger.kind is TriggerKind.AFTER else trigger


def opaque(chart: Chart) -> str:
    """A piece of code that decides where a run leads and that only Python can run; empty where there is none."""
    inside = walk.Inside(chart)
    guards = [guard.name for _, guard in inside.guards if isinstance(guard, Named)]
    calls = [action.name for _, action in inside.actions if isinstance(action, Call)]
    return next((text for text in (*guards, *calls) if not text.startswith("print(")), "")


def _crossing(chart: Chart) -> str | None:
    """A state that a transition leaves so that the innermost state which stays is a parallel one."""
    for transition in chart.transitions.values():
        if transition.is_pseudo or not transition.targets or transition.source == chart.root_id:
            continue
        around = next(
            state
            for state in chart.ancestors(transition.source)
            if all(queries.is_descendant(chart, each, state.id) for each in transition.targets)
        )
        if around.kind is StateKind.PARALLEL:
            return chart.states[transition.source].key
    return None


def unjudged(chart: Chart, entry: dict[str, Any]) -> str:
    """Why sismic's word is not what we go by; empty where it is."""
    if entry["scxml_agrees"] is False:
        return f"sismic means something else than SCXML: {entry.get('note', 'it says no more')}"
    if any("raises" in step for step in entry["steps"]):
        return "sismic raises an error of its own"
    if entry["scxml_agrees"]:
        return ""
    keys = {key for step in entry["steps"] for key in step.get("expect", ())}
    if keys <= {"time"}:
        return "it is about the clock of sismic’s interpreter"
    if (crossing := _crossing(chart)) is not None:
        return f"sismic leaves one region only where “{crossing}” is left for a state beside or around it"
    if entry["guards"] != "ignored" and (code := opaque(chart)):
        return f"only Python can run “{code}”"
    stepper = _stepper(chart, entry)
    between = _follow(stepper, entry, lambda expect: _asks_between(stepper, expect))
    if stepper.simulator.snapshot.is_stopped:
        return "it stops between the macro steps of an eventless cycle, which is an error here"
    return between


def fault(chart: Chart, entry: dict[str, Any]) -> str:
    """Why a scenario does not end as sismic says; empty where it does."""
    stepper = _stepper(chart, entry)
    return _follow(stepper, entry, lambda expect: _differs(stepper, expect))


def loading_fault(chart: Chart) -> str:
    """Whether a chart is another one when it is written in our format and read again."""
    again = native.read(native.write(chart)[0]).chart
    same = write_machine(again) == write_machine(chart)
    return "" if same else "it is another chart when it is written and read again"


def _stepper(chart: Chart, entry: dict[str, Any]) -> Stepper:
    return Stepper(without_code(chart) if entry["guards"] == "ignored" else chart)


def _follow(stepper: Stepper, entry: dict[str, Any], check: Callable[[dict[str, Any]], str]) -> str:
    """Do the steps of a scenario; what the first check says that says anything."""
    for number, step in enumerate(entry["steps"], 1):
        deed = step.get("do")
        if deed == "queue":
            stepper.queue += [
                (each, None) if isinstance(each, str) else (each["name"], each.get("data"))
                for each in step["events"]
            ]
        elif deed == "advance_clock":
            stepper.waiting += step["seconds"] * 1000
        elif deed == "execute_once":
            stepper.once()
        elif deed == "execute":
            stepper.all(step.get("max_steps", 0))
        elif said := check(step["expect"]):
            return f"step {number}: {said}"
    return ""


def _asks_between(stepper: Stepper, expect: dict[str, Any]) -> str:
    return (
        "it asks for the context between macro steps that are one here"
        if ("context" in expect and stepper.ahead)
        else ""
    )


def _differs(stepper: Stepper, expect: dict[str, Any]) -> str:
    """What is not as it is expected to be."""
    last = stepper.last
    active = stepper.configuration
    is_done = stepper.simulator.snapshot.is_done and not stepper.ahead
    context = stepper.simulator.snapshot.context
    for key, wanted in expect.items():
        found: Any = wanted
        if key in ("configuration", "configuration_set"):
            found = wanted if is_done and not wanted else _as(wanted, active)
        elif key == "active":
            found = [each for each in wanted if each in active]
        elif key == "not_active":
            found = [each for each in wanted if each not in active]
        elif key == "final":
            found = is_done
        elif key == "step":
            found = last
        elif key == "event":
            found = last.event if last is not None else None
        elif key == "context":
            found = {name: context.get(name) for name in wanted}
        elif key == "sources":
            found = _as(wanted, _sources(last, wanted))
        elif key == "sent":
            found = [each for each in wanted if each in stepper.sent]
        elif key == "memory":
            found = {name: _as(states, _remembered(stepper, name)) for name, states in wanted.items()}
        else:
            found = _moved(stepper, key, wanted)
        if found != wanted:
            return f"{key} is {found}, not {wanted}"
    return ""


def _sources(last: Macrostep | None, wanted: list[str]) -> list[str]:
    """The states whose transitions were taken; or were not, as another one leaves that state (SCXML: preempted)."""
    if last is None:
        return []
    return [*last.sources, *(each for each in wanted if each not in last.sources and each in last.exited)]


def _moved(stepper: Stepper, key: str, wanted: Any) -> Any:
    """What was entered or exited, in the order that is expected as far as that order is ours too."""
    last = stepper.last
    word = key.removeprefix("last_")
    names = () if last is None else last.entered if word.startswith("entered") else last.exited
    if word.endswith("_before"):
        judged = [pair for pair in wanted if _is_inside(stepper, *pair)]
        return wanted if all(_stands_before(names, *pair) for pair in judged) else list(names)
    if word not in ("entered", "exited"):
        return wanted
    real = [each for each in wanted if not _is_past(stepper, each)]
    is_same = sorted(real) == sorted(names) and all(
        _stands_before(names, first, second)
        for place, first in enumerate(real)
        for second in real[place + 1 :]
        if _is_inside(stepper, first, second)
    )
    return wanted if is_same else list(names)


def _as(wanted: list[str], found: Iterable[str]) -> list[str]:
    """What was found, in the order of what is wanted if it is the same."""
    found = list(found)
    return wanted if sorted(wanted) == sorted(found) else sorted(found)


def _stands_before(names: tuple[str, ...], first: str, second: str) -> bool:
    return first in names and second in names and names.index(first) < names.index(second)


def _id(stepper: Stepper, name: str) -> str:
    return next(id for id, each in stepper.names.items() if each == name)


def _is_inside(stepper: Stepper, first: str, second: str) -> bool:
    """Whether one of two states, neither of them a history, is inside of the other."""
    if _is_past(stepper, first) or _is_past(stepper, second):
        return False
    a, b = _id(stepper, first), _id(stepper, second)
    return queries.is_descendant(stepper.chart, a, b) or queries.is_descendant(stepper.chart, b, a)


def _is_past(stepper: Stepper, name: str) -> bool:
    return stepper.chart.states[_id(stepper, name)].kind.is_history


def _remembered(stepper: Stepper, name: str) -> list[str]:
    """What a history stands for: all that was active below its parent, or the child alone."""
    simulator, machine = stepper.simulator, stepper.simulator.machine
    history = stepper.chart.states[_id(stepper, name)]
    parent = machine.index[history.parent or ""]
    mask = simulator.snapshot.history.get(parent, 0)
    if history.kind is StateKind.SHALLOW_HISTORY:
        mask &= sum(1 << child for child in machine.real[parent])
    return [stepper.names[id] for id in machine.ids(mask)]
