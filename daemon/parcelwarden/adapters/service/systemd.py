"""A systemd user unit, watched: it says when it is ready, and is started anew when it no longer says that it lives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from parcelwarden.adapters.service import NAME, Wanted

UNIT = f"{NAME}.service"
WATCHDOG = 300
"""Seconds without a sign of life after which systemd starts it anew."""
_TEXT = """\
[Unit]
Description=Guards what you buy abroad
After=graphical-session.target

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
Restart=on-failure
RestartSec=10
WatchdogSec={watchdog}
TimeoutStartSec=120
TimeoutStopSec=15
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes

[Install]
WantedBy=default.target
"""


@dataclass(frozen=True, slots=True)
class UserUnit:
    """The unit of the user whose home is `home`."""

    home: Path

    @property
    def file(self) -> Path:
        """Where systemd looks for a user's units."""
        return self.home / ".config" / "systemd" / "user" / UNIT

    def text(self, wanted: Wanted) -> str:
        """The unit."""
        return _TEXT.format(command=" ".join(map(quoted, wanted.argv)), watchdog=WATCHDOG)

    @property
    def installing(self) -> tuple[tuple[str, ...], ...]:
        """Read the unit, start it now and with each session."""
        return ("systemctl", "--user", "daemon-reload"), ("systemctl", "--user", "enable", "--now", UNIT)

    @property
    def uninstalling(self) -> tuple[tuple[str, ...], ...]:
        """Stop it now and for good."""
        return (("systemctl", "--user", "disable", "--now", UNIT),)

    @property
    def asking(self) -> tuple[str, ...]:
        """Whether it runs."""
        return "systemctl", "--user", "is-active", "--quiet", UNIT


def quoted(word: str) -> str:
    """A word of a command line as systemd.service(5) and systemd.unit(5) read it: `%` and `$` doubled, quoted."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'
