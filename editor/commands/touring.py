"""The tour: a statechart from the resources, run by our engine and moved on by what happens in a session. No Qt.

The chart (`resources/tour/tour.yaml`) says which steps there are, what each says and where it points; here is only
what the person's deeds are called there: a state was drawn, a run was started, the file was saved.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from editor import resources
from editor.commands import view
from editor.document import edits, files
from editor.engine.simulator import Simulator
from editor.engine.trace import TraceEntry
from editor.model import queries
from editor.model.changes import Changes, StateChange, TransitionChange, net
from editor.model.chart import Chart
from editor.model.elements import State, Transition
from editor.session import Session
from editor.signal import Signal

OFFERED, OVER = "offered", "end"
"""What settings hold of the tour besides the step that was reached: it was offered once; it was taken to its end."""
_TAKING = "taking"
_DECLINED = f"{OFFERED}:"


class Place(NamedTuple):
    """Where a step points: `what` is a word of the chart, `id` the element that the person made last, if any."""

    what: str
    id: str = ""


class Step(NamedTuple):
    """A step as it is to be shown; `number` `of` all, 0 for the word at the end. `keys` are ids of commands."""

    key: str
    title: str
    text: str
    number: int
    of: int
    place: Place
    keys: tuple[str, ...]

    @property
    def is_last(self) -> bool:
        """Whether it is the word at the end."""
        return not self.number


def chart_path() -> Path:
    """The machine that the tour is."""
    return resources.path("tour", "tour.yaml")


def is_begun(kept: str) -> bool:
    """Whether what settings hold is a step on the way, which nobody declined to go on from."""
    return kept not in ("", OFFERED, OVER) and not kept.startswith(_DECLINED)


def declined(kept: str) -> str:
    """What settings are to hold so that the tour is not offered again; the step that was reached is still in it."""
    return f"{_DECLINED}{kept}" if is_begun(kept) else kept or OFFERED


class Tour:
    """A run of the tour's machine. `changed` is told when another step is to be shown, or none.

    What happens is taken in by `settle`, which `later` is to call soon: what a deed leads to, such as a name that is
    typed, has begun by then. While `is_busy` says so, or something is dragged, it waits for the next time.
    """

    def __init__(
        self,
        session: Session,
        is_busy: Callable[[], bool] = lambda: False,
        later: Callable[[Callable[[], None]], None] = lambda settle: settle(),
    ) -> None:
        self.changed: Signal[[]] = Signal()
        self._session = session
        self._is_busy = is_busy
        self._later = later
        self._run: Simulator | None = None
        self._chart: Chart | None = None
        self._waiting: Changes = ()
        self._queue: list[str] = []
        self._made: dict[str, str] = {}
        self._stamps: object = None
        self._heard: dict[str, Callable[[], None]] = {}

    # what is shown

    @property
    def step(self) -> Step | None:
        """What is to be shown now; None while the tour is not taken."""
        run, chart = self._run, self._chart
        if run is None or chart is None:
            return None
        active, steps = run.configuration, _steps(chart)
        state = next((each for each in steps if each.id in active), None)
        if state is None:
            return None
        inner = [id for id in chart.states if id in active and queries.is_descendant(chart, id, state.id)]
        said = [state, *(chart.states[id] for id in inner)]
        about = [_about(each) for each in said]
        place = next((str(each["at"]) for each in reversed(about) if "at" in each), "")
        keys = next((each["keys"] for each in reversed(about) if "keys" in each), ())
        number = steps.index(state) + 1
        return Step(
            key=state.key,
            title=str(about[0].get("title", state.key)),
            text=next((each.description for each in reversed(said) if each.description), ""),
            number=number if number < len(steps) else 0,
            of=len(steps) - 1,
            place=Place(place, self._made.get(place, "")),
            keys=tuple(map(str, keys)) if isinstance(keys, list) else (),
        )

    # what the person says

    def take(self) -> None:
        """Go on where it was left, in this window or the last time; from the start once it was taken to its end."""
        if self.step is not None:
            return
        if self._chart is None:
            self._chart = files.read_machine(chart_path()).chart
        if self._run is None or self._run.snapshot.is_done:
            self._run = Simulator(self._chart, keep_trace=False)
            self._run.start()
        self._run.send("TAKE")
        reached = self._session.settings.tour.removeprefix(_DECLINED)
        keys = [each.key for each in _steps(self._chart)]
        if reached in keys and reached != OVER:
            for _ in range(keys.index(reached) - keys.index(self._key)):
                self._run.send("SKIP")
        self._listen()
        self._say()
        self._tell()

    def skip(self) -> None:
        """Go to the next step."""
        self._say("SKIP")

    def back(self) -> None:
        """Go to the step before."""
        self._say("BACK")

    def leave(self) -> None:
        """Show no step any more; what was reached is kept."""
        if self.step is None:
            return
        for unsubscribe in self._heard.values():
            unsubscribe()
        self._heard.clear()
        self._say("LEAVE")

    def settle(self) -> None:
        """Take in what happened, unless something is still going on."""
        if not self._heard or self._session.document.is_in_gesture or self._is_busy():
            return
        changes, self._waiting = self._waiting, ()
        queue, self._queue = self._queue, []
        self._say(*self._deeds(changes), *queue)

    @property
    def _key(self) -> str:
        step = self.step
        return step.key if step is not None else ""

    def _say(self, *events: str) -> None:
        """Send events to the machine, and tell when that leads elsewhere."""
        before, run = self.step, self._run
        if run is None:
            return
        for event in events:
            run.send(event)
        if self._session.is_running:  # it may have been started in a step that does not ask for it
            run.send("RUN_STARTED")
        if self.step != before:
            self._tell()

    def _tell(self) -> None:
        """Keep what was reached, and have it shown."""
        key = self._key
        if key and key != self._session.settings.tour:
            view.choose(self._session, tour=key)
        self.changed.emit()

    # what the person does

    def _listen(self) -> None:
        session = self._session
        self._queue = []
        self._heard |= {
            "changes": session.changed.subscribe(self._on_changed),
            "documents": session.document_replaced.subscribe(self._on_document),
            "runs": session.simulator_changed.subscribe(self._on_run),
        }
        self._on_document()
        self._follow(session.simulator)

    def _instead(self, name: str, unsubscribe: Callable[[], None]) -> None:
        """Hear of something, and no longer of what was heard under this name."""
        self._heard.pop(name, lambda: None)()
        self._heard[name] = unsubscribe

    def _on_document(self) -> None:
        """Another document is shown, or the tour begins: what was there before is nobody's deed."""
        document = self._session.document
        self._waiting, self._made, self._stamps = (), {}, document.stamps
        self._instead("document", document.state_changed.subscribe(self._on_state))

    def _on_changed(self, changes: Changes) -> None:
        self._waiting = net((*self._waiting, *changes))
        self._later(self.settle)

    def _on_state(self) -> None:
        """A gesture may have ended, and the file may have been written."""
        stamps = self._session.document.stamps
        if stamps is not self._stamps:
            self._stamps = stamps
            if not self._session.document.is_modified:
                self._queue.append("SAVED")
        self._later(self.settle)

    def _on_run(self) -> None:
        run = self._session.simulator
        self._follow(run)
        self._queue.append("RUN_STARTED" if run is not None else "RUN_ENDED")
        self._later(self.settle)

    def _follow(self, run: Simulator | None) -> None:
        """Hear of the steps of a run, and no longer of those of the one before."""
        self._instead("steps", run.stepped.subscribe(self._on_stepped) if run is not None else lambda: None)
        self._instead("questions", run.asked.subscribe(self._on_asked) if run is not None else lambda: None)

    def _on_stepped(self, entry: TraceEntry) -> None:
        if entry.deed is not None:
            self._queue.append("STEP_TAKEN" if entry.outcome.microsteps else "NOTHING_TAKEN")
            self._later(self.settle)

    def _on_asked(self) -> None:
        self._queue.append("QUESTION_ASKED")
        self._later(self.settle)

    def _deeds(self, changes: Changes) -> list[str]:
        """What changes are called in the chart: first what was drawn, then what was written on it."""
        drawn: list[str] = []
        written: list[str] = []
        for change in changes:
            old, new = change.old, change.new
            if isinstance(change, StateChange) and isinstance(new, State):
                if old is None:
                    self._made["state"] = change.id
                    drawn.insert(0, "STATE_DRAWN")
            elif isinstance(change, TransitionChange) and isinstance(new, Transition) and not new.is_pseudo:
                before = old if isinstance(old, Transition) else None
                self._made["transition"] = change.id
                drawn += ["TRANSITION_DRAWN"] if before is None else []
                written += _written(before, new)
        return [*drawn, *written]


def _written(old: Transition | None, new: Transition) -> list[str]:
    """What was given to a transition."""
    found = []
    text = new.trigger.text
    is_as_drawn = text.startswith(edits.NEW_EVENT) and text.removeprefix(edits.NEW_EVENT).isdecimal()
    is_chosen = text not in ("", edits.NEW_EVENT) and not is_as_drawn
    if is_chosen and (old is None or old.trigger != new.trigger):
        found.append("EVENT_GIVEN")
    if new.guard is not None and (old is None or old.guard != new.guard):
        found.append("GUARD_GIVEN")
    return found


def _steps(chart: Chart) -> list[State]:
    """The steps in their order, the word at the end last."""
    taking = next(each for each in chart.children(chart.root_id) if each.key == _TAKING)
    return [each for each in chart.children(taking.id) if not each.kind.is_history]


def _about(state: State) -> dict[str, object]:
    return dict(state.meta) if isinstance(state.meta, dict) else {}
