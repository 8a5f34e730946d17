"""NAME.layout.yaml: where things are drawn, one line an element, sorted as in the definition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from editor.errors import Flaw, FormatError
from editor.formats import layout_notes, layout_sheet
from editor.formats.layout_keys import LayoutKeys
from editor.formats.layout_lines import HEAD, read_lines
from editor.formats.registry import Notice
from editor.formats.yaml_patch import patch as patch_text
from editor.formats.yaml_scalars import write_key
from editor.formats.yaml_tree import Path, Tree, decoded, parse
from editor.formats.yaml_write import inline
from editor.geometry import Point
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Label
from editor.model.elements import ROOT, Data, Extra
from editor.model.sameness import same

BOX_KEYS = ("box", "auto", "tint", "collapsed", "initial")
BENDS_KEYS = ("bends", "auto", "label")
_TABLES = ("states", "transitions", "notes", "quiet")
_FAR = 1e7
_WHOLE = {int}


@dataclass(frozen=True, slots=True)
class LayoutText:
    """The text of a layout and what it means, kept for saving over it; `is_own`: it is known to be in our form."""

    text: str
    value: Data
    is_own: bool = False


def read(
    text: str | bytes, chart: Chart, *, name: str = ""
) -> tuple[Diagram, LayoutText, tuple[Notice, ...]]:
    """A layout for a chart; what belongs to nothing in it is dropped with a notice.

    Raises:
        FormatError: it is no YAML, or its root is no mapping.
    """
    text = decoded(text, name)
    quick = read_lines(text)
    tree = parse(text, name=name) if quick is None else None
    value = quick if tree is None else tree.value if tree.value is not None else {}
    if not isinstance(value, dict):
        raise FormatError([Flaw("A layout is a mapping with “states” and “transitions”.", 1, 1)], file=name)
    keys = LayoutKeys(chart)
    diagram, faults = read_tables(value, keys)
    sheet, more = layout_sheet.read(value, keys)
    faults += more + _read_notes(value.get("notes"), diagram)
    if faults and tree is None:
        tree = parse(text, name=name)
    notices = () if tree is None else tuple(_notice(tree, *each) for each in faults)
    diagram.sheet = sheet
    return diagram, LayoutText(text, value), notices


def read_tables(value: dict[str, Data], keys: LayoutKeys) -> tuple[Diagram, list[tuple[str, Path]]]:
    """The boxes and bends that are usable, and what is wrong at which path."""
    diagram, faults = Diagram(), list[tuple[str, Path]]()
    for field in ("states", "transitions"):
        table = value.get(field)
        if table is not None and not isinstance(table, dict):
            faults.append((f"“{field}” must be a mapping; it is left out.", (field,)))
            continue
        for key, entry in (table or {}).items():
            _, id = keys.find(field, key)
            if id is None:
                faults.append((f"“{key}” is not in the machine; it is left out.", (field, key)))
                continue
            made = _read_entry(field, id, entry)
            if made is None:
                faults.append((f"“{key}” has no usable place; it is left out.", (field, key)))
                continue
            _put(diagram, made)
            wrong = _wrong_parts(made, entry)
            if wrong:
                why = f"has no usable {' and '.join(wrong)}, which"
                faults.append((f"“{key}” {why} is left out.", (field, key)))
    return diagram, faults


def _read_notes(value: Data, diagram: Diagram) -> list[tuple[str, Path]]:
    """Put the notes into the diagram; what is wrong with them, and where."""
    faults: list[tuple[str, Path]] = []
    for key, note, fault in layout_notes.entries(value):
        if note is not None:
            diagram.put_note(note.id, note)
        if fault:
            faults.append((fault, ("notes", key) if isinstance(value, dict) else ("notes",)))
    return faults


def _notice(tree: Tree, message: str, path: Path) -> Notice:
    return Notice(message, *tree.key_mark(path))


def _read_entry(field: str, id: str, value: Data) -> Box | Bends | None:
    return _read_box(id, value) if field == "states" else _read_bends(id, value)


def _put(diagram: Diagram, made: Box | Bends) -> None:
    if isinstance(made, Box):
        diagram.put_box(made.id, made)
    else:
        diagram.put_bends(made.id, made)


def entry(old: Box | Bends, body: dict[str, Data]) -> Box | Bends | None:
    """What a mapping says of the box or the bends that there were; None where something in it cannot be used."""
    made = _read_entry("states" if isinstance(old, Box) else "transitions", old.id, body)
    return made if made is not None and not _wrong_parts(made, body) else None


def written(made: Box | Bends) -> dict[str, Data]:
    """A box or bends as the mapping that says them."""
    body = _write_box(made) if isinstance(made, Box) else _write_bends(made)
    return body if isinstance(body, dict) else {"box": body}


def _wrong_parts(made: Box | Bends, value: Data) -> list[str]:
    """The optional parts of an entry that could not be read."""
    if not isinstance(value, dict):
        return []
    parts = ("tint", "initial") if isinstance(made, Box) else ("label",)
    flags = ("auto", "collapsed") if isinstance(made, Box) else ("auto",)
    return [
        *(part for part in parts if value.get(part) is not None and getattr(made, part) is None),
        *(flag for flag in flags if not isinstance(value.get(flag), bool | None)),
    ]


def _numbers(value: Data, count: int) -> list[float] | None:
    if not isinstance(value, list) or len(value) != count:
        return None
    found = [each for each in value if isinstance(each, int | float) and not isinstance(each, bool)]
    # compared before they become floats, for which a whole number may be too large
    is_usable = len(found) == count and all(abs(each) < _FAR for each in found)
    return [float(each) for each in found] if is_usable else None


def _read_box(id: str, value: Data) -> Box | None:
    if id != ROOT and isinstance(value, list) and len(value) == 4 and set(map(type, value)) == _WHOLE:
        x, y, width, height = cast("list[int]", value)
        if not (-_FAR < x < _FAR and -_FAR < y < _FAR and 0 < width < _FAR and 0 < height < _FAR):
            return None
        return Box(id=id, x=float(x), y=float(y), width=float(width), height=float(height))
    body: dict[str, Data] = value if isinstance(value, dict) else {"box": value}
    numbers = _numbers(body.get("box"), 4)
    if id == ROOT:
        return _read_root(body)
    if numbers is None or min(numbers[2:]) < 1:
        return None
    tint = body.get("tint")
    initial = _numbers(body.get("initial"), 2)
    return Box(
        id=id, x=numbers[0], y=numbers[1], width=numbers[2], height=numbers[3],
        auto=body.get("auto") is True,
        tint=tint if isinstance(tint, int) and not isinstance(tint, bool) and 1 <= tint <= 8 else None,
        collapsed=body.get("collapsed") is True,
        initial=Point(*initial) if initial is not None else None,
        extra=_extra(body, BOX_KEYS),
    )  # fmt: skip


def _read_root(body: dict[str, Data]) -> Box | None:
    """The place of the machine's own initial dot; it is not drawn, so it has no rectangle."""
    at = _numbers(body.get("initial"), 2)
    if at is None:
        return None
    box = Box(id=ROOT, x=0, y=0, width=0, height=0, initial=Point(*at))
    return replace(box, extra=_extra(body, BOX_KEYS))


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
        extra=_extra(value, BENDS_KEYS),
    )


def to_data(keys: LayoutKeys, diagram: Diagram) -> dict[str, Data]:
    """The layout as plain data; `keys` are those of the chart."""
    states: dict[str, Data] = {}
    transitions: dict[str, Data] = {}
    boxes, has_bends = diagram.boxes, bool(diagram.bends)
    for id, key in keys.of_states.items():
        box = boxes.get(id)
        if box is not None:
            states[key] = _write_box(box)
        if has_bends:
            transitions |= _bends_from(keys, id, diagram)
    data: dict[str, Data] = {"states": states}
    if transitions:
        data["transitions"] = transitions
    data |= layout_sheet.to_data(keys, diagram.sheet)
    notes = sorted(diagram.notes.values(), key=lambda note: note.rank)
    if notes:
        data["notes"] = {note.key: layout_notes.written(note) for note in notes}
    return data


def _bends_from(keys: LayoutKeys, source: str, diagram: Diagram) -> dict[str, Data]:
    found = {}
    for key, id in keys.from_source(source).items():
        bends = diagram.bends.get(id)
        if bends is not None and (bends.points or bends.label or bends.extra):
            found[key] = _write_bends(bends)
    return found


def _write_box(box: Box) -> Data:
    numbers: list[Data] = [round(box.x), round(box.y), round(box.width), round(box.height)]
    is_plain = not (box.auto or box.collapsed or box.extra) and box.tint is None and box.initial is None
    if is_plain:
        return numbers
    body: dict[str, Data] = {"box": numbers} if box.width else {}
    if box.auto:
        body["auto"] = True
    if box.tint is not None:
        body["tint"] = box.tint
    if box.collapsed:
        body["collapsed"] = True
    if box.initial is not None:
        body["initial"] = [round(box.initial.x), round(box.initial.y)]
    return body | dict(box.extra)


def _write_bends(bends: Bends) -> Data:
    body: dict[str, Data] = {}
    if bends.points:
        body["bends"] = [[round(point.x), round(point.y)] for point in bends.points]
    if bends.auto:
        body["auto"] = True
    if bends.label is not None:
        body["label"] = [round(bends.label.along, 3), round(bends.label.dx), round(bends.label.dy)]
    return body | dict(bends.extra)


def _render(head: str, data: dict[str, Data]) -> str:
    """The text of a layout, one line an element."""
    lines = [head]
    for field, value in data.items():
        if field in _TABLES and isinstance(value, dict) and value:
            lines.append(f"{write_key(field)}:\n")
            lines += [_line(key, each) for key, each in value.items()]
        else:
            lines.append(f"{write_key(field)}: {inline(value)}\n")
    return "".join(lines)


def _line(key: str, value: Data) -> str:
    if isinstance(value, list) and set(map(type, value)) == _WHOLE:
        return f"  {write_key(key)}: {value}\n"
    return f"  {write_key(key)}: {inline(value)}\n"


def write(chart: Chart, diagram: Diagram, name: str) -> str:
    """A fresh layout text for the machine in the file `name`."""
    return rewrite(None, chart, diagram, name).text


def rewrite(before: LayoutText | None, chart: Chart, diagram: Diagram, name: str) -> LayoutText:
    """A layout as text: what was read, changed only where places were, or a fresh one.

    A text in the form that we write ourselves is written again, which is the same and much faster than patching.
    """
    keys = LayoutKeys(chart)
    data = to_data(keys, diagram)
    if before is None or not isinstance(before.value, dict):
        head = f"# Positions for {name}. Safe to delete: the editor will lay the machine out again.\n"
        return LayoutText(_render(head, data), data, is_own=True)
    data = _merged(before.value, data, keys, diagram)
    if same(before.value, data):
        return before
    found = HEAD.match(before.text)
    head = found[0] if found is not None else ""
    if before.is_own or _render(head, before.value) == before.text:
        return LayoutText(_render(head, data), data, is_own=True)
    return LayoutText(patch_text(parse(before.text), data), data)


def _merged(
    old: dict[str, Data], new: dict[str, Data], keys: LayoutKeys, diagram: Diagram
) -> dict[str, Data]:
    """The new data in the order and the words of the old, where those say the same."""
    for field in ("states", "transitions"):
        was, now = old.get(field), new.get(field)
        if not isinstance(was, dict):
            continue
        table: dict[str, Data] = dict(now) if isinstance(now, dict) else {}
        records = diagram.boxes if field == "states" else diagram.bends
        for key, value in was.items():
            usual, id = keys.find(field, key)
            if id is None:
                continue
            is_as_written = usual in table and same(table[usual], value)
            if is_as_written or (id in records and _read_entry(field, id, value) == records[id]):
                table[usual] = value
            if usual != key and usual in table:
                table = {key if each == usual else each: inside for each, inside in table.items()}
        if table or field in new:
            new = {**new, field: _in_order(was, table)}
    return _in_order(old, _with_notes(old.get("notes"), new, diagram))


def _with_notes(was: Data, new: dict[str, Data], diagram: Diagram) -> dict[str, Data]:
    """The new data with the notes in the order and the words of the old, where those say the same."""
    now = new.get("notes")
    if not isinstance(now, dict) or not layout_notes.holds(was):
        return new
    old = {key: note for key, note, _ in layout_notes.entries(was) if note is not None}
    if isinstance(was, dict):
        kept = {key: was[key] for key, note in old.items() if diagram.notes.get(note.id) == note}
        return {**new, "notes": _in_order(was, {**now, **kept})}
    return {**new, "notes": was} if {each.id: each for each in old.values()} == dict(diagram.notes) else new


def _in_order(old: dict[str, Data], new: dict[str, Data]) -> dict[str, Data]:
    """The keys that stay in their old order; each other one behind the one it follows."""
    order = [key for key in old if key in new]
    if len(order) == len(new):
        return {key: new[key] for key in order}
    followers: dict[str | None, list[str]] = {}
    last: str | None = None
    for key in new:
        if key in old:
            last = key
        else:
            followers.setdefault(last, []).append(key)
    found = list(followers.get(None, ()))
    for key in order:
        found += [key, *followers.get(key, ())]
    return {key: new[key] for key in found}
