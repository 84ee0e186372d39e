"""R02: a process killed around the telling: after the notifier took the note one duplicate, before it none."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from support.killing import program
from support.outbox import REF, rows
from support.scripted import START, House

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")]

TELLER = """
import asyncio, os, signal, sys
from datetime import datetime
from pathlib import Path
from support.scripted import House

path, when, told = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])

def die():
    os.kill(os.getpid(), signal.SIGKILL)

class Dying:
    def __init__(self, name):
        self.name = name
    async def send(self, note):
        dies = self.name == sys.argv[5]
        if when == "before" and dies:
            die()
        with told.open("a") as file:
            file.write(f"{self.name} {note.alert_id} {note.replaces}\\n")
            file.flush()
            os.fsync(file.fileno())
        if when == "after" and dies:
            die()
        return True
    async def close(self):
        pass

async def main():
    house = House(path)
    house.desktop, house.beside = Dying("desktop"), (Dying("phone"),)
    await house.open()
    print("ready", flush=True)
    await house.tick(datetime.fromisoformat(sys.argv[4]))
    await house.close()

asyncio.run(main())
"""


async def due_alert(path: Path) -> datetime:
    """A house with one order, not told anything yet; when its first alert is due."""
    house = await House(path).open()
    await house.add()
    first = min(row.due_at for row in await rows(house) if row.due_at > START)
    await house.close()
    return first + timedelta(minutes=1)


@pytest.mark.parametrize("channel", ["desktop", "phone"])
@pytest.mark.parametrize(("when", "most"), [("before", 1), ("after", 2)])
async def test_r02_a_kill_around_the_send_tells_it_again_at_most_once(
    tmp_path: Path, when: str, most: int, channel: str
) -> None:
    path, told = tmp_path / "data", tmp_path / "told"
    at = await due_alert(path)
    told.touch()
    for minutes, kill in enumerate((when, "never", "never")):
        with program(TELLER, path, kill, told, (at + timedelta(minutes=minutes)).isoformat(), channel) as process:
            assert process.wait(30) == (-9 if kill == when else 0)
    lines = Counter(told.read_text().splitlines())
    by = {line.split()[0]: count for line, count in lines.items()}
    assert len(lines) == len(by) == 2
    assert by.pop(channel) == most
    assert max(by.values()) <= 2
    house = await House(path).open()
    delivered = [row for row in await rows(house, REF) if row.delivered_at]
    await house.close()
    assert [row.times_sent for row in delivered] == [1] * len(delivered)
    assert delivered
