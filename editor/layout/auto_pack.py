"""A whole container: its connected parts one after the other, the states without transitions in tidy rows below."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from editor.geometry import Point
from editor.layout import auto_space
from editor.layout.auto_choose import arranged
from editor.layout.auto_flow import parts
from editor.layout.auto_level import Level, Size
from editor.layout.auto_space import Places

_APART = 56.0
_RATIO = 1.6
_MOST_WIDTHS = 40


def packed(level: Level, *, in_a_hurry: bool = False, may_break: bool = True) -> Places:
    """Places for all children of a level, from 0, 0 on."""
    found = parts(level)
    connected = [part for part in found if len(part.ids) > 1]
    blocks = [arranged(part, in_a_hurry=in_a_hurry, may_break=may_break) for part in connected]
    single = [part.ids[0] for part in found if len(part.ids) == 1]
    if single:
        # the initial state leads, also when nothing but the dot leads to it
        rows = _rows(level, single, max((_size(level, block)[0] for block in blocks), default=0.0))
        blocks.insert(0 if single[0] == level.first else len(blocks), rows)
    return _joined(level, blocks)


def _joined(level: Level, blocks: Sequence[Places]) -> Places:
    """Blocks in rows, in their order, in about the shape of a screen."""
    sizes = [_size(level, block) for block in blocks]
    widths = sorted({sum(width + _APART for width, _ in sizes[: n + 1]) for n in range(len(sizes))})
    widest = max((width for width, _ in sizes), default=0.0) + _APART
    options = [width for width in widths if width >= widest][:_MOST_WIDTHS] or [widest]
    corners = min((_shelves(sizes, width) for width in options), key=lambda made: _frame(sizes, made))
    return {
        id: at.moved(*corner)
        for block, corner in zip(blocks, corners, strict=True)
        for id, at in block.items()
    }


def _size(level: Level, block: Places) -> Size:
    around = auto_space.bounds(level, block)
    return around.width, around.height


def _shelves(sizes: Sequence[Size], most: float) -> list[Point]:
    """The corners of blocks that fill rows up to a width."""
    corners = []
    x = y = tallest = 0.0
    for width, height in sizes:
        if x and x + width + _APART > most:
            x, y, tallest = 0.0, y + auto_space.grid(tallest + _APART), 0.0
        corners.append(Point(x, y))
        x += auto_space.grid(width + _APART)
        tallest = max(tallest, height)
    return corners


def _frame(sizes: Sequence[Size], corners: Sequence[Point]) -> float:
    bottom = max((at.y + height for at, (_, height) in zip(corners, sizes, strict=True)), default=0.0)
    return max(_right(sizes, corners) / _RATIO, bottom)


def _right(sizes: Sequence[Size], corners: Sequence[Point]) -> float:
    return max((at.x + width for at, (width, _) in zip(corners, sizes, strict=True)), default=0.0)


def _rows(level: Level, ids: Sequence[str], room: float) -> Places:
    """States in rows and columns, each column as wide as its widest; as many as fit in a width, if that is more."""
    sizes = [level.extents[id] for id in ids]
    tables = [_table(sizes, columns) for columns in _columns(len(ids))]
    best = min(tables, key=lambda made: _frame(sizes, made))
    fitting = next((made for made in tables if _right(sizes, made) <= room), best)
    chosen = fitting if _right(sizes, fitting) > _right(sizes, best) else best
    return dict(zip(ids, chosen, strict=True))


def _columns(count: int) -> Sequence[int]:
    """How many columns are worth a try; around a square for many."""
    if count <= _MOST_WIDTHS:
        return range(count, 0, -1)
    side = ceil(count**0.5)
    return range(2 * side, side // 2, -max(1, side // 8))


def _table(sizes: Sequence[Size], columns: int) -> list[Point]:
    widths = [max(width for width, _ in sizes[column::columns]) for column in range(min(columns, len(sizes)))]
    rows = [sizes[at : at + columns] for at in range(0, len(sizes), columns)]
    corners = []
    y = 0.0
    for row in rows:
        x = 0.0
        tallest = max(height for _, height in row)
        for (width, height), room in zip(row, widths, strict=False):
            corners.append(
                Point(
                    auto_space.grid(x + (room - width) / 2 - 4),
                    y + auto_space.grid((tallest - height) / 2 - 4),
                )
            )
            x += auto_space.grid(room + _APART)
        y += auto_space.grid(tallest + _APART)
    return corners
