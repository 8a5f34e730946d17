"""Other people's tests pass: all of them but those that are known to fail, and these do fail."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest

from tests.conformance.suites import FOLDER, Case, cases, fault, known_failure

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
    why = fault(case)
    if case.expected == "unspecified":
        return  # it ran, and that is all that is asked
    known = known_failure(case)
    if known:
        assert why, f"This is known to fail ({known}) and passes: take it off the list."
    else:
        assert why == ""
