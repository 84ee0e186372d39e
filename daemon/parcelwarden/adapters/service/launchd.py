"""A launch agent of macOS (launchd.plist(5)): started at login, and anew when it fails."""

from __future__ import annotations

import os
import plistlib
from dataclasses import dataclass
from pathlib import Path

from parcelwarden.adapters.service import NAME, Wanted

LABEL = f"org.{NAME}.daemon"


@dataclass(frozen=True, slots=True)
class LaunchAgent:
    """The agent of the user whose home is `home`."""

    home: Path

    @property
    def file(self) -> Path:
        """Where launchd looks for a user's agents."""
        return self.home / "Library" / "LaunchAgents" / f"{LABEL}.plist"

    def text(self, wanted: Wanted) -> str:
        """The property list."""
        told = {
            "Label": LABEL,
            "ProgramArguments": list(wanted.argv),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": 30,
            "ProcessType": "Background",
            "Umask": 0o077,
            "StandardErrorPath": str(self.home / "Library" / "Logs" / f"{NAME}.log"),
        }
        return plistlib.dumps(told).decode()

    @property
    def installing(self) -> tuple[tuple[str, ...], ...]:
        """Start it now and at each login."""
        return (("launchctl", "bootstrap", _domain(), str(self.file)),)

    @property
    def uninstalling(self) -> tuple[tuple[str, ...], ...]:
        """Stop it now and for good."""
        return (("launchctl", "bootout", f"{_domain()}/{LABEL}"),)

    @property
    def asking(self) -> tuple[str, ...]:
        """Whether launchd knows it."""
        return "launchctl", "print", f"{_domain()}/{LABEL}"


def _domain() -> str:
    return f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"
