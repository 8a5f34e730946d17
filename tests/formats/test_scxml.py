"""SCXML to charts: what stands where, in every spelling, and what is said about what is wrong."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import FileError, Flaw, FormatError
from editor.formats import native, registry, scxml
from editor.formats.registry import Loaded
from editor.model import queries, rules, walk
from editor.model.chart import Chart
from editor.model.elements import (
    Assign,
    Block,
    Choose,
    Expr,
    Foreach,
    In,
    Log,
    Raise,
    Script,
    Send,
    State,
    StateKind,
    Transition,
    TriggerKind,
)

SPACE = "http://www.w3.org/2005/07/scxml"
DOOR = """\
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="door" datamodel="ecmascript" binding="late">
  <datamodel><data id="n" expr="0"/></datamodel>
  <state id="closed">
    <onentry><log label="at" expr="n"/></onentry>
    <onentry><raise event="ready"/></onentry>
    <transition event="open push.*" cond="n &lt; 3" target="opened"><assign location="n" expr="n + 1"/></transition>
  </state>
  <state id="opened">
    <initial><transition target="ajar"><script>n = 7</script></transition></initial>
    <state id="ajar"><transition type="internal" cond="In('closed')"/></state>
    <history id="before" type="deep"><transition target="ajar"/></history>
    <transition event="close" target="closed"/>
    <invoke id="light" src="light.scxml" autoforward="true"><param name="p" expr="1"/><finalize/></invoke>
  </state>
  <final id="gone"><donedata><param name="n" location="n"/></donedata></final>
</scxml>
"""


def read(text: str | bytes) -> Loaded:
    return scxml.read(text, name="door.scxml")


def state(chart: Chart, name: str) -> State:
    return next(each for each in chart.states.values() if each.key == name)


def of(chart: Chart, name: str, kind: TriggerKind) -> Transition:
    return next(each for each in chart.outgoing(state(chart, name).id) if each.trigger.kind is kind)


def body(inside: str) -> Chart:
    return read(f'<scxml xmlns="{SPACE}">{inside}</scxml>').chart


def test_states_stand_where_they_are_written() -> None:
    chart = read(DOOR).chart
    paths = [queries.dotted_path(chart, each.id) for each in queries.document_order(chart)]
    assert paths == ["", "closed", "opened", "opened.ajar", "opened.before", "gone"]
    assert state(chart, "before").kind is StateKind.DEEP_HISTORY
    assert state(chart, "gone").kind is StateKind.FINAL
    assert chart.root.key == "door"


def test_a_transition_keeps_its_descriptors_and_its_guard() -> None:
    chart = read(DOOR).chart
    found = of(chart, "closed", TriggerKind.EVENT)
    assert found.trigger.text == "open push.*"
    assert found.guard == Expr(text="n < 3")
    assert found.targets == (state(chart, "opened").id,)
    assert found.actions == (Assign(values=(("n", "n + 1"),)),)


def test_a_condition_that_asks_for_a_state_names_it() -> None:
    chart = read(DOOR).chart
    found = of(chart, "ajar", TriggerKind.ALWAYS)
    assert found.guard == In(state=state(chart, "closed").id)
    assert found.internal


def test_the_beginning_of_a_state_and_the_default_of_a_history_are_transitions() -> None:
    chart = read(DOOR).chart
    ajar = (state(chart, "ajar").id,)
    begin = of(chart, "opened", TriggerKind.INITIAL)
    assert (begin.targets, begin.actions) == (ajar, (Script(text="n = 7"),))
    assert of(chart, "before", TriggerKind.DEFAULT).targets == ajar


def test_an_error_in_one_entry_does_not_concern_the_next() -> None:
    first, second = state(read(DOOR).chart, "closed").entry
    assert isinstance(first, Block)
    assert isinstance(second, Block)
    assert first.actions == (Log(value="n", label="at"),)
    assert second.actions == (Raise(event="ready"),)


def test_data_an_end_and_an_invocation_are_read() -> None:
    chart = read(DOOR).chart
    assert [(each.id, each.expr) for each in chart.root.data] == [("n", "0")]
    done = state(chart, "gone").done_data
    assert done is not None
    assert [(each.name, each.location) for each in done.params] == [("n", "n")]
    [light] = state(chart, "opened").invokes
    assert (light.id, light.src, light.auto_forward, light.finalize) == ("light", "light.scxml", True, ())
    assert chart.info.conventions.binds_late
    assert chart.info.language == "javascript"


def test_a_choice_has_a_branch_for_each_alternative() -> None:
    chart = body(
        '<state id="a"><onentry><if cond="x"><raise event="1"/><elseif cond="y"/><else/><raise event="3"/></if>'
        '<foreach array="xs" item="x" index="i"><log expr="x"/></foreach></onentry></state>'
    )
    choose, loop = state(chart, "a").entry
    assert isinstance(choose, Choose)
    assert [branch.guard for branch in choose.branches] == [Expr(text="x"), Expr(text="y"), None]
    assert [len(branch.actions) for branch in choose.branches] == [1, 0, 1]
    assert loop == Foreach(array="xs", item="x", index="i", actions=(Log(value="x"),))


def test_every_attribute_of_a_send_is_kept() -> None:
    chart = body(
        '<state id="a"><onentry><send eventexpr="e" targetexpr="t" typeexpr="w" idlocation="i" delayexpr="d"'
        ' namelist="x y"><param name="p" expr="1"/></send></onentry></state>'
    )
    [send] = state(chart, "a").entry
    assert isinstance(send, Send)
    assert (send.event_expr, send.to_expr, send.type_expr, send.id_location) == ("e", "t", "w", "i")
    assert send.delay == Expr(text="d")
    assert send.payload is not None
    assert send.payload.names == ("x", "y")


@pytest.mark.parametrize("prefix", ["s", "scxml", "a-b"])
def test_any_prefix_and_none_mean_the_same(prefix: str) -> None:
    plain = DOOR.replace(f' xmlns="{SPACE}"', "")
    prefixed = plain.replace("</", f"</{prefix}:").replace("<", f"<{prefix}:").replace(f"<{prefix}:/", "</")
    prefixed = prefixed.replace(f"<{prefix}:scxml", f'<{prefix}:scxml xmlns:{prefix}="{SPACE}"', 1)
    charts = [read(text).chart for text in (DOOR, plain, prefixed)]
    for chart in charts[1:]:
        assert dict(chart.states) == dict(charts[0].states)
        assert dict(chart.transitions) == dict(charts[0].transitions)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_declared_encoding_or_a_mark_is_believed(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<scxml xmlns="{SPACE}"><state id="größe"/></scxml>'
    loaded = registry.read(text.encode(encoding), PurePath("m.scxml"))
    assert [each.key for each in loaded.chart.children("root")] == ["größe"]
    assert loaded.source is not None
    assert "größe" in loaded.source
    # a text that was decoded once is not decoded again
    assert dict(scxml.read(loaded.source, name="m.scxml").chart.states) == dict(loaded.chart.states)


def test_line_breaks_in_an_attribute_stay_and_lines_are_counted_right() -> None:
    loaded = read(
        f'<scxml xmlns="{SPACE}">\n<state id="a"><onentry><assign location="x" expr="f(\n// one\n1)"/></onentry>'
        '</state>\n<state id="b"/></scxml>'
    )
    [assign] = state(loaded.chart, "a").entry
    assert isinstance(assign, Assign)
    assert str(assign.values[0][1]).split() == ["f(", "//", "one", "1)"]
    assert "\n" in str(assign.values[0][1])
    mark = loaded.places.find(state(loaded.chart, "b").id)
    assert mark is not None
    assert mark.line == 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<scxml", "well-formed"),
        ("", "well-formed"),
        ("<other/>", "<scxml>"),
        ('<scxml xmlns="urn:other"/>', "<scxml>"),
        ('<!DOCTYPE scxml [<!ENTITY e "x">]><scxml><state id="&e;"/></scxml>', "DOCTYPE"),
        ('<!DOCTYPE scxml SYSTEM "file:///etc/passwd"><scxml/>', "DOCTYPE"),
        ("<scxml>&unknown;</scxml>", "well-formed"),
        ("<scxml>" + "<state>" * 250 + "</state>" * 250 + "</scxml>", "inside one another"),
        ('<?xml version="1.0" encoding="no-such"?><scxml/>', ""),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        scxml.read(text.encode(), name="m.scxml")
    assert words in str(caught.value)
    assert caught.value.flaws[0].line is not None


def test_an_entity_that_grows_without_end_is_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE scxml [<!ENTITY e0 "x">{levels}]><scxml name="n"><state id="a"/>&e11;</scxml>'
    with pytest.raises(FormatError):
        read(text)


@pytest.mark.parametrize(
    ("inside", "words", "line"),
    [
        ('<state id="a"/>\n<state id="a"/>', "“a” is given twice", 3),
        ('<state id="a">\n<onentry><jump/></onentry></state>', "<jump> is no action", 3),
        ('<state id="a"><onentry>\n<send event="x" eventexpr="y"/></onentry></state>', "both", 3),
        ('<state id="a"><onentry><send event="x" delay="soon"/></onentry></state>', "no duration", 2),
        ('<state id="a">\n<onentry><assign expr="1"/></onentry></state>', "needs “location”", 3),
        ('<state id="a"><initial/><state id="b"/></state>', "needs a <transition>", 2),
    ],
)
def test_what_is_wrong_is_told_with_its_line(inside: str, words: str, line: int) -> None:
    loaded = read(f'<scxml xmlns="{SPACE}">\n{inside}</scxml>')
    [problem] = loaded.problems
    assert words in problem.message
    mark = loaded.places.find(problem.element, problem.field)
    assert mark is not None
    assert mark.line == line


def test_elements_of_others_are_left_alone_and_told_of() -> None:
    loaded = read(f'<scxml xmlns="{SPACE}" xmlns:o="urn:o"><o:box x="1"/><state id="a"/></scxml>')
    assert loaded.problems == ()
    assert [each.key for each in loaded.chart.children("root")] == ["a"]
    assert "box" in loaded.notices[0].message


def test_a_data_model_that_is_not_known_stays_a_text() -> None:
    loaded = read('<scxml datamodel="lua"><state id="a"><transition cond="x ~= nil"/></state></scxml>')
    assert loaded.chart.info.language == "lua"
    assert of(loaded.chart, "a", TriggerKind.ALWAYS).guard == Expr(text="x ~= nil")


def test_a_target_that_is_not_there_is_kept() -> None:
    chart = body('<state id="a"><transition event="e" target="b"/></state>')
    assert of(chart, "a", TriggerKind.EVENT).targets == ("?b",)


def test_what_is_usual_in_scxml_is_no_problem() -> None:
    chart = body(
        '<state id="a"><state id="b"/><invoke src="x.scxml"/><transition event="e" target="a"/></state>'
    )
    assert {problem.rule for problem in rules.check(chart)} <= {"dead-end"}


# which files are SCXML


def test_a_file_is_told_by_its_content_before_its_name(tmp_path: Path) -> None:
    assert registry.read(DOOR.encode(), tmp_path / "door.yaml").chart.root.key == "door"
    assert registry.read(b"\xef\xbb\xbf" + DOOR.encode(), tmp_path / "door.yml").chart.root.key == "door"
    yaml = registry.read(b"<<: {id: m}\nstates: {a: {}}\n", tmp_path / "m.yaml")
    assert [each.key for each in yaml.chart.children("root")] == ["a"]


# neighbours


@pytest.mark.parametrize(
    "src", ["../secret.txt", "/etc/passwd", "http://example.org/x", "file:///etc/passwd", "no.txt"]
)
def test_only_files_beside_the_machine_are_read(tmp_path: Path, src: str) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(FileError):
        scxml.Neighbours(folder).text(src)


def test_a_neighbour_may_be_named_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text("words", encoding="utf-8")
    assert scxml.Neighbours(tmp_path).text("file:a%20b.txt") == "words"


# in the words of the native format


def test_what_yaml_cannot_say_is_told_and_the_rest_is_there() -> None:
    text, notices = native.write(read(DOOR).chart)
    told = " ".join(notice.message for notice in notices)
    assert "The label “at”" in told
    assert "A script of “opened”" in told
    assert "What is done about events of an invocation" in told
    again = native.read(text, name="door.yaml")
    assert again.problems == ()
    assert again.chart.info.context == {"n": 0}
    events = {each.trigger.text for each in again.chart.outgoing(state(again.chart, "closed").id)}
    assert events == {"open", "push"}
    assert state(again.chart, "gone").output == {"n": "n"}


_NAMES = st.text("abc", min_size=1, max_size=3)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["id", "event", "target", "cond", "initial", "type", "expr", "location", "delay", "src"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=5) | _NAMES,
    max_size=3,
)
_TAGS = st.sampled_from(
    ["state", "parallel", "final", "history", "initial", "transition", "onentry", "onexit", "datamodel", "data",
     "invoke", "finalize", "donedata", "content", "param", "send", "cancel", "log", "raise", "if", "elseif", "else",
     "foreach", "script", "assign", "other"]
)  # fmt: skip


def element(tag: str, attributes: dict[str, str], inside: list[str]) -> str:
    escaped = {
        key: value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        for key, value in attributes.items()
    }
    words = "".join(f' {key}="{value}"' for key, value in escaped.items())
    return f"<{tag}{words}>{''.join(inside)}</{tag}>"


ELEMENTS = st.recursive(
    st.builds(element, _TAGS, _ATTRIBUTES, st.just([])),
    lambda inner: st.builds(element, _TAGS, _ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@given(st.lists(ELEMENTS, max_size=4))
def test_every_tree_of_elements_is_read_and_can_be_told_in_yaml(elements: list[str]) -> None:
    loaded = read(f"<scxml>{''.join(elements)}</scxml>")
    for problem in loaded.problems:
        assert loaded.places.find(problem.element, problem.field) is not None
    text, _ = native.write(loaded.chart)
    native.read(text, name="m.yaml")


@given(
    st.binary(max_size=60)
    | st.builds(lambda a, b: DOOR.encode()[:a] + b, st.integers(0, 900), st.binary(max_size=9))
)
def test_bytes_are_a_machine_or_are_refused(data: bytes) -> None:
    flaws: tuple[Flaw, ...] = (Flaw("none"),)
    try:
        scxml.read(data, name="m.scxml")
    except FormatError as error:
        flaws = error.flaws
    assert flaws


def test_each_variable_has_a_place_of_its_own() -> None:
    text = (
        '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">\n'
        '<datamodel>\n<data id="n" expr="1"/>\n<data id="m" expr="2 +"/>\n</datamodel>\n<state id="a">\n'
        '<datamodel>\n<data id="k" expr="3 +"/>\n</datamodel>\n</state></scxml>'
    )
    loaded = scxml.read(text)
    places = [
        loaded.places.find(place.element, place.field) for place, _ in walk.Inside(loaded.chart).expressions
    ]
    assert [place.line for place in places if place is not None] == [3, 4, 8]
