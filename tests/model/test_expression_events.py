from __future__ import annotations

import pytest

from editor.model.expression_events import holds_text, rename_event


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("event.type == 'GO'", "event.type == 'START'"),
        ('"GO" != event.type  and n', '"START" != event.type  and n'),
        ("event.type in ['STOP', 'GO']", "event.type in ['STOP', 'START']"),
        ("event.data == 'GO'", "event.data == 'GO'"),
        ("name == 'GO'", "name == 'GO'"),
        ("event.type == 'GOING'", "event.type == 'GOING'"),
        ("event.type == 'GO' ==", "event.type == 'GO' =="),
    ],
)
def test_an_event_is_renamed_where_it_is_compared_with_the_type(text: str, renamed: str) -> None:
    assert rename_event(text, "GO", "START") == renamed


def test_a_text_that_stands_elsewhere_is_found() -> None:
    assert holds_text("name == 'GO'", "GO")
    assert not holds_text("GO == 'GONE'", "GO")
    assert not holds_text("'GO' ==", "GO")
