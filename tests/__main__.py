"""All checks in one command, the same by hand and in CI: `python -m tests`, with arguments for pytest if wanted."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))

CHECKS: dict[str, list[str]] = {
    "format": [sys.executable, "-m", "ruff", "format", "--check", "--quiet", "editor", "packaging", "tests"],
    "lint": [sys.executable, "-m", "ruff", "check", "--quiet", "editor", "packaging", "tests"],
    "types": [sys.executable, "-m", "mypy", "--strict", "editor", "packaging"],
    "imports": [str(SCRIPTS / "lint-imports")],
    "tests": [sys.executable, "-m", "pytest"],
}


def main() -> int:
    """Run each check, say how it went, and return 0 when all passed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("STATECHART_TEST_PLATFORM", "offscreen")}
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        arguments = sys.argv[1:] if name == "tests" else []
        print(f"== {name}", flush=True)
        code = subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=False).returncode
        print(f"== {name}: {'ok' if code == 0 else 'failed'} in {time.monotonic() - began:.0f} s", flush=True)
        if code != 0:
            failed.append(name)
    if failed:
        print("failed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
