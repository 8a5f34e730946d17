"""Runs other people's tests and prints the table: `python -m tests.conformance [PART OF A NAME]`.

Below it stands why each fails that does, and what those say that a person has to judge.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.conformance.suites import FOLDER, KNOWN, Case, cases, fault, record, unjudged

COLUMNS = ("passed", "failed", "not judged", "to be read")


def main(words: list[str]) -> int:
    """Run the cases whose names have all the words in them."""
    found = [case for case in cases() if all(word in case.name for word in words)]
    if not found:
        print(f"There are no tests in {FOLDER}.", file=sys.stderr)
        return 2
    counts: dict[str, Counter[str]] = {}
    below: list[str] = []
    for case in found:
        outcome, lines = judged(case)
        counts.setdefault(case.suite, Counter())[outcome] += 1
        below += lines
    print(f"{'suite':<28}" + "".join(f"{column:>12}" for column in COLUMNS))
    for suite, counted in counts.items():
        print(f"{suite:<28}" + "".join(f"{counted[column]:>12}" for column in COLUMNS))
    print("\n".join(below))
    return 1 if any(counted["failed"] for counted in counts.values()) else 0


def judged(case: Case) -> tuple[str, list[str]]:
    """The column of a case, and what is told of it below."""
    if case.kind == "manual":
        return "to be read", [f"{case.name}:", *(f"    {line}" for line in record(case))]
    why = fault(case)
    if reason := unjudged(case):
        told = f"; here: {why}" if why else ""
        return "not judged", [f"{case.name}, as {reason}{told}"] if why or case.kind == "macrosteps" else []
    if not why:
        return "passed", []
    known = f", known ({KNOWN[case.name]})" if case.name in KNOWN else ""
    return "failed", [f"{case.name}{', mandatory' if case.is_mandatory else ''}{known}: {why}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
