"""Programs of the system that some tests need: found, or skipped with the command that would install them.

`make test` never installs anything. Where `PARCELWARDEN_REQUIRE_SYSTEM=1` is set (CI does), a missing program is a
failure, not a skip.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

PACKAGES = {
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "Xvfb": "xvfb",
    "dbus-run-session": "dbus",
    "dbus-monitor": "dbus",
    "dunst": "dunst",
    "notification-daemon": "notification-daemon",
    "notify-send": "libnotify-bin",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "openssl": "openssl",
    "systemd-analyze": "systemd",
}
ELSEWHERE = {"notification-daemon": Path("/usr/lib/notification-daemon/notification-daemon")}


def required() -> bool:
    """Whether a missing program fails the run."""
    return os.environ.get("PARCELWARDEN_REQUIRE_SYSTEM") == "1"


def need(program: str) -> str:
    """The path of a program, or a skip (in CI a failure) that names the package."""
    found = shutil.which(program)
    if not found and (other := ELSEWHERE.get(program)) and other.exists():
        found = str(other)
    if found:
        return found
    message = f"lacks {program}: apt-get install {PACKAGES.get(program, program)} (or: make test-system)"
    if required():
        pytest.fail(message)
    pytest.skip(message)
