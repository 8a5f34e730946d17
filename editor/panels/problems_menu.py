"""The menu of a problem, in its list and on the canvas: repairs first, then what its rule is to say."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from editor.commands import problem as deeds
from editor.commands.problem import Deed
from editor.errors import EditorError
from editor.model.problems import Problem
from editor.session import Session


def fill(menu: QMenu, session: Session, problems: list[Problem], *, is_silenced: bool = False) -> None:
    """What can be done about a problem, or about all problems of one rule."""
    first = problems[0]
    if not is_silenced:
        if len(problems) == 1:
            for deed in deeds.repairs(session, first):
                add(menu, session, deed)
        for deed in deeds.repairs_of_all(session, first):
            add(menu, session, deed)
        if menu.isEmpty():
            menu.addAction("No repair with one click").setEnabled(False)
        menu.addSeparator()
    quiet = deeds.quiet(session, problems, is_quiet=not is_silenced)
    if quiet is not None:
        add(menu, session, quiet)
    for title, choices in (
        ("In this machine, it is", deeds.severities_here(session, first.rule)),
        ("In all my machines, it is", deeds.severities_for_me(session, first.rule)),
    ):
        if choices:
            below = menu.addMenu(title)
            group = QActionGroup(below)
            for deed in choices:
                action = add(below, session, deed)
                action.setActionGroup(group)


def add(menu: QMenu, session: Session, deed: Deed) -> QAction:
    """One row."""
    action = menu.addAction(deed.title)
    if deed.is_chosen is not None:
        action.setCheckable(True)
        action.setChecked(deed.is_chosen)
    action.triggered.connect(partial(_run, session, deed))
    return action


def _run(session: Session, deed: Deed, *_: object) -> None:
    try:
        deed.run()
    except EditorError as error:
        session.say(str(error))


def menu_of(
    parent: QWidget, session: Session, problems: list[Problem], *, is_silenced: bool = False
) -> QMenu:
    """A menu of its own."""
    menu = QMenu(parent)
    fill(menu, session, problems, is_silenced=is_silenced)
    return menu
