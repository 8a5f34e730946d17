from __future__ import annotations

from collections.abc import Iterator
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from editor.layout_engine import parts
from editor.layout_engine.options import Options, Rung, Scope
from editor.layout_engine.process import EngineProcess
from editor.layout_engine.rungs import Proposal
from editor.layout_engine.service import LayoutService
from editor.layout_engine.warm import Limits, Warm
from editor.window.proposing import Proposer
from tests.charts import chart
from tests.layout.charts import MEASURE, placed
from tests.layout_engine import children
from tests.layout_engine.children import child, impatient

CHART = chart("initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a}}}")
PLAIN = Options(rungs=frozenset({Rung.PLAIN}))
LINES = Options(rungs=frozenset({Rung.PLAIN}), scope=Scope.ROUTES)
ENGINE = Options(rungs=frozenset({Rung.LEVELS, Rung.PLAIN}))


class Asking:
    """A window's door to an engine that never answers, and what came through it."""

    def __init__(self) -> None:
        self.waiting = Event()
        self.given: list[tuple[str, Proposal]] = []
        self.proposer = Proposer(LayoutService(Warm(self._start, Limits(wait=self._wait))))

    @staticmethod
    def _start() -> EngineProcess:
        return child(children.SILENT)

    def _wait(self, event: Event, seconds: float) -> bool:
        if seconds == Limits().soft:
            self.waiting.set()
        return impatient(event, seconds)

    def ask(self, name: str, options: Options):  # type: ignore[no-untyped-def]
        def done(proposal: Proposal) -> None:
            assert current_thread() is main_thread()
            self.given.append((name, proposal))

        return self.proposer.propose(CHART, placed(CHART), options, done, measure=MEASURE)

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.given]


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch, qapp: QCoreApplication) -> Iterator[Asking]:
    monkeypatch.setattr(parts, "missing", lambda: None)
    made = Asking()
    yield made
    made.proposer.close()


def test_a_proposal_comes_when_the_event_loop_is_free_and_never_before(asking: Asking, qtbot: QtBot) -> None:
    asking.ask("one", PLAIN)
    assert asking.given == []
    qtbot.waitUntil(lambda: asking.names == ["one"], timeout=60_000)
    assert asking.given[0][1].rung is Rung.PLAIN


def test_of_each_kind_the_newest_request_is_answered(asking: Asking, qtbot: QtBot) -> None:
    for number in range(5):
        asking.ask(f"places {number}", PLAIN)
        asking.ask(f"lines {number}", LINES)
    qtbot.waitUntil(lambda: len(asking.given) == 2, timeout=60_000)
    assert sorted(asking.names) == ["lines 4", "places 4"]


def test_nothing_comes_of_what_was_cancelled_not_even_what_was_done_already(
    asking: Asking, qtbot: QtBot
) -> None:
    done = Event()
    ticket = asking.proposer.propose(CHART, placed(CHART), PLAIN, lambda _: done.set(), measure=MEASURE)
    later = asking.ask("lines", LINES)
    ticket.cancel()
    qtbot.waitUntil(lambda: asking.names == ["lines"], timeout=60_000)
    assert not done.is_set()
    assert not later.is_cancelled()


def test_an_engine_that_never_answers_is_ended_by_cancelling(asking: Asking, qtbot: QtBot) -> None:
    ticket = asking.ask("never", ENGINE)
    assert asking.waiting.wait(60)
    ticket.cancel()
    asking.ask("plain", PLAIN)
    qtbot.waitUntil(lambda: asking.names == ["plain"], timeout=60_000)


def test_nothing_comes_after_closing(asking: Asking, qtbot: QtBot) -> None:
    asking.ask("one", PLAIN)
    asking.proposer.close()
    asking.ask("two", PLAIN)
    QCoreApplication.processEvents()
    assert asking.given == []


def test_who_waits_long_is_told_in_the_same_thread(
    qapp: QCoreApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "missing", lambda: None)
    no_time = Limits(soft=0.1, hard=0.2, start=30, wait=impatient)
    proposer = Proposer(LayoutService(Warm(lambda: child(children.SILENT), no_time)))
    told: list[object] = []

    def slow() -> None:
        told.append(current_thread())

    proposer.propose(CHART, placed(CHART), ENGINE, told.append, measure=MEASURE, slow=slow)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=60_000)
    proposer.close()
    assert told[0] is main_thread()
    assert isinstance(told[1], Proposal)
