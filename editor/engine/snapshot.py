"""What a run is at one instant, and what one step did: frozen records that share what did not change."""

from __future__ import annotations

from dataclasses import dataclass, field

from editor.model.elements import Data


@dataclass(frozen=True, slots=True)
class Event:
    """What a machine receives. `key` is set for those that only one trigger can match, such as a timer's."""

    name: str
    data: Data = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
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


@dataclass(frozen=True, slots=True)
class Service:
    """An active invocation; `state` is the index of its state."""

    id: str
    src: str
    state: int
    uid: str
    input: Data = None
    forwards: bool = False


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


@dataclass(frozen=True, slots=True)
class Microstep:
    """One set of transitions: exits innermost first, transitions, entries outermost first; ids of the chart."""

    exited: tuple[str, ...]
    transitions: tuple[str, ...]
    entered: tuple[str, ...]
    event: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a run needs to go on. `active` has the bit of each active state's index.

    `history` has what was active below the parent of a history when it was last left, `previous` what was active
    before the last macrostep that changed it. `timers` are in the order in which they run out.
    """

    active: int = 0
    context: dict[str, Data] = field(default_factory=dict)
    history: dict[int, int] = field(default_factory=dict)
    previous: dict[int, int] = field(default_factory=dict)
    timers: tuple[Timer, ...] = ()
    services: tuple[Service, ...] = ()
    clock: float = 0
    serial: int = 0
    is_done: bool = False
    is_started: bool = False
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What working off one input did, with the snapshot after it."""

    snapshot: Snapshot
    microsteps: tuple[Microstep, ...] = ()
    actions: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    logs: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    unhandled: tuple[str, ...] = ()
