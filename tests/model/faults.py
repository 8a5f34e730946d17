"""Faults by rule: a chart that has the fault, and what is like it and has none."""

from __future__ import annotations

from dataclasses import dataclass

from editor.model.problems import Severity

ERROR, WARNING, INFORMATION = Severity.ERROR, Severity.WARNING, Severity.INFORMATION


@dataclass(frozen=True, kw_only=True)
class Case:
    """`where` is the path of the state, with ` TRIGGER` behind it for one of its transitions, or `info`."""

    rule: str
    severity: Severity
    where: str
    field: str
    says: str
    wrong: str
    right: tuple[str, ...]


CASES = [
    Case(
        rule="no-states", severity=ERROR, where="", field="states", says="Add at least one.",
        wrong="states: {}", right=("states: {a: {}}",),
    ),
    Case(
        rule="missing-initial", severity=WARNING, where="p", field="initial",
        says="“p” has children but no initial state. “c”, the first, is taken.",
        wrong="initial: p\nstates: {p: {states: {c: {}, d: {}}}}",
        right=(
            "initial: p\nstates: {p: {initial: d, states: {c: {}, d: {}}}}",
            "initial: p\nstates: {p: {type: parallel, states: {c: {}, d: {}}}}",
            "initial: p\nstates: {p: {states: {h: {type: history}}}}",
        ),
    ),
    Case(
        rule="final-children", severity=ERROR, where="a", field="states", says="Move them out or change its kind.",
        wrong="initial: a\nstates: {a: {type: final, states: {b: {}}}}",
        right=("initial: a\nstates: {a: {initial: b, states: {b: {type: final}}}}",),
    ),
    Case(
        rule="history-children", severity=ERROR, where="h", field="states", says="The history state “h” cannot have",
        wrong="initial: a\nstates: {a: {}, h: {type: history, states: {b: {}}}}",
        right=("initial: a\nstates: {a: {}, h: {type: history}}",),
    ),
    Case(
        rule="final-transitions", severity=ERROR, where="a", field="on", says="Remove them or change its kind.",
        wrong="initial: a\nstates: {a: {type: final, on: {GO: b}}, b: {}}",
        right=("initial: b\nstates: {a: {type: final}, b: {on: {GO: a}}}",),
    ),
    Case(
        rule="history-transitions", severity=ERROR, where="h", field="on",
        says="The history state “h” cannot have transitions.",
        wrong="initial: a\nstates: {a: {}, h: {type: history, on: {GO: a}}}",
        right=("initial: a\nstates: {a: {}, h: {type: history, target: a}}",),
    ),
    Case(
        rule="initial-outside", severity=ERROR, where="p @initial", field="targets",
        says="must lie inside it. Choose one of its children.",
        wrong="initial: p\nstates: {p: {initial: '#out', states: {c: {}}}, q: {id: out}}",
        right=("initial: p\nstates: {p: {initial: c.d, states: {c: {initial: d, states: {d: {}}}}}}",),
    ),
    Case(
        rule="target-root", severity=ERROR, where="a GO", field="targets", says="Choose one of its states.",
        wrong="id: m\ninitial: a\nstates: {a: {on: {GO: '#m'}}}",
        right=("id: m\ninitial: a\nstates: {a: {on: {GO: '#m.a'}}}",),
    ),
    Case(
        rule="targets-apart", severity=WARNING, where="a GO", field="targets.1",
        says="State “c” cannot be active together with “b”, and is not entered.",
        wrong="initial: a\nstates: {a: {on: {GO: {target: [b, c]}}}, b: {}, c: {}}",
        right=(
            "initial: a\nstates: {a: {on: {GO: {target: [b.x, b.y.z, b.y]}}}, "
            "b: {type: parallel, states: {x: {}, y: {initial: z, states: {z: {}}}}}}",
            "initial: a\nstates: {a: {on: {GO: {target: [b, b]}}}, b: {}}",
        ),
    ),
    Case(
        rule="empty-event", severity=ERROR, where="a ", field="trigger", says="Name the event.",
        wrong="initial: a\nstates: {a: {on: {'': a}}}", right=("initial: a\nstates: {a: {on: {' ': a, '*': a}}}",),
    ),
    Case(
        rule="misplaced-star", severity=ERROR, where="a x*", field="trigger",
        says="A star stands alone or last, as in “order.*”.",
        wrong="initial: a\nstates: {a: {on: {x*: a}}}",
        right=("initial: a\nstates: {a: {on: {'*': a, x.*: a, x.y.*: a}}}",),
    ),
    Case(
        rule="duplicate-id", severity=ERROR, where="b", field="id", says="The id “x” is given to two states.",
        wrong="initial: a\nstates: {a: {id: x, on: {GO: b}}, b: {id: x}}",
        right=("initial: a\nstates: {a: {id: x, on: {GO: b}}, b: {id: a}}",),
    ),
    Case(
        rule="duplicate-id", severity=ERROR, where="b", field="invoke.0.id",
        says="The id “x” is given to two invocations.",
        wrong="initial: a\nstates: {a: {invoke: {src: s, id: x}, on: {GO: b}}, b: {invoke: {src: s, id: x}}}",
        right=("initial: a\nstates: {a: {id: x, invoke: [{src: s, id: x}, {src: s}, {src: s}]}}",),
    ),
    Case(
        rule="unknown-state", severity=ERROR, where="a GO", field="targets.0", says="Did you mean “paid”?",
        wrong="initial: a\nstates: {a: {on: {GO: piad}}, paid: {}}",
        right=("initial: a\nstates: {a: {on: {GO: paid}}, paid: {}}",),
    ),
    Case(
        rule="unknown-state", severity=ERROR, where="a GO", field="guard.not.in", says="There is no state “zzzz” here.",
        wrong="initial: a\nstates: {a: {on: {GO: {target: b, guard: {not: {in: zzzz}}}}}, b: {}}",
        right=("initial: a\nstates: {a: {on: {GO: {target: b, guard: {not: {in: '#x.c'}}}}}, "
               "b: {id: x, initial: c, states: {c: {}}}}",),
    ),
    Case(
        rule="unknown-state", severity=ERROR, where="a GO", field="guard.expr",
        says="matches('#x.nowhere') names no state.",
        wrong="initial: a\nstates: {a: {id: x, on: {GO: {target: a, guard: \"matches('#x.nowhere')\"}}}}",
        right=(
            "initial: a\nstates: {a: {id: x, on: {GO: {target: a, guard: \"matches('#x')\"}}}}",
            "initial: a\nstates: {a: {id: x, initial: b, states: {b: {}}, "
            "on: {GO: {target: a, guard: \"matches('#x.b') or matches('a.b')\"}}}}",
        ),
    ),
    Case(
        rule="expression", severity=WARNING, where="a GO", field="guard.expr", says="“n >” cannot be evaluated",
        wrong="initial: a\nstates: {a: {on: {GO: {target: a, guard: 'n >'}}}}",
        right=("initial: a\nstates: {a: {on: {GO: {target: a, guard: 'n > 0'}}}}",
               "language: javascript\ninitial: a\nstates: {a: {on: {GO: {target: a, guard: 'n === 0'}}}}"),
    ),
    Case(
        rule="expression", severity=WARNING, where="a", field="entry.0.assign.n.1.x", says="cannot be evaluated",
        wrong="initial: a\nstates: {a: {entry: {assign: {n: [1, {x: 'open(1)'}]}}}}",
        right=("initial: a\nstates: {a: {entry: {assign: {n: [1, {x: 'len(event.data)'}]}}}}",),
    ),
    Case(
        rule="expression", severity=WARNING, where="info", field="delays.SLOW", says="“2 +” cannot be evaluated",
        wrong="initial: a\nstates: {a: {after: {SLOW: a}}}\ndelays: {SLOW: 2 +}",
        right=("initial: a\nstates: {a: {after: {SLOW: a}}}\ndelays: {SLOW: 2m, OTHER: n * 2}",),
    ),
    Case(
        rule="hidden-key", severity=WARNING, where="info", field="context.event", says="Write context.event, or rename",
        wrong="context: {event: 1}\ninitial: a\nstates: {a: {}}",
        right=("context: {events: 1, inner: {event: 1}}\ninitial: a\nstates: {a: {}}",),
    ),
    Case(
        rule="unknown-guard", severity=INFORMATION, where="a GO", field="guard.and.0",
        says="the runtime gives it one",
        wrong="initial: a\nstates: {a: {on: {GO: {target: a, guard: {and: [ready, {expr: free}]}}}}}",
        right=("initial: a\nstates: {a: {on: {GO: {target: a, guard: ready}}}}\nguards: {ready: n > 0}",
               "initial: a\nstates: {a: {on: {GO: {target: a, guard: {expr: ready}}}}}"),
    ),
    Case(
        rule="unknown-action", severity=INFORMATION, where="a", field="entry.0.choose.0.actions.0",
        says="The action “ring”",
        wrong="initial: a\nstates: {a: {entry: {choose: [{actions: ring}]}}}",
        right=("initial: a\nstates: {a: {entry: ring}}\nactions: {ring: {log: 1}}",),
    ),
    Case(
        rule="unknown-delay", severity=INFORMATION, where="a @after", field="trigger", says="The delay “SLOW”",
        wrong="initial: a\nstates: {a: {after: {SLOW: a}}}",
        right=("initial: a\nstates: {a: {after: {SLOW: a, 2m: a, n * 2: a, 500: a}}}\ndelays: {SLOW: 2m}",),
    ),
    Case(
        rule="unknown-service", severity=INFORMATION, where="a", field="invoke.0.src", says="The service “pay”",
        wrong="initial: a\nstates: {a: {invoke: pay}}",
        right=("initial: a\nstates: {a: {invoke: pay}}\nservices: {pay: {}}",),
    ),
    Case(
        rule="name-cycle", severity=ERROR, where="info", field="guards.x", says="Break the circle.",
        wrong="initial: a\nstates: {a: {}}\nguards: {x: {not: y}, y: {and: [x, z]}, z: n > 0}",
        right=("initial: a\nstates: {a: {}}\nguards: {x: {and: [y, z]}, y: {not: z}, z: z}",),
    ),
    Case(
        rule="name-cycle", severity=ERROR, where="info", field="actions.x", says="leads back to itself",
        wrong="initial: a\nstates: {a: {}}\nactions: {x: [{choose: [{actions: [x]}]}]}",
        right=("initial: a\nstates: {a: {}}\nactions: {x: [y, y], y: {log: 1}}",),
    ),
    Case(
        rule="unreachable-state", severity=WARNING, where="b", field="key",
        says="“b” can never be active: nothing leads to it. Draw a transition to it or make it initial.",
        wrong="initial: a\nstates: {a: {}, b: {initial: c, states: {c: {}}}}",
        right=(
            "initial: a\nstates: {a: {invoke: {src: s, onError: b}}, b: {}}",
            "initial: a\nstates: {a: {on: {GO: b.c}}, b: {initial: d, states: {c: {}, d: {}}}}",
            "initial: a\nstates: {a: {type: parallel, states: {b: {}, c: {}}}}",
            "initial: a\nstates: {a: {}, b: {}}\non: {GO: b}",
            "initial: p\nstates: {p: {initial: c, states: {c: {}, d: {}, h: {type: history, target: d}}, on: {B: .h}}}",
            "states: {a: {on: {GO: b}}, b: {}}",
            "initial: nowhere\nstates: {a: {on: {GO: b}}, b: {}}",
        ),
    ),
    Case(
        rule="unreachable-state", severity=WARNING, where="p.h", field="key",
        says="The history “h” is never used: nothing leads to it. Draw a transition to it.",
        wrong="initial: p\nstates: {p: {initial: c, states: {c: {}, h: {type: history}}}}",
        right=("initial: p\nstates: {p: {initial: c, states: {c: {}, h: {type: history}}, on: {B: .h}}}",),
    ),
    Case(
        rule="shadowed-transition", severity=WARNING, where="a GO", field="", says="Move it up or give",
        wrong="initial: a\nstates: {a: {on: {GO: [{target: a}, {target: b}]}}, b: {}}",
        right=(
            "initial: a\nstates: {a: {on: {GO: [{target: a, guard: x}, {target: b}]}}, b: {}}",
            "initial: a\nstates: {a: {on: {GO: a, '*': b}, after: {1s: a, 2s: b}}, b: {}}",
            "initial: a\nstates: {a: {invoke: [{src: x, onDone: a}, {src: y, onDone: b}]}, b: {}}",
        ),
    ),
    Case(
        rule="eventless-cycle", severity=WARNING, where="a @always", field="trigger",
        says="Give it a guard that turns false.",
        wrong="initial: a\nstates: {a: {always: b}, b: {always: a}}",
        right=(
            "initial: a\nstates: {a: {always: {target: b, guard: x}}, b: {always: a}}",
            "initial: a\nstates: {a: {always: [{target: c, guard: n > 3}, {target: b}]}, "
            "b: {entry: {assign: {n: n + 1}}, always: a}, c: {}}",
            "initial: a\nstates: {a: {always: b}, b: {on: {GO: a}}}",
            "initial: p\nstates: {p: {always: q, initial: c, states: {c: {}}}, q: {}}",
        ),
    ),
    Case(
        rule="eventless-cycle", severity=WARNING, where="a @always", field="trigger", says="again and again",
        wrong="initial: a\nstates: {a: {always: {actions: ring}}}",
        right=("initial: a\nstates: {a: {always: {actions: ring, guard: x}}}",),
    ),
    Case(
        rule="eventless-cycle", severity=WARNING, where="p @always", field="trigger", says="again and again",
        wrong="initial: p\nstates: {p: {always: .d, initial: c, states: {c: {}, d: {}}}}",
        right=("initial: p\nstates: {p: {always: {target: .d, guard: {not: {in: p.d}}}, initial: c, "
               "states: {c: {}, d: {}}}}",),
    ),
    Case(
        rule="dead-end", severity=INFORMATION, where="b", field="on", says="Make it final if the machine ends here.",
        wrong="initial: a\nstates: {a: {on: {GO: b}}, b: {on: {GO: null}}}",
        right=(
            "initial: a\nstates: {a: {on: {GO: b}}, b: {type: final}}",
            "initial: a\nstates: {a: {on: {GO: b}}, b: {}}\non: {BACK: a}",
            "initial: p\nstates: {p: {type: parallel, states: {b: {}, c: {initial: d, "
            "states: {d: {on: {OUT: '#q'}}}}}}, q: {id: q, type: final}}",
        ),
    ),
    Case(
        rule="dead-end", severity=INFORMATION, where="p.c", field="on", says="Nothing leads out of “c”.",
        wrong="initial: p\nstates: {p: {initial: c, states: {c: {}, d: {type: final}}, onDone: q}, q: {type: final}}",
        right=("initial: p\nstates: {p: {initial: c, states: {c: {type: final}}, onDone: q}, q: {type: final}}",),
    ),
    Case(
        rule="dead-end", severity=INFORMATION, where="p.b", field="on", says="Nothing leads out of “b”.",
        wrong="initial: p\nstates: {p: {type: parallel, states: {b: {}, c: {initial: d, states: "
              "{d: {on: {GO: e}}, e: {type: final}}}}}}",
        right=(),
    ),
    Case(
        rule="invoke-without-error", severity=INFORMATION, where="a", field="invoke.1",
        says="Add an onError transition.",
        wrong="initial: a\nstates: {a: {invoke: [{src: x, onError: a}, {src: y}]}}",
        right=("initial: a\nstates: {a: {invoke: [{src: x, onError: a}, {src: y, onError: a}]}}",),
    ),
    Case(
        rule="event-never-sent", severity=INFORMATION, where="a done.invoke.pya", field="trigger",
        says="no invocation has this ID. Did you mean “done.invoke.pay”?",
        wrong="initial: a\nstates: {a: {invoke: {src: x, id: pay}, on: {done.invoke.pya: a}}}",
        right=(
            "initial: a\nstates: {a: {invoke: [{src: x, id: pay}, {src: y}], "
            "on: {done.invoke.pay: a, error.platform.pay: a, 'done.invoke.a:1': a, error.execution: a}}}",
            "initial: p\nstates: {p: {initial: c, states: {c: {type: final}}, "
            "on: {done.state.p: q, done.invoke.*: q}}, q: {}}",
            "initial: a\nstates: {a: {entry: {raise: done.state.x}, on: {done.state.x: a}}}",
        ),
    ),
    Case(
        rule="event-never-handled", severity=INFORMATION, where="a", field="entry.0",
        says="“B.c” is sent, but never handled",
        wrong="initial: a\nstates: {a: {entry: [{raise: B.c}, {send: B.c}], on: {B: a, B.d.*: a}}}",
        right=(
            "initial: a\nstates: {a: {entry: {raise: B.c}, on: {B.c: a}}}",
            "initial: a\nstates: {a: {entry: {raise: B.c}}}\non: {B.*: a}",
            "initial: a\nstates: {a: {entry: {send: B.c, delay: 5}, on: {'*': a}}}",
            "initial: a\nstates: {a: {entry: {send: B.c, to: '#_parent'}}}",
        ),
    ),
    Case(
        rule="between-regions", severity=WARNING, where="p.c.d JUMP", field="targets",
        says="leaves and enters all regions of “p”",
        wrong="initial: p\nstates: {p: {type: parallel, states: {c: {initial: d, states: {d: {on: {JUMP: '#p.e.g'}}}}, "
              "e: {initial: f, states: {f: {}, g: {}}}}}}",
        right=(
            "initial: p\nstates: {p: {type: parallel, states: {c: {initial: d, "
            "states: {d: {on: {JUMP: '#p'}}}}, e: {}}}}",
            "initial: p\nstates: {p: {type: parallel, on: {IN: {target: ['#p.c.d', '#p.e.f']}}, states: {"
            "c: {initial: d, states: {d: {}}}, e: {initial: f, states: {f: {}}}}}}",
            "initial: p\nstates: {p: {type: parallel, states: {c: {initial: d, on: {IN: .g}, "
            "states: {d: {on: {GO: g}}, g: {}}}, e: {}}}}",
        ),
    ),
    Case(
        rule="between-regions", severity=WARNING, where="c AGAIN", field="targets",
        says="leaves and enters all regions of the machine",
        wrong="type: parallel\nstates: {c: {on: {AGAIN: c}}, e: {}}", right=(),
    ),
]  # fmt: skip
