"""The table of tools: a new tool is one file and one row here."""

from __future__ import annotations

from dataclasses import dataclass

from editor.tools.base import Tool
from editor.tools.connect import ConnectTool
from editor.tools.create import (
    DeepHistoryTool,
    FinalTool,
    HistoryTool,
    InitialTool,
    ParallelTool,
    StateTool,
)
from editor.tools.note import NoteTool
from editor.tools.select import SelectTool
from editor.tools.space import SpaceTool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolEntry:
    """A row of the toolbar; `icon` is a file in resources/icons without its suffix."""

    id: str
    title: str
    icon: str
    shortcut: str
    tool: type[Tool]


TOOLS: tuple[ToolEntry, ...] = (
    ToolEntry(id="select", title="Select", icon="select", shortcut="V", tool=SelectTool),
    ToolEntry(id="state", title="State", icon="state", shortcut="S", tool=StateTool),
    ToolEntry(id="connect", title="Transition", icon="transition", shortcut="T", tool=ConnectTool),
    ToolEntry(id="parallel", title="Parallel state", icon="parallel", shortcut="P", tool=ParallelTool),
    ToolEntry(id="final", title="Final state", icon="final", shortcut="F", tool=FinalTool),
    ToolEntry(id="history", title="History", icon="history", shortcut="H", tool=HistoryTool),
    ToolEntry(id="deep", title="Deep history", icon="deep", shortcut="Shift+H", tool=DeepHistoryTool),
    ToolEntry(id="initial", title="Initial state", icon="initial", shortcut="I", tool=InitialTool),
    ToolEntry(id="note", title="Note", icon="note", shortcut="N", tool=NoteTool),
    ToolEntry(id="space", title="Space", icon="space", shortcut="B", tool=SpaceTool),
)


def entry(id: str) -> ToolEntry:
    """The row of a tool; the select tool's for an id that is not in the table."""
    return next((each for each in TOOLS if each.id == id), TOOLS[0])
