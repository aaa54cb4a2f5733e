"""A pytest plugin (`-p tests.no_skips`): a run in which a test was skipped has failed."""

import pytest


def skipped(config: pytest.Config) -> list[pytest.TestReport | pytest.CollectReport]:
    """The reports of all that was skipped: tests, and modules that could not be collected."""
    reporter: pytest.TerminalReporter | None = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that would otherwise count as passed."""
    if session.exitstatus == pytest.ExitCode.OK and skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name each skipped test and its reason, above pytest's closing line."""
    if reports := skipped(config):
        terminalreporter.section("skipped, so this run has failed", red=True)
    for report in reports:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{report.nodeid}: {reason}")
