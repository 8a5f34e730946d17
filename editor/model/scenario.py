"""A scenario: a run written down, as steps with at most one thing to do and checks of what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from editor.model.elements import Data


@dataclass(frozen=True, slots=True, kw_only=True)
class SendEvent:
    """Send an event and run until nothing is left to do at this instant."""

    event: str
    data: Data = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """Move the clock, in milliseconds, firing what falls due in order."""

    milliseconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGuards:
    """Answer unknown guards from here on."""

    answers: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDelays:
    """Give unknown delays their length in milliseconds from here on."""

    answers: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Finish an active invocation, by its id or its `src`, with a result."""

    service: str
    data: Data = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail:
    """Fail an active invocation, by its id or its `src`, with an error."""

    service: str
    data: Data = None


Deed: TypeAlias = "SendEvent | Advance | AnswerGuards | AnswerDelays | Finish | Fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; a check that is None is not made. `line` counts from 1, 0 where there is no file."""

    do: Deed | None = None
    expect: tuple[str, ...] | None = None
    context: tuple[tuple[str, Data], ...] | None = None
    actions: tuple[str, ...] | None = None
    finished: bool | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The steps of a run, in order."""

    steps: tuple[Step, ...] = ()
    name: str = ""
