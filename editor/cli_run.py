"""The command `run`: a scenario, events or requests in, a report out, step by step and without end if need be.

However long a run is, no more of it is kept than what the next step needs.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, BinaryIO, NoReturn, Protocol

from editor.cli_report import FINE, FOUND, UNUSABLE, print_json, problem_rows, problems_of, written
from editor.document import files
from editor.engine.machine import Machine
from editor.engine.play import Player, PlayFailure, PlayStep, step_of
from editor.engine.simulator import Simulator
from editor.engine.snapshot import Failure
from editor.engine.trace import TraceEntry
from editor.errors import EditorError, FileError
from editor.formats import event_lines, scenario
from editor.formats.registry import Loaded
from editor.model import walk
from editor.model.elements import Script
from editor.model.problems import Severity
from editor.model.scenario import Advance, Scenario, SendEvent, Step
from editor.refusals import why_unread

_MOST_IN_MEMORY = 1_000_000
_MOST_NOTICES = 1_000


def add_options(run: argparse.ArgumentParser) -> None:
    """The words that `run` knows."""
    run.description = "Run a machine on simulated time or, with --listen, in real time."
    run.add_argument("file", type=Path, metavar="FILE")
    what = run.add_mutually_exclusive_group()
    what.add_argument("--script", type=Path, metavar="SCENARIO.yaml", help="play a scenario")
    what.add_argument("-e", "--event", action="append", default=[], metavar="EVENT", help="send events")
    what.add_argument(
        "--events",
        metavar="EVENTS",
        help="send what the lines of a file are, or of the input where it is “-”",
    )
    how = run.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print one JSON document")
    how.add_argument("--jsonl", action="store_true", help="print a JSON object a step, each on a line")
    run.add_argument(
        "--http", action="store_true", help="let machines in SCXML use Basic HTTP among themselves"
    )
    run.add_argument(
        "--listen", nargs="?", type=_port, const=0, metavar="PORT",
        help="run in real time, taking events in over HTTP on this computer, at any free port by default",
    )  # fmt: skip
    run.set_defaults(run=partial(_run, run))


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:6]) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError(
        f"{text} is no port: give a number up to 65535, and FILE before --listen"
    )


class _Report(Protocol):
    """Where steps go to."""

    def begin(self) -> None:
        """Nothing has happened yet."""

    def step(self, step: PlayStep, errors: list[str]) -> None:
        """A step was done, with the errors in it."""

    def end(self, errors: list[str], *, is_done: bool) -> None:
        """Nothing more happens; `errors` are those that are of no step."""

    def close(self) -> None:
        """Let go of all that is kept."""


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if options.listen is not None and (options.script is not None or options.events is not None):
        parser.error("--listen takes events from requests, and with -e, but not from a file")
    try:
        loaded = files.read_machine(options.file)
        errors = _errors_in(loaded, options.file)
        if errors:
            print("\n".join(errors), file=sys.stderr)
            _refuse(options, errors)
            return UNUSABLE
        return _Run(options, loaded).run()
    except EditorError as error:
        _refuse(options, str(error).splitlines())
        raise


def _errors_in(loaded: Loaded, file: Path) -> list[str]:
    rows = problem_rows(loaded, [each for each in problems_of(loaded) if each.severity is Severity.ERROR])
    return [f"{file}:{row['line']}:{row['column']}: error: {row['message']}" for row in rows]


def _refuse(options: argparse.Namespace, errors: list[str]) -> None:
    """Say as JSON that nothing was run."""
    if options.json:
        print_json({"steps": [], "done": False, "errors": errors})
    elif options.jsonl:
        print(written({"done": False, "errors": errors}))


class _Run:
    """One run of a machine that has no errors."""

    def __init__(self, options: argparse.Namespace, loaded: Loaded) -> None:
        self.options = options
        self.loaded = loaded
        self.report: _Report = _Document() if options.json else _Lines() if options.jsonl else _Words()
        self.notices: set[str] = set()
        self.failures: list[str] = []
        self.has_errors = False
        self.places: dict[tuple[str, str, str], str] = {}

    def run(self) -> int:
        try:
            return self._play() if self.options.listen is None else self._listen()
        finally:
            self.report.close()

    def _play(self) -> int:
        options, loaded = self.options, self.loaded
        with ExitStack() as stack:
            steps, answers = self._steps(stack)
            machine = Machine.from_chart(loaded.chart, surroundings=loaded.neighbours, has_http=options.http)
            player = Player(machine)
            unusable: list[str] = []
            self.report.begin()
            try:
                for told in player.play(steps, answers):
                    if isinstance(told, PlayStep):
                        self.note(told)
                    else:
                        self.fail(told)
            except EditorError as error:  # what is read on the way is wrong
                print(error, file=sys.stderr)
                unusable = str(error).splitlines()
            self.report.end([*self.failures, *unusable], is_done=player.simulator.snapshot.is_done)
        if unusable:
            return UNUSABLE
        return FOUND if self.failures or self.has_errors else FINE

    def _steps(self, stack: ExitStack) -> tuple[Iterable[Step], Scenario]:
        """What is done, and the scenario under whose first answers it is."""
        options = self.options
        if options.script is not None:
            found = scenario.read(files.read_bytes(options.script), name=str(options.script))
            return found.steps, found
        if options.events is None:
            return [Step(do=SendEvent(event=each)) for each in options.event], Scenario()
        if options.events == "-":
            return event_lines.read(sys.stdin.buffer, name="input"), Scenario()
        return event_lines.read(stack.enter_context(_opened(options.events)), name=options.events), Scenario()

    def _listen(self) -> int:
        from editor.live.run import LiveRun  # noqa: PLC0415 - only this needs sockets, which take time to import

        chart, around = self.loaded.chart, self.loaded.neighbours
        run = LiveRun(
            lambda base: Machine.from_chart(chart, surroundings=around, served_at=base),
            lambda entry: self.entry(run.simulator, entry),
            port=self.options.listen,
        )
        print(f"Events go to {run.address} (for instance: curl -d _scxmleventname=NAME {run.address}). "
              "Ctrl+C ends the run.", file=sys.stderr, flush=True)  # fmt: skip
        self.report.begin()
        try:
            with _interrupted_by_ends():
                run.run(self.options.event)
        except KeyboardInterrupt:
            print("The run was ended.", file=sys.stderr)
        finally:
            self.report.end([], is_done=run.simulator.snapshot.is_done)
        return FOUND if self.has_errors else FINE

    def entry(self, simulator: Simulator, entry: TraceEntry) -> None:
        """Tell of a step of a run in real time, unless nothing but time went by."""
        outcome = entry.outcome
        is_quiet = not (outcome.microsteps or outcome.failures or outcome.notices or outcome.sent)
        if isinstance(entry.deed, Advance) and is_quiet:
            return
        self.note(step_of(entry.title, simulator, [entry]))
        sys.stdout.flush()

    def note(self, step: PlayStep) -> None:
        """Tell of a step, and at once of what is wrong with it."""
        errors = [f"{self._place_of(each)}error: {each}" for each in step.errors]
        for notice in step.notices:
            if notice not in self.notices and len(self.notices) < _MOST_NOTICES:
                self.notices.add(notice)
                print(f"notice: {notice}", file=sys.stderr)
        for error in errors:
            print(error, file=sys.stderr)
        self.has_errors = self.has_errors or bool(errors)
        self.report.step(step, errors)

    def fail(self, failure: PlayFailure) -> None:
        """Tell of a check that does not hold."""
        options = self.options
        place = options.script or options.events or options.file
        print(f"{place}:{failure.line}: {failure.message}", file=sys.stderr)
        self.failures.append(f"{failure.line}: {failure.message}")

    def _place_of(self, failure: Failure) -> str:
        """File, line and column of what failed in a run; nothing where it stands nowhere."""
        key = (failure.element, failure.field, failure.text)
        if key not in self.places:
            self.places[key] = self._found_place(failure)
        return self.places[key]

    def _found_place(self, failure: Failure) -> str:
        if not failure.field:
            return ""
        inside = walk.Inside(self.loaded.chart)
        scripts = ((place, action.text) for place, action in inside.actions if isinstance(action, Script))
        exact = (
            place.field
            for place, text in chain(inside.expressions, scripts)
            if place.element == failure.element and text == failure.text
        )
        mark = self.loaded.places.find(failure.element, next(exact, failure.field))
        return f"{self.options.file}:{mark.line}:{mark.column}: " if mark is not None else ""


def _opened(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        raise FileError(f"{name} cannot be read: {why_unread(error)}.") from None


@contextmanager
def _interrupted_by_ends() -> Iterator[None]:
    """Let a polite end of the process end the run first, as Ctrl+C does."""

    def interrupt(number: int, frame: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Words:
    """For people: a line a step."""

    def begin(self) -> None:
        """Nothing has happened yet."""

    def step(self, step: PlayStep, errors: list[str]) -> None:
        """A line: when, what, where to and which actions."""
        actions = f"  / {', '.join(step.actions)}" if step.actions else ""
        print(f"{step.clock:>8} ms  {step.input}  →  {', '.join(step.configuration) or '(none)'}{actions}")

    def end(self, errors: list[str], *, is_done: bool) -> None:
        """Whether it came to an end."""
        print("done" if is_done else "running")

    def close(self) -> None:
        """There is nothing to let go of."""


def _plain(step: PlayStep) -> dict[str, object]:
    return {
        "input": step.input,
        "configuration": list(step.configuration),
        "context": step.context,
        "actions": list(step.actions),
        "clock": step.clock,
    }


class _Lines:
    """For programs that read as the run goes on: an object a step, and one at the end."""

    def begin(self) -> None:
        """Nothing has happened yet."""

    def step(self, step: PlayStep, errors: list[str]) -> None:
        """A line with the step and its errors."""
        print(written({**_plain(step), "errors": errors}))

    def end(self, errors: list[str], *, is_done: bool) -> None:
        """A line that says how it ended."""
        print(written({"done": is_done, "errors": errors}))

    def close(self) -> None:
        """There is nothing to let go of."""


class _Document:
    """One JSON document; the errors, which come last in it, wait in a file where they are many."""

    def __init__(self) -> None:
        self.is_first = True
        self.errors: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed at the end
            _MOST_IN_MEMORY, "w+", encoding="utf-8", errors="backslashreplace"
        )

    def begin(self) -> None:
        """Open the list of steps."""
        print('{\n  "steps": [', end="")

    def step(self, step: PlayStep, errors: list[str]) -> None:
        """One more of them."""
        self._add(written(_plain(step), indent=2))
        for error in errors:
            self.errors.write(f"{json.dumps(error)}\n")

    def end(self, errors: list[str], *, is_done: bool) -> None:
        """Close the list, and say how it ended."""
        print("]" if self.is_first else "\n  ]", end="")
        print(f',\n  "done": {json.dumps(is_done)},\n  "errors": [', end="")
        self.is_first = True
        self.errors.seek(0)
        for error in chain(map(json.loads, self.errors), errors):
            self._add(written(error))
        print("]\n}" if self.is_first else "\n  ]\n}")

    def close(self) -> None:
        """Let go of the file."""
        self.errors.close()

    def _add(self, text: str) -> None:
        """One more in a list that is open."""
        print("\n    " if self.is_first else ",\n    ", end="")
        print(text.replace("\n", "\n    "), end="")
        self.is_first = False
