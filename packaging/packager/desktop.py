"""What a desktop of Linux is told of the program: entry, icons, types of files, and the page in software centres."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from packager.icons import SOURCE
from packager.product import (
    DESCRIPTION,
    ID,
    NAME,
    SUMMARY,
    TEAM,
    TITLE,
    Release,
    epoch,
    this_release,
    version,
)

MACHINE_TYPE = "application/vnd.statechart-editor+yaml"
"""Our own type, for files called `NAME.machine.yaml`; a vendor's tree as RFC 6838 has it. Other YAML stays YAML."""
MACHINE_PATTERNS = ("*.machine.yaml", "*.machine.yml")
SCXML_TYPE = "application/scxml+xml"
"""Registered with IANA by the W3C."""
SCXML_PATTERNS = ("*.scxml",)
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def entry() -> str:
    """The desktop entry (Desktop Entry Specification 1.4).

    It claims no other YAML: on a desktop without an editor for YAML we would open every file of configuration.
    """
    return f"""\
[Desktop Entry]
Type=Application
Version=1.4
Name={TITLE}
GenericName=Statechart editor
Comment={SUMMARY}
Exec={NAME} %F
Icon={NAME}
Terminal=false
StartupNotify=true
StartupWMClass={NAME}
Categories=Development;
Keywords=statechart;state machine;SCXML;YAML;simulation;
MimeType={MACHINE_TYPE};{SCXML_TYPE};
"""


def file_types() -> str:
    """The types of files (Shared MIME-info Database).

    Ours is text as well as YAML: where a name says one thing and the content another, desktops take the type that is
    of the content's kind, and up to Debian 12 they know no `application/yaml` that would make it text.
    """
    machine = "\n".join(f'    <glob pattern="{each}" weight="60"/>' for each in MACHINE_PATTERNS)
    scxml = "\n".join(f'    <glob pattern="{each}"/>' for each in SCXML_PATTERNS)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MACHINE_TYPE}">
    <comment>Statechart</comment>
    <sub-class-of type="application/yaml"/>
    <sub-class-of type="text/plain"/>
    <icon name="{NAME}"/>
{machine}
  </mime-type>
  <mime-type type="{SCXML_TYPE}">
    <comment>Statechart in SCXML</comment>
    <sub-class-of type="application/xml"/>
    <icon name="{NAME}"/>
{scxml}
  </mime-type>
</mime-info>
"""


def metainfo(release: Release | None = None) -> str:
    """The page of software centres (AppStream 0.16)."""
    made = release or this_release()
    date = made.date or datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    text = "\n".join(f"    <p>{escape(each)}</p>" for each in DESCRIPTION)
    points = "\n".join(f"          <li>{escape(each)}</li>" for each in made.changes)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{ID}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <name>{TITLE}</name>
  <summary>{SUMMARY}</summary>
  <developer_name>{TEAM}</developer_name>
  <description>
{text}
  </description>
  <launchable type="desktop-id">{NAME}.desktop</launchable>
  <icon type="stock">{NAME}</icon>
  <categories>
    <category>Development</category>
  </categories>
  <provides>
    <binary>{NAME}</binary>
    <mediatype>{MACHINE_TYPE}</mediatype>
    <mediatype>{SCXML_TYPE}</mediatype>
  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="{version()}" date="{date}">
      <description>
        <ul>
{points}
        </ul>
      </description>
    </release>
  </releases>
</component>
"""


def manual(commands: Sequence[tuple[str, str]]) -> str:
    """The page of the manual, section 1, with a line for each command and what it does."""
    date = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    rows = "\n".join(f".TP\n.B {name}\n{what}." for name, what in commands)
    text = f"""\
.TH {NAME.upper().replace("-", chr(92) + "-")} 1 "{date}" "{TITLE} {version()}" "User Commands"
.SH NAME
{NAME} @ draw statecharts by hand and run them live
.SH SYNOPSIS
.B {NAME}
.RI [ FILE " ...]"
.br
.B {NAME}
.I COMMAND
.RI [ OPTION " ...]"
.SH DESCRIPTION
{DESCRIPTION[0]}
Without a command a window is opened for each
.IR FILE .
.SH COMMANDS
{rows}
.PP
Each of them tells more with
.BR --help .
.SH "EXIT STATUS"
0 is fine, 1 means that problems were found or an expectation failed, 2 unusable input or usage.
"""
    return text.replace("-", "\\-").replace("\\\\-", "\\-").replace("@", "\\-")


COMMANDS = (
    ("check", "List what is wrong with machines"),
    ("run", "Run a machine on simulated time, or in real time"),
    ("render", "Draw a machine into a picture"),
    ("convert", "Write a machine in another format"),
    ("layout", "Place the states of a machine"),
    ("diff", "Tell what differs between two machines"),
)


def write(share: Path, icons: Path) -> None:
    """Put everything where desktops look for it, below `share`; `icons` holds the drawn icon by size."""
    _put(share / "applications" / f"{NAME}.desktop", entry())
    _put(share / "mime" / "packages" / f"{NAME}.xml", file_types())
    _put(share / "metainfo" / f"{ID}.metainfo.xml", metainfo())
    page = share / "man" / "man1" / f"{NAME}.1.gz"
    page.parent.mkdir(parents=True)
    page.write_bytes(gzip.compress(manual(COMMANDS).encode(), 9, mtime=0))
    for size in ICON_SIZES:
        place = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png"
        place.parent.mkdir(parents=True)
        shutil.copyfile(icons / f"{size}.png", place)
    place = share / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    place.parent.mkdir(parents=True)
    shutil.copyfile(SOURCE, place)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
