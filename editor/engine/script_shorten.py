"""The memory of a long run made short: what was done before anything was entered, and the data as they are now.

That is right where all else is as it was: a world is made of the short memory and compared with the one there is,
object by object. What cannot be compared, such as the variables that a function hides, must not be there at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from editor.engine.script_process import ScriptEndError, ScriptError
from editor.engine.script_scopes import keeps_nothing

if TYPE_CHECKING:
    from editor.engine.script import Living, Memory, News

_pristine: list[str] = []
"""What the built-in objects are when nobody has touched them, once that was asked for."""


def shortened(
    living: Living, memory: Memory, news: News,
    make: Callable[[Memory], Living], call: Callable[[Memory | None, str], Memory],
) -> Memory | None:  # fmt: skip
    """A short memory from which another world like this one is made; None where there is none."""
    calls = memory.calls()
    last = max((place for place, each in enumerate(calls) if each.is_setup), default=0)
    if not all(map(_is_clean, calls[1 : last + 1])):
        return None
    try:
        data = living.run("__host.whole()", news)
        if data is None or data == "u":
            return None
        short = call(calls[last], f"__host.restore({json.dumps(data[1:])})")
        now = living.run("__host.digest()", news)
        if now is None or now == "u" or now.partition("\n")[0] != _untouched(make, call, news):
            return None
        other = make(short)
        is_same = other.run("__host.digest()", news) == now
        other.close()
    except (ScriptError, ScriptEndError):
        return None
    return short if is_same else None


def _is_clean(memory: Memory) -> bool:
    """Whether a call before anything was entered leaves nothing that is not seen."""
    if memory.is_setup:
        return keeps_nothing(memory.code)
    return not any(word in memory.code for word in ("function", "=>", "class", "eval", "Function"))


def _untouched(
    make: Callable[[Memory], Living], call: Callable[[Memory | None, str], Memory], news: News
) -> str:
    if not _pristine:
        other = make(call(None, "0"))
        _pristine.append((other.run("__host.digest()", news) or "").partition("\n")[0])
        other.close()
    return _pristine[0]
