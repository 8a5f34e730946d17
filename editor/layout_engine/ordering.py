"""In which order the states of a container are told to ELK, which lets lines flow from what is earlier to later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


def flowing(order: Sequence[str], first: str | None, lines: Iterable[tuple[str, str]]) -> list[str]:
    """The same ids in the order in which a machine goes through them from where it begins.

    Whoever wrote the beginning first has thought of an order, and that stays; `first` is where the machine begins,
    None for unknown. Else, as where states are sorted by name, it is the reverse postorder of a search in depth: what
    leads on comes before what it leads to, but for ways back. What cannot be reached comes last.
    """
    if first is None or first not in order or order[0] == first:
        return list(order)
    known = set(order)
    following: dict[str, list[str]] = defaultdict(list)
    for source, target in lines:
        if source in known and target in known:
            following[source].append(target)
    seen, done = {first}, []
    waiting = [(first, iter(reversed(following[first])))]
    while waiting:
        id, rest = waiting[-1]
        next_id = next((each for each in rest if each not in seen), None)
        if next_id is None:
            done.append(id)
            waiting.pop()
        else:
            seen.add(next_id)
            waiting.append((next_id, iter(reversed(following[next_id]))))
    return [*reversed(done), *(id for id in order if id not in seen)]
