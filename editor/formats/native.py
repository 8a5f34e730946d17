"""The native format: our YAML. `read`, `write` for a new file, `patch` for saving over what was read."""

from __future__ import annotations

from editor.errors import FormatError
from editor.formats.native_foreign import in_own_words
from editor.formats.native_merge import merge_machine
from editor.formats.native_read import read_tree
from editor.formats.native_write import losses, write_machine
from editor.formats.registry import Loaded, Notice
from editor.formats.yaml_patch import patch as patch_text
from editor.formats.yaml_tree import Tree, parse
from editor.formats.yaml_write import dump
from editor.model.chart import Chart
from editor.model.sameness import same

MOST_VERIFIED = 100_000
"""Characters up to which what was patched is read again and compared with the chart."""


def read(text: str | bytes, *, name: str = "") -> Loaded:
    """A text to a chart, with everything that is wrong with it.

    Raises:
        FormatError: it cannot be read as a machine at all.
    """
    return read_tree(parse(text, name=name), name)


def write(chart: Chart) -> tuple[str, tuple[Notice, ...]]:
    """A chart as a fresh text, and what it does not say."""
    chart, told = in_own_words(chart)
    return dump(write_machine(chart)), (*told, *losses(chart))


def patch(loaded: Loaded, chart: Chart) -> tuple[str, tuple[Notice, ...]]:
    """The text that was read, changed only where the chart was: comments, order and quoting elsewhere stay."""
    tree = loaded.tree
    if tree is None or not isinstance(tree.value, dict):
        return write(chart)
    chart, told = in_own_words(chart)
    new, moved = merge_machine(loaded, chart)
    text = tree.text if new is tree.value else patch_text(tree, new, moved)
    if text is not tree.text and len(text) <= MOST_VERIFIED:
        text = _verified(text, tree, chart, loaded.name)
    return text, (*told, *losses(chart))


def encode(text: str, loaded: Loaded | None = None) -> bytes:
    """A text as the bytes of a file."""
    return text.encode("utf-8")


def _verified(text: str, tree: Tree, chart: Chart, name: str) -> str:
    """The text; one in our own forms where that means the chart and this text does not."""
    if _means(text, chart, name):
        return text
    plain = patch_text(tree, write_machine(chart))
    return plain if _means(plain, chart, name) else text


def _means(text: str, chart: Chart, name: str) -> bool:
    try:
        return same(write_machine(read(text, name=name).chart), write_machine(chart))
    except FormatError:
        return False
