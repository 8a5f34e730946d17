"""Other people's tests pass: all of them but those that are known to fail, and these do fail."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest

from tests.conformance.suites import FOLDER, KNOWN, Case, cases, fault, record, unjudged

CASES = list(cases())


def missing(what: str) -> None:
    """Skip; where everything must be there, fail."""
    if os.environ.get("STATECHART_REQUIRE_SHARED"):
        pytest.fail(what)
    pytest.skip(what)


def test_the_tests_are_there() -> None:
    if not CASES:
        missing(f"no tests of other people are in the shared folder {FOLDER}")
    if find_spec("py_mini_racer") is None:
        missing(f"{len(CASES)} tests need the extra javascript")


@pytest.mark.skipif(find_spec("py_mini_racer") is None, reason="the extra javascript is not installed")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_ends_as_its_author_says(case: Case) -> None:
    if case.kind == "manual":
        assert record(case)  # it runs to an end that a person can read of
    elif unjudged(case):
        fault(case)  # it runs, which is all that is asked
    elif case.name in KNOWN:
        assert fault(case), "This is known to fail and passes: take it off the list."
    else:
        assert fault(case) == ""


@pytest.mark.skipif(find_spec("py_mini_racer") is None, reason="the extra javascript is not installed")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_ends_so_when_it_is_written_anew(case: Case) -> None:
    if case.kind != "manual" and case.name not in KNOWN and not unjudged(case):
        assert fault(case, is_anew=True) == ""
