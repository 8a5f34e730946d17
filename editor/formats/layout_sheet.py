"""What a layout file says about the drawing as a whole, and which rules are to say what about the machine in it."""

from __future__ import annotations

from editor.formats import layout_constraints, layout_notes
from editor.formats.layout_keys import LayoutKeys
from editor.formats.yaml_tree import Path
from editor.model.diagram import Constraint, Sheet
from editor.model.elements import Data
from editor.model.judging import CHOICES

_OTHERS = ("states", "transitions")
_OWN = ("quiet", "rules", "constraints")
Faults = list[tuple[str, Path]]


def read(value: dict[str, Data], keys: LayoutKeys) -> tuple[Sheet, Faults]:
    """The sheet, and what in it cannot be used, with its path.

    `quiet` is a mapping of elements, called as the places call them, to lists of rules; `rules` one of rules to
    `error`, `warning`, `information` or `off`; `constraints` as `layout_constraints` reads them. What is not understood
    as a whole is kept as it is.
    """
    faults: Faults = []
    extra = {key: each for key, each in value.items() if key not in (*_OTHERS, *_OWN)}
    if layout_notes.holds(extra.get("notes")):
        del extra["notes"]
    quiet: list[tuple[str, tuple[str, ...]]] = []
    severities: list[tuple[str, str]] = []
    hushed, ruled, held = (value.get(field) for field in _OWN)
    if isinstance(hushed, dict) and hushed:
        for key, rules in hushed.items():
            _, id = keys.find("transitions" if " " in key else "states", key)
            if id is None:
                faults.append((f"“{key}” is not in the machine; it is left out.", ("quiet", key)))
            elif isinstance(rules, list) and all(isinstance(each, str) for each in rules):
                quiet.append((id, tuple(each for each in rules if isinstance(each, str))))
            else:
                faults.append((f"“{key}” has no list of rules; it is left out.", ("quiet", key)))
    elif "quiet" in value:
        extra["quiet"] = hushed
    if isinstance(ruled, dict) and ruled:
        for key, choice in ruled.items():
            if isinstance(choice, str) and choice in CHOICES:
                severities.append((key, choice))
            else:
                words = f"{', '.join(CHOICES[:-1])} or {CHOICES[-1]}"
                faults.append((f"The rule “{key}” can be {words} here; it is left out.", ("rules", key)))
    elif "rules" in value:
        extra["rules"] = ruled
    constraints: list[Constraint] = []
    if isinstance(held, list) and held:
        constraints, more = layout_constraints.read(held, keys)
        faults += more
    elif "constraints" in value:
        extra["constraints"] = held
    sheet = Sheet(
        extra=tuple(extra.items()), quiet=tuple(quiet), severities=tuple(severities),
        constraints=tuple(constraints),
    )  # fmt: skip
    return sheet, faults


def to_data(keys: LayoutKeys, sheet: Sheet) -> dict[str, Data]:
    """The sheet as plain data; elements that are gone are left out."""
    data: dict[str, Data] = dict(sheet.extra)
    if sheet.severities:
        data["rules"] = dict(sheet.severities)
    wanted = dict(sheet.quiet)
    quiet: dict[str, Data] = {}
    for id, key in keys.of_states.items() if wanted else ():
        if wanted.get(id):
            quiet[key] = list(wanted[id])
        for name, transition in keys.from_source(id).items():
            if wanted.get(transition):
                quiet[name] = list(wanted[transition])
    if quiet:
        data["quiet"] = quiet
    held = layout_constraints.to_data(keys, sheet.constraints)
    if held:
        data["constraints"] = held
    return data
