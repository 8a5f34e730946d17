"""Installs the package in a clean root and draws a machine with it, as a person would. Takes minutes: not for pytest.

    python -m tests.packaging.installed [PACKAGE.deb] [--unpacked] [--keep DIR]

The program is started with the Exec line of its desktop entry under Xvfb; two states and a transition are drawn with
mouse and keys, and the saved file is compared. A machine without places is opened and must be drawn by ELK; when the
program has ended, none of its processes may be left. Needs xvfb, xdotool, and debootstrap as root; `--unpacked` does
with the package's files alone, beside the libraries of this system.
"""

from __future__ import annotations

import argparse
import configparser
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.packaging import clean_root
from tests.packaging.clean_root import NoRootError, Root
from tests.packaging.hand import Hand, NotSeenError, screen, until

ROOT = Path(__file__).resolve().parents[2]
NAME = "statechart-editor"
LEFT, RIGHT = (450, 350), (750, 350)
"""Where the two states are drawn, in pixels of the screen."""
DRAWN = """\
initial: idle
states:
  idle:
    on: {GO: busy}
  busy: {}
"""
SCRIPTED = """\
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="a" datamodel="ecmascript">
  <datamodel><data id="n" expr="[1, 2].map(x => x * 2)"/></datamodel>
  <state id="a"><transition event="go" cond="n.includes(4)" target="b"/></state><final id="b"/>
</scxml>
"""
LICENCES = "licences"
"""What is typed into the command palette for the licence page, wherever that stands in the menus."""
SCXML = """\
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="a">
  <state id="a"><transition event="go" target="b"/></state><final id="b"/>
</scxml>
"""


def main() -> int:
    """Install, draw, compare; returns 0 when all is as it should be."""
    parser = argparse.ArgumentParser(prog="python -m tests.packaging.installed")
    parser.add_argument("package", nargs="?", type=Path, help="default: the newest in dist")
    parser.add_argument("--unpacked", action="store_true", help="no fresh Debian")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep pictures and files here")
    options = parser.parse_args()
    package = options.package or max(
        (ROOT / "dist").glob("*.deb"), key=lambda path: path.stat().st_mtime, default=None
    )
    if package is None or not package.is_file():
        print("There is no package. Make it with: python packaging/build.py --only deb", file=sys.stderr)
        return 2
    missing = [each for each in ("Xvfb", "xdotool") if shutil.which(each) is None]
    if not options.unpacked and not clean_root.may_be_whole():
        missing.append("debootstrap as root (or --unpacked)")
    if missing:
        print(f"Missing: {', '.join(missing)}. apt-get install xvfb xdotool debootstrap", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="installed-") as folder:
        work = Path(folder)
        keep = options.keep or work / "kept"
        keep.mkdir(parents=True, exist_ok=True)
        try:
            with clean_root.installed(package.resolve(), work, is_whole=not options.unpacked) as root:
                failures = _judge(root, keep)
        except (NoRootError, NotSeenError, subprocess.CalledProcessError) as error:
            failures = [str(error)]
    for each in failures:
        print(f"failed: {each}", file=sys.stderr)
    print("the installed program draws and saves" if not failures else f"{len(failures)} failed")
    return 1 if failures else 0


def _judge(root: Root, keep: Path) -> list[str]:
    """Everything that is wrong with what is installed."""
    failures = _commands(root)
    with screen() as hand:
        failures += _draw(root, hand, keep)
        failures += _open(root, hand, keep)
        failures += _lay_out(root, hand, keep)
    if root.is_whole:
        clean_root.remove(root, NAME)
        places = [root.folder / each for each in ("usr", "etc", "opt")]
        failures += [f"left after removal: {path}" for place in places for path in place.rglob(f"*{NAME}*")]
    return failures


def _commands(root: Root) -> list[str]:
    """The commands that need no screen, each with what it must print."""
    (root.home / "m.scxml").write_text(SCXML, encoding="utf-8")
    (root.home / "scripted.scxml").write_text(SCRIPTED, encoding="utf-8")
    order = root.inside(_order(root))
    failures = []
    for line, expected in (
        (f"{NAME} --help", "usage: statechart-editor"),
        (f"{NAME} check {order}", "Nothing leads out of"),
        (f"{NAME} run m.scxml -e go", "go  →  b"),
        (f"{NAME} run scripted.scxml -e go", "go  →  b"),
        (f"cp {order} laid.yaml && {NAME} layout laid.yaml --engine elk", "placed by ELK"),
        (f"{NAME} convert {order} -o order.scxml && head -c5 order.scxml", "<?xml"),
        (f"! {NAME} diff m.scxml {order}", "+ added state processing"),
        (f"QT_QPA_PLATFORM=offscreen {NAME} render {order} -o order.png && head -c4 order.png", "PNG"),
        (f"QT_QPA_PLATFORM=offscreen {NAME} render {order} -o order.pdf && head -c5 order.pdf", "%PDF-"),
    ):
        line = line if line.startswith(NAME) and "&&" not in line else f"sh -c '{line}'"
        done = subprocess.run(root.command(line, ""), capture_output=True, check=False)
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        if done.returncode != 0 or expected not in out or "Traceback" in err:
            failures.append(f"{line}: {done.returncode}\n{out}{err}")
    return failures


def _order(root: Root) -> Path:
    """The example that is tried."""
    return root.folder / "usr" / "lib" / NAME / "_internal" / "resources" / "examples" / "order.yaml"


def exec_line(root: Root, file: str = "") -> str:
    """The Exec line of the desktop entry with a file, or none, in its place."""
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(root.folder / "usr" / "share" / "applications" / f"{NAME}.desktop", encoding="utf-8")
    return entry["Desktop Entry"]["Exec"].replace("%F", file).strip()


def _start(root: Root, hand: Hand, file: str = "") -> subprocess.Popen[str]:
    command = root.command(exec_line(root, file), hand.display)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _end(program: subprocess.Popen[str], hand: Hand) -> list[str]:
    """Quit, and see that nothing was complained about."""
    hand.do("key", "ctrl+q")
    try:
        told, _ = program.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        program.kill()
        told = "it does not quit\n" + program.communicate()[0]
    said = f"the program said, ending with {program.returncode}:\n{told}"
    return [said] if told or program.returncode else []


def processes(folder: Path) -> list[str]:
    """The numbers of the processes that run a program below a folder (proc_pid_exe(5))."""
    found = []
    for path in Path("/proc").glob("[0-9]*/exe"):
        try:
            if path.readlink().is_relative_to(folder.resolve()):
                found.append(path.parent.name)
        except OSError:
            continue  # it has ended, or is another user's
    return found


def _draw(root: Root, hand: Hand, keep: Path) -> list[str]:
    """Draw two states and a transition, save, and compare."""
    path = root.home / "drawn.yaml"
    began = time.monotonic()
    program = _start(root, hand)
    try:
        hand.focus("Statechart Editor")
        print(f"the window is there after {time.monotonic() - began:.1f} s")
        hand.do("key", "ctrl+n")
        hand.focus("Untitled")
        for place, name in ((LEFT, "idle"), (RIGHT, "busy")):
            hand.double_click(*place)
            hand.type(name, "Return")
        hand.window("Untitled\\*")
        hand.do("key", "t")
        hand.drag(LEFT, RIGHT)
        hand.type("GO", "Return")
        hand.do("key", "ctrl+s")
        hand.focus("^Save")
        hand.picture(keep / "saving.png")
        hand.type(root.inside(path), "Return")
        hand.focus("^drawn.yaml")
        until(lambda: "there" if path.exists() else "", str(path))
        hand.picture(keep / "drawn.png")
        failures = _end(program, hand)
    except NotSeenError as error:
        hand.picture(keep / "failed.png")
        program.kill()
        return [f"{error}\n{program.communicate()[0]}"]
    shutil.copy(path, keep)
    saved = path.read_text(encoding="utf-8")
    return failures + ([f"saved was\n{saved}instead of\n{DRAWN}"] if saved != DRAWN else [])


def _open(root: Root, hand: Hand, keep: Path) -> list[str]:
    """Open what was saved with the desktop entry, and look at the licence page."""
    program = _start(root, hand, root.inside(root.home / "drawn.yaml"))
    try:
        hand.focus("^drawn.yaml")
        hand.do("key", "ctrl+k")
        hand.type(LICENCES, "Return")
        hand.focus("^Licences")
        hand.picture(keep / "licences.png")
        hand.do("key", "Escape")
        hand.focus("^drawn.yaml")
        return _end(program, hand)
    except NotSeenError as error:
        hand.picture(keep / "failed.png")
        program.kill()
        return [f"{error}\n{program.communicate()[0]}"]


def _lay_out(root: Root, hand: Hand, keep: Path) -> list[str]:
    """Open a machine without places: ELK draws it as the command has it drawn, and is gone with the window."""
    texts = []
    for name in ("opened", "asked"):
        (root.home / name).mkdir()
        shutil.copy(_order(root), root.home / name / "order.yaml")
    opened, asked = (root.home / name / "order.layout.yaml" for name in ("opened", "asked"))
    line = f"{NAME} layout asked/order.yaml --engine elk"
    subprocess.run(root.command(line, ""), check=True, stdout=subprocess.DEVNULL)
    program = _start(root, hand, root.inside(opened.with_name("order.yaml")))

    def saved() -> str:
        hand.do("key", "ctrl+s")
        texts.append(opened.read_text(encoding="utf-8") if opened.exists() else "")
        return texts[-1] if texts[-1] == asked.read_text(encoding="utf-8") else ""

    try:
        hand.focus("^order.yaml")
        until(saved, "the drawing by ELK")
        hand.picture(keep / "laid.png")
        failures = [] if len(processes(root.folder)) > 1 else ["ELK was in no process of its own"]
        failures += _end(program, hand)
        until(lambda: "" if processes(root.folder) else "none", "the end of all processes")
    except NotSeenError as error:
        hand.picture(keep / "failed.png")
        program.kill()
        return [f"{error}\nsaved was\n{texts[-1] if texts else ''}\n{program.communicate()[0]}"]
    return failures


if __name__ == "__main__":
    sys.exit(main())
