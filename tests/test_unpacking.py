from __future__ import annotations

import errno
import io
import json
import lzma
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor import unpacking
from editor.unpacking import LIST, SUFFIX, UnpackingError, unpacked

ROOT = Path(__file__).resolve().parent.parent
CODE, DATA = random.Random(5).randbytes(20_000), bytes(range(256)) * 9
INSIDE = "library"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A folder with two packed files."""
    return make(tmp_path / "packed", {"code.so": CODE, "data.dat": DATA})


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "home" / "cache"


def make(folder: Path, contents: dict[str, bytes], version: str = "1.0") -> Path:
    with tempfile.TemporaryDirectory() as name:
        sources = [Path(name) / each for each in contents]
        for source in sources:
            source.write_bytes(contents[source.name])
        unpacking.pack(version, sources, folder)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


WHOLE = {f"{INSIDE}/code.so": CODE, f"{INSIDE}/data.dat": DATA}


def test_what_is_packed_is_unpacked_into_a_folder_named_by_version_and_sum(packed: Path, into: Path) -> None:
    folder = unpacked(packed, into, INSIDE)
    assert held(folder) == WHOLE
    assert folder.parent == into
    version, _, total = folder.name.partition("-")
    assert version == "1.0"
    assert len(total) == 16
    other = make(packed.parent / "other", {"code.so": CODE, "data.dat": DATA + b"!"})
    assert unpacked(other, into, INSIDE).name != folder.name


@given(contents=st.dictionaries(st.from_regex(r"[a-z]{1,8}\.so", fullmatch=True), st.binary(), max_size=3))
def test_whatever_is_packed_comes_out_again(contents: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = unpacked(make(Path(name) / "packed", contents), Path(name) / "cache")
        assert held(folder) == contents if contents else not folder.exists()


def test_packing_the_same_files_makes_the_same_bytes(tmp_path: Path) -> None:
    one, two = (make(tmp_path / name, {"code.so": CODE}) for name in ("one", "two"))
    assert held(one) == held(two)


def test_what_is_there_is_not_unpacked_again(packed: Path, into: Path) -> None:
    folder = unpacked(packed, into, INSIDE)
    before = {path: path.stat().st_ino for path in folder.rglob("*.*")}
    assert unpacked(packed, into, INSIDE) == folder
    assert {path: path.stat().st_ino for path in folder.rglob("*.*")} == before


@pytest.mark.parametrize(
    "damage", [b"", CODE[:-1], CODE + b"x", b"x" + CODE[1:]], ids=("empty", "short", "long", "altered")
)
def test_what_was_damaged_in_the_cache_is_unpacked_anew(packed: Path, into: Path, damage: bytes) -> None:
    folder = unpacked(packed, into, INSIDE)
    (folder / INSIDE / "code.so").write_bytes(damage)
    assert held(unpacked(packed, into, INSIDE)) == WHOLE


def test_what_was_removed_from_the_cache_comes_back(packed: Path, into: Path) -> None:
    shutil.rmtree(unpacked(packed, into, INSIDE) / INSIDE)
    assert held(unpacked(packed, into, INSIDE)) == WHOLE


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no archive", lzma.compress(CODE)[:-2000], lzma.compress(b"x" + CODE[1:]), lzma.compress(CODE[:-1]),
        lzma.compress(CODE)[:200] + b"?" + lzma.compress(CODE)[201:],
    ],
    ids=("empty", "another format", "short", "other bytes", "fewer bytes", "altered"),
)  # fmt: skip
def test_a_damaged_packed_file_is_told_and_leaves_nothing(packed: Path, into: Path, data: bytes) -> None:
    path = packed / f"code.so{SUFFIX}"
    path.write_bytes(data)
    with pytest.raises(UnpackingError) as caught:
        unpacked(packed, into, INSIDE)
    assert str(caught.value) == f"{path} is missing or damaged. Install the program again."
    assert held(into) == {}


def test_more_bytes_than_were_packed_are_not_unpacked(packed: Path, into: Path) -> None:
    (packed / f"code.so{SUFFIX}").write_bytes(lzma.compress(CODE + b"x" * 10_000_000))
    assert held(unpacked(packed, into, INSIDE)) == WHOLE


@pytest.mark.parametrize("name", [LIST, f"code.so{SUFFIX}"])
def test_a_missing_packed_file_is_told(packed: Path, into: Path, name: str) -> None:
    (packed / name).unlink()
    with pytest.raises(UnpackingError, match=f"{name} is missing or damaged. Install the program again."):
        unpacked(packed, into, INSIDE)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1, "files": 3}', '{"version": "1", "files": [{"name": "x"}]}', "\0"]
)
def test_a_list_that_is_none_is_told(packed: Path, into: Path, text: str) -> None:
    (packed / LIST).write_text(text, encoding="utf-8")
    with pytest.raises(UnpackingError, match=f"{LIST} is missing or damaged"):
        unpacked(packed, into, INSIDE)


def test_a_cache_that_is_no_folder_is_told(packed: Path, into: Path) -> None:
    into.parent.mkdir()
    into.write_text("a file")
    with pytest.raises(UnpackingError, match=r"cache.* cannot be written to \(.+\)\."):
        unpacked(packed, into, INSIDE)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_a_folder_that_takes_nothing_is_told(
    packed: Path, into: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(**_: object) -> tuple[int, str]:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(UnpackingError) as caught:
        unpacked(packed, into, INSIDE)
    assert str(caught.value).endswith(f"{INSIDE} cannot be written to ({os.strerror(number)}).")


def test_what_is_unpacked_already_needs_no_folder_that_can_be_written_to(
    packed: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = unpacked(packed, into, INSIDE)

    def refuse(**_: object) -> tuple[int, str]:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert unpacked(packed, into, INSIDE) == folder


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_nothing_of_the_file_stays(
    packed: Path, into: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(number, os.strerror(number))

    def opened(descriptor: int, mode: str) -> Full:
        os.close(descriptor)
        return Full()

    monkeypatch.setattr(os, "fdopen", opened)
    with pytest.raises(UnpackingError, match=r"There is no room in .*\. Make some, and try again\."):
        unpacked(packed, into, INSIDE)
    assert held(into) == {}
    monkeypatch.undo()
    assert held(unpacked(packed, into, INSIDE)) == WHOLE


def test_where_another_process_was_first_and_uses_it_nothing_is_wrong(
    packed: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(part: Path, target: Path) -> None:
        shutil.copyfile(part, target)  # the other one has put it there
        raise PermissionError(errno.EACCES, "it is in use")

    monkeypatch.setattr(os, "replace", late)
    assert held(unpacked(packed, into, INSIDE)) == WHOLE


def test_several_processes_at_once_all_have_it(packed: Path, into: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from editor.unpacking import unpacked\n"
        "print(unpacked(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))"
    )
    words = [sys.executable, "-c", code, str(packed), str(into), INSIDE]
    processes = [subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = {process.communicate(timeout=60)[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0] * 4
    folder = unpacked(packed, into, INSIDE)
    assert told == {str(folder)}
    assert held(into) == {f"{folder.name}/{name}": data for name, data in WHOLE.items()}


def test_other_versions_go_when_this_one_is_there(packed: Path, into: Path) -> None:
    old = unpacked(make(packed.parent / "old", {"code.so": b"old"}, "0.9"), into, INSIDE)
    assert old.is_dir()
    new = unpacked(packed, into, INSIDE)
    assert [each.name for each in into.iterdir()] == [new.name]


def test_other_versions_stay_while_this_one_is_not_there(packed: Path, into: Path) -> None:
    old = unpacked(make(packed.parent / "old", {"code.so": b"old"}, "0.9"), into, INSIDE)
    (packed / f"code.so{SUFFIX}").unlink()
    with pytest.raises(UnpackingError):
        unpacked(packed, into, INSIDE)
    assert held(old) == {f"{INSIDE}/code.so": b"old"}


def test_what_was_never_finished_goes_when_it_is_old(packed: Path, into: Path) -> None:
    folder = unpacked(packed, into, INSIDE)
    left, being_made = (folder / INSIDE / f"code.so.{name}.part" for name in ("left", "being_made"))
    for path in (left, being_made):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    unpacked(packed, into, INSIDE)
    assert not left.exists()
    assert being_made.exists()


def test_the_list_says_what_is_packed(packed: Path) -> None:
    told = json.loads((packed / LIST).read_text(encoding="utf-8"))
    assert told["version"] == "1.0"
    assert [(each["name"], each["size"]) for each in told["files"]] == [
        ("code.so", len(CODE)),
        ("data.dat", len(DATA)),
    ]
