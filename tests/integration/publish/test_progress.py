"""Progress: no output for small loads, a bar in a terminal, log lines elsewhere."""

import logging
import sys

import pytest

from seeds.publish.progress import LARGE_LOAD, progress_display


def test_little_is_loaded_in_silence(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO), progress_display(LARGE_LOAD) as progress:
        progress.advance(LARGE_LOAD)
    assert caplog.messages == []


def test_much_is_told_in_lines_where_nobody_watches(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("seeds.publish.progress.LINE_SECONDS", 0.0)
    with caplog.at_level(logging.INFO), progress_display(LARGE_LOAD + 1) as progress:
        progress.advance(500)
        progress.notify("waiting")
        progress.advance(LARGE_LOAD - 499)
    assert caplog.messages == ["loaded 500 of 2001 rows", "waiting", "loaded 2001 of 2001 rows"]


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress_display(LARGE_LOAD + 1) as progress:
        progress.advance(LARGE_LOAD + 1)
        progress.notify("waiting")
    shown = capsys.readouterr().err
    assert "Loaded" in shown
    assert "2001/2001" in shown
    assert "waiting" in shown
