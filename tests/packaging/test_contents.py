from __future__ import annotations

import ast
from pathlib import Path

import pytest

from packager import contents, sizes
from packager.errors import PackagingError
from packager.owners import Owner
from packager.product import ROOT


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/plugins/platforms/qwindows.dll", "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6\\plugins\\imageformats\\qsvg.dll", "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/lib/libQt6Widgets.so.6", "PySide6/Qt6Core.dll", "PySide6/Qt/lib/libQt6Svg.so.6",
        "PySide6/QtWidgets.abi3.so", "resources/icons/add.svg", "resources/examples/order.yaml", "libxcb-cursor.so.0",
    ],
)  # fmt: skip
def test_what_the_program_uses_is_kept(place: str) -> None:
    assert contents.is_kept(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so", "PySide6/Qt/plugins/platforms/libqminimalegl.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/plugins/tls/qschannelbackend.dll", "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/translations/qt_de.qm", "PySide6/Qt/qml/QtQuick/libqtquick2plugin.so", "libQt6Network.so.6",
        "PySide6/Qt/lib/libQt6Network.so.6", "PySide6/Qt6Quick.dll", "PySide6/opengl32sw.dll",
        "PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml", "pluggy-1.7.0.dist-info/RECORD", "resources/screenshot.png",
    ],
)  # fmt: skip
def test_what_nobody_uses_stays_out(place: str) -> None:
    assert not contents.is_kept(place)


@pytest.mark.parametrize(
    "name", ["libc.so.6", "libstdc++.so.6", "libGL.so.1", "libgtk-3.so.0", "libglib-2.0.so.0"]
)
def test_libraries_of_every_desktop_are_left_to_it(name: str) -> None:
    assert contents.is_of_the_system(name)


@pytest.mark.parametrize(
    "name",
    [
        "libxcb-cursor.so.0",
        "libxkbcommon-x11.so.0",
        "libpython3.11.so.1.0",
        "libffi.so.8",
        "PySide6/Qt/lib/libc.so.6",
    ],
)
def test_libraries_that_a_desktop_may_lack_are_brought(name: str) -> None:
    assert not contents.is_of_the_system(name)


def test_nothing_that_the_editor_imports_is_left_out() -> None:
    """What the editor imports by name, at the top or later."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "editor").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update({alias.name: file.name for alias in node.names})
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                found[node.module] = file.name
                found.update({f"{node.module}.{alias.name}": file.name for alias in node.names})
    left_out = set(contents.EXCLUDED_MODULES)
    wanted = {
        name: file
        for name, file in found.items()
        if any(f"{name}.".startswith(f"{each}.") for each in left_out)
    }
    assert wanted == {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "_internal"
    for place, size in (
        ("PySide6/Qt/lib/libQt6Core.so.6", 700),
        ("libicudata.so.73", 900),
        ("libffi.so.8", 5),
    ):
        (inner / place).parent.mkdir(parents=True, exist_ok=True)
        (inner / place).write_bytes(b"x" * size)
    (tmp_path / "statechart-editor").write_bytes(b"x" * 10)
    (inner / "libQt6Core.so.6").symlink_to("PySide6/Qt/lib/libQt6Core.so.6")
    return tmp_path


def test_sizes_are_told_part_by_part_and_links_are_free(folder: Path) -> None:
    parts = sizes.by_part(folder, {"libffi.so.8": Owner("deb", "libffi8")})
    assert parts == {"Unicode data (ICU)": 900, "Qt": 700, sizes.PROGRAM: 10, "libraries of the system": 5}
    assert sizes.table(parts).splitlines()[-1].split() == ["0.0", "MB", "all"]


def test_a_program_that_is_too_large_is_refused() -> None:
    sizes.require_small({"a": sizes.MOST})
    with pytest.raises(PackagingError, match="may take 140"):
        sizes.require_small({"a": sizes.MOST, "b": 1})
