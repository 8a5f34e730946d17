"""Later: a value that is made beside the work at hand, and waited for only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """Runs a pure function in a thread of its own, which does not keep the process from ending.

    `concurrent.futures` would do, but costs 25 ms of every start for its import.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._made: list[T] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, args=(make,), name="later", daemon=True)
        self._thread.start()

    def _run(self, make: Callable[[], T]) -> None:
        try:
            self._made.append(make())
        except Exception as error:  # noqa: BLE001 - it is raised again in `result`
            self._error = error

    @property
    def is_ready(self) -> bool:
        """Whether `result` answers at once."""
        return not self._thread.is_alive()

    def result(self) -> T:
        """What was made; waits for it. What the function raised is raised here."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._made[0]
