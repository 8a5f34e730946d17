"""The screen of the trial of an installed package."""

from __future__ import annotations

import shutil

import pytest

from tests.packaging.hand import screen

TOOLS = ("Xvfb", "xdotool")


@pytest.mark.skipif(any(shutil.which(each) is None for each in TOOLS), reason=f"needs {', '.join(TOOLS)}")
def test_the_screen_stays_as_it_is_when_nobody_is_on_it() -> None:
    with screen() as hand:
        hand.do("mousemove", "12", "34")  # which was all alone there, and has gone
        assert hand.do("getmouselocation").startswith("x:12 y:34 ")
