"""What holds for every test: no talk but with this machine, and a count of what was skipped and why."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import settings

from support.guard.sitecustomize import patches

PATCHES = patches()

# The same examples on every run: a failure is one of the code, never of the dice. `make fuzz` throws the dice, and so
# does `pytest --hypothesis-profile=default`.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and every look-up that leaves the machine (SECURITY S32)."""
    for (owner, name), made in PATCHES.items():
        monkeypatch.setattr(owner, name, made)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was skipped, counted by reason."""
    reasons = Counter(
        str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        for report in terminalreporter.stats.get("skipped", [])
    )
    if reasons:
        terminalreporter.section(f"{sum(reasons.values())} skipped")
        for reason, count in reasons.most_common():
            terminalreporter.write_line(f"{count:5d}  {reason.removeprefix('Skipped: ')}")
