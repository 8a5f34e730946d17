"""Saving SCXML over what was read: only what was edited changes, and what is read back is what was meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError, FileError
from editor.formats import registry, scxml
from editor.formats.registry import Loaded
from editor.formats.scxml_merge import Merge
from editor.formats.scxml_write import machine
from editor.formats.xml_same import same
from editor.formats.xml_spans import everything, scan
from editor.geometry import Point
from editor.layout import auto
from editor.model.changes import StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import (
    Assign,
    Call,
    Log,
    Raise,
    Send,
    State,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
)
from tests.charts import MEASURE
from tests.document.test_random_user import DEEDS, do
from tests.formats.test_scxml_records import FIELDS, TRANSITIONS

D15 = """\
<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:my="urn:my" version="1.0" datamodel="ecmascript" initial="a">
  <state id="a">
    <onentry><log label="first" expr="1"/></onentry>
    <onentry>
      <if cond="x &lt; 2 &amp;&amp; y"><raise event="p"/><elseif cond="y"/><my:beep hz="440"/><else/>
        <foreach array="[1,2]" item="i"><log expr="i"/></foreach></if>
    </onentry>
    <transition event="t"><assign location="x" expr="x+1"/><!-- keep me --></transition>
    <onexit><![CDATA[]]><script>x = x &lt; 3;</script></onexit>
  </state>
</scxml>
"""
LIFT = """\
<?xml version='1.0' encoding='UTF-8'?>
<!-- the lift,
     of the old house -->
<?editor keep="this"?>
<s:scxml xmlns:s="http://www.w3.org/2005/07/scxml" xmlns:editor="urn:of-others"
         version='1.0'   datamodel="foo"
         initial='up'>
\t<editor:box  x='1'/>
\t<!-- goes up -->
\t<s:state  id = 'up' editor:colour="red" >
\t\t<!-- of the first -->
\t\t<s:transition event="down&#10;stop" target='down' cond="a &lt; 'b' &amp;&amp; c" /> <!-- behind -->
\t\t<s:onentry><s:log expr='"x"'/><s:raise event="e"/></s:onentry>

\t\t<s:transition event="go"
\t\t              target="inner  deep"><!-- odd --><s:script><![CDATA[a < ']]]]><![CDATA[>']]></s:script></s:transition>
\t</s:state>
\t<s:state id="down"><s:initial><s:transition target="inner"/></s:initial>
\t\t<s:state id="inner"/><s:state id="deep"></s:state>
\t\t<s:history id="before" type='deep'>
\t\t\t<s:transition target="inner"/>
\t\t</s:history>
\t</s:state>
\t<s:final id="end"/> <!-- the end -->
</s:scxml>
<!-- after all -->
"""
MORE = D15.replace("</scxml>", '  <state id="b"/>\n</scxml>')
GO = LIFT[LIFT.index('\t\t<s:transition event="go"') : LIFT.index("\t</s:state>")]


def opened(text: str | bytes) -> Document:
    loaded = scxml.read(text, name="m.scxml")
    chart = loaded.chart.copy()
    return Document(chart, auto.complete(chart, Diagram(), MEASURE), loaded=loaded)


def saved(made: Document) -> str:
    """What a document is saved as; that it is what was meant, and the next saving patches it."""
    assert made.loaded is not None
    text, _ = scxml.patch(made.loaded, made.chart)
    fresh = scxml.read(scxml.encode(text, made.loaded), name="m.scxml")
    again = registry.with_ids_of(made.chart.copy(), fresh)
    assert same(machine(fresh.chart, fresh.ids), machine(made.chart, again.ids)), text
    source = made.loaded.source
    assert source is not None
    # no part of it had to be written anew for want of knowing where it stands
    old, new = machine(made.loaded.chart, made.loaded.ids), machine(made.chart, again.ids)
    assert Merge(source, old, new).text() == text
    made.loaded = again
    return text


def id_of(made: Document, name: str) -> str:
    return next(state.id for state in made.chart.states.values() if state.key == name)


def arrow(made: Document, name: str, number: int = 0) -> Transition:
    own = [each for each in made.chart.outgoing(id_of(made, name)) if not each.is_pseudo]
    return own[number]


def set_state(made: Document, name: str, **values: object) -> None:
    new = replace(made.chart.states[id_of(made, name)], **values)  # type: ignore[arg-type]
    made.apply(edits.set_state(made.chart, made.diagram, new, measure=MEASURE))


def set_arrow(made: Document, old: Transition, **values: object) -> None:
    made.apply(edits.set_transition(made.chart, replace(old, **values)))  # type: ignore[arg-type]


def delete(made: Document, *ids: str) -> None:
    made.apply(edits.delete(made.chart, made.diagram, ids))


def add(made: Document, parent: str, kind: StateKind = StateKind.NORMAL) -> str:
    edit, id = edits.add_state(made.chart, made.diagram, parent, Point(8, 8), kind=kind, measure=MEASURE)
    made.apply(edit)
    return id


def rename(made: Document, name: str, new: str) -> None:
    made.apply(edits.rename(made.chart, id_of(made, name), new))


def test_an_action_list_with_all_that_others_put_into_it_stays_when_its_state_is_renamed() -> None:
    made = opened(D15)
    assert saved(made) == D15
    rename(made, "a", "b")
    assert saved(made) == D15.replace('initial="a"', 'initial="b"').replace('id="a"', 'id="b"')


CHANGES: dict[str, tuple[Callable[[Document], None], list[tuple[str, str]]]] = {
    "a name": (
        lambda made: rename(made, "inner", "within"),
        [("target=\"inner  deep\"", 'target="within deep"'), ('target="inner"', 'target="within"'),
         ('id="inner"', 'id="within"')],
    ),
    "a guard": (
        lambda made: set_arrow(made, arrow(made, "up"), guard=None),
        [(" cond=\"a &lt; 'b' &amp;&amp; c\"", "")],
    ),
    "an event": (
        lambda made: set_arrow(made, arrow(made, "up", 1), trigger=Trigger(text='"<a>" \'b\'')),
        [('event="go"', "event=\"&quot;&lt;a>&quot; 'b'\"")],
    ),
    "where a state begins": (
        lambda made: made.apply(edits.set_initial(made.chart, made.diagram, id_of(made, "deep"))),
        [('<s:initial><s:transition target="inner"/>', '<s:initial><s:transition target="deep"/>')],
    ),
    "a value between quotes of one kind": (
        lambda made: set_state(made, "up", entry=(Log(value="'y'"), Raise(event="e"))),
        [("expr='\"x\"'", "expr='&apos;y&apos;'")],
    ),
    "an action more": (
        lambda made: set_state(made, "up", entry=(Log(value='"x"'), Raise(event="e"), Raise(event="f"))),
        [('<s:raise event="e"/>', '<s:raise event="e"/><s:raise event="f"/>')],
    ),
    "an action before": (
        lambda made: set_state(made, "up", entry=(Raise(event="f"), Log(value='"x"'), Raise(event="e"))),
        [("<s:onentry><s:log", '<s:onentry><s:raise event="f"/><s:log')],
    ),
    "an action less": (
        lambda made: set_state(made, "up", entry=(Raise(event="e"),)),
        [("<s:log expr='\"x\"'/>", "")],
    ),
    "a transition less, with the comments that belong to it": (
        lambda made: delete(made, arrow(made, "up").id),
        [('\t\t<!-- of the first -->\n\t\t<s:transition event="down&#10;stop" target=\'down\''
          ' cond="a &lt; \'b\' &amp;&amp; c" /> <!-- behind -->\n', "")],
    ),
    "a state less": (
        lambda made: delete(made, id_of(made, "end")),
        [('\t<s:final id="end"/> <!-- the end -->\n', "")],
    ),
    "a state more": (
        lambda made: add(made, "root") and None,
        [("<!-- the end -->\n", '<!-- the end -->\n\t<s:state id="state"/>\n')],
    ),
    "a state in one without any": (
        lambda made: add(made, id_of(made, "deep")) and None,
        [('<s:state id="deep"></s:state>', '<s:state id="deep" initial="state"><s:state id="state"/></s:state>')],
    ),
    "a state in an element that is closed at once": (
        lambda made: add(made, id_of(made, "inner")) and None,
        [('<s:state id="inner"/>',
          '<s:state id="inner" initial="state">\n\t\t\t<s:state id="state"/>\n\t\t</s:state>')],
    ),
    "what a state is": (
        lambda made: made.apply(
            edits.set_kind(made.chart, made.diagram, id_of(made, "down"), StateKind.PARALLEL, measure=MEASURE)
        ),
        [('<s:state id="down"><s:initial><s:transition target="inner"/></s:initial>', '<s:parallel id="down">'),
         ("\t</s:state>\n\t<s:final", "\t</s:parallel>\n\t<s:final")],
    ),
    "the order of alternatives": (
        lambda made: made.apply(
            Edit("", tuple(
                change
                for one, other in ((0, 1), (1, 0))
                for change in edits.set_transition(
                    made.chart, replace(arrow(made, "up", one), order=arrow(made, "up", other).order)
                ).changes
            ))
        ),
        [("\n\n" + GO, "\n"), ("\t\t<!-- of the first", GO + "\t\t<!-- of the first")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("what", CHANGES)
def test_only_what_was_edited_changes(what: str, newline: str) -> None:
    change, differences = CHANGES[what]
    text = LIFT.replace("\n", newline)
    made = opened(text)
    assert saved(made) == text
    change(made)
    wanted = LIFT
    for before, after in differences:
        assert before in wanted
        wanted = wanted.replace(before, after)
    assert saved(made) == wanted.replace("\n", newline)


def test_a_state_takes_its_text_along_and_gets_the_indentation_of_its_place() -> None:
    made = opened(
        "<scxml>\n  <!-- one -->\n  <state id='a'  >\n    <transition event='e'/> <!-- e -->\n    <onentry><script>\n"
        "  x;\n</script></onentry>\n  </state>\n  <state id='b'>\n    <state id='c'/>\n  </state>\n</scxml>\n"
    )
    ids = [id_of(made, "a")]
    made.apply(edits.reparent(made.chart, made.diagram, ids, id_of(made, "b"), measure=MEASURE))
    assert "    <!-- one -->\n    <state id='a'  >\n      <transition event='e'/> <!-- e -->\n" in saved(made)
    assert "\n      <onentry><script>\n  x;\n</script></onentry>\n    </state>\n" in saved(made)


def test_a_new_state_never_takes_the_id_of_one_that_was_there() -> None:
    made = opened('<scxml>\n  <state id="a"/>\n</scxml>\n')
    first = add(made, id_of(made, "a"))
    assert '<state id="state"/>' in saved(made)
    second = add(made, "root")
    made.apply(edits.rename(made.chart, id_of(made, "a"), "b"))
    old = made.chart.states[second]
    made.apply(Edit("", (StateChange(second, old, replace(old, key="state", order=-1)),)))
    text = saved(made)
    assert '<state id="b" initial="state">' in text
    assert text.count('id="state"') == 1
    assert made.loaded is not None
    assert made.loaded.ids[first] == "state"


def test_what_scxml_has_no_word_for_goes_into_a_namespace_of_its_own_once() -> None:
    made = opened(LIFT)
    set_state(made, "end", description="It\nends.", tags=("last one",), meta={"n": [1, None]})
    text = saved(made)
    assert text.count("urn:statechart-editor:scxml") == 1
    assert "editor:colour=" in text
    assert '<s:final id="end" editor2:description="It&#10;ends."' in text
    rename(made, "up", "over")
    assert saved(made).count("urn:statechart-editor:scxml") == 1
    end = scxml.read(saved(made)).chart.states[id_of(made, "end")]
    assert (end.description, end.tags, end.meta) == ("It\nends.", ("last one",), {"n": [1, None]})


def test_a_delay_is_a_timer_for_other_programs_and_comes_back_as_one() -> None:
    made = opened('<scxml datamodel="null">\n  <state id="a"/>\n</scxml>\n')
    edit, id = edits.connect(made.chart, made.diagram, id_of(made, "a"), [id_of(made, "a")])
    made.apply(edit)
    old = made.chart.transitions[id]
    set_arrow(made, old, trigger=Trigger(kind=TriggerKind.AFTER, text="2m"))
    text = saved(made)
    assert '<send event="after.a.0" id="after.a.0" delay="120000ms"/>' in text
    assert '<cancel sendid="after.a.0"/>' in text
    assert '<transition event="after.a.0" editor:after="2m" target="a"/>' in text
    delete(made, id)
    assert saved(made).count("<") == 3 + 1  # the state stays open


def test_actions_that_only_the_native_format_has_come_back() -> None:
    made = opened(
        '<scxml>\n  <state id="a">\n    <onentry>\n      <raise event="e"/>\n    </onentry>\n  </state>\n</scxml>\n'
    )
    actions = (
        Raise(event="e"),
        Call(name="beep", params={"hz": 440}),
        Assign(values=(("x", "y"), ("y", 0), ("z", {"a": ["b", None]}))),
        Send(event="s", delay=1500, data={"n": "x + 1", "m": 2}),
        Raise(event="r", data="x"),
    )
    set_state(made, "a", entry=actions)
    saved(made)
    assert made.chart.states[id_of(made, "a")].entry == actions
    assert scxml.read(saved(made)).chart.states["s1"].entry == actions


def test_a_value_that_was_changed_by_hand_is_believed() -> None:
    text = saved(_with(opened("<scxml><state id='a'/></scxml>"), entry=(Log(value=1),)))
    [log] = scxml.read(text.replace('expr="1"', 'expr="2"')).chart.states["s1"].entry
    assert log == Log(value="2")


def _with(made: Document, **values: object) -> Document:
    set_state(made, "a", **values)
    return made


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "iso-8859-1", "windows-1252"]
)
def test_the_encoding_stays_and_letters_that_it_has_not_are_numbers(encoding: str) -> None:
    declared = encoding.removesuffix("-sig").removesuffix("-be")
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>\n<scxml><state id="größe"/>\n'
        '<state id="b"><transition event="kleiner"/></state></scxml>\n'
    )
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    data = (mark + text).encode(encoding)
    loaded = scxml.read(data, name="m.scxml")
    assert registry.write(loaded.chart, PurePath("m.scxml"), loaded).data == data
    made = opened(data)
    set_arrow(made, arrow(made, "b"), trigger=Trigger(text="größer→"))
    saved(made)
    assert made.loaded is not None
    shown = "größer→" if encoding.startswith("utf") else "größer&#8594;"
    assert made.loaded.data == (mark + text.replace("kleiner", shown)).encode(encoding)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ud800", "\ufffe"])
@pytest.mark.parametrize("field", ["key", "description", "entry"])
def test_a_character_that_xml_cannot_hold_is_named(character: str, field: str) -> None:
    value: object = f"a{character}b"
    made = opened("<scxml><state id='a'/></scxml>")
    set_state(made, "a", **{field: (Raise(event=str(value)),) if field == "entry" else value})
    with pytest.raises(FileError, match=f"U\\+{ord(character):04X}"):
        saved(made)


def test_a_transition_of_the_machine_itself_is_told_of_and_kept() -> None:
    text = (
        '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="a">\n'
        '  <transition event="reset" target="a"/>\n  <state id="a"><transition event="n" target="b"/></state>\n'
        '  <state id="b"/>\n</scxml>\n'
    )
    loaded = scxml.read(text)
    [problem] = loaded.problems
    assert "A <transition> is not allowed under <scxml>" in problem.message
    mark = loaded.places.find(problem.element, problem.field)
    assert mark is not None
    assert mark.line == 2
    made = opened(text)
    rename(made, "b", "c")
    assert saved(made) == text.replace('"b"', '"c"')


def test_the_place_of_a_problem_is_known_after_saving() -> None:
    text = '<scxml xmlns="http://www.w3.org/2005/07/scxml">\n  <state id="a"/>\n'
    made = opened(f'{text}  <state id="b"><onentry>\n<jump/></onentry></state>\n</scxml>')
    delete(made, id_of(made, "a"))
    saved(made)
    loaded = made.loaded
    assert loaded is not None
    [problem] = loaded.problems
    mark = loaded.places.find(problem.element, problem.field)
    assert mark is not None
    assert (problem.element, mark.line) == (id_of(made, "b"), 3)


# whatever is done


def lines(text: str) -> str:
    """A text without its indentation."""
    return "\n".join(line.strip() for line in text.splitlines())


def untouched(loaded: Loaded, chart: Chart) -> list[str]:
    """The texts of transitions, and of the start tags of states, that are as they were."""
    assert loaded.source is not None
    source, before = loaded.source, loaded.chart
    tags = [
        each
        for each in everything(scan(source))
        if each.tag in ("state", "parallel", "final", "history", "transition")
    ]
    found = []
    for element, mark in loaded.places.marks.items():
        id, field = element
        if field or id not in chart.transitions or chart.transitions[id] != before.transitions.get(id):
            continue
        transition = chart.transitions[id]
        named = {transition.source, *transition.targets}
        if transition.is_pseudo or any(_spelled(chart, each) != _spelled(before, each) for each in named):
            continue
        here = [
            each
            for each in tags
            if each.tag == "transition" and source.count("\n", 0, each.inside) + 1 == mark.line
        ]
        found += [source[each.start : each.end] for each in here if len(here) == 1]
    return found


def _spelled(chart: Chart, id: str) -> str | None:
    state: State | None = chart.states.get(id)
    return state.key if state is not None else None


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=8), st.sampled_from([LIFT, D15]))
def test_whatever_is_done_is_read_back_and_the_rest_stays(
    deeds: list[tuple[str, int, int]], text: str
) -> None:
    made = opened(text)
    for deed in deeds:
        before = made.loaded
        assert before is not None
        try:
            do(made, deed)
        except ChartError:
            continue
        kept = untouched(before, made.chart)
        now = saved(made)
        for piece in kept:
            assert lines(piece) in lines(now)
        if text is LIFT:
            assert now.startswith(LIFT[: LIFT.index("<s:scxml")])
            assert now.endswith("<!-- after all -->\n")
            assert "<editor:box  x='1'/>" in now


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["up", "inner", "a"]), FIELDS, TRANSITIONS), max_size=3),
    st.sampled_from([LIFT, MORE]),
)
def test_whatever_stands_in_a_record_is_patched(
    changes: list[tuple[str, dict[str, Any], Transition]], text: str
) -> None:
    made = opened(text)
    saved(made)
    for name, fields, transition in changes:
        old = next((each for each in made.chart.states.values() if each.key == name), None)
        if old is None:
            continue
        made.apply(Edit("", (StateChange(old.id, old, replace(old, **fields)),)))
        number = len(made.chart.transitions) + 100
        invoked = transition.trigger.kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR)
        if not invoked or made.chart.states[old.id].invokes:
            new = replace(transition, id=f"t{number}", source=old.id, targets=("?gone",), order=number)
            made.apply(Edit("", (TransitionChange(new.id, None, new),)))
        now = saved(made)
        assert "<!-- after all -->" in now or text is MORE


_TEXTS = st.text(st.sampled_from("ab &<>'\"]-\n\r\t\u00e9{}?/="), min_size=1, max_size=12)


def _escaped(text: str, quote: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (quote, "&#34;" if quote == '"' else "&#x27;")):
        text = text.replace(character, entity)
    return "".join(f"&#{ord(each)};" if each in "\n\r\t" else each for each in text)


@st.composite
def _documents(draw: st.DrawFn) -> str:
    """Well-formed texts with what makes XML hard to patch."""
    newline = draw(st.sampled_from(["\n", "\r\n", ""]))
    prefix = draw(st.sampled_from(["", "s:", "x-y:"]))
    declared = f' xmlns:{prefix[:-1]}="http://www.w3.org/2005/07/scxml"' if prefix else ""
    space = st.sampled_from(["", " ", newline, newline + "  ", newline + newline + "\t"])

    def comment() -> str:
        inside = draw(_TEXTS).replace("\r", "").replace("--", "- ").rstrip("-")
        return draw(
            st.sampled_from(
                [
                    f"<!--{inside}-->",
                    "<?pi a='<b>'?>",
                    "<o:x xmlns:o='urn:o' o:y='>'><![CDATA[<a>]]></o:x>",
                    "",
                ]
            )
        )

    def state(name: str) -> str:
        quote = draw(st.sampled_from("'\""))
        guard = f" cond={quote}{_escaped(draw(_TEXTS), quote)}{quote}" if draw(st.booleans()) else ""
        script = draw(_TEXTS).replace("\r", "").replace("]]>", "]] >")
        inside = [
            draw(space), comment(), draw(space),
            f"<{prefix}transition event={quote}e{quote}{guard} target='b'/>",
            draw(space), comment(), draw(space),
            f"<{prefix}onentry><{prefix}script><![CDATA[{script}]]></{prefix}script></{prefix}onentry>",
            comment(), draw(space),
        ]  # fmt: skip
        return f"<{prefix}state\tid={quote}{name}{quote} >{''.join(inside)}</{prefix}state >"

    body = draw(space).join([draw(space), state("a"), comment(), state("b"), f"<{prefix}final id='c'/>", ""])
    return f"<!-- - -> --><{prefix}scxml{declared}>{body}</{prefix}scxml>{newline}"


@settings(max_examples=150, deadline=None)
@given(_documents(), st.lists(DEEDS, max_size=4), _TEXTS)
def test_hard_texts_are_patched(text: str, deeds: list[tuple[str, int, int]], value: str) -> None:
    made = opened(text.encode())
    assert saved(made) == text
    script = made.chart.states[id_of(made, "b")].entry
    set_arrow(made, arrow(made, "a"), description=value)
    rename(made, "c", "end")
    now = saved(made)
    assert now.count("<![CDATA[") == text.count("<![CDATA[")
    assert scxml.read(now.encode()).chart.states[id_of(made, "b")].entry == script
    for deed in deeds:
        try:
            do(made, deed)
        except ChartError:
            continue
        saved(made)
