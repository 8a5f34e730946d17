"""What a machine may name that stands outside of it: a protocol between those who read files and those who run."""

from __future__ import annotations

from typing import Protocol

from editor.model.chart import Chart


class Surroundings(Protocol):
    """Gives what is named; each raises an EditorError where there is no such thing, or it may not be read."""

    def text(self, src: str) -> str:
        """The text of a file."""

    def machine(self, src: str) -> Chart:
        """The machine in a file."""

    def machine_of(self, markup: str) -> Chart:
        """The machine that a text is."""
