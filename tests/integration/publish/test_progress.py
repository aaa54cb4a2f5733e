"""Progress: no output for small loads, a bar in a terminal, log lines elsewhere."""

import logging
import sys

import pytest

from seeds.publish.progress import MUCH, shown_progress


def test_little_is_loaded_in_silence(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO), shown_progress(MUCH) as progress:
        progress.advance(MUCH)
    assert caplog.messages == []


def test_much_is_told_in_lines_where_nobody_watches(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("seeds.publish.progress.LINE_SECONDS", 0.0)
    with caplog.at_level(logging.INFO), shown_progress(MUCH + 1) as progress:
        progress.advance(500)
        progress.say("waiting")
        progress.advance(MUCH - 499)
    assert caplog.messages == ["loaded 500 of 2001 rows", "waiting", "loaded 2001 of 2001 rows"]


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with shown_progress(MUCH + 1) as progress:
        progress.advance(MUCH + 1)
        progress.say("waiting")
    shown = capsys.readouterr().err
    assert "Loading" in shown
    assert "2001/2001" in shown
    assert "waiting" in shown
