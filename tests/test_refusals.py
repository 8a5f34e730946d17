from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.refusals import why_unread, why_unwritten


def failed(do: Callable[[], object]) -> OSError | ValueError:
    with pytest.raises((OSError, ValueError)) as caught:
        do()
    assert isinstance(caught.value, OSError | ValueError)
    return caught.value


def test_what_the_system_refuses_is_told_in_plain_words(tmp_path: Path) -> None:
    file, circle, gone = tmp_path / "file", tmp_path / "circle", tmp_path / "gone" / "file"
    file.write_text("", encoding="utf-8")
    circle.symlink_to(circle)
    assert why_unread(failed(gone.read_bytes)) == "it does not exist"
    assert why_unwritten(failed(lambda: gone.write_bytes(b""))) == "its folder does not exist"
    for each in (why_unread, why_unwritten):
        assert each(failed(circle.read_bytes)) == "its links lead in a circle"
        assert each(failed((file / "in").read_bytes)) == "a part of its path is no folder"
        assert each(failed((tmp_path / ("n" * 5000)).read_bytes)) == "its name is too long"
        assert each(failed(Path("a\0b").read_bytes)) == "such a name is not possible"
        assert each(failed((tmp_path / "\udcff\ud800").read_bytes)) == "such a name is not possible"


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_refusal_has_a_reason_in_words_that_ends_no_sentence(number: int) -> None:
    for told in (why_unread, why_unwritten):
        reason = told(OSError(number, os.strerror(number)))
        assert len(reason) > 3
        assert not reason.endswith(".")
        assert "Errno" not in reason


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOENT])
def test_the_language_of_the_desktop_does_not_mix_in(number: int) -> None:
    for told in (why_unread, why_unwritten):
        assert told(OSError(number, "Vorgang nicht möglich")) == told(OSError(number, os.strerror(number)))
        assert "Vorgang" not in told(OSError(number, "Vorgang nicht möglich"))


def test_a_refusal_without_a_number_is_told_as_it_is() -> None:
    assert why_unread(OSError("the tape is torn")) == "the tape is torn"
    assert why_unwritten(OSError()) == "OSError"
