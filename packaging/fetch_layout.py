"""Brings the libraries that propose drawings among the resources: `python packaging/fetch_layout.py`, once."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from packager import engine
from packager.errors import PackagingError


def main() -> int:
    """Fetch them, and say what happened."""
    try:
        is_new = engine.fetch()
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    versions = ", ".join(f"{package} {version}" for package, version in engine.pinned().items())
    print(f"{versions} {'fetched' if is_new else 'are there'}: {engine.FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
