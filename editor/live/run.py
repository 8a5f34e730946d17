"""A run in real time: events come from requests, delays from the clock, and its sends go out as requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from math import inf
from queue import Empty, Queue
from time import monotonic
from typing import NamedTuple

from editor.engine import http
from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.engine.snapshot import ALONE, Event, Failure, Post, Snapshot
from editor.engine.trace import TraceEntry
from editor.live.poster import Poster
from editor.live.server import Server

MOST_WAITING = 10_000
LONGEST = 0.5
"""How many seconds are waited at a time.

A signal that comes just as a wait begins does not end that wait, and on Windows none is ever ended: what Ctrl+C or the
end of the process means is heeded when the wait is over.
"""


class Arrival(NamedTuple):
    """An event for a session; with a failure the error of a request that the session made."""

    session: str
    event: Event
    failure: Failure | None = None


class Ended(NamedTuple):
    """A request is over that needs no event."""


Arrived = Queue[Arrival | Ended]


class RealTime:
    """The clock of the computer, in milliseconds since the run began."""

    def __init__(self) -> None:
        self._start = monotonic()

    def now(self) -> float:
        """What time it is."""
        return (monotonic() - self._start) * 1_000

    def wait(self, arrived: Arrived, until: float, *, is_busy: bool) -> Arrival | Ended | None:
        """What arrives next; None where that is nothing until a time."""
        while (seconds := (until - self.now()) / 1_000) > 0:
            with suppress(Empty):
                return arrived.get(timeout=min(seconds, LONGEST))
        with suppress(Empty):
            return arrived.get_nowait()
        return None


class LiveRun:
    """One run with its server: listens from when it is made until `run` or `close` ends it.

    `compile` makes the machine for the address below which its sessions are reached. `stepped` hears of each step.
    """

    def __init__(
        self,
        compile: Callable[[str], Machine],
        stepped: Callable[[TraceEntry], object],
        *,
        port: int = 0,
        time: RealTime | None = None,
    ) -> None:
        """Begin to listen.

        Raises:
            RunError: the port cannot be listened on, or the machine cannot be run.
        """
        self._arrived: Arrived = Queue()
        self._sessions: frozenset[str] = frozenset([ALONE])
        self._posting = 0
        self._server = Server(self._accept, port)
        try:
            self.machine = compile(self._server.base)
        except BaseException:
            self._server.close()
            raise
        self._poster = Poster(self._posted, self.machine.location)
        self._time = time or RealTime()
        self.simulator = Simulator(self.machine, keep_trace=False)
        self.simulator.stepped.subscribe(self._note)
        self.simulator.stepped.subscribe(stepped)

    @property
    def address(self) -> str:
        """Where events for the machine are sent to."""
        return http.location(self._server.base, ALONE)

    def run(self, events: Iterable[str] = ()) -> None:
        """Run to the end, which may never come; `events` are taken first."""
        simulator = self.simulator
        try:
            simulator.start()
            for event in events:
                simulator.send(event)
            while not self._is_over:
                self._wait()
            while self._posting:  # what a machine sends at its end still goes out
                self._ends_post(self._time.wait(self._arrived, inf, is_busy=True))
        finally:
            self.close()

    def close(self) -> None:
        """End the server and the requests."""
        self._server.close()
        self._poster.close()

    @property
    def _is_over(self) -> bool:
        snapshot = self.simulator.snapshot
        return snapshot.is_done or snapshot.is_stopped

    def _wait(self) -> None:
        simulator = self.simulator
        found = self._time.wait(self._arrived, simulator.snapshot.next_due, is_busy=self._posting > 0)
        simulator.elapse(max(self._time.now() - simulator.now, 0))
        self._ends_post(found)
        if isinstance(found, Arrival):
            simulator.arrive(*found)

    def _ends_post(self, found: Arrival | Ended | None) -> None:
        if isinstance(found, Ended) or (found is not None and found.failure is not None):
            self._posting -= 1

    def _accept(self, session: str, event: Event) -> int:
        if session not in self._sessions:
            return 404
        if self._arrived.qsize() >= MOST_WAITING:
            return 503
        self._arrived.put(Arrival(session, event))
        return 200

    def _note(self, entry: TraceEntry) -> None:
        self._sessions = frozenset(sessions_of(entry.outcome.snapshot))
        for post in entry.outcome.posts:
            self._posting += 1
            self._poster.add(post)

    def _posted(self, post: Post, fault: str) -> None:
        if not fault:
            self._arrived.put(Ended())
            return
        message = f"“{post.name or 'HTTP.POST'}” cannot be sent to “{post.target}”: {fault}."
        event = Event("error.communication", {"message": message}, "platform", post.sendid)
        self._arrived.put(Arrival(post.session, event, Failure(post.element, post.field, message)))


def sessions_of(snapshot: Snapshot) -> Iterator[str]:
    """The ids of all sessions that run, those of machines inside among them."""
    yield snapshot.session or ALONE
    for service in snapshot.services:
        if service.child is not None:
            yield from sessions_of(service.child.snapshot)
