"""What can be done about a problem: repair it, or all of its kind; leave it be; let its rule count otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from editor.commands.registry import Command, Desktop
from editor.document import quieting, repairing, settings
from editor.document.undo import Edit
from editor.layout.sizes import TableMeasure
from editor.model.judging import CHOICES, home
from editor.model.problems import Problem, Severity
from editor.model.rule_book import RULES
from editor.session import Session

MEASURE = TableMeasure()
_WORDS = {"error": "Error", "warning": "Warning", "information": "Information", "off": "Off"}
_NAME = re.compile("“.*”", re.DOTALL)
"""The name in what a repair is called; names may have such marks of their own."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One row of a menu: done when it is chosen. `is_chosen`: it is how things are already; None for no choice."""

    title: str
    run: Callable[[], None]
    is_chosen: bool | None = None


def problems_of(session: Session, id: str) -> list[Problem]:
    """What is wrong with an element, as the rules said last."""
    return [each for each in session.problems if home(session.document.chart, each) == id]


def repairs(session: Session, problem: Problem) -> list[Deed]:
    """The repairs of a problem, the best first."""
    document = session.document
    found = repairing.repairs(document.chart, document.diagram, problem, MEASURE, session.shown())
    return [Deed(each.title, _doing(session, each.edit)) for each in found]


def repairs_of_all(session: Session, problem: Problem) -> list[Deed]:
    """The repairs that can be made of all problems of the same rule in one step; nothing where it is the only one.

    Each is called as that of this problem, but for the name: the others have their own.
    """
    document = session.document
    alike = [each for each in session.problems if each.rule == problem.rule]
    if len(alike) < 2:
        return []
    own = repairing.repairs(document.chart, document.diagram, problem, MEASURE, session.shown())

    def deed(kind: str) -> Callable[[], None]:
        def run() -> None:
            chart, diagram, shown = document.chart, document.diagram, session.shown()
            edit, _ = repairing.repair_all(chart, diagram, alike, kind, MEASURE, shown)
            _doing(session, edit)()

        return run

    return [Deed(f"All {len(alike)} alike: {_NAME.sub('“…”', each.title)}", deed(each.kind)) for each in own]


def quiet(session: Session, problems: list[Problem], *, is_quiet: bool) -> Deed | None:
    """To leave the rules of some problems unheard for their elements, or to hear them again."""
    document = session.document
    wanted = [each for each in problems if each.severity is not Severity.ERROR]
    if not wanted:
        return None
    plan = quieting.silence if is_quiet else quieting.hear
    title = "Ignore here" if is_quiet else "Show again"
    return Deed(title, lambda: _doing(session, plan(document.chart, document.diagram, wanted))())


def severities_here(session: Session, rule: str) -> list[Deed]:
    """What the rule can count for in this machine."""
    document = session.document
    now = dict(document.diagram.sheet.severities).get(rule)

    def deed(choice: str | None) -> Callable[[], None]:
        return lambda: _doing(session, quieting.set_severity(document.diagram, rule, choice))()

    return _severities(rule, now, deed)


def severities_for_me(session: Session, rule: str) -> list[Deed]:
    """What the rule can count for in all machines of this person."""

    def deed(choice: str | None) -> Callable[[], None]:
        def run() -> None:
            chosen = settings.load().with_severity(rule, choice)
            settings.store(chosen)
            session.set_settings(chosen)

        return run

    return _severities(rule, dict(session.settings.severities).get(rule), deed)


def _severities(rule: str, now: str | None, deed: Callable[[str | None], Callable[[], None]]) -> list[Deed]:
    known = RULES.get(rule)
    if known is None or not known.is_settable:
        return []
    usual = Deed(f"As usual ({_WORDS[known.severity.value].lower()})", deed(None), now is None)
    return [usual, *(Deed(_WORDS[choice], deed(choice), now == choice) for choice in CHOICES)]


def _doing(session: Session, edit: Edit) -> Callable[[], None]:
    """Make an edit, have the rules look at once, and say what was done."""

    def run() -> None:
        session.document.apply(edit)
        session.settled_problems()
        session.say(f"{edit.label}.")

    return run


def _first(session: Session) -> Problem | None:
    """The worst problem of what is selected that can be repaired."""
    chart = session.document.chart
    chosen = set(session.selection.ids) or {chart.root_id}
    found = [
        each
        for each in session.problems
        if home(chart, each) in chosen and (repairing.is_repairable(each.rule) or each.now is not None)
    ]
    worst = list(Severity)
    return min(found, key=lambda each: worst.index(each.severity), default=None)


def repair_selected(session: Session, desktop: Desktop) -> None:
    """Do the best repair of the worst problem of the selection."""
    session.settled_problems()
    problem = _first(session)
    deeds = repairs(session, problem) if problem is not None else []
    if deeds:
        deeds[0].run()
    else:
        session.say("There is nothing here that one click repairs.")


COMMANDS = (
    Command(
        id="edit.repair", title="Repair", run=repair_selected, menu="Edit", group=9, shortcuts=("Ctrl+.", "Alt+Return"),
        on_canvas=True, when=lambda session: _first(session) is not None,
        tip="Do what is most likely meant about the worst problem of the selection",
    ),
)  # fmt: skip
