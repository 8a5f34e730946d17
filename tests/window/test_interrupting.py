from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IDLE = """
import signal
import sys
from PySide6.QtWidgets import QApplication
from editor.window.interrupting import Interrupts

application = QApplication([])
signal.signal(signal.SIGALRM, lambda *_: application.quit())
Interrupts(application)
signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
sys.exit(application.exec())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signal can be had of the clock there")
def test_a_signal_is_heard_while_nothing_happens_in_the_windows(tmp_path: Path) -> None:
    """It comes again and again, as the first may come before all is still."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "STATECHART_EDITOR_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", IDLE], cwd=ROOT, env=environment, timeout=60, check=False)
    assert done.returncode == 0
