"""Durations are exact both ways, and what is none is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.model.durations import (
    format_duration,
    parse_duration,
    parse_typed,
    to_yaml,
    typed_duration,
)


@pytest.mark.parametrize(
    ("written", "milliseconds"),
    [
        (5000, 5000), ("5000", 5000), ("200ms", 200), ("1.5s", 1500), ("2m", 120_000), ("1h", 3_600_000),
        ("1.5 s", 1500), (" 2 m ", 120_000), (".5s", 500), ("0", 0), (0, 0), (1.5, 1.5), (2.0, 2),
        ("0.1ms", 0.1), ("0.29s", 290), ("9007199254740993ms", 9007199254740993),
    ],
)  # fmt: skip
def test_a_duration_is_exact(written: str | float, milliseconds: float) -> None:
    found = parse_duration(written)
    assert found == milliseconds
    assert type(found) is type(milliseconds)


@pytest.mark.parametrize(
    "written",
    [
        "", "s", "five", "-1", "-1s", "1d", "1 s s", "1,5s", "1e3", "nan", "inf", "٣s", "1min",
        "RESET_TIMEOUT", "1s2", -1, float("nan"), float("inf"), True, False, "9" * 1000,
        10**18 + 1, 10**400, 1e19, "9" * 19, "9" * 300, "1" + "0" * 18 + "h",
    ],
)  # fmt: skip
def test_anything_else_is_no_duration(written: str | float) -> None:
    assert parse_duration(written) is None


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0 ms"), (200, "200 ms"), (1500, "1.5 s"), (5000, "5 s"), (60_000, "1 min"),
        (90_000, "1 min 30 s"), (90_500, "1 min 30.5 s"), (5_400_000, "1 h 30 min"),
        (3_600_001, "1 h 0.001 s"), (0.25, "0.25 ms"), (59_999.9999, "1 min"), (1_234_567, "20 min 34.567 s"),
        (-1500, "-1.5 s"), (float("inf"), "never"),
    ],
)  # fmt: skip
def test_people_read_durations_in_units(milliseconds: float, text: str) -> None:
    assert format_duration(milliseconds) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0ms"), (250, "250ms"), (1000, "1s"), (1500, "1.5s"), (1250, "1.25s"), (60_000, "1m"),
        (90_000, "90s"), (120_000, "2m"), (3_600_000, "1h"), (1_234_567, "1234.567s"), (0.1, "0.1ms"),
        (1_000_000, "1000s"),
    ],
)  # fmt: skip
def test_files_hold_the_shortest_text(milliseconds: float, text: str) -> None:
    assert to_yaml(milliseconds) == text


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.integers(0, 10**18), st.floats(0, 1e18)))
def test_what_is_written_reads_back(milliseconds: float) -> None:
    assert parse_duration(to_yaml(milliseconds)) == milliseconds


@pytest.mark.parametrize(
    ("typed", "in_file"),
    [
        ("1 min", "1m"), ("1min", "1m"), ("90 s", "90s"), ("1.5 s", "1.5s"), ("2 h", "2h"), ("250 ms", "250ms"),
        ("1 min 30 s", "90s"), ("1h 30min", "90m"), ("2 Minutes", "2m"), ("1 hour", "1h"), ("10 sec", "10s"),
        ("90s", "90s"), ("1500ms", "1500ms"), (" 5000 ", "5000"), ("0 ms", "0ms"), (".5 min", "30s"),
    ],
)  # fmt: skip
def test_people_type_durations_as_they_read_them(typed: str, in_file: str) -> None:
    assert typed_duration(typed) == in_file


@pytest.mark.parametrize(
    "typed",
    [
        "", "min", "5 fortnights", "1 5 s", "1 s 1 min", "1 s 2 s", "1 min 30", "-1 min", "1,5 s", "a 5 s",
        "TIMEOUT", "2 * 3", "9" * 30 + " h", "1 s " * 200, "nan s",
    ],
)  # fmt: skip
def test_anything_else_typed_is_no_duration(typed: str) -> None:
    assert typed_duration(typed) is None


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.integers(0, 10**18), st.integers(0, 10**15).map(lambda number: number / 1000)))
def test_every_duration_shown_can_be_typed_and_written(milliseconds: float) -> None:
    shown = format_duration(milliseconds)
    assert parse_typed(shown) == milliseconds
    assert parse_duration(typed_duration(shown) or "") == milliseconds


@settings(max_examples=200, deadline=None)
@given(st.floats(0, 1e18))
def test_a_duration_shown_shows_the_same_when_it_was_typed(milliseconds: float) -> None:
    shown = format_duration(milliseconds)
    typed = parse_typed(shown)
    assert typed is not None
    assert format_duration(typed) == shown
