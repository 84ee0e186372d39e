"""`docs/API.md` says what the API does."""

from __future__ import annotations

import runpy
from pathlib import Path

from parcelwarden.api.routes import TABLE

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_what_the_table_and_the_shapes_say() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "api_doc.py"))["written"]()
    assert (ROOT / "docs" / "API.md").read_text("utf-8") == made, "run: make generate"
    for route in TABLE.routes:
        assert f"### {route.method} {route.path}\n" in made
