"""Scenarios played on simulated time: done again as they stand, or held against what was expected."""

from __future__ import annotations

import json
from dataclasses import dataclass

from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.engine.snapshot import Failure
from editor.errors import RunError
from editor.model.chart import Chart
from editor.model.elements import Data
from editor.model.scenario import Advance, AnswerDelays, AnswerGuards, Fail, Finish, Scenario, SendEvent, Step
from editor.model.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class PlayStep:
    """One thing done; configuration as dotted paths of all active states, clock in milliseconds."""

    input: str
    configuration: tuple[str, ...]
    context: Data
    actions: tuple[str, ...]
    clock: float


@dataclass(frozen=True, slots=True)
class PlayFailure:
    """A check or a step that failed, with its number and line."""

    message: str
    step: int
    line: int


@dataclass(frozen=True, slots=True)
class PlayResult:
    """All that a run of a scenario gives."""

    steps: tuple[PlayStep, ...]
    done: bool
    errors: tuple[Failure, ...]
    failures: tuple[PlayFailure, ...]
    notices: tuple[str, ...]


def start(simulator: Simulator, scenario: Scenario) -> None:
    """Start a run, under the answers that a scenario begins with.

    An answer that changes an earlier one, or follows a check, is for later.
    """
    known: dict[str, float] = {}
    for each in scenario.steps:
        if not isinstance(each.do, AnswerGuards | AnswerDelays):
            break
        given: dict[str, float] = dict(each.do.answers)
        if any(known.get(name, value) != value for name, value in given.items()):
            break
        known |= given
        simulator.do(each.do)
        if any(check is not None for check in (each.expect, each.context, each.actions, each.finished)):
            break
    simulator.start()


def replay(simulator: Simulator, scenario: Scenario) -> None:
    """Start a run and do all that a scenario says; its checks are left out.

    Raises:
        RunError: a step names an invocation that is not active.
    """
    start(simulator, scenario)
    for each in scenario.steps:
        if each.do is not None:
            simulator.do(each.do)


def play(
    chart: Chart, scenario: Scenario, surroundings: Surroundings | None = None, *, has_http: bool = False
) -> PlayResult:
    """Run a machine through a scenario; unknown guards without an answer count as false, with a notice.

    `surroundings` reads the files that it names; `has_http`: sessions may send each other events by Basic HTTP.

    Raises:
        RunError: the machine cannot be run.
    """
    return _Player(Machine.from_chart(chart, surroundings=surroundings, has_http=has_http)).play(scenario)


class _Player:
    """One run: the simulator with what was done since the last check of actions."""

    def __init__(self, machine: Machine) -> None:
        self.simulator = Simulator(machine)
        self.steps: list[PlayStep] = []
        self.failures: list[PlayFailure] = []
        self.called: list[str] = []
        self.taken = 0

    def play(self, scenario: Scenario) -> PlayResult:
        start(self.simulator, scenario)
        self.note("start")
        for number, step in enumerate(scenario.steps, 1):
            self.step(number, step)
        trace = self.simulator.trace
        errors = tuple(failure for entry in trace for failure in entry.outcome.failures)
        notices = tuple(dict.fromkeys(notice for entry in trace for notice in entry.outcome.notices))
        return PlayResult(
            tuple(self.steps), self.simulator.snapshot.is_done, errors, tuple(self.failures), notices
        )

    def step(self, number: int, step: Step) -> None:
        if step.do is not None:
            try:
                self.simulator.do(step.do)
                self.note(title(step))
            except RunError as error:
                self.failures.append(PlayFailure(f"Step {number}: {error}", number, step.line))
        for message in self.checks(step):
            self.failures.append(PlayFailure(f"Step {number}: {message}", number, step.line))

    def note(self, text: str) -> None:
        """Write down what one thing did."""
        simulator = self.simulator
        actions = tuple(name for entry in simulator.trace[self.taken :] for name in entry.outcome.actions)
        self.taken = len(simulator.trace)
        self.called += actions
        snapshot = simulator.snapshot
        clock = int(snapshot.clock) if snapshot.clock == int(snapshot.clock) else snapshot.clock
        self.steps.append(PlayStep(text, simulator.paths, dict(snapshot.context), actions, clock))

    def checks(self, step: Step) -> list[str]:
        """What of the checks does not hold."""
        found: list[str] = []
        simulator = self.simulator
        if step.expect is not None and sorted(step.expect) != sorted(simulator.leaves):
            found.append(f"expected {_list(step.expect)}, found {_list(simulator.leaves)}.")
        context = simulator.snapshot.context
        for key, value in step.context or ():
            if key not in context:
                found.append(f"expected context “{key}” to be {_shown(value)}, found no such key.")
            elif not is_same_data(context[key], value):
                found.append(f"expected context “{key}” to be {_shown(value)}, found {_shown(context[key])}.")
        if step.actions is not None:
            if tuple(self.called) != step.actions:
                found.append(f"expected actions {_list(step.actions)}, found {_list(self.called)}.")
            self.called = []
        if step.finished is not None and simulator.snapshot.is_done is not step.finished:
            found.append(
                "expected the machine to be done; it runs."
                if step.finished
                else "expected it to run; it is done."
            )
        return found


def is_same_data(one: Data, other: Data) -> bool:
    """Equality as data has it, at any depth: true is not 1, though 1 is 1.0, and no number is itself."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same_data(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same_data, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other or (one != one and other != other)


def _shown(value: Data) -> str:
    """A value as it can be written in the scenario."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _list(texts: tuple[str, ...] | list[str]) -> str:
    return ", ".join(texts) if texts else "none"


def title(step: Step) -> str:
    """What a step does, in a few words."""
    deed = step.do
    if isinstance(deed, SendEvent):
        return deed.event
    if isinstance(deed, Advance):
        return f"advance {deed.milliseconds:g} ms"
    if isinstance(deed, Finish):
        return f"done {deed.service}"
    if isinstance(deed, Fail):
        return f"error {deed.service}"
    if isinstance(deed, AnswerGuards):
        return "guard " + ", ".join(f"{name}={str(value).lower()}" for name, value in deed.answers)
    if isinstance(deed, AnswerDelays):
        return "delay " + ", ".join(f"{name}={value:g} ms" for name, value in deed.answers)
    return ""
