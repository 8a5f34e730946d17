"""What a run is at one instant, and what one step did: frozen records that share what did not change.

Those that every event makes are named tuples, which are made several times faster than frozen data classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from editor.model.elements import Data

if TYPE_CHECKING:
    from editor.engine.machine import Machine

made = tuple.__new__
"""Makes a named tuple of all its fields in order; its own constructor goes the long way through a Python function."""

ALONE = "1"
"""The session of a machine that nothing invoked."""

_NO_DATA: dict[str, Data] = {}
_NO_MASKS: dict[int, int] = {}


class Event(NamedTuple):
    """What a machine receives.

    `kind` is `internal`, `external` or, for one that the engine raises, `platform`; the rest is empty where it does
    not apply: the id of the send it comes from, where an answer goes and by which way, the invocation it comes from,
    and the text that it came as.
    """

    name: str
    data: Data = None
    kind: str = "external"
    sendid: str = ""
    origin: str = ""
    origintype: str = ""
    invokeid: str = ""
    raw: str = ""


class Timer(NamedTuple):
    """A delay that runs: of an `after` transition, or of a send (then with its event and, not for itself, `to`).

    Times are milliseconds; `due` is infinite while the delay `name` is unknown. `state` is an index, -1 for
    a send; then `element` and `field` say where it was sent.
    """

    id: str
    due: float
    length: float
    started: float
    serial: int
    transition: str = ""
    state: int = -1
    event: Event | None = None
    name: str = ""
    to: str = ""
    element: str = ""
    field: str = ""


class Service(NamedTuple):
    """An active invocation; `state` is the index of its state, `child` the machine that it runs, if it does."""

    id: str
    src: str
    state: int
    uid: str
    input: Data = None
    forwards: bool = False
    child: Child | None = None


class Child(NamedTuple):
    """A machine that runs inside of another one, how it is now, and the text that it is if it stands in no file."""

    machine: Machine
    snapshot: Snapshot
    text: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """An expression that failed: the element and field where it stands, why, and the column in its text."""

    element: str
    field: str
    message: str
    text: str = ""
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.message} (in “{self.text}”)" if self.text else self.message


class Microstep(NamedTuple):
    """One set of transitions: exits innermost first, transitions, entries outermost first; ids of the chart."""

    exited: tuple[str, ...]
    transitions: tuple[str, ...]
    entered: tuple[str, ...]
    event: str = ""


class Snapshot(NamedTuple):
    """Everything a run needs to go on. `active` has the bit of each active state's index.

    `history` has what was active below the parent of a history when it was last left, `previous` what was active
    before the last macrostep that changed it. `timers` are in the order in which they run out.

    Of machines in sessions: what the language keeps (`memory`), the states whose data have their values (`bound`),
    the last event, and the id of the session.
    """

    active: int = 0
    context: dict[str, Data] = _NO_DATA
    history: dict[int, int] = _NO_MASKS
    previous: dict[int, int] = _NO_MASKS
    timers: tuple[Timer, ...] = ()
    services: tuple[Service, ...] = ()
    clock: float = 0
    serial: int = 0
    is_done: bool = False
    is_started: bool = False
    is_stopped: bool = False
    memory: Any = None
    bound: int = 0
    event: Event | None = None
    session: str = ""

    @property
    def next_due(self) -> float:
        """When the next delay runs out, of this machine or one inside of it; infinite when none does."""
        due = self.timers[0].due if self.timers else inf
        for service in self.services:
            if service.child is not None:
                due = min(due, service.child.snapshot.next_due)
        return due


class Post(NamedTuple):
    """A request that a step asks for: the session it is of, its address, the event and its text, the send's id.

    `element` and `field` say where it was sent.
    """

    session: str
    target: str
    name: str
    body: str
    sendid: str
    element: str
    field: str


class Told(NamedTuple):
    """What working off one input did, without what the run is then; `event` is what came in."""

    event: str
    microsteps: tuple[Microstep, ...] = ()
    actions: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    logs: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    unhandled: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()


class Outcome(NamedTuple):
    """What working off one input did, with the snapshot after it; `posts` are to be carried out."""

    snapshot: Snapshot
    microsteps: tuple[Microstep, ...] = ()
    actions: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    logs: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    unhandled: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
