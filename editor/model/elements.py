"""What a chart is made of, as frozen records; may not know files, pictures or time.

Ids are opaque, never shown and never change; names (`State.key`) are for people and files.
A reference to a state is its id, or `?text` where the text of a file names nothing (see `unresolved`).
Plain data (`Data`) inside a record is shared and never changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from editor.model.sameness import keep_floats, minding_types

Data: TypeAlias = "None | bool | int | float | str | list[Data] | dict[str, Data]"
Extra: TypeAlias = tuple[tuple[str, Data], ...]

ROOT = "root"


def unresolved(text: str) -> str:
    """The reference that stands for a text which names no state."""
    return "?" + text


def is_unresolved(reference: str) -> bool:
    """Whether a reference names no state."""
    return reference.startswith("?")


def unresolved_text(reference: str) -> str:
    """The text that stands in the file for a reference which names no state."""
    return reference[1:]


class StateKind(Enum):
    """What a state is; compound follows from having children."""

    NORMAL = "normal"
    PARALLEL = "parallel"
    FINAL = "final"
    SHALLOW_HISTORY = "shallow"
    DEEP_HISTORY = "deep"

    @property
    def is_history(self) -> bool:
        """Whether it is one of the two history pseudostates."""
        return self in _HISTORIES


_HISTORIES = (StateKind.SHALLOW_HISTORY, StateKind.DEEP_HISTORY)


class TriggerKind(Enum):
    """What makes a transition fire."""

    EVENT = "event"
    AFTER = "after"
    ALWAYS = "always"
    DONE = "done"
    INVOKE_DONE = "invoke_done"
    INVOKE_ERROR = "invoke_error"
    INITIAL = "initial"
    DEFAULT = "default"


_PSEUDO = (TriggerKind.INITIAL, TriggerKind.DEFAULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The kind, with the event descriptor or delay as written (`text`) or the `uid` of the invoke it answers."""

    kind: TriggerKind = TriggerKind.EVENT
    text: str = ""
    invoke: str = ""


@minding_types("params")
@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A guard by name, looked up in `Info.guards`; unknown when it is not there."""

    name: str
    params: Data = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expr:
    """An expression, as written."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """Holds when all parts hold."""

    parts: tuple[Guard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Holds when a part holds."""

    parts: tuple[Guard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Holds when its part does not."""

    part: Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class In:
    """Holds while the referenced state is active."""

    state: str


Guard: TypeAlias = "Named | Expr | And | Or | Not | In"
Delay: TypeAlias = "str | int | float | Expr"


@minding_types("params")
@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A named action, looked up in `Info.actions`; logged as a call when it has no meaning there."""

    name: str
    params: Data = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A named value that is passed on: of an expression, or of the place it stands at."""

    name: str
    expr: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A value written out, as text or as markup, or the expression that gives it."""

    text: str = ""
    expr: str | None = None
    is_markup: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What an event, an invocation or an end carries: places by name, named values, or one value that is all of it."""

    names: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()
    content: Content | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """A variable that a data model holds from the start, with the value it gets: an expression, a file or a content."""

    id: str
    expr: str | None = None
    src: str | None = None
    content: Content | None = None


@minding_types("values")
@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Writes context keys, all at once; strings in the values are expressions.

    With `content` the only key is the place that it is put at.
    """

    values: tuple[tuple[str, Data], ...]
    content: Content | None = None


@minding_types("data")
@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """Puts an event on the internal queue."""

    event: str
    data: Data = None


@minding_types("delay", "data")
@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Sends an event, now or after a delay.

    What ends in `_expr` is an expression that takes the place of the field of that name; `type` is the way that the
    event goes, `id_location` where the id is put that it gets.
    """

    event: str
    to: str | None = None
    delay: Delay | None = None
    id: str | None = None
    data: Data = None
    event_expr: str | None = None
    to_expr: str | None = None
    type: str | None = None
    type_expr: str | None = None
    id_location: str | None = None
    payload: Payload | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """Cancels a delayed send by its id, or by the id that an expression gives."""

    id: str
    id_expr: str | None = None


@minding_types("value")
@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """Writes the value of an expression to the log, behind a label if there is one."""

    value: Data
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Runs statements of the machine's language, written here or in a file."""

    text: str = ""
    src: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreach:
    """Runs actions for each item of an array, which stands at `item` meanwhile, and its position at `index`."""

    array: str
    item: str
    index: str | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Actions of which an error stops the rest, but nothing outside."""

    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One alternative of a choice; without a guard it always holds."""

    guard: Guard | None
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Runs the actions of the first branch whose guard holds."""

    branches: tuple[Branch, ...]


Action: TypeAlias = "Call | Assign | Raise | Send | Cancel | Log | Choose | Script | Foreach | Block"


@minding_types("input", "extra")
@dataclass(frozen=True, slots=True, kw_only=True)
class Invoke:
    """A service that runs while its state is active; `uid` is unique in the state and never shown.

    Where machines invoke machines, the content of the payload is the one that is run if there is no `src`, and
    `finalize` is done about each event that comes back from it; without actions it takes over what was passed.
    """

    uid: str
    src: str
    id: str | None = None
    input: Data = None
    auto_forward: bool = False
    extra: Extra = ()
    src_expr: str | None = None
    type: str | None = None
    type_expr: str | None = None
    id_location: str | None = None
    payload: Payload | None = None
    finalize: tuple[Action, ...] | None = None

    @property
    def title(self) -> str:
        """What it is called where it is shown: what it invokes, or its id where that is written inside of it."""
        return self.src or self.id or "service"


@minding_types("output", "meta", "extra")
@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state. `order` ranks it among its siblings; `declared_id` is the `id` a file gives it.

    `data` are the variables that it declares, and `done_data` what the event of its end carries.
    """

    id: str
    parent: str | None
    key: str
    order: float = 0.0
    kind: StateKind = StateKind.NORMAL
    declared_id: str | None = None
    entry: tuple[Action, ...] = ()
    exit: tuple[Action, ...] = ()
    invokes: tuple[Invoke, ...] = ()
    output: Data = None
    tags: tuple[str, ...] = ()
    meta: Data = None
    description: str | None = None
    extra: Extra = ()
    data: tuple[Datum, ...] = ()
    done_data: Payload | None = None

    def __post_init__(self) -> None:
        """Have the rank as a float."""
        if type(self.order) is not float or not self.order:
            keep_floats(self, "order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What is meant where formats differ; by default what the native format means.

    `by_token`: a trigger may hold several descriptors, each of which matches the events that begin with its tokens,
    and of the transitions of a state the first that matches is taken, not the most specific one.
    `keeps_last`: a history stands for what was active when its parent was last left, from inside as well.
    `has_sessions`: invocations are machines, events tell where they come from, and the language keeps the data.
    `binds_late`: what a state declares gets its value when the state is first entered.
    `keeps_source`: an internal transition stays in its source whatever kind of state that is, and may lead to the
    source itself, of which then all that is inside is left and entered anew.
    `keeps_parallel`: a transition from one region to another leaves the regions, not the parallel state around them.
    """

    by_token: bool = False
    keeps_last: bool = False
    has_sessions: bool = False
    binds_late: bool = False
    keeps_source: bool = False
    keeps_parallel: bool = False


@minding_types("meta", "extra")
@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One transition. `order` ranks it among those of its source; no targets: it changes no state.

    The initial transition of a compound state and the default of a history state are transitions too
    (`TriggerKind.INITIAL`, `TriggerKind.DEFAULT`), so that one routine enters, draws and selects them all.
    """

    id: str
    source: str
    targets: tuple[str, ...] = ()
    order: float = 0.0
    trigger: Trigger = Trigger()
    guard: Guard | None = None
    actions: tuple[Action, ...] = ()
    internal: bool = False
    meta: Data = None
    description: str | None = None
    extra: Extra = ()

    def __post_init__(self) -> None:
        """Have the rank as a float."""
        if type(self.order) is not float or not self.order:
            keep_floats(self, "order")

    @property
    def is_pseudo(self) -> bool:
        """Whether it is an initial or default transition, which no event takes."""
        return self.trigger.kind in _PSEUDO

    @property
    def is_forbidding(self) -> bool:
        """Whether all it does is keep an ancestor from answering the event."""
        return not (self.targets or self.actions or self.guard) and self.trigger.kind is TriggerKind.EVENT


@minding_types("context", "delays", "services", "extra")
@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What belongs to the machine as a whole: its start context and what its names mean, in file order.

    The machine's `id`, `description`, `meta`, `entry`, `on` and so on are those of the root `State`. `setup` is done
    before the first state is entered, and `language` names that of the expressions: ours where it is None.
    """

    id: str = "info"
    context: Data = None
    guards: tuple[tuple[str, Guard], ...] = ()
    actions: tuple[tuple[str, tuple[Action, ...]], ...] = ()
    delays: tuple[tuple[str, Delay], ...] = ()
    services: tuple[tuple[str, Data], ...] = ()
    language: str | None = None
    extra: Extra = ()
    setup: tuple[Action, ...] = ()
    conventions: Conventions = Conventions()

    @property
    def is_native(self) -> bool:
        """Whether expressions are in the language of the native format, which is checked, renamed in and run."""
        return self.language in (None, "python") and not self.conventions.has_sessions
