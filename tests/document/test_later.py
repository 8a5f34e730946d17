"""A value made beside the work at hand: asked for twice it is the same, and its error is raised where it is asked."""

from threading import Event

import pytest

from editor.document.later import Later


def test_it_gives_what_the_function_gave_every_time() -> None:
    calls: list[int] = []

    def make() -> list[int]:
        calls.append(1)
        return [7]

    later = Later(make)
    assert later.result() == [7]
    assert later.result() is later.result()
    assert calls == [1]


def test_an_error_is_raised_to_the_one_who_asks() -> None:
    def make() -> int:
        raise ValueError("not a number")

    later = Later(make)
    with pytest.raises(ValueError, match="not a number"):
        later.result()


def test_it_tells_whether_it_is_made_without_waiting() -> None:
    gate = Event()
    later = Later(gate.wait)
    assert not later.is_ready
    gate.set()
    assert later.result()
    assert later.is_ready
