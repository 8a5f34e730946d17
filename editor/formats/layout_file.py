"""NAME.layout.yaml: where things are drawn, one line an element, sorted as in the definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from editor.errors import Flaw, FormatError
from editor.formats.registry import Notice
from editor.formats.yaml_match import same
from editor.formats.yaml_patch import patch as patch_text
from editor.formats.yaml_scalars import write_key
from editor.formats.yaml_tree import parse
from editor.formats.yaml_write import inline
from editor.geometry import Point
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Label, Sheet
from editor.model.elements import Data, Extra, Transition, TriggerKind

_BOX_KEYS = ("box", "auto", "tint", "collapsed", "initial")
_BENDS_KEYS = ("bends", "auto", "label")
_FAR = 1e7
_HEAD = re.compile(r"(?:#[^\n]*\n|[ \t]*\n)*")


@dataclass(frozen=True, slots=True)
class LayoutText:
    """The text of a layout and what it means, kept for saving over it."""

    text: str
    value: Data


def state_key(chart: Chart, id: str) -> str:
    """The path of a state, each key percent-encoded; the root is a dot."""
    return ".".join(_encoded(key, in_path=True) for key in queries.keys(chart, id)) or "."


def _encoded(text: str, *, in_path: bool = False) -> str:
    text = re.sub(r"[% ]" if not in_path else r"[% .]", lambda found: f"%{ord(found[0]):02X}", text)
    return "%40" + text[1:] if text.startswith("@") else text


def transition_key(chart: Chart, transition: Transition) -> str:
    """PATH TRIGGER N: the number counts within the transitions of the same trigger."""
    place = [each.id for each in queries.trigger_list(chart, transition)].index(transition.id)
    return f"{state_key(chart, transition.source)} {_trigger(chart, transition)} {place}"


def _trigger(chart: Chart, transition: Transition) -> str:
    trigger = transition.trigger
    if trigger.kind is TriggerKind.EVENT:
        return _encoded(trigger.text)
    if trigger.kind is TriggerKind.AFTER:
        return f"@after%20{_encoded(trigger.text)}".replace("%20", " ", 1)
    if trigger.kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
        invokes = [invoke.uid for invoke in chart.states[transition.source].invokes]
        number = invokes.index(trigger.invoke) if trigger.invoke in invokes else 0
        return f"@invoke{number}.{'onDone' if trigger.kind is TriggerKind.INVOKE_DONE else 'onError'}"
    return {
        TriggerKind.ALWAYS: "@always", TriggerKind.DONE: "@onDone", TriggerKind.INITIAL: "@initial",
    }.get(trigger.kind, "@default")  # fmt: skip


def read(
    text: str | bytes, chart: Chart, *, name: str = ""
) -> tuple[Diagram, LayoutText, tuple[Notice, ...]]:
    """A layout for a chart; what belongs to nothing in it is dropped with a notice.

    Raises:
        FormatError: it is no YAML, or its root is no mapping.
    """
    tree = parse(text, name=name)
    value = tree.value if tree.value is not None else {}
    if not isinstance(value, dict):
        raise FormatError([Flaw("A layout is a mapping with “states” and “transitions”.", 1, 1)], file=name)
    diagram, notices = Diagram(), list[Notice]()
    states = {state_key(chart, id): id for id in chart.states}
    transitions = {transition_key(chart, each): each.id for each in chart.transitions.values()}
    for field, known in (("states", states), ("transitions", transitions)):
        table = value.get(field)
        for key, entry in (table if isinstance(table, dict) else {}).items():
            mark = tree.key_mark((field, key))
            id = known.get(key) or known.get(unquote(key))
            made = None
            if id is not None:
                made = _read_box(id, entry) if field == "states" else _read_bends(id, entry)
            if made is None:
                why = "is not in the machine" if id is None else "has no usable place"
                notices.append(Notice(f"“{key}” {why}; it is left out.", mark.line, mark.column))
            elif isinstance(made, Box):
                diagram.put_box(made.id, made)
            else:
                diagram.put_bends(made.id, made)
    extra = tuple((key, each) for key, each in value.items() if key not in ("states", "transitions"))
    diagram.sheet = Sheet(extra=extra)
    return diagram, LayoutText(tree.text, tree.value), tuple(notices)


def _numbers(value: Data, count: int) -> list[float] | None:
    if not isinstance(value, list) or len(value) != count:
        return None
    found = [float(each) for each in value if isinstance(each, int | float) and not isinstance(each, bool)]
    return found if len(found) == count and all(abs(each) < _FAR for each in found) else None


def _read_box(id: str, value: Data) -> Box | None:
    body: dict[str, Data] = value if isinstance(value, dict) else {"box": value}
    numbers = _numbers(body.get("box"), 4)
    if numbers is None or min(numbers[2:]) <= 0:
        return None
    tint = body.get("tint")
    initial = _numbers(body.get("initial"), 2)
    return Box(
        id=id, x=numbers[0], y=numbers[1], width=numbers[2], height=numbers[3],
        auto=body.get("auto") is True,
        tint=tint if isinstance(tint, int) and 1 <= tint <= 8 else None,
        collapsed=body.get("collapsed") is True,
        initial=Point(*initial) if initial is not None else None,
        extra=_extra(body, _BOX_KEYS),
    )  # fmt: skip


def _extra(body: dict[str, Data], known: tuple[str, ...]) -> Extra:
    return tuple((key, value) for key, value in body.items() if key not in known)


def _read_bends(id: str, value: Data) -> Bends | None:
    if not isinstance(value, dict):
        return None
    given = value.get("bends")
    points = [_numbers(each, 2) for each in given] if isinstance(given, list) else []
    label = _numbers(value.get("label"), 3)
    if any(point is None for point in points):
        return None
    return Bends(
        id=id,
        points=tuple(Point(*point) for point in points if point is not None),
        auto=value.get("auto") is True,
        label=Label(along=label[0], dx=label[1], dy=label[2]) if label is not None else None,
        extra=_extra(value, _BENDS_KEYS),
    )


def to_data(chart: Chart, diagram: Diagram) -> dict[str, Data]:
    """The layout as plain data."""
    states: dict[str, Data] = {}
    transitions: dict[str, Data] = {}
    for state in queries.document_order(chart):
        box = diagram.boxes.get(state.id)
        if box is not None:
            states[state_key(chart, state.id)] = _write_box(box)
        for transition in chart.outgoing(state.id):
            bends = diagram.bends.get(transition.id)
            if bends is not None and (bends.points or bends.label or bends.extra):
                transitions[transition_key(chart, transition)] = _write_bends(bends)
    data: dict[str, Data] = {"states": states}
    if transitions:
        data["transitions"] = transitions
    return data | dict(diagram.sheet.extra)


def _whole(value: float) -> int:
    return round(value)


def _write_box(box: Box) -> Data:
    numbers: list[Data] = [_whole(each) for each in (box.x, box.y, box.width, box.height)]
    body: dict[str, Data] = {"box": numbers}
    if box.auto:
        body["auto"] = True
    if box.tint is not None:
        body["tint"] = box.tint
    if box.collapsed:
        body["collapsed"] = True
    if box.initial is not None:
        body["initial"] = [_whole(box.initial.x), _whole(box.initial.y)]
    body |= dict(box.extra)
    return numbers if len(body) == 1 else body


def _write_bends(bends: Bends) -> Data:
    body: dict[str, Data] = {}
    if bends.points:
        body["bends"] = [[_whole(point.x), _whole(point.y)] for point in bends.points]
    if bends.auto:
        body["auto"] = True
    if bends.label is not None:
        body["label"] = [round(bends.label.along, 3), _whole(bends.label.dx), _whole(bends.label.dy)]
    return body | dict(bends.extra)


def _render(head: str, data: dict[str, Data]) -> str:
    """The text of a layout, one line an element."""
    lines = [head]
    for field, value in data.items():
        if field in ("states", "transitions") and isinstance(value, dict) and value:
            lines.append(f"{write_key(field)}:\n")
            lines += [f"  {write_key(key)}: {inline(each)}\n" for key, each in value.items()]
        else:
            lines.append(f"{write_key(field)}: {inline(value)}\n")
    return "".join(lines)


def write(chart: Chart, diagram: Diagram, name: str) -> str:
    """A fresh layout text for the machine in the file `name`."""
    return rewrite(None, chart, diagram, name).text


def rewrite(before: LayoutText | None, chart: Chart, diagram: Diagram, name: str) -> LayoutText:
    """A layout as text: what was read, changed only where places were, or a fresh one.

    A text in the form that we write ourselves is written again, which is the same and much faster than patching.
    """
    data = to_data(chart, diagram)
    if before is None:
        head = f"# Positions for {name}. Safe to delete: the editor will lay the machine out again.\n"
        return LayoutText(_render(head, data), data)
    if same(before.value, data):
        return before
    found = _HEAD.match(before.text)
    if (
        found is not None
        and isinstance(before.value, dict)
        and _render(found[0], before.value) == before.text
    ):
        return LayoutText(_render(found[0], data), data)
    return LayoutText(patch_text(parse(before.text), data), data)
