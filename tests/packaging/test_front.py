from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from editor.components import Component
from packager import appimage, freeze, front, programs, sbom
from packager.bill import Bill
from packager.errors import PackagingError, ToolMissingError
from packager.frozen import INSIDE, Frozen

OWN = Component(name="statechart-editor", version="1", licence="MIT", text="You may.")


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    """A frozen program that is there without PyInstaller."""
    folder = tmp_path / "statechart-editor"
    (folder / INSIDE).mkdir(parents=True)
    (folder / "statechart-editor").write_bytes(b"x")
    made = Frozen(folder=folder, files=(), bill=Bill(components=(OWN,), owner_of={}))
    monkeypatch.setattr(freeze, "freeze", lambda work: made)
    monkeypatch.setattr(sbom, "validate", lambda text: None)
    monkeypatch.setattr(sys, "platform", "linux")
    return made


def made(folder: Path) -> set[str]:
    return {path.name.partition("-1")[0].partition("-0")[0] + path.suffix for path in folder.iterdir()}


def test_the_archive_and_the_bill_are_made_of_what_is_frozen(frozen: Frozen, tmp_path: Path) -> None:
    assert (
        front.main(["--output", str(tmp_path / "out"), "--work", str(tmp_path / "w"), "--only", "tar"]) == 0
    )
    names = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert names == [".gz", ".json"]
    document = json.loads(next((tmp_path / "out").glob("*.json")).read_text(encoding="utf-8"))
    assert document["metadata"]["component"]["name"] == "statechart-editor"


def missing(*_: object) -> Path:
    raise ToolMissingError("thetool is missing. apt-get install thetool")


@pytest.mark.parametrize(
    ("kind", "asked", "code"),
    [
        ("appimage", [], 0),
        ("appimage", ["--only", "appimage"], 1),
        ("deb", [], 1),
        ("deb", ["--only", "deb"], 1),
    ],
)
def test_a_missing_tool_is_told_and_fails_unless_none_can_have_it(
    frozen: Frozen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    kind: str, asked: list[str], code: int,
) -> None:  # fmt: skip
    monkeypatch.setitem(front.KINDS, "linux", {kind: missing})
    assert front.main(["--output", str(tmp_path / "out"), "--work", str(tmp_path / "w"), *asked]) == code
    assert f"No {kind}: thetool is missing. apt-get install thetool" in capsys.readouterr().err


def test_what_goes_wrong_is_told_without_a_traceback(
    frozen: Frozen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(work: Path) -> Frozen:
        raise PackagingError("It went wrong.")

    monkeypatch.setattr(freeze, "freeze", fail)
    assert front.main(["--output", str(tmp_path), "--work", str(tmp_path / "w")]) == 1
    assert capsys.readouterr().err == "Not packaged. It went wrong.\n"


def test_a_program_that_fails_is_quoted_from_its_end() -> None:
    script = "print('\\n'.join(map(str, range(40)))); raise SystemExit(3)"
    with pytest.raises(PackagingError) as caught:
        programs.run([sys.executable, "-c", script])
    lines = str(caught.value).splitlines()
    assert lines[0].endswith("failed (3):")
    assert lines[-1].strip() == "39"
    assert len(lines) == programs.MOST_LINES + 1


def test_a_program_that_is_not_there_is_asked_for() -> None:
    with pytest.raises(ToolMissingError, match=r"no-such-tool is missing\. .*apt-get install nothing"):
        programs.debian("no-such-tool", "nothing")


def test_an_appimage_is_laid_out_as_its_tool_wants_it(frozen: Frozen, tmp_path: Path, drawn: Path) -> None:
    tree = appimage.lay_out(frozen.folder, drawn, tmp_path / "AppDir")
    assert (tree / "AppRun").resolve() == tree / "usr" / "lib" / "statechart-editor" / "statechart-editor"
    assert "Exec=statechart-editor" in (tree / "statechart-editor.desktop").read_text(encoding="utf-8")
    assert (tree / ".DirIcon").resolve() == tree / "statechart-editor.png"
