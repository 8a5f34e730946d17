"""A random user at a whole window, with real mouse and key events: nothing breaks, undo brings everything back.

    python -m tests.journeys.random_user [--seeds 10] [--first 1] [--steps 2000] [--file MACHINE] [--all-docks]

A walk is a seed and the numbers of its steps; each step is chosen by these two alone, so that a walk can be cut:
one that breaks a promise is shortened until nothing more can be left out, and what is left is printed.
"""

from __future__ import annotations

import argparse
import faulthandler
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.document import files, settings
from editor.window.app import Program, make_application
from editor.window.dialogs import QtDesktop
from editor.window.typing import finish_typing
from tests.journeys import promises
from tests.journeys.hands import Answers, Hands
from tests.journeys.random_deeds import CanvasUser, Deed
from tests.journeys.random_panels import PanelUser

START = """\
# a comment
initial: a
context: {x: 1, ready: true}
states:
  a: {on: {GO: b, IN: {target: c.e, guard: ready}}} # kept
  b: {after: {1s: a}, entry: beep}
  c:
    initial: d
    states:
      d: {on: {NEXT: e}, exit: log}
      e: {type: final}
    onDone: a
  p:
    type: parallel
    states:
      left: {initial: l, states: {l: {}, m: {on: {X: l}}}}
      right: {}
"""
OFTEN, SELDOM = 10, 100
"""Steps between looks at the window, and at what takes longer."""
CLOSE = 60
"""Steps up to which a walk that is shortened is looked at after each of them."""
FRAMES = 8
"""Of an exception so many calls are told, the last ones."""
QUIET = ("This plugin does not support", "Mouse event", "propagateSizeHints")
"""Messages of Qt that say something of the platform that draws nowhere, or of the events as such."""


class Broken(Exception):  # noqa: N818 - not an error of the program, but what a walk is for
    """A promise does not hold any more; the text begins with its kind."""

    @property
    def kind(self) -> str:
        """What tells one finding from another while a walk is shortened."""
        return str(self).split(":", 1)[0]


class Alarm:
    """Hears what goes wrong without a word to the user: exceptions in slots and threads, warnings of Qt."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._former = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._add(args.exc_type, args.exc_value, args.exc_traceback)
        sys.unraisablehook = lambda args: self._add(args.exc_type, args.exc_value, args.exc_traceback)
        self._qt = qInstallMessageHandler(self._on_message)
        self._log = logging.Handler(logging.ERROR)
        self._log.emit = lambda record: self.heard.append(f"log: {record.getMessage()}")  # type: ignore[method-assign]
        logging.getLogger().addHandler(self._log)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._add(kind, error, trace)

    def _add(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.heard.append(_told(kind, error, trace))

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(word in text for word in QUIET):
            self.heard.append(f"Qt: {text}")

    def stop(self) -> None:
        """Listen no more."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._former
        qInstallMessageHandler(self._qt)
        logging.getLogger().removeHandler(self._log)


def _told(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    """An exception, by the place that it comes from."""
    frames = traceback.extract_tb(trace)
    place = f" in {Path(frames[-1].filename).name} {frames[-1].name}" if frames else ""
    return f"{kind.__name__}{place}: {''.join(traceback.format_exception(kind, error, trace, limit=-FRAMES))}"


class Desktop(QtDesktop):
    """The desktop of the window with real dialogs; only files are chosen without one, which would be the system's."""

    chance: Random
    folder: Path

    def ask_save_path(self, title: str, suggested: str, suffixes: Sequence[str]) -> Path | None:
        """A file of one of the formats, or none."""
        if self.chance.random() < 0.2:
            return None
        return self.folder / f"other{self.chance.randint(1, 3)}{self.chance.choice(list(suffixes))}"

    def ask_open_path(self, title: str, folder: Path | None = None) -> Path | None:
        """The machine that the walk began with, or none."""
        return self.folder / "machine.yaml" if self.chance.random() < 0.8 else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a walk is: where it begins, and what it is made of."""

    seed: int
    steps: tuple[int, ...]
    machine: Path | None = None
    has_all_docks: bool = False
    is_close: bool = False
    """Whether everything is looked at after each step."""
    only: str = ""
    """The one kind of finding that counts while a walk is shortened; any where it is empty."""


class Walk:
    """One walk in a window of its own."""

    def __init__(self, plan: Plan, program: Program, folder: Path) -> None:
        self._plan = plan
        self._program = program
        self._folder = folder
        self.done: list[str] = []
        source = plan.machine
        path = folder / (source.name if source is not None else "machine.yaml")
        if source is None:
            path.write_text(START, encoding="utf-8")
        else:
            shutil.copyfile(source, path)
            if files.layout_path(source).exists():
                shutil.copyfile(files.layout_path(source), files.layout_path(path))
        self.window = program.open(path)
        QTest.qWaitForWindowActive(self.window)
        self.hands = Hands(self.window)
        self.answers = Answers(self.hands)
        self._desktop = self._use_desktop()
        self._canvas = CanvasUser(self.window, self.hands)
        self._panels = PanelUser(self.window, self.hands)
        if plan.has_all_docks:
            for name in self.window.docks:
                self._panels.bring(name)
        self._past = promises.Past(self.window.session.document, path)
        self._forget = self.window.session.document.state_changed.subscribe(self._past.note)

    def _use_desktop(self) -> Desktop:
        former = self.window.desktop
        assert isinstance(former, QtDesktop)
        made = Desktop(self.window, former._deeds)
        made.chance, made.folder = Random(0), self._folder
        self.window.desktop = made
        self.window.actions_._desktop = made
        return made

    def go(self, alarm: Alarm) -> None:
        """Take all steps.

        Raises:
            Broken: a promise does not hold.
        """
        for count, number in enumerate(self._plan.steps, 1):
            self._take(number)
            self._hear(alarm)
            if self._plan.is_close or count % OFTEN == 0:
                self._look()
            if self._plan.is_close or count % SELDOM == 0:
                self._look_closer()
            self._hear(alarm)
        self._end()
        self._hear(alarm)

    def _take(self, number: int) -> None:
        """One step: what it does depends on the seed and its number alone."""
        chance = Random(f"{self._plan.seed} {number}")
        for user in (self._canvas, self._panels, self.answers, self._desktop):
            user.chance = chance
        deeds: list[tuple[int, Deed]] = [*self._canvas.deeds(), *self._panels.deeds()]
        deed = chance.choices([each for _, each in deeds], [weight for weight, _ in deeds])[0]
        self.done.append(f"{number} {deed.__name__}")
        deed()
        self.hands.settle()
        self.answers.all()
        self.hands.settle()
        if self._program.windows[0] is not self.window or not self.window.isVisible():
            raise Broken("window: it is gone")
        for other in self._program.windows[1:]:
            other.session.document.undo_stack.mark_clean()
            other.close()

    def _hear(self, alarm: Alarm) -> None:
        # what Qt says of an exception comes before it
        heard, alarm.heard = sorted(alarm.heard, key=lambda each: each.startswith("Qt: ")), []
        self._tell(iter(heard))

    def _tell(self, faults: promises.Faults) -> None:
        for each in faults:
            broken = Broken(each)
            if self._plan.only in ("", broken.kind):
                raise broken

    def _look(self) -> None:
        document = self.window.session.document
        self._tell(promises.chart_faults(document.chart, document.diagram))
        self._tell(promises.window_faults(self.window))

    def _look_closer(self) -> None:
        self._tell(promises.canvas_faults(self.window))
        self._tell(promises.image_faults(self.window))

    def _end(self) -> None:
        """Let everything go, then look at all that is promised of undo, of the journal and of files."""
        self.hands.let_go(self.window.view.viewport())
        self.window.view.labelling.close()
        finish_typing(self.window)
        self.window.session.set_tool("select")
        self.window.view.tool.cancel()
        self.hands.settle()
        self.answers.all()
        self._look()
        self._look_closer()
        self._tell(promises.journal_faults(self.window, self._folder))
        self._tell(promises.saving_faults(self.window, self._folder))
        self._tell(self._past.faults())
        self.hands.settle()
        self._look()
        self._look_closer()
        self._tell(promises.journal_faults(self.window, self._folder))

    @property
    def report(self) -> str:
        """How much came of it."""
        document = self.window.session.document
        steps = document.undo_stack.steps
        sums = promises.content(document.chart, document.diagram)
        return (
            f"{len(document.chart.states)} states, {len(document.chart.transitions)} transitions, "
            f"{len(steps)} steps to undo, {sums}"
        )

    def close(self) -> None:
        """Close the window without a question."""
        self._forget()
        self.answers.stop()
        while (modal := QApplication.activeModalWidget()) is not None:
            modal.close()
        finish_typing(self.window)
        self.window.view.tool.cancel()
        self.window.session.document.undo_stack.mark_clean()
        self.window.close()
        QApplication.processEvents()


def walk(plan: Plan, program: Program) -> tuple[Broken | None, list[str], str]:
    """Take a walk; what broke, what was done, and what came of it."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["STATECHART_EDITOR_HOME"] = str(Path(name) / "home")
        settings.store(settings.Settings(theme="light", animation="off"))
        alarm = Alarm()
        made = Walk(plan, program, Path(name))
        try:
            made.go(alarm)
        except Broken as broken:
            return broken, made.done, made.report
        except Exception as error:  # noqa: BLE001 - whatever is raised is a finding, and told as one
            told = _told(type(error), error, error.__traceback__)
            return Broken(told), made.done, made.report
        finally:
            alarm.stop()
            made.close()
        return None, made.done, made.report


def shortened(plan: Plan, broken: Broken, taken: int, program: Program, patience: float) -> Plan:
    """A walk that breaks the same promise in fewer steps: cut behind, then halves, quarters and so on left out."""
    steps = list(plan.steps[:taken])
    until = time.monotonic() + patience

    def breaks(some: list[int]) -> bool:
        found, done, _ = walk(_with(plan, some, broken.kind), program)
        if found is None or found.kind != broken.kind:
            return False
        steps[:] = some[: len(done)]
        return True

    size = max(len(steps) // 2, 1)
    while size and time.monotonic() < until:
        place = 0
        while place < len(steps) and time.monotonic() < until:
            if not breaks([*steps[:place], *steps[place + size :]]):
                place += size
        size //= 2
    return _with(plan, steps, broken.kind)


def _with(plan: Plan, steps: list[int], only: str) -> Plan:
    """A walk of some of the steps, looked at closely where they are few."""
    is_close = len(steps) < CLOSE or plan.is_close
    return replace(plan, steps=tuple(steps), is_close=is_close, only=only)


def main() -> int:
    """The command: 0 when nothing broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.random_user")
    parser.add_argument("--seeds", type=int, default=10, help="how many walks")
    parser.add_argument("--first", type=int, default=1, help="the seed of the first one")
    parser.add_argument("--steps", type=int, default=2000, help="steps of a walk")
    parser.add_argument("--only", help="the steps to take, by their numbers and commas")
    parser.add_argument("--file", type=Path, help="a machine to begin with")
    parser.add_argument("--all-docks", action="store_true", help="with every dock open")
    parser.add_argument("--close", action="store_true", help="look at everything after each step")
    parser.add_argument("--patience", type=float, default=120.0, help="seconds to shorten a walk that breaks")
    options = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":
        # the order of sets is part of a walk
        os.execve(
            sys.executable,
            [sys.executable, "-m", "tests.journeys.random_user", *sys.argv[1:]],
            {**os.environ, "PYTHONHASHSEED": "0"},
        )
    faulthandler.enable()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        os.environ["STATECHART_EDITOR_HOME"] = name
        program = Program(make_application())
        failed = 0
        only = [int(each) for each in options.only.split(",")] if options.only else None
        for seed in range(options.first, options.first + options.seeds):
            steps = tuple(only) if only else tuple(range(options.steps))
            plan = Plan(seed, steps, options.file, options.all_docks, options.close)
            failed += not tried(plan, program, options.patience)
        QGuiApplication.clipboard().clear()  # what Python put there is not to outlive it
    print(f"{options.seeds} walks, {failed} of them broke a promise")
    return 1 if failed else 0


def tried(plan: Plan, program: Program, patience: float) -> bool:
    """Take a walk and tell how it went; a walk that breaks is shortened. Whether all promises held."""
    began = time.monotonic()
    print(f"seed {plan.seed}, {len(plan.steps)} steps: ", end="", flush=True)
    broken, done, report = walk(plan, program)
    took = time.monotonic() - began
    print(f"{'broken' if broken else 'well'} after {len(done)} steps, {took:.0f} s; {report}", flush=True)
    if broken is None:
        return True
    print(f"  {broken}\n  last steps: {', '.join(done[-8:])}", flush=True)
    if patience:
        short = shortened(plan, broken, len(done), program, patience)
        again, done, _ = walk(short, program)
        print(f"  {len(short.steps)} steps will do: {', '.join(done)}\n  {again}")
        print(f"  --first {plan.seed} --seeds 1 --only {','.join(map(str, short.steps))}", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main())
