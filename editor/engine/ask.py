"""Guards in three values, and what is asked when a name has no meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from editor.engine.evaluate import Scope
from editor.errors import EditorError, ExpressionError
from editor.model.elements import And, Expr, Guard, In, Named, Not, Or

Fail = Callable[[ExpressionError], None]


class UnansweredError(EditorError):
    """A step cannot go on before unknown guards are answered; nothing was done."""

    def __init__(self, names: tuple[str, ...], transition: str) -> None:
        self.names = names
        self.transition = transition
        super().__init__(f"The guard “{names[0]}” has no meaning here: answer whether it holds.")


@dataclass
class Answers:
    """What was answered about unknown names; `asks`: an open question stops the step, else it counts as false."""

    guards: dict[str, bool] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    asks: bool = False

    def copy(self) -> Answers:
        """Independent answers."""
        return Answers(dict(self.guards), dict(self.delays), self.asks)


class GuardReader:
    """Decides guards: true, false, or None where it depends on a name without a meaning."""

    def __init__(
        self,
        tables: Mapping[str, Guard],
        expression: Callable[[str, Scope], bool],
        is_in: Callable[[str], bool],
    ) -> None:
        self.tables = tables
        self.expression = expression
        self.is_in = is_in

    def decide(
        self, guard: Guard, scope: Scope, answers: Mapping[str, bool], unknown: list[str] | None = None
    ) -> bool | None:
        """The value of a guard; names it depends on without a meaning are added to `unknown`.

        Raises:
            ExpressionError: an expression in it failed.
        """
        if isinstance(guard, Expr):
            return self.expression(guard.text, scope)
        if isinstance(guard, Named):
            return self._named(guard, scope, answers, unknown)
        if isinstance(guard, Not):
            value = self.decide(guard.part, scope, answers, unknown)
            return None if value is None else not value
        if isinstance(guard, In):
            return self.is_in(guard.state)
        return self._junction(guard, scope, answers, unknown)

    def _named(
        self, guard: Named, scope: Scope, answers: Mapping[str, bool], unknown: list[str] | None
    ) -> bool | None:
        meaning = self.tables.get(guard.name)
        if meaning is not None:
            return self.decide(meaning, scope, answers, unknown)
        answer = answers.get(guard.name)
        if answer is None and unknown is not None:
            unknown.append(guard.name)
        return answer

    def _junction(
        self, guard: And | Or, scope: Scope, answers: Mapping[str, bool], unknown: list[str] | None
    ) -> bool | None:
        decisive = isinstance(guard, Or)
        open_names: list[str] = []
        is_open = False
        for part in guard.parts:
            value = self.decide(part, scope, answers, open_names)
            if value is decisive:
                return decisive
            is_open = is_open or value is None
        if is_open and unknown is not None:
            unknown.extend(open_names)
        return None if is_open else not decisive
