"""What a browser test has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from support.browser.chromium import Chromium
from support.browser.shop import Shop
from support.daemon import RunningDaemon


@dataclass
class Rig:
    """A paired browser, the shop, the daemon, and a folder of the module's own."""

    browser: Chromium
    shop: Shop
    daemon: RunningDaemon
    folder: Path
