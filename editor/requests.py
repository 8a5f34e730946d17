"""What a session can be asked for that is done on the canvas, in its window or by the program: a record each.

Each kind stands in the union of those who do it, and these match it to the last (`assert_never`): a kind that is in no
union cannot be asked for, and one that nobody does is found by the type checker. They are without slots: few are ever
alive, and making thirty kinds of records with slots took as long again at each start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from editor.geometry import Rect
from editor.layout_engine.proposed import Asked
from editor.model.naming import Name

# what is seen of the chart


@dataclass(frozen=True)
class FitAll:
    """See the whole chart."""


@dataclass(frozen=True)
class FitSelection:
    """See what is selected, as large as there is room for it."""


@dataclass(frozen=True)
class RevealSelection:
    """Bring what is selected into sight, unless it is in sight."""


@dataclass(frozen=True)
class ZoomIn:
    """See the chart one step closer."""


@dataclass(frozen=True)
class ZoomOut:
    """See the chart from one step away."""


@dataclass(frozen=True)
class ZoomToFull:
    """See the chart at what is called 100 %."""


@dataclass(frozen=True)
class Pan:
    """See what lies in a direction; of the steps an arrow key goes in chart units, x to the right and y down."""

    dx: float
    dy: float


@dataclass(frozen=True)
class GoBack:
    """See what was seen before one went elsewhere, and select what was selected."""


@dataclass(frozen=True)
class GoForward:
    """See again what was seen before one went back."""


@dataclass(frozen=True)
class OpenAlone:
    """See a composite or region alone, with what is inside of it; the one selected state, or the one of an id."""

    id: str = ""


@dataclass(frozen=True)
class LeaveAlone:
    """See what is around the composite that is seen alone: the next one around it, or the whole chart."""

    is_all: bool = False


# what is typed on the canvas


@dataclass(frozen=True)
class EditLabel:
    """Open the text of an element: the name of a state, the label of a transition, or a note."""

    id: str


@dataclass(frozen=True)
class EditPart:
    """Open a part of the text of the one selected element, and bring that into sight.

    `part` is a line of a card by its name (`document.card_lines`), a part of a label as `model.labels` calls it, or
    empty for the text that the element has first of all.
    """

    part: str


@dataclass(frozen=True)
class AddLine:
    """Open the text of a line that the one selected state does not have yet; `kind` as in `document.card_lines`."""

    kind: str


@dataclass(frozen=True)
class GoOn:
    """Make the next state beside one that was made and named just now; else open the text of what is selected."""


@dataclass(frozen=True)
class WriteNote:
    """Open the text of a note that is to be made at a place of the chart."""

    rect: Rect


@dataclass(frozen=True)
class Describe:
    """Open the description of the one selected element, or of the machine where none is selected."""


# what is moved and chosen on the canvas


@dataclass(frozen=True)
class Bend:
    """Move a part of the one selected transition; by so many chart units, x to the right and y down."""

    dx: float
    dy: float


@dataclass(frozen=True)
class Stretch:
    """Make the one selected state or note larger by so many chart units, or move the label of a transition by them."""

    dx: float
    dy: float


@dataclass(frozen=True)
class LeadByLetters:
    """Let a state be chosen by letters, which an end of the one selected transition is moved to.

    `end` is `source` or `target`.
    """

    end: str


@dataclass(frozen=True)
class GoByLetters:
    """Let an element be chosen by letters, to go to it."""


@dataclass(frozen=True)
class Follow:
    """Let keys go along transitions, from the one selected state or transition on."""


@dataclass(frozen=True)
class MoveByLetters:
    """Let a state be chosen by letters, to move what is selected into it."""


CanvasRequest: TypeAlias = (
    FitAll | FitSelection | RevealSelection | ZoomIn | ZoomOut | ZoomToFull | Pan | GoBack | GoForward
    | OpenAlone | LeaveAlone | EditLabel | EditPart | AddLine | GoOn | WriteNote | Describe
    | Bend | Stretch | GoByLetters | MoveByLetters | LeadByLetters | Follow
)  # fmt: skip
"""What `canvas.answering` does."""


@dataclass(frozen=True)
class TogglePanels:
    """Hide all panels, or show those again that were there."""


@dataclass(frozen=True)
class Find:
    """Open the palette with a query in it, such as one of the signs that narrow it; asked again so, close it."""

    query: str = ""


@dataclass(frozen=True)
class FindText:
    """Look for a text in all that is drawn; without one, for that of the last time."""

    text: str = ""


@dataclass(frozen=True)
class Rename:
    """Ask for another name for one, in all places where it stands; `new`: what has been typed of it already."""

    name: Name
    new: str = ""


@dataclass(frozen=True)
class Propose:
    """Have a drawing proposed, in place of one that is proposed now."""

    asked: Asked


@dataclass(frozen=True)
class AnswerProposal:
    """Take the drawing that is proposed, or what of it concerns the selected states."""

    only_selected: bool = False


@dataclass(frozen=True)
class OpenMenu:
    """Open the menu of what is selected, beside it."""


@dataclass(frozen=True)
class GoToPart:
    """Give the keyboard to another part of the window, canvas, toolbar or panel: the next, or the one before."""

    is_back: bool = False


WindowRequest: TypeAlias = (
    TogglePanels | Find | FindText | Rename | OpenMenu | GoToPart | Propose | AnswerProposal
)
"""What `window.answering` does."""


@dataclass(frozen=True)
class TakeTour:
    """Take the tour, in a window where nothing is in its way."""


@dataclass(frozen=True)
class ShowSettings:
    """Let the person choose all settings, which are the same in all windows."""


ProgramRequest: TypeAlias = TakeTour | ShowSettings
"""What the program does, which has all windows."""

Request: TypeAlias = CanvasRequest | WindowRequest | ProgramRequest
