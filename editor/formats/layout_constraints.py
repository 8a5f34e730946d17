"""What layouts are to keep of states, as a layout file says it: a list of one kind each with the states it is for."""

from __future__ import annotations

from editor.formats.layout_keys import LayoutKeys
from editor.formats.yaml_tree import Path
from editor.model.diagram import Constraint, ConstraintKind
from editor.model.elements import Data

LEAST = 2
"""States that a constraint needs."""
_KINDS = ", ".join(kind.value for kind in ConstraintKind)
Faults = list[tuple[str, Path]]


def read(value: list[Data], keys: LayoutKeys) -> tuple[list[Constraint], Faults]:
    """The constraints of a list such as `[{row: [a, b]}, {left: [a, p.c]}]`, and what in it cannot be used."""
    found: list[Constraint] = []
    faults: Faults = []
    for number, entry in enumerate(value):
        place: Path = ("constraints", number)
        kind = _kind(entry)
        if kind is None or not isinstance(entry, dict):
            faults.append((f"A constraint is one of {_KINDS} with a list of states; it is left out.", place))
            continue
        names = entry[kind.value]
        ids: list[str] = []
        for name in names if isinstance(names, list) else ():
            _, id = keys.find("states", name) if isinstance(name, str) else (None, None)
            if id is None:
                faults.append((f"“{name}” is not in the machine; it is left out.", place))
            elif id not in ids:
                ids.append(id)
        if len(ids) >= LEAST:
            found.append(Constraint(kind=kind, ids=tuple(ids)))
        else:
            faults.append((f"“{kind.value}” needs at least two states; it is left out.", place))
    return found, faults


def _kind(entry: Data) -> ConstraintKind | None:
    if not isinstance(entry, dict) or len(entry) != 1:
        return None
    (word,) = entry
    return next((kind for kind in ConstraintKind if kind.value == word), None)


def to_data(keys: LayoutKeys, constraints: tuple[Constraint, ...]) -> list[Data]:
    """Constraints as plain data; states that are gone are left out, and what has no two left."""
    found: list[Data] = []
    for each in constraints:
        names: list[Data] = [keys.of_states[id] for id in each.ids if id in keys.of_states]
        if len(names) >= LEAST:
            found.append({each.kind.value: names})
    return found
