"""Zips the extension for the stores: `make dist`. The same files in the same order give the same bytes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXTENSION = ROOT / "extension"
DIST = ROOT / "dist"
STORES = ("chromium", "firefox")
NOT_SHIPPED = {".md"}
EPOCH = (1980, 1, 1, 0, 0, 0)


def shipped() -> list[Path]:
    """Every file that goes into a store."""
    found = (path for path in EXTENSION.rglob("*") if path.is_file() and path.suffix not in NOT_SHIPPED)
    return sorted(path for path in found if not path.name.startswith("."))


def zipped(target: Path) -> None:
    """Write the zip."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path in shipped():
            entry = zipfile.ZipInfo(path.relative_to(EXTENSION).as_posix(), EPOCH)
            entry.external_attr = 0o644 << 16
            out.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    DIST.mkdir(exist_ok=True)
    version = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))["version"]
    for store in STORES:
        zipped(DIST / f"parcelwarden-{version}-{store}.zip")
