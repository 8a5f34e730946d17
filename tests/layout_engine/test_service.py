from __future__ import annotations

from queue import SimpleQueue
from threading import Event

import pytest

from editor.layout_engine import parts
from editor.layout_engine.options import Options, Rung, Scope
from editor.layout_engine.process import EngineProcess
from editor.layout_engine.rungs import Proposal
from editor.layout_engine.service import LayoutService
from editor.layout_engine.warm import Kept, Limits, Warm
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed
from tests.layout_engine import children
from tests.layout_engine.children import child, impatient

SMALL = "initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a}}}"
ENGINE = Options(rungs=frozenset({Rung.LEVELS, Rung.PLAIN}))
PLAIN = Options(rungs=frozenset({Rung.PLAIN}))


class Bench:
    """A service whose engine, or graphlay, never answers, and what it gave."""

    def __init__(self, *, is_graphlay: bool = False) -> None:
        self.started: list[EngineProcess] = []
        self.asked = Event()
        self.given: SimpleQueue[tuple[str, Proposal]] = SimpleQueue()
        starts = (children.nobody, self._start) if is_graphlay else (self._start, children.nobody)
        limits = Limits(wait=self._wait)
        self.service = LayoutService(Warm(starts[0], limits, Kept(starts[1], limits)))
        self.chart = chart(SMALL)
        self.diagram = placed(self.chart)

    program = children.SILENT

    def _start(self) -> EngineProcess:
        self.started.append(child(self.program))
        return self.started[-1]

    def _wait(self, event: Event, seconds: float) -> bool:
        if seconds == (Limits().start if self.program == children.SLEEPING else Limits().soft):
            self.asked.set()
        return impatient(event, seconds)

    def propose(self, name: str, options: Options):  # type: ignore[no-untyped-def]
        def done(proposal: Proposal) -> None:
            self.given.put((name, proposal))

        return self.service.propose(self.chart, self.diagram, options, done, measure=MEASURE)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(parts, "missing", lambda: None)
    made = Bench()
    yield made
    made.service.close()


def test_a_proposal_is_handed_over_when_it_is_done(bench: Bench) -> None:
    bench.propose("one", PLAIN)
    name, proposal = bench.given.get(timeout=60)
    assert (name, proposal.rung) == ("one", Rung.PLAIN)
    assert proposal.diagram.boxes.keys() >= {id_of(bench.chart, "a"), id_of(bench.chart, "b")}


def test_the_newest_request_of_a_kind_counts_and_ends_the_one_before(bench: Bench) -> None:
    first = bench.propose("first", ENGINE)
    assert bench.asked.wait(60)
    bench.propose("second", PLAIN)
    assert bench.given.get(timeout=60)[0] == "second"
    assert first.is_cancelled()
    assert not bench.started[0].is_alive
    assert bench.given.empty()


def test_graphlay_is_ended_too_when_a_newer_request_comes() -> None:
    bench = Bench(is_graphlay=True)
    bench.propose("first", Options(rungs=frozenset({Rung.GRAPHLAY, Rung.PLAIN})))
    assert bench.asked.wait(60)
    bench.propose("second", PLAIN)
    assert bench.given.get(timeout=60)[0] == "second"
    assert not bench.started[0].is_alive
    assert bench.given.empty()
    bench.service.close()


@pytest.mark.parametrize("missing", [None, "A file is missing."])
def test_where_the_engine_cannot_be_had_graphlay_is_warmed_up(
    missing: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "missing", lambda: missing)
    is_ready = Event()

    def start() -> EngineProcess:
        is_ready.set()
        return child(children.SILENT)

    service = LayoutService(Warm(lambda: child(children.UNLOADED), graphlay=Kept(start, Limits())))
    service.warm_up()
    assert is_ready.wait(60)
    service.close()


def test_an_engine_that_is_ready_is_warm_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "missing", lambda: None)
    warm = Warm(lambda: child(children.SILENT), graphlay=Kept(children.nobody, Limits()))
    warm.warm_up()
    assert warm.ready().is_alive
    warm.kill()


def test_a_request_for_lines_does_not_end_one_for_places(bench: Bench) -> None:
    first = bench.propose("places", ENGINE)
    assert bench.asked.wait(60)
    bench.propose("lines", Options(scope=Scope.ROUTES, rungs=frozenset({Rung.PLAIN})))
    assert not first.is_cancelled()
    bench.started[0].kill()
    assert {bench.given.get(timeout=60)[0], bench.given.get(timeout=60)[0]} == {"places", "lines"}


def test_what_is_cancelled_is_never_handed_over_and_its_engine_is_ended(bench: Bench) -> None:
    ticket = bench.propose("cancelled", ENGINE)
    assert bench.asked.wait(60)
    ticket.cancel()
    assert not bench.started[0].is_alive
    bench.propose("after", PLAIN)
    assert bench.given.get(timeout=60)[0] == "after"
    assert bench.given.empty()


def test_an_engine_that_is_being_loaded_is_left_to_that_when_its_request_is_cancelled(bench: Bench) -> None:
    bench.program = children.SLEEPING
    ticket = bench.propose("cancelled", ENGINE)
    assert bench.asked.wait(60)
    ticket.cancel()
    [process] = bench.started
    assert process.is_alive
    bench.service.close()
    assert not process.is_alive
    assert bench.given.empty()


def test_what_waits_can_be_cancelled_too(bench: Bench) -> None:
    bench.propose("places", ENGINE)
    assert bench.asked.wait(60)
    waiting = bench.propose("lines", Options(scope=Scope.ROUTES, rungs=frozenset({Rung.PLAIN})))
    waiting.cancel()
    bench.started[0].kill()
    assert bench.given.get(timeout=60)[0] == "places"
    bench.propose("after", PLAIN)
    assert bench.given.get(timeout=60)[0] == "after"


def test_a_chart_may_change_while_its_proposal_is_made(bench: Bench) -> None:
    bench.propose("one", ENGINE)
    assert bench.asked.wait(60)
    for id in list(bench.diagram.boxes):
        bench.diagram.put_box(id, None)
    bench.started[0].kill()
    assert bench.given.get(timeout=60)[1].diagram.boxes.keys() >= {id_of(bench.chart, "a")}


def test_a_closed_service_takes_nothing_on(bench: Bench) -> None:
    bench.service.close()
    assert bench.propose("late", PLAIN).is_cancelled()
