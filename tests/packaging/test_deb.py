from __future__ import annotations

import re
from pathlib import Path

import pytest

from editor import __version__, components
from editor.components import Component
from packager import bill, deb
from packager.bill import Bill
from packager.frozen import INSIDE, File, Frozen
from packager.owners import OURS, Owner

OWN = Component(name="statechart-editor", version="1", licence="MIT", text="You may.")
CURSOR = Component(name="libxcb-cursor0", version="0.1", licence="MIT", text="You may too.", kind="deb")
LONG = Component(
    name="long", version="1", licence="GPL", text="GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007"
)


def fields(text: str) -> dict[str, str]:
    rows = re.findall(r"^([A-Z][\w-]*): (.*(?:\n .*)*)", text, re.MULTILINE)
    return dict(rows)


def test_the_control_file_has_what_debian_wants() -> None:
    text = deb.control("libc6 (>= 2.35)", 1234)
    told = fields(text)
    needed = {"Package", "Version", "Architecture", "Maintainer", "Description"}
    assert needed <= set(told)
    assert (told["Package"], told["Version"]) == ("statechart-editor", __version__)
    assert (told["Depends"], told["Installed-Size"]) == ("libc6 (>= 2.35)", "1234")
    assert re.fullmatch(r".+ <\S+@\S+>", told["Maintainer"])
    summary, *rest = told["Description"].split("\n")
    assert 0 < len(summary) < 80
    assert all(re.match(r" (\.$|\S)", line) and len(line) <= 80 for line in rest)
    assert text.endswith("\n")


def test_a_field_without_a_value_is_left_out() -> None:
    assert "Depends" not in fields(deb.control("", 1))


def test_the_changelog_is_as_debian_reads_it() -> None:
    lines = deb.changelog().splitlines()
    assert lines[0] == f"statechart-editor ({__version__}) stable; urgency=medium"
    assert re.fullmatch(r" -- .+ <.+@.+>  Tue, 14 Nov 2023 22:13:20 \+0000", lines[-1])
    body = [line for line in lines[1:-1] if line]
    assert body[0].startswith("  * ")
    assert all(line.startswith(("  * ", "    ")) and len(line) <= 80 for line in body)


def test_the_copyright_refers_to_what_every_debian_has() -> None:
    text = deb.copyright_of(Bill(components=(OWN, LONG), owner_of={}))
    assert "You may." in text
    assert "GNU GENERAL PUBLIC LICENSE" not in text
    assert "/usr/share/common-licenses" in text


@pytest.fixture
def frozen(tmp_path: Path) -> Frozen:
    folder = tmp_path / "program"
    for place in ("libxcb-cursor.so.0", "lib/kept.so", "resources/x"):
        (folder / INSIDE / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / INSIDE / place).write_bytes(b"x")
    places = {"libxcb-cursor.so.0": Owner("deb", "libxcb-cursor0"), "lib/kept.so": OURS, "resources/x": OURS}
    files = tuple(File(target=each, source=f"/{each}", kind="BINARY") for each in places)
    return Frozen(folder=folder, files=files, bill=Bill(components=(OWN, CURSOR), owner_of=places))


def test_what_packages_of_the_system_bring_is_not_brought_again(frozen: Frozen) -> None:
    left = deb.without_system(frozen, frozen.folder)
    inside = frozen.folder / INSIDE
    assert not (inside / "libxcb-cursor.so.0").exists()
    assert (inside / "lib" / "kept.so").exists()
    assert left.components == (OWN,)
    page = (inside / "resources" / bill.FILE).read_text(encoding="utf-8")
    assert components.read(page) == (OWN,)


def test_only_programs_and_folders_may_be_run(tmp_path: Path) -> None:
    for name, mode in (("program", 0o700), ("lib.so.1", 0o755), ("text", 0o600)):
        (tmp_path / name).write_bytes(b"")
        (tmp_path / name).chmod(mode)
    deb.set_modes(tmp_path)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"program": 0o755, "lib.so.1": 0o644, "text": 0o644}
