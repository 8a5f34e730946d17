from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor import __version__
from editor.commands import report
from editor.commands.report import MOST_LINES, last_mistake
from editor.commands.table import COMMANDS
from editor.document import settings
from editor.session import Session
from tests.commands.desk import FakeDesktop

LOG = """\
2026-01-02 10:00:00,001 CRITICAL A mistake of the program
Traceback (most recent call last):
ValueError: the first
2026-01-02 10:00:01,001 WARNING a remark
2026-01-02 10:00:02,001 CRITICAL A mistake of the program
Traceback (most recent call last):
  File "x.py", line 1, in <module>
ValueError: the last
2026-01-02 10:00:03,001 WARNING another remark
"""


def write_log(text: str) -> Path:
    path = settings.log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_has_versions_sizes_and_the_last_mistake(session: Session, desktop: FakeDesktop) -> None:
    write_log(LOG)
    COMMANDS["help.report"].run(session, desktop)
    (told,) = desktop.told
    assert f"Statechart Editor {__version__}" in told
    assert "Python 3." in told
    assert "PySide6_Essentials 6." in told
    assert "Open: 5 states, 6 transitions, .yaml" in told
    assert told.endswith('File "x.py", line 1, in <module>\nValueError: the last')


def test_it_says_nothing_of_what_is_open_but_its_size(session: Session) -> None:
    told = report.text(session)
    assert "door" not in told
    assert "OPEN" not in told
    assert told.endswith("No mistake was written down.")


def test_the_name_of_the_person_is_left_out(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "jane")
    write_log(f'2026-01-02 10:00:00,001 ERROR x\n  File "{tmp_path / "jane" / "code" / "x.py"}", line 1')
    told = report.text(session)
    assert "jane" not in told
    assert '"~' in told


def test_what_the_program_writes_down_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.Logger("here")
    logger.addHandler(handler)
    logger.warning("a remark")
    assert last_mistake(path) == ""
    try:
        raise ValueError("of ours")
    except ValueError:
        logger.critical("A mistake", exc_info=True)
    handler.close()
    assert last_mistake(path).splitlines()[0].endswith("CRITICAL A mistake")
    assert last_mistake(path).splitlines()[-1] == "ValueError: of ours"


def test_of_a_long_trace_the_end_is_told() -> None:
    lines = "\n".join(f"line {number}" for number in range(500))
    told = last_mistake(write_log(f"2026-01-02 10:00:00,001 ERROR long\n{lines}\n")).splitlines()
    assert told[0].endswith("long")
    assert told[1].endswith("left out")
    assert told[-1] == "line 499"
    assert len(told) == MOST_LINES + 1
    assert int(told[1].split()[1]) + len(told) - 1 == 501


def test_there_may_be_no_log(tmp_path: Path) -> None:
    assert last_mistake(tmp_path / "none.log") == ""
    assert last_mistake(tmp_path) == ""


@given(st.binary(max_size=300))
def test_whatever_the_log_holds_is_no_error(data: bytes) -> None:
    path = settings.log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data + LOG.encode() + data)
    assert "the last" in last_mistake(path)
