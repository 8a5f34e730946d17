"""What can go wrong and is the user's to mend; everything else that is raised is our bug.

::

    EditorError                 shown to the user, never with a traceback
      ChartError                an edit that would break the chart (nothing changed)
      FormatError               unreadable text: file, line, column, what was expected
      FileError                 a file that cannot be opened, written or found
      ExpressionError           an expression that cannot be parsed or evaluated
      StepLimitError            a macrostep that does not settle
      RunError                  a run that was asked for something it cannot do
      ScreenError               no screen, or a library of the system that Qt needs is missing
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class EditorError(Exception):
    """Base of all errors whose message is written for the user."""


class ChartError(EditorError):
    """An edit that would break the chart; the gate refused it and nothing changed."""


class FileError(EditorError):
    """A file that cannot be opened, written or found."""


class RunError(EditorError):
    """A run that was asked for something it cannot do, such as finishing a service that is not active."""


class ScreenError(EditorError):
    """There is no screen to draw on, or a library of the system that Qt needs is missing."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that makes a text unreadable; line and column count from 1, None where unknown."""

    message: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return self.message
        return f"{self.line}:{self.column or 1}: {self.message}"


class FormatError(EditorError):
    """A text that cannot be read as a machine; carries every flaw that was found."""

    def __init__(self, flaws: Sequence[Flaw], *, file: str = "") -> None:
        self.flaws = tuple(flaws)
        self.file = file
        super().__init__("\n".join(f"{file}:{flaw}" if file else str(flaw) for flaw in self.flaws))


class ExpressionError(EditorError):
    """An expression that cannot be parsed or evaluated; column counts from 1 within its text.

    `action` is the kind of action that failed of it, and `sendid` the id of the send, where these are known.
    """

    def __init__(self, message: str, *, text: str = "", column: int | None = None) -> None:
        self.message = message
        self.text = text
        self.column = column
        self.action = ""
        self.sendid = ""
        super().__init__(message)


class StepLimitError(EditorError):
    """A macrostep that does not settle; names the states of the eventless cycle."""

    def __init__(self, message: str, *, states: Sequence[str] = ()) -> None:
        self.states = tuple(states)
        super().__init__(message)
