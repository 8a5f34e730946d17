"""What is known of a closure beforehand, so that a run that nobody watches can go a shorter way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from editor.engine.sums import Sum

Code = TypeVar("Code", bound=Callable[[Any], Any])
_KNOWN, _PLAIN = "known", "is_plain"


class Known(NamedTuple):
    """All that a closure does: it notes the name of an action, makes sums, or (`is_timing`) starts and ends delays.

    None of this raises events, asks for the configuration, or can fail but for a sum.
    """

    name: str = ""
    sums: tuple[Sum, ...] = ()
    is_timing: bool = False


def sees_data_only(guard: Callable[[Any], Any] | None) -> bool:
    """Whether it is known of a guard that it asks for nothing but keys of the context."""
    return hasattr(guard, _PLAIN)


def as_seeing_data_only(guard: Code) -> Code:
    """The closure, with that known of it."""
    setattr(guard, _PLAIN, True)
    return guard


def known(code: Callable[[Any], None]) -> Known | None:
    """What a closure does, where that is known."""
    found: Known | None = getattr(code, _KNOWN, None)
    return found


def as_known(code: Code, what: Known) -> Code:
    """The closure, with what it does."""
    setattr(code, _KNOWN, what)
    return code
