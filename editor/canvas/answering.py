"""What the canvas is asked for by its session, and who of the canvas does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from editor import requests
from editor.canvas import bending, stretching
from editor.canvas.camera import STRIDE
from editor.requests import CanvasRequest, Request

if TYPE_CHECKING:
    from editor.canvas.view import ChartView


class Answering:
    """Listens to the session of a view, and does what the canvas is asked for."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        view.session.requested.subscribe(self._on_requested)

    def _on_requested(self, request: Request) -> None:
        if isinstance(request, CanvasRequest):
            self._answer(request)

    def _answer(self, request: CanvasRequest) -> None:
        view = self._view
        match request:
            case requests.FitAll():
                view.visiting.jump(view.fit)
            case requests.FitSelection():
                view.visiting.jump(view.zoom_to_selection)
            case requests.RevealSelection():
                view.reveal(*view.session.selection.ids)
            case requests.ZoomIn():
                view.zoom_in()
            case requests.ZoomOut():
                view.zoom_out()
            case requests.ZoomToFull():
                view.set_zoom(view.wishes.scale)
            case requests.Pan(dx=dx, dy=dy):
                view.pan(-dx * STRIDE, -dy * STRIDE)
            case requests.GoBack():
                view.visiting.go(-1)
            case requests.GoForward():
                view.visiting.go(1)
            case requests.OpenAlone(id=id):
                view.opening.open(id)
            case requests.LeaveAlone(is_all=is_all):
                view.opening.leave(is_all=is_all)
            case requests.EditLabel(id=id):
                view.edit_label(id)
            case requests.EditPart(part=part):
                view.labelling.open_selected(part)
            case requests.AddLine(kind=kind):
                view.labelling.add_line(kind)
            case requests.GoOn():
                view.labelling.chain.go_on()
            case requests.WriteNote(rect=rect):
                view.labelling.notes.write(rect)
            case requests.Describe():
                view.labelling.notes.describe_selected()
            case requests.Bend(dx=dx, dy=dy):
                bending.bend(view, dx, dy)
            case requests.Stretch(dx=dx, dy=dy):
                stretching.stretch(view, dx, dy)
            case requests.LeadByLetters(end=end):
                view.lettering.ask_to_lead(end)
            case requests.GoByLetters():
                view.lettering.ask_to_go()
            case requests.Follow():
                view.following.begin()
            case requests.MoveByLetters():
                view.lettering.ask_to_move()
            case _:
                assert_never(request)
