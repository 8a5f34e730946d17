"""Random documents, written the many ways people write YAML, and random edits of what they mean."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
NAMES = ["a", "b", "c", "on", "target", "x y", "5000", "'q k'", '"d"', "é", "yes", "a.b"]
SCALARS = [
    "1", "-3", "0x1F", "2.5", "1e3", ".inf", "true", "null", "~", "yes", "on", "text", "two words", "'single'",
    '"double"', "'#id'", "it's", "n > 3", '"a\\nb"', "1:30", "2s", "", "x # no", "a#b", "'a: b'", "é ü",
]  # fmt: skip


class Writer:
    """Writes a random document; every comment is one of its kind."""

    def __init__(self, seed: int, *, aliases: bool) -> None:
        self.random = random.Random(seed)
        self.aliases = aliases
        self.step = self.random.choice([2, 2, 2, 4, 3])
        self.inset = self.random.choice([0, self.step])
        self.comments = 0
        self.anchors: list[str] = []
        self.scalar_anchors = 0

    def document(self) -> str:
        chance = self.random.random
        lines = []
        if chance() < 0.3:
            lines += [self.comment(), ""][: self.random.randint(1, 2)]
        if chance() < 0.1:
            lines.append("---")
        kind = self.random.choice([self.block_map, self.block_map, self.block_map, self.block_list])
        lines += kind(0, 0)
        if chance() < 0.2:
            lines.append(self.comment())
        if chance() < 0.1:
            lines.append("...")
        newline = "\r\n" if chance() < 0.15 else "\n"
        text = newline.join(lines) + (newline if chance() < 0.9 else "")
        return ("\ufeff" if chance() < 0.05 else "") + text

    def comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments} - [x], {{y}}: z"

    def above(self, indent: int) -> list[str]:
        lines = []
        for _ in range(self.random.choice([0, 0, 0, 0, 1, 1, 2])):
            margin = indent if self.random.random() < 0.8 else self.random.randint(0, indent + 3)
            lines.append(" " * margin + self.comment() if self.random.random() < 0.6 else "")
        return lines

    def behind(self) -> str:
        return "  " + self.comment() if self.random.random() < 0.15 else ""

    def names(self) -> list[str]:
        return self.random.sample(NAMES, self.random.randint(1, 4))

    def block_map(self, indent: int, depth: int, *, compact: bool = False) -> list[str]:
        lines: list[str] = []
        names = self.names()
        merge = [name for name in self.anchors if name.startswith("m")]
        if merge and self.random.random() < 0.3:
            lines.append(" " * indent + f"<<: *{self.random.choice(merge)}")
        for name in names:
            if lines or not compact:
                lines += self.above(indent)
            head = " " * indent + name + ":"
            if self.random.random() < 0.04:
                lines.append(" " * indent + "? " + name + self.behind())
                head = " " * indent + ":"
            lines += self.value(head, indent, depth + 1, is_item=False)
        return lines

    def block_list(self, indent: int, depth: int, *, compact: bool = False) -> list[str]:
        lines: list[str] = []
        for _ in range(self.random.randint(1, 4)):
            if lines or not compact:
                lines += self.above(indent)
            lines += self.value(" " * indent + "-", indent, depth + 1, is_item=True)
        return lines

    def value(self, head: str, indent: int, depth: int, *, is_item: bool) -> list[str]:
        roll = self.random.random()
        inner = indent + (2 if is_item else self.step)
        if self.aliases and self.anchors and roll < 0.15:
            return [f"{head} *{self.random.choice(self.anchors)}{self.behind()}"]
        if depth < 4 and roll < 0.35:
            return self.nested(head, self.block_map, "m", inner, depth, is_item=is_item)
        if depth < 4 and roll < 0.45:
            inner = indent + (2 if is_item else self.inset)
            return self.nested(head, self.block_list, "l", inner, depth, is_item=is_item)
        if roll < 0.65:
            return [f"{head} {self.flow(depth, head)}{self.behind()}"]
        if roll < 0.72:
            header = self.random.choice(["|", "|-", ">", ">-", "|+", "|", "|"])
            texts = [
                " " * inner + each for each in self.random.sample(["one", "two # t", "three: 3", "  far"], 2)
            ]
            texts.sort(key=lambda line: line.startswith(" " * (inner + 1)))
            return [f"{head} {header}{self.behind()}", *texts, *[""] * self.random.choice([0, 0, 1, 2])]
        if roll < 0.75:
            return [f"{head} 'first", " " * (inner + 1) + "second'" + self.behind()]
        text = self.random.choice(SCALARS)
        return [f"{head}{' ' if text else ''}{text}{self.behind()}"]

    def nested(
        self, head: str, kind: Any, letter: str, inner: int, depth: int, *, is_item: bool
    ) -> list[str]:
        if is_item and self.random.random() < 0.7:
            lines = kind(inner, depth, compact=True)
            return [head + " " + lines[0][inner:], *lines[1:]]
        anchor = ""
        if self.aliases and self.random.random() < 0.3:
            anchor = f"{letter}{len(self.anchors)}"
            head += f" &{anchor}"
        lines = [head + self.behind(), *kind(inner, depth)]
        if anchor:
            self.anchors.append(anchor)
        return lines

    def flow(self, depth: int, head: str) -> str:
        pad = self.random.choice(["", "", " "])
        comma = self.random.choice([", ", ", ", ","])
        if self.random.random() < 0.15:
            comma = ",\n" + " " * (len(head) - len(head.lstrip()) + 4)
        parts = [self.flow_value(depth + 1) for _ in range(self.random.randint(0, 3))]
        if self.random.random() < 0.5:
            return f"[{pad}{comma.join(part or 'e' for part in parts)}{pad}]"
        names = self.random.sample(NAMES, len(parts))
        return (
            f"{{{pad}{comma.join(f'{name}: {part}' for name, part in zip(names, parts, strict=True))}{pad}}}"
        )

    def flow_value(self, depth: int) -> str:
        roll = self.random.random()
        if depth < 4 and roll < 0.3:
            parts = [self.flow_value(depth + 1) or "e" for _ in range(self.random.randint(0, 2))]
            if roll < 0.15:
                return f"[{', '.join(parts)}]"
            return "{" + ", ".join(f"{name}: {part}" for name, part in zip("ab", parts, strict=False)) + "}"
        if self.aliases and self.anchors and roll < 0.4:
            return f"*{self.random.choice(self.anchors)} "
        return self.random.choice([text for text in SCALARS if "#" not in text or "'" in text])


def copied(value: Any) -> Any:
    """A copy in which nothing is shared."""
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every collection that is not empty, with its path."""
    if isinstance(value, dict | list) and value:
        yield path, value
        for part, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*path, part))


def some_value(chance: random.Random) -> Any:
    return copied(
        chance.choice([
            1, 2.5, None, True, "new", "yes", "two words", "a: b", "line\nline\n", "no end\nline", " odd", "", {}, [],
            {"p": 1, "q": "r"}, [1, "two"], {"deep": {"er": [{"x": 1}, {"y": {"z": 2}}]}}, [[1], [2, [3]]],
            "long " * 30, {"k" + str(number): "some value" for number in range(9)}, "'quoted'", "\t", "\u2028",
        ])
    )  # fmt: skip


def edit_once(value: Any, chance: random.Random, moved: dict[Path, Path], *, moves: bool) -> None:
    """One random edit in place; `moves` lets it move things, which only a first edit can say where from."""
    found = [(path, each) for path, each in places(value)]
    if not found:
        return
    path, holder = chance.choice(found)
    if isinstance(holder, dict):
        key = chance.choice(list(holder))
        kind = chance.choice(["set", "add", "delete", "rename", "reorder", "move"])
        if kind == "set":
            holder[key] = some_value(chance)
        elif kind == "add":
            pairs = list(holder.items())
            pairs.insert(chance.randint(0, len(pairs)), (f"new{chance.randint(0, 99)}", some_value(chance)))
            refill(holder, pairs)
        elif kind == "delete":
            del holder[key]
        elif kind == "rename":
            new = f"name{chance.randint(0, 99)}"
            refill(holder, [(new if each == key else each, inner) for each, inner in holder.items()])
            if moves:
                moved[(*path, new)] = (*path, key)
        elif kind == "reorder":
            pairs = list(holder.items())
            chance.shuffle(pairs)
            refill(holder, pairs)
        elif moves:
            others = [(there, each) for there, each in found if there[: len(path) + 1] != (*path, key)]
            there, target = chance.choice(others)
            if isinstance(target, dict):
                target["moved" + key] = holder.pop(key)
                moved[(*there, "moved" + key)] = (*path, key)
        return
    kind = chance.choice(["set", "add", "delete", "shuffle"])
    place = chance.randrange(len(holder))
    if kind == "set":
        holder[place] = some_value(chance)
    elif kind == "add":
        holder.insert(place, some_value(chance))
    elif kind == "delete":
        del holder[place]
    else:
        chance.shuffle(holder)


def refill(holder: dict[str, Any], pairs: list[tuple[str, Any]]) -> None:
    holder.clear()
    holder.update(pairs)
