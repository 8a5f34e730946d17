"""Why a command cannot be invoked now, in words for people."""

from __future__ import annotations

from editor.commands.registry import Command
from editor.session import Session

OTHERWISE = "Not possible now"
_SELECTED = "Needs a selection"
_ONE = "Needs one selected element"
_ONE_STATE = "Needs one selected state"
_STATES = "Needs a selected state"
_SEVERAL = "Needs several selected states"
_BOXES = "Needs a selected state or note"
_ARROWS = "Needs selected transitions"
_ARROW = "Needs one selected transition"
_CARD = "Needs one selected state with a card"
_REGION = "Needs a selected region beside others"
_RUN = "Needs a run"
_FILE = "Needs a file: save first"
_SAME_PARENT = "Needs selected states of the same parent"
_HOLDING = "Needs a selected state that holds others, or one inside it"
_SIBLINGS = "Needs several selected states of one parent"
_PROPOSAL = "Needs a proposed layout"
_FILLED = "Needs a state in the machine"

REASONS = {
    "file.recent": "No file was open yet",
    "file.reopen": "No file was closed yet",
    "file.duplicate": _FILLED,
    "file.revert": "Nothing differs from the file",
    "file.previous": _FILE,
    "file.export": _FILLED,
    "file.exportPng": _FILLED,
    "compare.saved": _FILE,
    "compare.end": "Nothing is compared",
    "edit.cut": _BOXES,
    "edit.copy": _BOXES,
    "edit.copy_picture": _FILLED,
    "edit.repair": "No problem here can be repaired",
    "select.like": _SELECTED,
    "select.attached": _STATES,
    "select.outgoing": _STATES,
    "select.incoming": _STATES,
    "select.around": _SELECTED,
    "select.children": _STATES,
    "select.siblings": _STATES,
    "edit.describe": "Needs one selected state or transition, or nothing selected",
    "note.edit": "Needs one selected note",
    "find.next": "Nothing is looked for",
    "find.previous": "Nothing is looked for",
    "view.back": "Nobody went elsewhere yet",
    "view.forward": "Nobody went back",
    "view.alone": "Needs one selected state that holds others, or a region",
    "view.up": "All is seen already",
    "view.whole": "All is seen already",
    "view.follow": "Needs one selected state or transition",
    "lens.event": "Needs a selected transition with an event",
    "edit.undo": "Nothing to undo",
    "edit.redo": "Nothing to redo",
    "edit.delete": _SELECTED,
    "edit.rename": _ONE,
    "edit.menu": _SELECTED,
    "edit.goOn": _ONE,
    "edit.route": "Needs selected transitions that were placed by hand",
    "edit.none": _SELECTED,
    "edit.parent": _ONE,
    "edit.initial": "Needs one selected state that is not the initial one",
    "edit.parallel": _ONE_STATE,
    "edit.final": _ONE_STATE,
    "edit.shallow": _ONE_STATE,
    "edit.deep": _ONE_STATE,
    "edit.region": "Needs one selected state that can have regions",
    "edit.duplicate": _BOXES,
    "edit.group": _STATES,
    "edit.dissolve": "Needs one selected composite",
    "edit.wrap": _STATES,
    "edit.regionBefore": _REGION,
    "edit.regionBehind": _REGION,
    "edit.mergeRegions": "Needs several selected regions",
    "edit.renameEverywhere": _FILLED,
    "line.entry": _CARD,
    "line.exit": _CARD,
    "line.invoke": _CARD,
    "label.guard": _ARROW,
    "label.actions": _ARROW,
    "label.delay": "Needs one selected transition with a delay",
    "state.tint": _BOXES,
    "state.tag": "Needs a selected state that is no history",
    "arrow.event": _ARROWS,
    "arrow.guard": _ARROWS,
    "arrow.actions": _ARROWS,
    "arrow.swap": _ARROWS,
    "arrow.target": _ARROW,
    "arrow.source": _ARROW,
    "arrange.wider": _ONE,
    "arrange.narrower": _ONE,
    "arrange.higher": _ONE,
    "arrange.lower": _ONE,
    "arrow.self": _ARROWS,
    "arrow.internal": _ARROWS,
    "arrow.insert": "Needs one selected transition between two states",
    "arrow.addSelf": _STATES,
    "arrow.addInternal": _STATES,
    "arrow.connect": _SEVERAL,
    "arrow.growRight": _STATES,
    "arrow.growDown": _STATES,
    "arrow.growLeft": _STATES,
    "arrow.growUp": _STATES,
    **dict.fromkeys(
        (f"arrange.{each}" for each in ("left", "center", "right", "top", "middle", "bottom")), _SEVERAL
    ),
    "arrange.across": "Needs three selected states",
    "arrange.down": "Needs three selected states",
    "arrange.width": _SEVERAL,
    "arrange.height": _SEVERAL,
    "arrange.size": _SEVERAL,
    "layout.chart": _FILLED,
    "layout.afresh": _FILLED,
    "layout.inside": "Needs one selected composite",
    "layout.selection": _SIBLINGS,
    "layout.routes": "Needs a transition in the machine",
    "layout.accept": _PROPOSAL,
    "layout.acceptSelection": "Needs a proposed layout and selected states",
    "layout.reject": _PROPOSAL,
    "layout.free": _PROPOSAL,
    "layout.pin": "Everything is pinned",
    "layout.release": "Nothing is pinned",
    "layout.row": _SIBLINGS,
    "layout.column": _SIBLINGS,
    "layout.left": _SIBLINGS,
    "layout.together": _SIBLINGS,
    "layout.drop": "Layouts are to keep nothing here",
    "arrange.collapse": "Needs a selected composite that is open",
    "arrange.expand": "Needs a selected composite that is collapsed",
    "arrange.tidy": "Needs several selected states of the same parent",
    "arrange.snap": _STATES,
    "arrange.swap": "Needs two selected states of the same parent",
    "arrange.straighten": "Needs one selected transition from a state to another",
    "arrange.spaceAcross": _SAME_PARENT,
    "arrange.spaceDown": _SAME_PARENT,
    "arrange.fit": _HOLDING,
    "arrange.fitAll": _HOLDING,
    "arrange.into": _STATES,
    "arrange.out": "Needs selected states inside another",
    "view.selection": _SELECTED,
    "simulate.reset": _RUN,
    "simulate.restart": "Needs a run of a chart that was changed since",
    "simulate.back": "Needs a run with a step before",
    "simulate.forward": "Needs a run with a step after",
    "simulate.timer": "Needs a run that waits for a timer",
    "simulate.second": _RUN,
    "simulate.play": _FILLED,
    "simulate.save": _RUN,
}
"""By the ids of commands that cannot always be invoked."""


def reason(command: Command, session: Session) -> str:
    """What is missing for a command to be invoked; empty when nothing is."""
    return "" if command.when(session) else REASONS.get(command.id, OTHERWISE)
