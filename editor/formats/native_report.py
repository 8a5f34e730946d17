"""Keeps what is wrong with a text while it is read: each flaw with its element and the place within it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from editor.model import expressions
from editor.model.problems import Problem, Severity

Report = Callable[[str], None]
"""Told of an error, in words."""


Reread = Callable[[str, str], "tuple[object, object] | None"]
"""A record as it is read, and as if a key were another one; None where that says nothing or cannot be."""


class Reporter:
    """Adds problems of one element at one place; without a list it keeps nothing."""

    __slots__ = ("element", "field", "problems")

    def __init__(self, problems: list[Problem] | None, element: str = "", field: str = "") -> None:
        self.problems = problems
        self.element = element
        self.field = field

    def at(self, part: str | int) -> Reporter:
        """For what stands below a key or in a list."""
        if self.problems is None:
            return self
        return Reporter(self.problems, self.element, f"{self.field}.{part}" if self.field else str(part))

    def __call__(self, message: str) -> None:
        """Tell of an error."""
        if self.problems is not None:
            self._add("wrong-type", Severity.ERROR, message)

    def wrong(self, message: str, hint: str) -> None:
        """Tell of an error, and what to do about it."""
        if self.problems is not None:
            self._add("wrong-type", Severity.ERROR, message, hint)

    def mistyped(self, message: str, key: str, meant: str, now: object) -> None:
        """Tell of an error in the key that says what something is, and what it is with the key that was meant."""
        if self.problems is not None:
            pair = (None, now)
            self._add("wrong-type", Severity.ERROR, message, meant=meant, pair=pair, name=key)

    def unknown(self, keys: Iterable[str], known: Iterable[str], read: Reread | None = None) -> None:
        """Warn of keys that mean nothing here and are kept.

        `read` reads what they stand in as if one of them were another: it is given for records that do not keep them.
        """
        if self.problems is None:
            return
        for key in keys:
            close = expressions.nearest(key, known)
            hint = f"Did you mean “{close}”?" if close else ""
            message = f"The key “{key}” is not known here; it is kept."
            pair = read(key, close) if read is not None and close else None
            meant = (close or "") if read is None or pair is not None else ""
            self.at(key)._add("unknown-key", Severity.WARNING, message, hint, meant=meant, pair=pair)

    def unknown_here(self, key: str, hint: str) -> None:
        """Warn of a key of the format that means nothing in this place and is kept."""
        if self.problems is not None:
            message = f"The key “{key}” is not known here; it is kept."
            self.at(key)._add("unknown-key", Severity.WARNING, message, hint)

    def doubled(self, used: str, passed_over: str) -> None:
        """Warn of two words for the same thing side by side."""
        if self.problems is not None:
            message = f"“{passed_over}” stands beside “{used}”, which means the same; only “{used}” is read."
            self.at(passed_over)._add("doubled-key", Severity.WARNING, message, "Remove one of the two.")

    def _add(
        self,
        rule: str,
        severity: Severity,
        message: str,
        hint: str = "",
        meant: str = "",
        pair: tuple[object, object] | None = None,
        name: str = "",
    ) -> None:
        assert self.problems is not None
        self.problems.append(
            Problem(
                rule=rule,
                severity=severity,
                message=message,
                element=self.element,
                field=self.field,
                hint=hint,
                is_key=rule != "wrong-type",
                name=name,
                meant=meant,
                was=pair[0] if pair is not None else None,
                now=pair[1] if pair is not None else None,
            )
        )


SILENT = Reporter(None)


def at(report: Report, part: str | int) -> Report:
    """A report for what stands below, where it can tell places apart."""
    return report.at(part) if isinstance(report, Reporter) else report


def nearest(word: str, known: Iterable[str]) -> str:
    """A question that names the closest known word, with a space before it; empty for none."""
    close = expressions.nearest(word, known)
    return f" Did you mean “{close}”?" if close else ""
