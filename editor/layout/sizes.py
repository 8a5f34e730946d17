"""The sizes that a state and a label need for their text, by a measure of texts; knows no screen."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from editor.geometry import Rect
from editor.layout import prose
from editor.model import labels, queries
from editor.model.chart import Chart
from editor.model.durations import format_duration, parse_duration
from editor.model.elements import State, StateKind, Transition, TriggerKind, is_unresolved
from editor.model.prose import Look

_TITLE_INSET = 12.0
_TITLE_MARGIN = 4.0
_TITLE_HEIGHT = 18.0
_REGION_MIDDLE = 14.0
"""Where names stand in cards, and what is kept free around them."""
HEADER = 32.0
REGION_HEADER = 24.0
LINE = 18.0
ROW = 24.0
RING = 32.0
FINAL_NAME = 52.0
"""How far down a final state its ring and its name reach; its lines stand below."""
PROSE_SIDES = 24.0
"""What is left free on both sides of a description, together, in chart units."""
PROSE_GAP = 4.0
CHIP_PAD = 6.0
CHIP_GAP = 6.0
"""Chart units beside the text of a tag, and between two tags."""
_DETAIL_INDENT = 30.0
_MOST_WIDTH = 360.0
_MOST_TRIGGER = 64
"""Characters of an event or a time that a label shows."""


class TextStyle(Enum):
    """The kinds of text on the canvas."""

    TITLE = "title"
    DETAIL = "detail"
    LABEL = "label"
    REGION = "region"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


class Measure(Protocol):
    """Sizes of texts, in chart units."""

    def width(self, text: str, style: TextStyle) -> float:
        """The width of a text."""

    def height(self, style: TextStyle) -> float:
        """The height of a line."""


PIXELS = {
    TextStyle.TITLE: 13, TextStyle.DETAIL: 12, TextStyle.LABEL: 11, TextStyle.REGION: 10,
    TextStyle.STRONG: 12, TextStyle.EMPHASIS: 12, TextStyle.CODE: 11,
}  # fmt: skip
"""The height of each font, in chart units."""
LOOKS = {
    Look.PLAIN: TextStyle.DETAIL, Look.STRONG: TextStyle.STRONG, Look.EMPHASIS: TextStyle.EMPHASIS,
    Look.CODE: TextStyle.CODE,
}  # fmt: skip
"""How the marks of a description are drawn."""
_HEAVY = (TextStyle.TITLE, TextStyle.STRONG)
_NARROW = set("iIjl.,:;|'!()[]{} frt1")
_WIDE = set("mwMWQ@%—…OGDHNU&")


class TableMeasure:
    """Sizes by classes of characters, close to common fonts and a little generous; needs no screen."""

    def width(self, text: str, style: TextStyle) -> float:
        """The width of a text."""
        units = sum(0.36 if each in _NARROW else 0.86 if each in _WIDE else 0.62 for each in text)
        return units * PIXELS[style] * (1.06 if style in _HEAVY else 1.0)

    def height(self, style: TextStyle) -> float:
        """The height of a line."""
        return PIXELS[style] * 1.2


@dataclass(frozen=True, slots=True)
class DetailLine:
    """A line below the name of a state; `kind` is `entry`, `exit`, `invoke` or `tags`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PillPart:
    """A part of a label; `kind` is `number`, `event`, `delay`, `always`, `done`, `error`, `guard` or `actions`."""

    kind: str
    text: str


def detail_lines(chart: Chart, state: State) -> tuple[DetailLine, ...]:
    """The lines of a state: entry and exit actions one by one, services, tags; of a final one actions alone."""
    found = [DetailLine("entry", labels.action_text(action)) for action in state.entry]
    found += [DetailLine("exit", labels.action_text(action)) for action in state.exit]
    if state.kind is StateKind.FINAL:
        return tuple(found)
    found += [DetailLine("invoke", invoke.title) for invoke in state.invokes]
    if state.tags:
        found.append(DetailLine("tags", "  ".join(state.tags)))
    return tuple(found)


def ring(rect: Rect) -> Rect:
    """The square around the ring of a final or history state, at the top of its box; its name stands below it."""
    side = min(rect.width, rect.height, RING) - 4
    top = rect.y + (2 if rect.height > RING else (rect.height - side) / 2)
    return Rect(rect.x + (rect.width - side) / 2, top, side, side)


def rows(chart: Chart, id: str) -> list[Transition]:
    """The transitions drawn as rows inside a state: those that change no state."""
    return [each for each in chart.outgoing(id) if is_row(each)]


def is_row(transition: Transition) -> bool:
    """Whether a transition leads nowhere, so that it stands inside its state."""
    return not transition.is_pseudo and all(is_unresolved(target) for target in transition.targets)


def is_name_in_middle(chart: Chart, id: str) -> bool:
    """Whether the name of a state stands in its middle: it is no region, there is nothing else in it, nor will be."""
    state = chart.states[id]
    is_simple = (
        state.kind is StateKind.NORMAL and not chart.has_children(id) and not queries.is_region(chart, id)
    )
    has_more = bool(state.description) or bool(detail_lines(chart, state)) or bool(rows(chart, id))
    return is_simple and not has_more


def header_height(chart: Chart, id: str, measure: Measure) -> float:
    """How much of the top of a state its name, lines and rows take; children stay below."""
    state = chart.states[id]
    if id == chart.root_id:
        return ROW * len(rows(chart, id))
    lines, inside = len(detail_lines(chart, state)), len(rows(chart, id))
    if queries.is_region(chart, id) and not inside:
        return REGION_HEADER + (lines * LINE + 4 if lines else 0)
    return HEADER + (lines * LINE + 6 if lines else 0) + (inside * ROW + 4 if inside else 0)


def solid(chart: Chart, id: str, card: Rect, measure: Measure) -> Rect:
    """What of a state's card is no open ground: all of it, or the header where it holds others."""
    if not chart.has_children(id):
        return card
    return Rect(card.x, card.y, card.width, min(header_height(chart, id, measure), card.height))


def title_area(chart: Chart, id: str, card: Rect, measure: Measure) -> Rect | None:
    """Where the name of a state stands that holds others, which lines are not to run through; None for all others."""
    if not chart.has_children(id):
        return None
    name, is_region = chart.states[id].key, queries.is_region(chart, id)
    width = (
        measure.width(name.upper(), TextStyle.REGION) if is_region else measure.width(name, TextStyle.TITLE)
    )
    middle = card.y + (_REGION_MIDDLE if is_region else min(HEADER, card.height) / 2)
    room = card.width - 2 * (_TITLE_INSET - _TITLE_MARGIN)
    if room <= 0:
        return None
    wide, high = min(width + 2 * _TITLE_MARGIN, room), _TITLE_HEIGHT
    return Rect(card.x + _TITLE_INSET - _TITLE_MARGIN, middle - high / 2, wide, high)


def state_size(chart: Chart, id: str, measure: Measure) -> tuple[float, float]:
    """The least width and height of a state, on the grid of 4."""
    state = chart.states[id]
    if state.kind.is_history:
        return 28.0, 28.0
    if state.kind is StateKind.FINAL:
        told = detail_lines(chart, state)
        texts = [measure.width(line.text, TextStyle.DETAIL) + _DETAIL_INDENT + 12 for line in told]
        width = max([RING, measure.width(state.key, TextStyle.DETAIL) + 4, *texts])
        return _grid(min(width, _MOST_WIDTH)) if told else _grid(width), FINAL_NAME + _grid(LINE * len(told))
    lines = detail_lines(chart, state)
    pills = [pill_size(pill_parts(chart, each), measure)[0] + 44 for each in rows(chart, id)]
    texts = [
        _chips_width(state.tags, measure)
        if line.kind == "tags"
        else measure.width(line.text, TextStyle.DETAIL) + _DETAIL_INDENT + 12
        for line in lines
    ]
    width = max([96.0, measure.width(state.key, TextStyle.TITLE) + 32, *pills, *texts])
    height = header_height(chart, id, measure) + (4 if lines or pills else 8)
    if has_prose(chart, state):
        room = max(width - PROSE_SIDES, prose.WIDTH)
        made = prose.wrapped(state.description or "", room, prose_width(measure), prose.MOST)
        width = max(width, min(_prose_extent(made, measure), room) + PROSE_SIDES)
        height += prose.LINE * len(made.lines) + PROSE_GAP
    return _grid(min(width, _MOST_WIDTH)), _grid(height)


def _chips_width(tags: tuple[str, ...], measure: Measure) -> float:
    """The width of a card whose tags stand side by side, each in a chip."""
    chips = [measure.width(tag, TextStyle.LABEL) + 2 * CHIP_PAD for tag in tags]
    return 24.0 + sum(chips) + CHIP_GAP * (len(chips) - 1)


def has_prose(chart: Chart, state: State) -> bool:
    """Whether a description has lines of its own on the card of a state: there is nothing else inside."""
    return (
        bool(state.description)
        and state.kind is StateKind.NORMAL
        and not chart.has_children(state.id)
        and not queries.is_region(chart, state.id)
    )


def prose_width(measure: Measure) -> prose.Width:
    """The widths of words by their look."""
    return lambda text, look: measure.width(text, LOOKS[look])


def _prose_extent(made: prose.Prose, measure: Measure) -> float:
    """The width of the longest line."""
    ends = (line[-1].x + measure.width(line[-1].text, LOOKS[line[-1].look]) for line in made.lines)
    return max(ends, default=0.0)


def _grid(value: float) -> float:
    return math.ceil(value / 8) * 8.0


def pill_parts(chart: Chart, transition: Transition, *, whole: bool = False) -> tuple[PillPart, ...]:
    """What a label shows, in order, long texts shortened; `whole` as they are. Empty for initial and default ones."""
    if transition.is_pseudo:
        return ()
    parts: list[PillPart] = []
    row = queries.trigger_list(chart, transition)
    if len(row) > 1:
        parts.append(PillPart("number", str([each.id for each in row].index(transition.id) + 1)))
    trigger = _trigger_part(chart, transition)
    parts.append(trigger if whole else replace(trigger, text=_short(trigger.text, _MOST_TRIGGER)))
    if transition.guard is not None:
        guard = labels.guard_text(chart, transition.guard)
        parts.append(PillPart("guard", f"[{guard if whole else _short(guard)}]"))
    if transition.actions:
        actions = labels.actions_text(transition.actions)
        parts.append(PillPart("actions", "/ " + (actions if whole else _short(actions))))
    return tuple(parts)


def _short(text: str, most: int = 36) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _trigger_part(chart: Chart, transition: Transition) -> PillPart:
    trigger = transition.trigger
    if trigger.kind is TriggerKind.EVENT:
        return PillPart("event", trigger.text)
    if trigger.kind is TriggerKind.AFTER:
        time = parse_duration(trigger.text)
        return PillPart("delay", f"after {format_duration(time) if time is not None else trigger.text}")
    if trigger.kind is TriggerKind.ALWAYS:
        return PillPart("always", "")
    if trigger.kind is TriggerKind.DONE:
        return PillPart("done", "done")
    kind = "done" if trigger.kind is TriggerKind.INVOKE_DONE else "error"
    return PillPart(kind, kind)


def pill_size(parts: tuple[PillPart, ...], measure: Measure) -> tuple[float, float]:
    """Width and height of a label; nothing for one without parts."""
    if not parts:
        return 0.0, 0.0
    width = 16.0 + 5.0 * (len(parts) - 1)
    for part in parts:
        if part.kind == "number":
            width += 12
            continue
        if part.kind in ("delay", "always", "done", "error"):
            width += 12 + (4 if part.text else 0)
        width += measure.width(part.text, TextStyle.LABEL)
    return math.ceil(width), 20.0
