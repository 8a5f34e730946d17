from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue

from editor.layout_engine.serving import next_line


def test_one_practises_until_something_is_asked_and_goes_on_when_it_is_answered() -> None:
    lines: SimpleQueue[str] = SimpleQueue()
    done = []

    def practice() -> Iterator[int]:
        for number in range(6):
            done.append(number)
            if number in (1, 3):
                lines.put(f"asked after {number}")
            yield number

    pieces = practice()
    assert next_line(lines, pieces) == "asked after 1"
    assert done == [0, 1]
    assert next_line(lines, pieces) == "asked after 3"
    lines.put("at once")
    assert next_line(lines, pieces) == "at once"
    assert done == [0, 1, 2, 3]


def test_when_all_is_practised_a_line_is_waited_for() -> None:
    lines: SimpleQueue[str] = SimpleQueue()
    done = []

    def practice() -> Iterator[int]:
        yield 1
        done.append(1)
        lines.put("late")

    assert next_line(lines, practice()) == "late"
    assert done == [1]
