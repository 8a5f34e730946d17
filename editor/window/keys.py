"""All that keys invoke in a window: commands, tools and panels, as rows of the keymap."""

from __future__ import annotations

from editor.commands import keymap
from editor.commands.keymap import Row
from editor.panels import keys as panel_keys
from editor.tools.toolbox import TOOLS
from editor.window.docks import DOCKS

ROWS = (
    *keymap.rows(),
    *(Row(f"tool.{each.id}", each.title, "Tools", (each.shortcut,)) for each in TOOLS),
    *(Row(f"dock.{each.id}", each.title, "Panels", (each.shortcut,)) for each in DOCKS),
    *panel_keys.ROWS,
)
