"""What the window shows: zoom, theme, grid, minimap, animation. Changes no document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from editor.commands.registry import Choice, Command, Desktop, Test, ask_for, nothing
from editor.document import settings
from editor.requests import (
    FitAll,
    FitSelection,
    Follow,
    GoBack,
    GoForward,
    GoToPart,
    Request,
    ShowSettings,
    TogglePanels,
    ZoomIn,
    ZoomOut,
    ZoomToFull,
)
from editor.session import Session

SPACINGS = ((0, "Keep to no grid"), (8, "Keep to a grid of 8"), (16, "Keep to a grid of 16"))
DESCRIPTIONS = (
    ("always", "Where there is room"), ("hover", "Where one points"), ("never", "Never"),
)  # fmt: skip
DRAWINGS = (
    ("auto", "Check large ones that were laid out"), ("on", "Check all"), ("off", "Check none"),
)  # fmt: skip
THEMES = (("system", "Theme of the system"), ("light", "Light theme"), ("dark", "Dark theme"))


def set_theme(name: str, session: Session, desktop: Desktop) -> None:
    """Use this theme from now on."""
    choose(session, theme=name)


def toggle_animation(session: Session, desktop: Desktop) -> None:
    """Let steps of a run be seen one after the other, or at once."""
    choose(session, animation="off" if session.settings.animation != "off" else "system")


def toggle(name: str, title: str, session: Session, desktop: Desktop) -> None:
    """Switch a setting that is on or off; it is told, as what it does may not be seen now."""
    is_on = not getattr(session.settings, name)
    choose(session, **{name: is_on})
    session.say(f"{title}: {'on' if is_on else 'off'}.")


def set_spacing(spacing: int, session: Session, desktop: Desktop) -> None:
    """Move and size things along a grid of this from now on, in chart units; 0 for none."""
    choose(session, spacing=spacing)


def text_sizes(session: Session) -> list[Choice]:
    """How large the canvas can be drawn at 100 %."""
    return [
        Choice(title=f"{size} %", run=partial(set_text_size, size), tip=_chosen(size, session))
        for size in settings.TEXT_SIZES
    ]


def _chosen(size: int, session: Session) -> str:
    return "As it is now" if size == session.settings.text_size else ""


def set_text_size(size: int, session: Session, desktop: Desktop) -> None:
    """Draw the canvas, at what is called 100 %, at this percentage from now on; what is seen is scaled by it."""
    choose(session, text_size=size)


def descriptions(session: Session) -> Sequence[Choice]:
    """When the descriptions of elements are seen."""
    return [
        Choice(
            title=title, run=partial(set_descriptions, name),
            is_chosen=session.settings.descriptions == name,
        )
        for name, title in DESCRIPTIONS
    ]  # fmt: skip


def set_descriptions(name: str, session: Session, desktop: Desktop) -> None:
    """Let descriptions be seen on the canvas always, where one points, or never."""
    choose(session, descriptions=name)


def toggle_drawing(session: Session, desktop: Desktop) -> None:
    """Have all drawings checked for what is hard to read, or leave that to the usual."""
    is_on = session.settings.drawing != "on"
    choose(session, drawing="on" if is_on else "auto")
    session.say(
        "All drawings are checked: what is hard to read stands among the problems."
        if is_on
        else "Large drawings that a layout made are checked, no others."
    )


def choose(session: Session, **values: object) -> None:
    """Keep other values of some settings, and use them from now on."""
    chosen = replace(settings.load(), **values)  # type: ignore[arg-type]
    settings.store(chosen)
    session.set_settings(chosen)


def has_selection(session: Session) -> bool:
    """Whether something is selected."""
    return bool(session.selection.ids)


def _can_go(by: int, session: Session) -> bool:
    return session.document.visits.can_go(by)


def _has_ways(session: Session) -> bool:
    ids, chart = session.selection.ids, session.document.chart
    return len(ids) == 1 and (ids[0] in chart.states or ids[0] in chart.transitions)


def _is_theme(name: str) -> Test:
    return lambda session: session.settings.theme == name


def _is_spacing(spacing: int) -> Test:
    return lambda session: session.settings.spacing == spacing


def _zoom(id: str, title: str, request: Request, *shortcuts: str, when: Test | None = None) -> Command:
    return Command(
        id=f"view.{id}", title=title, run=partial(ask_for, request), menu="View", shortcuts=shortcuts,
        when=when or (lambda session: True), icon=f"zoom-{id}" if id in ("in", "out", "fit") else "",
    )  # fmt: skip


COMMANDS = (
    _zoom("fit", "Fit all", FitAll(), "Shift+1", "Home"),
    _zoom("100", "100 %", ZoomToFull(), "Ctrl+0", "Shift+0", "Alt+Home"),
    _zoom("selection", "Zoom to selection", FitSelection(), "Shift+2", "Shift+Home", when=has_selection),
    _zoom("in", "Zoom in", ZoomIn(), "Ctrl++", "Ctrl+=", "Ctrl+PgUp"),
    _zoom("out", "Zoom out", ZoomOut(), "Ctrl+-", "Ctrl+PgDown"),
    *(
        Command(
            id=f"view.{word}", title=title, run=partial(ask_for, request), menu="View", shortcuts=(keys,),
            when=partial(_can_go, by), tip=tip,
        )
        for word, title, request, keys, by, tip in (
            ("back", "Back", GoBack(), "Ctrl+B", -1, "To where one was before one went elsewhere"),
            ("forward", "Forward", GoForward(), "Ctrl+Shift+B", 1, "To where one was before one went back"),
        )
    ),
    Command(
        id="view.follow", title="Follow transitions", run=partial(ask_for, Follow()), menu="View",
        when=_has_ways, shortcuts=("W",), on_canvas=True,
        tip="Arrows go through what leads out of the selected state and into it, Return goes on to where it leads",
    ),
    *(
        Command(
            id=f"view.{name}", title=title, run=partial(set_theme, name), menu="View", group=1,
            checked=_is_theme(name),
        )
        for name, title in THEMES
    ),
    *(
        Command(
            id=f"view.spacing{spacing}", title=title, run=partial(set_spacing, spacing), menu="View", group=2,
            checked=_is_spacing(spacing),
            tip="What is dragged, sized and moved by keys keeps to it; Ctrl while dragging lets go of it",
        )
        for spacing, title in SPACINGS
    ),
    Command(
        id="view.text", title="Text size", run=nothing, menu="View", group=3, choices=text_sizes,
        tip="How large the canvas is drawn at 100 %",
    ),
    Command(
        id="view.panels", title="Hide or show panels", run=partial(ask_for, TogglePanels()), menu="View", group=3,
        shortcuts=("F12",), tip="All panels at once, for more room; again shows those that were there",
    ),
    Command(
        id="view.nextPart", title="Go to the next part of the window", run=partial(ask_for, GoToPart()), menu="View",
        group=3, shortcuts=("F6",), is_listed=False, tip="Canvas, panels, toolbar and status, one after the other",
    ),
    Command(
        id="view.previousPart", title="Go to the part of the window before",
        run=partial(ask_for, GoToPart(is_back=True)), menu="View", group=3, shortcuts=("Shift+F6",), is_listed=False,
    ),
    Command(
        id="view.minimap", title="Minimap", run=partial(toggle, "minimap", "Minimap"), menu="View", group=3,
        checked=lambda session: session.settings.minimap, shortcuts=("M",), on_canvas=True,
        tip="The whole chart small in a corner; drag its frame to see another part",
    ),
    Command(
        id="view.descriptions", title="Descriptions", run=partial(ask_for, ShowSettings()), menu="View", group=3,
        choices=descriptions, tip="Whether states tell their descriptions on the canvas",
    ),
    Command(
        id="view.animation", title="Animate steps", run=toggle_animation, menu="View", group=3,
        checked=lambda session: session.settings.animation != "off",
    ),
    Command(
        id="view.grid", title="Grid", run=partial(toggle, "grid", "Grid"), menu="View", group=3,
        checked=lambda session: session.settings.grid,
    ),
    Command(
        id="view.snapping", title="Snap to grid and neighbours", run=partial(toggle, "snapping", "Snapping"),
        menu="View", group=3, checked=lambda session: session.settings.snapping, tip="Ctrl while dragging does without",
    ),
    Command(
        id="view.drawing", title="Check the drawing", run=toggle_drawing, menu="View", group=3,
        checked=lambda session: session.settings.drawing == "on",
        tip="List lines that cross or run through states, labels that cover something, and the like as problems",
    ),
    Command(
        id="view.settings", title="Settings…", run=partial(ask_for, ShowSettings()), menu="View", group=4,
        shortcuts=("Ctrl+,", "Ctrl+F12"), tip="Theme, animation, grid and saving by itself",
    ),
)  # fmt: skip
