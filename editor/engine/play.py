"""Scenarios played on simulated time: done again as they stand, or held against what was expected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.engine.snapshot import Failure
from editor.engine.trace import TraceEntry
from editor.errors import RunError
from editor.model.chart import Chart
from editor.model.elements import Data
from editor.model.scenario import Advance, AnswerDelays, AnswerGuards, Fail, Finish, Scenario, SendEvent, Step
from editor.model.surroundings import Surroundings

_NO_STEPS = Scenario()


@dataclass(frozen=True, slots=True)
class PlayStep:
    """One thing done; configuration as dotted paths of all active states, clock in milliseconds."""

    input: str
    configuration: tuple[str, ...]
    context: Data
    actions: tuple[str, ...]
    clock: float
    errors: tuple[Failure, ...] = ()
    notices: tuple[str, ...] = ()


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
    player = Player(Machine.from_chart(chart, surroundings=surroundings, has_http=has_http))
    told = list(player.play(scenario.steps, scenario))
    steps = tuple(each for each in told if isinstance(each, PlayStep))
    failures = tuple(each for each in told if isinstance(each, PlayFailure))
    errors = tuple(failure for each in steps for failure in each.errors)
    notices = tuple(dict.fromkeys(notice for each in steps for notice in each.notices))
    return PlayResult(steps, player.simulator.snapshot.is_done, errors, failures, notices)


class Player:
    """One run, of which no more is kept than what was done since the last check of actions."""

    def __init__(self, machine: Machine) -> None:
        self.simulator = Simulator(machine, keep_trace=False)
        self.simulator.stepped.subscribe(lambda entry: self._entries.append(entry))
        self._entries: list[TraceEntry] = []
        self._called: list[str] = []

    def play(self, steps: Iterable[Step], answers: Scenario = _NO_STEPS) -> Iterator[PlayStep | PlayFailure]:
        """Do one step after the other, each when it is asked for; the run starts under the answers of a scenario."""
        start(self.simulator, answers)
        yield self._noted("start")
        has_checks = any(step.actions is not None for step in answers.steps)
        for number, step in enumerate(steps, 1):
            failures: list[str] = []
            if step.do is not None:
                try:
                    self.simulator.do(step.do)
                    yield self._noted(title(step))
                except RunError as error:
                    failures.append(str(error))
            if not has_checks:
                self._called.clear()
            for message in (*failures, *self.checks(step)):
                yield PlayFailure(f"Step {number}: {message}", number, step.line)

    def _noted(self, text: str) -> PlayStep:
        """What one thing did."""
        entries, self._entries = self._entries, []
        done = step_of(text, self.simulator, entries)
        self._called += done.actions
        return done

    def checks(self, step: Step) -> list[str]:
        """What of the checks of a step does not hold."""
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
            if tuple(self._called) != step.actions:
                found.append(f"expected actions {_list(step.actions)}, found {_list(self._called)}.")
            self._called = []
        if step.finished is not None and simulator.snapshot.is_done is not step.finished:
            found.append(
                "expected the machine to be done; it runs."
                if step.finished
                else "expected it to run; it is done."
            )
        return found


def step_of(text: str, simulator: Simulator, entries: Iterable[TraceEntry]) -> PlayStep:
    """What a run did in some entries of its trace, the last of which is where it is now."""
    snapshot = simulator.snapshot
    clock = int(snapshot.clock) if snapshot.clock == int(snapshot.clock) else snapshot.clock
    outcomes = [entry.outcome for entry in entries]
    return PlayStep(
        text, simulator.paths, dict(snapshot.context),
        tuple(name for outcome in outcomes for name in outcome.actions), clock,
        tuple(failure for outcome in outcomes for failure in outcome.failures),
        tuple(notice for outcome in outcomes for notice in outcome.notices),
    )  # fmt: skip


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
