"""The native format: our YAML. `read`, `write` for a new file, `patch` for saving over what was read."""

from __future__ import annotations

from editor.formats.native_merge import merge_machine
from editor.formats.native_read import read_tree
from editor.formats.native_write import write_machine
from editor.formats.registry import Loaded, Notice
from editor.formats.yaml_patch import patch as patch_text
from editor.formats.yaml_tree import parse
from editor.formats.yaml_write import dump
from editor.model.chart import Chart


def read(text: str | bytes, *, name: str = "") -> Loaded:
    """A text to a chart, with everything that is wrong with it.

    Raises:
        FormatError: it cannot be read as a machine at all.
    """
    return read_tree(parse(text, name=name), name)


def write(chart: Chart) -> tuple[str, tuple[Notice, ...]]:
    """A chart as a fresh text."""
    return dump(write_machine(chart)), ()


def patch(loaded: Loaded, chart: Chart) -> tuple[str, tuple[Notice, ...]]:
    """The text that was read, changed only where the chart was: comments, order and quoting elsewhere stay."""
    if loaded.tree is None or not isinstance(loaded.tree.value, dict):
        return write(chart)
    new, moved = merge_machine(loaded, chart)
    return patch_text(loaded.tree, new, moved), ()
