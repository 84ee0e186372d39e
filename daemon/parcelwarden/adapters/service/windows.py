"""A scheduled task of Windows (Task Scheduler schema 1.2): started at logon, and anew when it fails."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from parcelwarden.adapters.service import NAME, Wanted

_TEXT = """\
<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Guards what you buy abroad</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Principals>
    <Principal id="Author"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec><Command>{program}</Command><Arguments>{arguments}</Arguments></Exec>
  </Actions>
</Task>
"""


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """The task of the user whose home is `home`."""

    home: Path

    @property
    def file(self) -> Path:
        """Kept so that `status` and `uninstall` know of it; Windows reads it once."""
        return self.home / "AppData" / "Local" / NAME / f"{NAME}-task.xml"

    def text(self, wanted: Wanted) -> str:
        """The task."""
        program, *arguments = wanted.argv
        return _TEXT.format(program=escape(program), arguments=escape(subprocess.list2cmdline(arguments)))

    @property
    def installing(self) -> tuple[tuple[str, ...], ...]:
        """Make the task and start it."""
        made = ("schtasks", "/Create", "/TN", NAME, "/XML", str(self.file), "/F")
        return made, ("schtasks", "/Run", "/TN", NAME)

    @property
    def uninstalling(self) -> tuple[tuple[str, ...], ...]:
        """Stop it and remove the task."""
        return ("schtasks", "/End", "/TN", NAME), ("schtasks", "/Delete", "/TN", NAME, "/F")

    @property
    def asking(self) -> tuple[str, ...]:
        """Whether the task is there."""
        return "schtasks", "/Query", "/TN", NAME
