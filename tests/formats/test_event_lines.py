"""Events as lines: names and JSON, one step a line, and what is neither is told with its line."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import FormatError
from editor.formats import event_lines
from editor.model.scenario import Advance, Deed, SendEvent


def deeds(data: bytes) -> list[Deed | None]:
    return [step.do for step in event_lines.read(io.BytesIO(data), name="e")]


@pytest.mark.parametrize(
    ("line", "deed"),
    [
        ("GO", SendEvent(event="GO")),
        (" a b.c \r", SendEvent(event="a b.c")),
        ('"{}"', SendEvent(event="{}")),
        ('{"send": "E"}', SendEvent(event="E")),
        ('{"send": "E", "data": {"n": [1, null]}}', SendEvent(event="E", data={"n": [1, None]})),
        ('{"advance": "1.5s"}', Advance(milliseconds=1500)),
        ('{"advance": 20}', Advance(milliseconds=20)),
    ],
)
def test_a_line_is_a_step(line: str, deed: Deed) -> None:
    assert deeds(f"\ufeff\n{line}\n\n".encode()) == [deed]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"\xff", "no UTF-8"),
        (b"{", "no JSON"),
        (b"[" * 9 + b"{", None),
        (b'{"send": 1}', "no event"),
        (b'{"send": "E", "to": "x"}', "no event"),
        (b'{"advance": -1}', "no event"),
        (b'{"advance": true}', "no event"),
        (b'{"advance": NaN}', "no number"),
        (b'{"a":' * 100_000, "no JSON"),
        (b"x" * 1_000_001, "at most"),
    ],
)
def test_what_is_no_step_is_told_with_its_line_after_those_before(line: bytes, words: str | None) -> None:
    found = event_lines.read(io.BytesIO(b"A\n" + line + b"\nB\n"), name="e")
    assert next(found).do == SendEvent(event="A")
    if words is None:  # a name, odd as it is
        assert next(found).do == SendEvent(event=line.decode())
        return
    with pytest.raises(FormatError, match=words) as error:
        next(found)
    assert error.value.flaws[0].line == 2


@given(st.lists(st.tuples(st.text(), st.none() | st.integers() | st.lists(st.text()))))
def test_all_that_is_written_as_json_is_read_again(events: list[tuple[str, object]]) -> None:
    lines = [json.dumps({"send": name, "data": data}) for name, data in events]
    assert deeds("\n".join(lines).encode()) == [
        SendEvent(event=name, data=data)
        for name, data in events  # type: ignore[arg-type]
    ]
