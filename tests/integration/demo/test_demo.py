"""The demo runs whole: real sockets on loopback, a real database file, the story's clock, and nothing left behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from parcelwarden.cli import main


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        patch.setenv("COLUMNS", "300")
        done = CliRunner().invoke(main, ["demo", "--seconds", "0"], catch_exceptions=False)
    assert done.exit_code == 0
    assert not list(Path(folder).iterdir())
    return done.output


@pytest.mark.parametrize(
    "said",
    [
        "phone case: verdict delivered",
        "LED strip: verdict quiet_expected",
        "drone battery: verdict stalled",
        "headphones: verdict abnormal",
        "The order was completed, but no delivery was seen",
        "The dates of this order are not known",
        "was handed on and has a second number, LX190000018ES",
        "shows a captcha",
        "cannot be reached",
        "answers again",
        "after two months",
    ],
)
def test_the_story_is_told(story: str, said: str) -> None:
    assert said in story


def test_silence_that_is_normal_raises_nothing(story: str) -> None:
    assert "▶ LED strip" not in story


def test_trouble_is_notified_before_the_day_to_act_by(story: str) -> None:
    assert "▶ drone battery: The delivery time ends on" in story
    assert "▶ headphones: Something is wrong with the parcel" in story
