"""The stores' own lint of the extension, with warnings as errors: `make extension`.

One warning stands: the manifest names a service worker, which Chromium needs and Firefox ignores beside its scripts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINT = ("web-ext", "lint", "--source-dir", str(ROOT / "extension"), "--no-config-discovery", "--output", "json")
EXPECTED = {"BACKGROUND_SERVICE_WORKER_IGNORED"}


def faults() -> list[str]:
    """What the lint found, beside what is expected."""
    command = [str(ROOT / "node_modules" / ".bin" / LINT[0]), *LINT[1:]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return [done.stdout + done.stderr]
    found = [*told["errors"], *told["warnings"], *told["notices"]]
    return [
        f"{each.get('file')}:{each.get('line')}: {each['message']}" for each in found if each["code"] not in EXPECTED
    ]


if __name__ == "__main__":
    sys.exit("\n".join(faults()) or 0)
