"""Durations are exact both ways, and what is none is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.model.durations import format_duration, parse_duration, to_yaml


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
