"""More faults by rule: what is probably a mistake, and what is worth knowing."""

from __future__ import annotations

from tests.model.faults import INFORMATION, WARNING, Case

CASES = [
    Case(
        rule="final-services", severity=INFORMATION, where="b", field="invoke", says="Invoke it in the state before",
        wrong="initial: a\nstates: {a: {on: {GO: b}}, b: {type: final, invoke: s}}",
        right=("initial: a\nstates: {a: {invoke: s, on: {GO: b}}, b: {type: final}}",),
    ),
    Case(
        rule="no-regions", severity=WARNING, where="p", field="states", says="“p” is parallel but has no regions",
        wrong="initial: p\nstates: {p: {type: parallel}}",
        right=("initial: p\nstates: {p: {type: parallel, states: {c: {}, d: {}}}}", "initial: p\nstates: {p: {}}"),
    ),
    Case(
        rule="single-region", severity=INFORMATION, where="p", field="states", says="one region only",
        wrong="initial: p\nstates: {p: {type: parallel, states: {c: {}, h: {type: history}}}}",
        right=("initial: p\nstates: {p: {type: parallel, states: {c: {}, d: {}}}}",
               "initial: p\nstates: {p: {initial: c, states: {c: {}}}}"),
    ),
    Case(
        rule="parallel-initial", severity=INFORMATION, where="p @initial", field="targets",
        says="Remove the initial state.",
        wrong="initial: p\nstates: {p: {type: parallel, initial: c, states: {c: {}, d: {}}}}",
        right=("initial: p\nstates: {p: {type: parallel, states: {c: {}, d: {}}}}",),
    ),
    Case(
        rule="history-without-choice", severity=INFORMATION, where="p.h", field="history",
        says="all regions are entered anyway. Make it deep.",
        wrong="initial: p\nstates: {p: {type: parallel, states: {c: {initial: x, states: {x: {}, y: {}}}, d: {}, "
              "h: {type: history}}}}",
        right=("initial: p\nstates: {p: {type: parallel, states: {c: {initial: x, states: {x: {}, y: {}}}, d: {}, "
               "h: {type: history, history: deep}}}}",
               "initial: p\nstates: {p: {initial: x, states: {x: {}, y: {}, h: {type: history}}}}"),
    ),
    Case(
        rule="history-without-choice", severity=INFORMATION, where="p.h", field="history",
        says="there is no choice. Remove it, or add states beside it.",
        wrong="initial: p\nstates: {p: {initial: x, states: {x: {}, h: {type: history, history: deep}}}}",
        right=("initial: p\nstates: {p: {initial: x, states: {x: {initial: y, states: {y: {}, z: {}}}, "
               "h: {type: history, history: deep}}}}",),
    ),
    Case(
        rule="never-done", severity=WARNING, where="p @done", field="trigger", says="it has no final state",
        wrong="initial: p\nstates: {p: {initial: c, states: {c: {}}, onDone: q}, q: {}}",
        right=("initial: p\nstates: {p: {initial: c, states: {c: {on: {GO: d}}, d: {type: final}}, "
               "onDone: q}, q: {}}",),
    ),
    Case(
        rule="never-done", severity=WARNING, where="p @done", field="trigger", says="a region has no final state",
        wrong="initial: p\nstates: {p: {type: parallel, onDone: q, states: {c: {initial: x, states: {x: "
              "{type: final}}}, "
              "d: {initial: y, states: {y: {}}}}}, q: {}}",
        right=("initial: p\nstates: {p: {type: parallel, onDone: q, states: {c: {type: final}, "
               "d: {type: parallel, states: {e: {initial: y, states: {y: {type: final}}}}}}}, q: {}}",),
    ),
    Case(
        rule="awkward-name", severity=INFORMATION, where=" a", field="key", says="begins or ends with a space",
        wrong="initial: ' a'\nstates: {' a': {}}", right=("initial: a b\nstates: {a b: {}, café: {}}",),
    ),
    Case(
        rule="long-name", severity=INFORMATION, where="a" * 61, field="key", says="has 61 characters",
        wrong=f"initial: {'a' * 61}\nstates: {{{'a' * 61}: {{}}}}",
        right=(f"initial: {'a' * 60}\nstates: {{{'a' * 60}: {{}}}}",),
    ),
    Case(
        rule="duplicate-tag", severity=INFORMATION, where="a", field="tags", says="The tag “x” stands twice",
        wrong="initial: a\nstates: {a: {tags: [x, y, x]}}", right=("initial: a\nstates: {a: {tags: [x, X]}}",),
    ),
    Case(
        rule="default-outside", severity=WARNING, where="p.h @default", field="targets", says="lies outside of “p”",
        wrong="initial: p\nstates: {p: {initial: c, states: {c: {}, d: {}, h: {type: history, target: "
              "'#q'}}}, q: {id: q}}",
        right=("initial: p\nstates: {p: {initial: c, states: {c: {initial: e, states: {e: {}}}, d: {}, "
               "h: {type: history, target: c.e}}}}",),
    ),
    Case(
        rule="internal-ignored", severity=INFORMATION, where="a GO", field="internal", says="it leads out of “a”",
        wrong="initial: a\nstates: {a: {on: {GO: {target: b, internal: true}}}, b: {}}",
        right=(
            "initial: a\nstates: {a: {on: {GO: {target: .c, internal: true}}, initial: c, states: {c: {}}}}",
            "initial: a\nstates: {a: {on: {GO: {actions: ring, internal: true}}}}",
            "initial: a\non: {GO: {target: a, internal: true}}\nstates: {a: {}}",
        ),
    ),
    Case(
        rule="delay-zero", severity=INFORMATION, where="a @after", field="trigger",
        says="Make the transition eventless.",
        wrong="initial: a\nstates: {a: {after: {0: b}}, b: {}}",
        right=("initial: a\nstates: {a: {after: {1: b}, always: {target: b, guard: x}}, b: {}}",),
    ),
    Case(
        rule="duplicate-transition", severity=WARNING, where="a GO", field="", says="The same transition stands before",
        wrong="initial: a\nstates: {a: {on: {GO: [{target: b, guard: x}, {target: b, guard: x}]}}, b: {}}",
        right=("initial: a\nstates: {a: {on: {GO: [{target: b, guard: x}, {target: b, guard: y}, "
               "{target: a, guard: x}], STOP: {target: b, guard: x}}}, b: {}}",),
    ),
    Case(
        rule="late-timer", severity=WARNING, where="a @after", field="trigger", says="the state is left after 1 s",
        wrong="initial: a\nstates: {a: {after: {1s: a, 2s: b}}, b: {}}",
        right=(
            "initial: a\nstates: {a: {after: {2s: {target: a, guard: x}, 3s: b}}, b: {}}",
            "initial: a\nstates: {a: {after: {1s: {actions: ring}, 2s: b}}, b: {}}",
            "initial: a\nstates: {a: {after: {1s: .c, 2s: b}, initial: c, states: {c: {}}}, b: {}}",
            "initial: a\nafter: {1s: .a, 2s: .b}\nstates: {a: {}, b: {}}",
            "initial: a\nstates: {a: {after: {SLOW: a, 2s: b}}, b: {}}",
        ),
    ),
    Case(
        rule="late-timer", severity=WARNING, where="a @after", field="trigger", says="This timer never ends",
        wrong="initial: a\nstates: {a: {after: {1000: a, 1s: b}}, b: {}}", right=(),
    ),
    Case(
        rule="transition-without-effect", severity=INFORMATION, where="a GO", field="", says="so nothing happens",
        wrong="initial: a\nstates: {a: {on: {GO: {guard: x}}}}",
        right=(
            "initial: a\nstates: {a: {on: {GO: null}}}\non: {GO: .a}",
            "initial: a\nstates: {a: {on: {GO: null, '*': a}}}",
            "initial: a\nstates: {a: {on: {GO.x: null}}}\non: {GO.*: .a}",
            "initial: a\nstates: {a: {on: {GO: [{guard: x}, {target: b}]}}, b: {}}",
            "initial: a\nstates: {a: {on: {GO: {actions: ring}}, invoke: {src: s, onError: {}}}}",
        ),
    ),
    Case(
        rule="idle-self-transition", severity=INFORMATION, where="a GO", field="", says="back to it and does nothing",
        wrong="initial: a\nstates: {a: {on: {GO: a}}}",
        right=(
            "initial: a\nstates: {a: {on: {GO: {target: a, actions: ring}}}}",
            "initial: a\nstates: {a: {on: {GO: a}, entry: ring}}",
            "initial: a\nstates: {a: {on: {GO: a}, after: {1s: b}}, b: {}}",
            "initial: a\nstates: {a: {on: {GO: a}, invoke: s}}",
            "initial: a\nstates: {a: {on: {GO: a}, initial: c, states: {c: {}}}}",
            "initial: a\nstates: {a: {on: {GO: a}}, b: {}}\non: {GO: .b}",
        ),
    ),
    Case(
        rule="wildcard-hides", severity=INFORMATION, where="p.c *", field="trigger",
        says="never answers “GO” and 1 more",
        wrong="initial: p\nstates: {p: {on: {GO: q, UP: q}, initial: c, states: {c: {on: {'*': d}}, d: {}}}, q: {}}",
        right=(
            "initial: p\nstates: {p: {on: {GO: q}, initial: c, states: {c: {on: {'*': {target: d, guard: "
            "x}}}, d: {}}}, "
            "q: {}}",
            "initial: p\nstates: {p: {on: {GO: q}, initial: c, states: {c: {on: {'*': d, GO: d}}, d: {}}}, q: {}}",
            "initial: p\nstates: {p: {on: {GO: q}, initial: c, states: {c: {on: {'*': null}}, d: {}}}, q: {}}",
            "initial: p\nstates: {p: {on: {'*': q}, initial: c, states: {c: {on: {GO: d}}, d: {}}}, q: {}}",
        ),
    ),
    Case(
        rule="guard-never-holds", severity=WARNING, where="a GO", field="guard",
        says="so the transition is never taken",
        wrong="initial: a\nstates: {a: {on: {GO: {target: b, guard: 1 > 2}}}, b: {}}",
        right=("initial: a\nstates: {a: {on: {GO: {target: b, guard: n > 2}}}, b: {}}",
               "initial: a\nstates: {a: {on: {GO: {target: b, guard: off}}}, b: {}}\nguards: {off: 'false'}"),
    ),
    Case(
        rule="guard-never-holds", severity=WARNING, where="a GO", field="guard", says="This guard never holds",
        wrong="initial: a\nstates: {a: {on: {GO: {target: b, guard: {and: [x, {not: {expr: 'true'}}]}}}}, b: {}}",
        right=("initial: a\nstates: {a: {on: {GO: {target: b, guard: {or: [x, {expr: 'false'}]}}}}, b: {}}",),
    ),
    Case(
        rule="guard-never-holds", severity=WARNING, where="a GO", field="guard", says="This guard never holds",
        wrong="context: {n: 1}\ninitial: a\nstates: {a: {on: {GO: {target: b, guard: n > 0 and 'x' == 'y'}}}, b: {}}",
        right=("context: {n: 1}\ninitial: a\nstates: {a: {on: {GO: {target: b, guard: n > 0 or 1 + 1 == 3}}}, b: {}}",
               "context: {n: 1}\ninitial: a\nstates: {a: {on: {GO: {target: b, guard: not (n > 0 and false)}}}, "
               "b: {}}"),
    ),
    Case(
        rule="guard-never-holds", severity=WARNING, where="a GO", field="guard", says="This guard never holds",
        wrong="initial: a\nstates: {a: {on: {GO: {target: b, guard: 1 < 3 < 2}}}, b: {}}",
        right=("initial: a\nstates: {a: {on: {GO: {target: b, guard: event.data < 2}}}, b: {}}",),
    ),
    Case(
        rule="impossible-delay", severity=WARNING, where="a @after", field="trigger", says="is no length of time",
        wrong="initial: a\nstates: {a: {after: {-500: b}}, b: {}}",
        right=("initial: a\nstates: {a: {after: {500: b}}, b: {}}", "initial: a\nstates: {a: {after: {2s: b}}, b: {}}"),
    ),
    Case(
        rule="impossible-delay", severity=WARNING, where="a", field="entry.0.delay", says="“'soon'” is no length",
        wrong="initial: a\nstates: {a: {entry: {send: GO, delay: {expr: \"'soon'\"}}, on: {GO: a}}}",
        right=("initial: a\nstates: {a: {entry: {send: GO, delay: {expr: \"'2s'\"}}, on: {GO: a}}}",
               "initial: a\nstates: {a: {entry: {send: GO, delay: 1 + 1}, on: {GO: a}}}"),
    ),
    Case(
        rule="impossible-delay", severity=WARNING, where="info", field="delays.SOON", says="is no length of time",
        wrong="initial: a\nstates: {a: {after: {SOON: b}}, b: {}}\ndelays: {SOON: {expr: 0 - 5}}",
        right=("initial: a\nstates: {a: {after: {SOON: b}}, b: {}}\ndelays: {SOON: {expr: 0 + 5}}",),
    ),
    Case(
        rule="guard-always-holds", severity=INFORMATION, where="a GO", field="guard", says="This guard always holds.",
        wrong="initial: a\nstates: {a: {on: {GO: {target: b, guard: 'not false'}}}, b: {}}",
        right=("initial: a\nstates: {a: {on: {GO: {target: b, guard: not done}}}, b: {}}",
               "initial: a\nstates: {a: {on: {GO: {target: b, guard: len('x') > 0}}}, b: {}}"),
    ),
    Case(
        rule="shadowed-branch", severity=WARNING, where="a", field="entry.0.choose.1",
        says="one before it has no guard",
        wrong="initial: a\nstates: {a: {entry: {choose: [{actions: x}, {guard: g, actions: y}]}}}",
        right=("initial: a\nstates: {a: {entry: {choose: [{guard: g, actions: y}, {actions: x}]}}}",),
    ),
    Case(
        rule="unknown-context-key", severity=WARNING, where="a GO", field="guard.expr", says="Did you mean “failures”?",
        wrong="context: {failures: 0}\ninitial: a\nstates: {a: {on: {GO: {target: a, guard: failure > 2}}}}",
        right=(
            "context: {failures: 0}\ninitial: a\nstates: {a: {on: {GO: {target: a, guard: failures > 2}}}}",
            "context: {x: 0}\ninitial: a\nstates: {a: {entry: {assign: {n: 1}}, on: {GO: {target: a, guard: n > x}}}}",
            "context: {x: [0]}\ninitial: a\nstates: {a: {on: {GO: {target: a, guard: 'any(n > event.data "
            "for n in x)'}}}}",
            "initial: a\nstates: {a: {on: {GO: {target: a, guard: n > 2}}}}",
            "language: javascript\ncontext: {x: 0}\ninitial: a\nstates: {a: {on: {GO: {target: a, guard: n > 2}}}}",
        ),
    ),
    Case(
        rule="new-context-key", severity=INFORMATION, where="a", field="entry.0.assign.m.x",
        says="no key “m” until this",
        wrong="context: {n: 0}\ninitial: a\nstates: {a: {entry: {assign: {m.x: n}}}}",
        right=("context: {n: {}}\ninitial: a\nstates: {a: {entry: {assign: {n.x: 1, n: 2}}}}",
               "initial: a\nstates: {a: {entry: {assign: {m: 1}}}}"),
    ),
    Case(
        rule="unused-context-key", severity=INFORMATION, where="info", field="context.m", says="Use it, or remove it.",
        wrong="context: {n: 0, m: 1}\ninitial: a\nstates: {a: {entry: {assign: {n: 1}}}}",
        right=(
            "context: {n: 0, m: 1}\ninitial: a\nstates: {a: {entry: {assign: {n: m}}}}",
            "context: {n: 0, m: 1}\ninitial: a\nstates: {a: {entry: {log: context}}}",
            "context: {n: 0, m: 1}\ninitial: a\nstates: {a: {entry: {log: context.m + context.n}}}",
            "context: {n: 0, m: 1}\ninitial: a\nstates: {a: {entry: ring}}",
        ),
    ),
    Case(
        rule="guard-is-context-key", severity=WARNING, where="a GO", field="guard", says="and not in the context",
        wrong="context: {ready: false}\ninitial: a\nstates: {a: {on: {GO: {target: a, guard: ready}}}}",
        right=(
            "context: {ready: false}\ninitial: a\nstates: {a: {on: {GO: {target: a, guard: {expr: ready}}}}}",
            "context: {ready: false}\ninitial: a\nstates: {a: {on: {GO: {target: a, guard: ready}}}}\n"
            "guards: {ready: ready}",
        ),
    ),
    Case(
        rule="delay-is-context-key", severity=WARNING, where="a @after", field="trigger", says="as the name of a delay",
        wrong="context: {wait: 100}\ninitial: a\nstates: {a: {after: {wait: b}}, b: {}}",
        right=("context: {wait: 100}\ninitial: a\nstates: {a: {after: {wait: b}}, b: {}}\ndelays: {wait: wait}",
               "context: {wait: 100}\ninitial: a\nstates: {a: {after: {wait * 1: b}}, b: {}}"),
    ),
    Case(
        rule="unknown-receiver", severity=WARNING, where="a", field="entry.0.to", says="Did you mean “#_payment”?",
        wrong="initial: a\nstates: {a: {invoke: {src: s, id: payment}, entry: {send: X, to: '#_payent'}}}",
        right=(
            "initial: a\nstates: {a: {invoke: {src: s, id: payment}, entry: [{send: X, to: '#_payment'}, "
            "{send: X, to: payment}, {send: X, to: '#_parent'}, {send: X, to: '#_internal'}, {send: X}]}}",
            "initial: a\nstates: {a: {invoke: {src: s}, entry: {send: X, to: 'a:0'}}}",
        ),
    ),
    Case(
        rule="unknown-send", severity=INFORMATION, where="a", field="exit.0.cancel", says="Did you mean “timer”?",
        wrong="initial: a\nstates: {a: {entry: {send: X, delay: 1s, id: timer}, exit: {cancel: timr}}}",
        right=("initial: a\nstates: {a: {entry: {send: X, delay: 1s, id: timer}, exit: {cancel: timer}}}",),
    ),
    Case(
        rule="event-never-handled", severity=INFORMATION, where="a", field="entry.0",
        says="Did you mean “READY”?",
        wrong="initial: a\nstates: {a: {entry: {raise: REDY}, on: {READY: b}}, b: {}}",
        right=(
            "initial: a\nstates: {a: {entry: {raise: READY}, on: {READY: b}}, b: {}}",
            "initial: a\nstates: {a: {entry: {raise: app.ready.now}, on: {app.*: b}}, b: {}}",
            "initial: a\nstates: {a: {entry: {send: READY}, on: {'*': b}}, b: {}}",
            "initial: a\nstates: {a: {entry: {send: READY, to: '#_parent'}}}",
        ),
    ),
    Case(
        rule="similar-names", severity=WARNING, where="b go", field="trigger", says="Did you mean “GO”?",
        wrong="initial: a\nstates: {a: {on: {GO: b}}, b: {on: {go: c}}, c: {on: {GO: a}}}",
        right=("initial: a\nstates: {a: {on: {GO: {target: b, guard: go, actions: Go}}}, b: {on: {GOING: a}}}",),
    ),
    Case(
        rule="similar-names", severity=WARNING, where="a", field="entry.0", says="The actions “Ring” and “ring” differ",
        wrong="initial: a\nstates: {a: {entry: [Ring], exit: [Ring, ring]}}\nactions: {ring: {log: 1}}",
        right=("initial: a\nstates: {a: {entry: [ring], exit: [rings]}}\nactions: {ring: {log: 1}}",),
    ),
    *(
        Case(
            rule=f"unused-{what}", severity=INFORMATION, where="info", field=f"{what}s.x", says=f"uses the {what} “x”",
            wrong=f"initial: a\nstates: {{a: {{}}}}\n{what}s: {{x: {meaning}}}",
            right=(f"initial: a\nstates: {{a: {use}, b: {{}}}}\n{what}s: {{x: {meaning}}}",),
        )
        for what, meaning, use in (
            ("guard", "n > 0", "{on: {GO: {target: b, guard: {not: x}}}}"),
            ("action", "{log: 1}", "{entry: {choose: [{actions: x}]}}"),
            ("delay", "2s", "{entry: {send: GO, delay: x}}"),
            ("service", "{}", "{invoke: x}"),
        )
    ),
]  # fmt: skip
