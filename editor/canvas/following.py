"""Following transitions by keys: through those that lead out of a state or into it, on to where one leads, and back.

While that goes on the transitions of one state are lit up (`Look.WAYS`) and the one that keys are at is selected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from editor.document import ways
from editor.document.looking import Look

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_SIDES = {Qt.Key.Key_Right: False, Qt.Key.Key_Left: True}
_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HINT = "Up and Down go through them, Left and Right to what leads in and out, Return on, Backspace back."


class Following:
    """The keys of a view while transitions are followed; they mean what they did as soon as that ends."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._state = ""
        self._is_into = False
        self._is_own = False
        session = view.session
        session.looking.stepped.subscribe(self._select)
        session.looking.changed.subscribe(self._fall_silent)
        session.selection_changed.subscribe(self._on_selection_changed)
        session.changed.subscribe(lambda changes: self._follow())

    @property
    def is_active(self) -> bool:
        """Whether transitions are followed now."""
        return self._view.session.looking.look is Look.WAYS

    def begin(self) -> None:
        """Follow what leads out of the one selected state, or go on from the selected transition."""
        session = self._view.session
        chart, [id] = session.document.chart, session.selection.ids
        line = chart.transitions.get(id)
        self._show(line.source if line is not None else id, is_into=False, at=id if line is not None else "")
        session.say(HINT)

    def _fall_silent(self) -> None:
        """What the keys do is not told any more once they mean something else."""
        if not self.is_active and self._view.session.status == HINT:
            self._view.session.say("")

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key means something while transitions are followed, whatever it means elsewhere."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        keys = (*_STEPS, *_SIDES, *_ON, Qt.Key.Key_Backspace)
        return self.is_active and held == Qt.KeyboardModifier.NoModifier and Qt.Key(event.key()) in keys

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key means while transitions are followed; whether it means something."""
        if not self.wants(event):
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._view.session.looking.step(_STEPS[key])
        elif key in _SIDES:
            self._show(self._state, is_into=_SIDES[key])
        elif key in _ON:
            self._go_on()
        else:
            self._go_back()
        return True

    def _show(self, state: str, *, is_into: bool, at: str = "") -> None:
        """Light up the transitions of a state, and select one of them, or the state where there is none."""
        session = self._view.session
        chart = session.document.chart
        self._state, self._is_into = state, is_into
        found = ways.into(chart, state) if is_into else ways.out_of(chart, state)
        key = chart.states[state].key
        name = f"Into {key}" if is_into else f"Out of {key}"
        here = at if at in found else next(iter(found), "")
        session.looking.show(Look.WAYS, name, found, at=here)
        self._choose(here or state)

    def _choose(self, id: str) -> None:
        self._is_own = True
        self._view.session.selection.replace([id])
        self._is_own = False
        self._view.reveal(id)

    def _select(self) -> None:
        if self.is_active:
            self._choose(self._view.session.looking.at)

    def _go_on(self) -> None:
        """Go where the transition leads that one is at, or to where it comes from among those that lead in."""
        session = self._view.session
        end = ways.far_end(session.document.chart, session.looking.at, is_into=self._is_into)
        if not end:
            session.say("There is nowhere to go on to from here. Left and Right show what leads in and out.")
            return
        self._view.visiting.jump(lambda: self._show(end, is_into=self._is_into))
        self._view.reveal(end)

    def _go_back(self) -> None:
        """Go back to where one was before, and follow what leads on from there."""
        session = self._view.session
        self._is_own = True
        self._view.visiting.go(-1)
        self._is_own = False
        ids, chart = session.selection.ids, session.document.chart
        if len(ids) != 1 or (ids[0] not in chart.states and ids[0] not in chart.transitions):
            session.looking.end()
            return
        line = chart.transitions.get(ids[0])
        is_into = line is not None and self._is_into and bool(line.targets)
        state = ids[0] if line is None else line.targets[0] if is_into else line.source
        self._show(state, is_into=is_into, at=ids[0])

    def _on_selection_changed(self) -> None:
        """Somebody selected something else, and so follows nothing any more."""
        if self.is_active and not self._is_own:
            self._view.session.looking.end()

    def _follow(self) -> None:
        """The chart is another one: show what there is now."""
        looking, session = self._view.session.looking, self._view.session
        if not self.is_active:
            return
        if self._state not in session.document.chart.states:
            looking.end()
        elif looking.at not in session.document.chart.transitions:
            self._show(self._state, is_into=self._is_into)
