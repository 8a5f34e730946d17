"""The table of all commands: a new menu entry is a row in one of the files named here."""

from __future__ import annotations

from editor.commands import (
    arranging,
    arrows,
    clipboard,
    compare,
    documents,
    edit,
    file,
    finding,
    fitting,
    help,
    laying_out,
    lensing,
    note,
    opening,
    parts,
    problem,
    recent,
    rename,
    selecting,
    simulate,
    spacing,
    structure,
    tag,
    tint,
    view,
)
from editor.commands.registry import Commands

_FILE = sorted(
    (*file.COMMANDS, *recent.COMMANDS, *documents.COMMANDS, *compare.COMMANDS),
    key=lambda command: command.group,
)

COMMANDS = Commands(
    (
        *_FILE,
        *clipboard.COMMANDS,
        *edit.COMMANDS,
        *selecting.COMMANDS,
        *structure.COMMANDS,
        *tint.COMMANDS,
        *tag.COMMANDS,
        *rename.COMMANDS,
        *note.COMMANDS,
        *finding.COMMANDS,
        *arrows.COMMANDS,
        *parts.COMMANDS,
        *arranging.COMMANDS,
        *fitting.COMMANDS,
        *spacing.COMMANDS,
        *laying_out.COMMANDS,
        *problem.COMMANDS,
        *view.COMMANDS,
        *opening.COMMANDS,
        *lensing.COMMANDS,
        *simulate.COMMANDS,
        *help.COMMANDS,
    )
)
