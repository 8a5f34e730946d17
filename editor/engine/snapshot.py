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
    """A delay that runs: of an `after` transition, or of a send (then with its event)."""

    id: str
    due: float
    length: float
    started: float
    serial: int
    transition: str = ""
    state: int = -1
    event: Event | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """An active invocation; `state` is the index of its state."""

    id: str
    src: str
    state: int
    uid: str
    input: Data = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An expression that failed: where it stands and why."""

    element: str
    field: str
    message: str
    text: str = ""

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
    """Everything a run needs to go on. `active` has the bit of each active state's index."""

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
