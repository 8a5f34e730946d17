from __future__ import annotations

import configparser
import fnmatch
import gzip
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from editor import __version__
from editor.cli import COMMANDS
from packager import desktop
from packager.product import ID, Release

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def share(tmp_path: Path, drawn: Path) -> Path:
    desktop.write(tmp_path / "share", drawn)
    return tmp_path / "share"


def test_the_entry_starts_the_program_with_the_files_given() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string(desktop.entry())
    told = entry["Desktop Entry"]
    assert told["Exec"] == "statechart-editor %F"
    assert told["Icon"] == told["StartupWMClass"] == "statechart-editor"
    assert told["MimeType"] == f"{desktop.MACHINE_TYPE};{desktop.SCXML_TYPE};"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("door.machine.yaml", desktop.MACHINE_TYPE),
        ("door.machine.yml", desktop.MACHINE_TYPE),
        ("door.scxml", desktop.SCXML_TYPE),
        ("docker-compose.yaml", None),
        ("door.layout.yaml", None),
        ("door.xml", None),
    ],
)
def test_our_files_are_told_by_their_names_and_other_yaml_is_left_alone(name: str, kind: str | None) -> None:
    types = ElementTree.fromstring(desktop.file_types()).findall(f"{MIME}mime-type")
    globs = {
        glob.get("pattern", ""): each.get("type") for each in types for glob in each.findall(f"{MIME}glob")
    }
    assert next((globs[each] for each in globs if fnmatch.fnmatchcase(name, each)), None) == kind


@pytest.mark.skipif(
    shutil.which("gio") is None or shutil.which("update-mime-database") is None,
    reason="needs a desktop's tools",
)
@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("door.machine.yaml", "initial: a\nstates: {a: {}}\n", desktop.MACHINE_TYPE),
        ("door.machine.yml", "# é\nstates: {a: {}}\n", desktop.MACHINE_TYPE),
        ("door.scxml", '<?xml version="1.0"?>\n<scxml/>\n', desktop.SCXML_TYPE),
    ],
)
def test_a_desktop_takes_our_files_for_what_they_are(
    name: str, text: str, kind: str, share: Path, tmp_path: Path
) -> None:
    subprocess.run(["update-mime-database", share / "mime"], check=True)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    told = subprocess.run(
        ["gio", "info", "-a", "standard::content-type", path],
        env={**os.environ, "XDG_DATA_HOME": str(share), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines()[-1].strip() == f"standard::content-type: {kind}"


def test_our_type_is_text_where_no_type_for_yaml_is_known() -> None:
    types = ElementTree.fromstring(desktop.file_types()).findall(f"{MIME}mime-type")
    [ours] = [each for each in types if each.get("type") == desktop.MACHINE_TYPE]
    parents = [each.get("type") for each in ours.findall(f"{MIME}sub-class-of")]
    assert parents == ["application/yaml", "text/plain"]


def test_software_centres_are_told_the_version_and_its_changes() -> None:
    release = Release(version="9", date="2026-01-02", changes=("This & that.",))
    told = ElementTree.fromstring(desktop.metainfo(release))
    found = told.find("releases/release")
    assert found is not None
    assert (found.get("version"), found.get("date")) == (__version__, "2026-01-02")
    assert [each.text for each in told.iter("li")] == ["This & that."]
    assert told.findtext("id") == ID
    assert told.findtext("launchable") == "statechart-editor.desktop"


def test_without_a_date_of_release_it_is_the_time_of_the_build() -> None:
    found = ElementTree.fromstring(desktop.metainfo()).find("releases/release")
    assert found is not None
    assert found.get("date") == "2023-11-14"


def test_the_manual_names_every_command(share: Path) -> None:
    assert tuple(name for name, _ in desktop.COMMANDS) == COMMANDS
    text = gzip.decompress((share / "man" / "man1" / "statechart-editor.1.gz").read_bytes()).decode()
    assert text.startswith(".TH STATECHART\\-EDITOR 1")
    assert all(f".B {name}" in text for name in COMMANDS)


def test_the_icon_is_there_in_every_size(share: Path) -> None:
    for size in desktop.ICON_SIZES:
        data = (
            share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "statechart-editor.png"
        ).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert int.from_bytes(data[16:20]) == size


@pytest.mark.parametrize(
    ("tool", "place"),
    [
        (["desktop-file-validate"], "applications/statechart-editor.desktop"),
        (["appstreamcli", "validate", "--no-net"], f"metainfo/{ID}.metainfo.xml"),
    ],
)
def test_the_tools_of_freedesktop_have_no_complaint(share: Path, tool: list[str], place: str) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    done = subprocess.run([*tool, str(share / place)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
