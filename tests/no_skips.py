"""A pytest plugin (`-p tests.no_skips`): a skipped test makes the run fail."""

import pytest


def skipped(config: pytest.Config) -> list[pytest.TestReport | pytest.CollectReport]:
    """The reports of all skipped tests, and of modules that could not be collected."""
    reporter: pytest.TerminalReporter | None = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if a test was skipped."""
    if session.exitstatus == pytest.ExitCode.OK and skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print each skipped test and its reason above pytest's last line."""
    if reports := skipped(config):
        terminalreporter.section("skipped, so this run has failed", red=True)
    for report in reports:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{report.nodeid}: {reason}")
