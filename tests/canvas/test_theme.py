from __future__ import annotations

import pytest

from editor.canvas.theme import Theme, blend, contrast, dimmed, load_theme

THEMES = ("light", "dark")
TEXTS = ("text", "quiet")


def test_contrast_of_black_on_white_is_twenty_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_blend_takes_a_share_of_each():
    assert blend("#FFFFFF", "#000000", 0.5) == "#808080"


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_can_be_read_on_everything_it_may_stand_on(name: str, text: str):
    theme = load_theme(name)
    for ground in theme.grounds():
        assert contrast(getattr(theme, text), ground) >= 4.5, ground


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("text", TEXTS)
def test_dimmed_text_can_still_be_read(name: str, text: str):
    theme = dimmed(load_theme(name))
    for ground in theme.grounds():
        assert contrast(getattr(theme, text), ground) >= 3.0, ground


@pytest.mark.parametrize("name", THEMES)
def test_text_of_a_run_can_be_read(name: str):
    theme = load_theme(name)
    assert contrast(theme.text, theme.accent_soft) >= 4.5
    assert contrast(theme.quiet, theme.accent_soft) >= 4.5
    assert contrast(theme.amber_text, theme.amber_soft) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_nesting_reads_by_depth(name: str):
    theme = load_theme(name)
    steps = (theme.ground, *theme.levels)
    lights = [sum(bytes.fromhex(each[1:])) for each in steps]
    assert lights == sorted(lights)
    assert len(set(lights)) == len(lights)


def test_a_dimmed_theme_is_nearer_to_its_ground():
    theme: Theme = load_theme("light")
    assert contrast(dimmed(theme).line, theme.ground) < contrast(theme.line, theme.ground)
    assert load_theme("dark").is_dark
    assert not theme.is_dark
