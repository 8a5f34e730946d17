"""Runs other people's tests and prints the table: `python -m tests.conformance [PART OF A NAME]`."""

from __future__ import annotations

import sys

from tests.conformance.suites import FOLDER, cases, fault, known_failure


def main(words: list[str]) -> int:
    found = [case for case in cases() if all(word in case.name for word in words)]
    if not found:
        print(f"There are no tests in {FOLDER}.", file=sys.stderr)
        return 2
    suites: dict[str, list[int]] = {}
    faults: list[str] = []
    for case in found:
        why = fault(case)
        counts = suites.setdefault(case.suite, [0, 0, 0])
        if case.expected == "unspecified":
            counts[2] += 1
        else:
            counts[1 if why else 0] += 1
        if why:
            note = ", expectation not relied on" if case.expected == "unspecified" else ""
            note += f", known: {known_failure(case)}" if known_failure(case) else ""
            faults.append(f"  {case.name}{' (mandatory)' if case.is_mandatory else ''}{note}: {why}")
    print(f"{'suite':<28}{'passed':>8}{'failed':>8}{'not judged':>12}")
    for suite, (passed, failed, unjudged) in suites.items():
        print(f"{suite:<28}{passed:>8}{failed:>8}{unjudged:>12}")
    print("\n".join(faults))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
