"""Running the chart: start, stop, step, travel in time, send what is enabled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from editor import v8
from editor.commands.registry import Command, Desktop, Test
from editor.document import files
from editor.engine import play, script_process
from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.errors import RunError
from editor.formats import scenario
from editor.model.problems import Severity
from editor.model.scenario import AnswerDelays, AnswerGuards
from editor.session import Session

DIGITS = 9
PATIENCE = 0.3
"""Seconds that a window waits for JavaScript to be loaded."""


def toggle(session: Session, desktop: Desktop) -> None:
    """Start a run, or end the one that is shown."""
    if session.simulator is not None:
        session.set_simulator(None)
        session.say("The run was ended")
    else:
        start(session)


def start(session: Session) -> None:
    """Run the chart as it is now.

    Raises:
        RunError: the chart has errors, or no states.
    """
    simulator = _new_run(session)
    simulator.start()
    session.set_simulator(simulator)
    session.say("Running")


def _new_run(session: Session) -> Simulator:
    """A run of the chart as it is now, not yet started and not yet shown."""
    errors = [problem for problem in session.settled_problems() if problem.severity is Severity.ERROR]
    if errors:
        raise RunError(f"The machine has errors and cannot run. {errors[0].message} {errors[0].hint}".strip())
    if len(session.document.chart.states) < 2:
        raise RunError("There is nothing to run yet. Draw a state first.")
    is_scripted = session.document.chart.info.language == "javascript"
    if is_scripted and v8.is_packed() and not script_process.is_ready_within(PATIENCE):
        raise RunError("JavaScript is being made ready. Start the run again in a moment.")
    loaded = session.document.loaded
    around = loaded.neighbours if loaded is not None else None
    return Simulator(Machine.from_chart(session.document.chart, surroundings=around), asks=True)


def restart(session: Session, desktop: Desktop) -> None:
    """Run the chart as it is now, and do again what was done."""
    restart_run(session)


def restart_run(session: Session) -> None:
    """Run the chart as it is now, and do again what was done, as far as that goes without a new question.

    Raises:
        RunError: the chart has errors, or no states; the former run is over.
    """
    former = session.simulator
    if former is None:
        return
    deeds = [step.do for step in former.recorded().steps if step.do is not None]
    session.set_simulator(None)
    start(session)
    fresh = session.simulator
    if fresh is None:
        return
    fresh.do(AnswerGuards(answers=tuple(former.answers.guards.items())))
    fresh.answers.delays.update(former.answers.delays)
    steps = sum(not isinstance(deed, AnswerGuards | AnswerDelays) for deed in deeds)
    done = 0
    for deed in deeds:
        is_answer = isinstance(deed, AnswerGuards | AnswerDelays)
        if fresh.question is not None and not isinstance(deed, AnswerGuards):
            session.say(
                f"The new run waits for an answer; {steps - done} of {steps} steps were not done again"
            )
            return
        try:
            fresh.do(deed)
        except RunError as error:
            session.say(f"The new run stopped after {done} of {steps} steps: {error}")
            return
        done += not is_answer
    session.say(f"Running the changed chart; {steps} steps were done again")


def send(session: Session, event: str) -> None:
    """Send an event without data to the run."""
    if session.simulator is not None:
        session.simulator.send(event)


def fire(number: int, session: Session, desktop: Desktop) -> None:
    """Send the nth enabled event, counted from 1."""
    enabled = session.simulator.enabled if session.simulator is not None else []
    if number <= len(enabled) and enabled[number - 1].needs_name:
        session.say(
            f"{enabled[number - 1].event} stands for many events: type a name in the simulation panel"
        )
    elif number <= len(enabled):
        send(session, enabled[number - 1].event)
    elif enabled:
        session.say(f"Only {len(enabled)} {'event' if len(enabled) == 1 else 'events'} can happen now")
    else:
        session.say("No event can happen now")


def step(session: Session, desktop: Desktop) -> None:
    """Forward in the trace, else the one event that can happen, else the next delay."""
    simulator = session.simulator
    if simulator is None:
        start(session)
        return
    if simulator.cursor < len(simulator.trace) - 1:
        simulator.forward()
        return
    enabled = simulator.enabled
    if len(enabled) == 1 and not enabled[0].needs_name and not simulator.pending:
        send(session, enabled[0].event)
    elif simulator.pending and not enabled:
        simulator.advance_to_next_timer()
    elif enabled:
        session.say("Several things can happen: choose an event with 1 to 9, or the next timer with F11")
    else:
        session.say("Nothing can happen now")


def save_scenario(session: Session, desktop: Desktop) -> None:
    """Write down what was done up to the step that is shown, to be played again.

    Raises:
        FileError: the file cannot be written.
    """
    if session.simulator is None:
        return
    own = session.document.path
    suggested = own.with_suffix(".scenario.yaml") if own is not None else Path("machine.scenario.yaml")
    path = desktop.ask_save_path("Save run as scenario", str(suggested), scenario.SUFFIXES)
    if path is not None:
        files.write_text(path, scenario.write(session.simulator.recorded()))
        session.say(f"Saved the run as {path.name}")


def play_scenario(session: Session, desktop: Desktop) -> None:
    """Run the chart and do what a scenario says; its checks are left to the command line.

    As there, guards that it does not answer count as false. Where a step cannot be done, the run up to it is shown.

    Raises:
        EditorError: the file is no scenario, or the machine cannot run.
    """
    path = desktop.ask_open_path("Play scenario")
    if path is None:
        return
    wanted = scenario.read(files.read_bytes(path), name=str(path))
    session.set_simulator(None)
    run = _new_run(session)
    run.answers.asks = False
    try:
        play.replay(run, wanted)
    finally:
        run.answers.asks = True
        session.set_simulator(run)
    session.say(f"Played {path.name}")


def _on_run(act: Callable[[Simulator], None]) -> Callable[[Session, Desktop], None]:
    def run(session: Session, desktop: Desktop) -> None:
        if session.simulator is not None:
            act(session.simulator)

    return run


def is_running(session: Session) -> bool:
    """Whether a run is shown."""
    return session.simulator is not None


def _can(test: Callable[[Simulator], bool]) -> Test:
    return lambda session: session.simulator is not None and test(session.simulator)


COMMANDS = (
    Command(
        id="simulate.toggle", title="Run", run=toggle, menu="Simulate", shortcuts=("F5",), icon="run",
        checked=is_running, tip="Run the chart on the canvas",
    ),
    Command(id="simulate.step", title="Step", run=step, menu="Simulate", shortcuts=("F10",), icon="step"),
    Command(
        id="simulate.reset", title="Reset", run=_on_run(lambda run: run.reset()), menu="Simulate",
        when=is_running, shortcuts=("Shift+F5",), icon="reset",
    ),
    Command(
        id="simulate.restart", title="Restart with the changed chart", run=restart, menu="Simulate",
        when=lambda session: session.is_stale, shortcuts=("Ctrl+F5",),
    ),
    Command(
        id="simulate.back", title="Step back", run=_on_run(lambda run: run.back()), menu="Simulate", group=1,
        when=_can(lambda run: run.cursor > 0), shortcuts=("Shift+F10",), icon="back",
    ),
    Command(
        id="simulate.forward", title="Step forward", run=_on_run(lambda run: run.forward()), menu="Simulate",
        group=1, when=_can(lambda run: run.cursor < len(run.trace) - 1), shortcuts=("Ctrl+F10",),
        icon="forward",
    ),
    Command(
        id="simulate.timer", title="To the next timer", menu="Simulate", group=2,
        run=_on_run(lambda run: run.advance_to_next_timer()), when=_can(lambda run: bool(run.pending)),
        shortcuts=("F11",), icon="timer",
    ),
    Command(
        id="simulate.second", title="Advance by one second", menu="Simulate", group=2,
        run=_on_run(lambda run: run.advance(1000)), when=is_running, shortcuts=("Shift+F11",),
    ),
    Command(
        id="simulate.play", title="Play scenario…", run=play_scenario, menu="Simulate", group=4,
        when=lambda session: len(session.document.chart.states) > 1,
    ),
    Command(
        id="simulate.save", title="Save run as scenario…", run=save_scenario, menu="Simulate", group=4,
        when=_can(lambda run: run.cursor > 0),
    ),
    *(
        Command(
            id=f"simulate.fire{number}", title=f"Send enabled event {number}", menu="Simulate", group=3,
            run=partial(fire, number), when=is_running, is_listed=False,
            shortcuts=(str(number), f"Ctrl+Shift+F{number}"),
        )
        for number in range(1, DIGITS + 1)
    ),
)  # fmt: skip
