"""The extension's files, without a browser: E05, sizes, labels, what is generated, and lint where it is installed."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.system import need

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
SCRIPTS = sorted(EXTENSION.rglob("*.js"))
OURS = [path for path in SCRIPTS if path.parent.name != "types"]
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
LABELS: dict[str, Any] = json.loads((EXTENSION / "_locales/en/messages.json").read_text("utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(EXTENSION))


def test_e05_the_manifest_asks_for_little() -> None:
    text = json.dumps(MANIFEST)
    assert "<all_urls>" not in text
    assert "*://*/" not in text
    assert "externally_connectable" not in text
    assert MANIFEST["host_permissions"] == ["http://127.0.0.1/*"]
    assert MANIFEST["permissions"] == ["alarms", "notifications", "scripting", "storage"]
    background = MANIFEST["background"]
    assert background["service_worker"] == background["scripts"][0]
    assert background["type"] == "module"
    for script in MANIFEST["content_scripts"]:
        assert all(
            re.fullmatch(r"https://(\*\.|trade\.|track\.)?aliexpress\.(com|us|ru)/[^*].*", m) for m in script["matches"]
        )
        assert not script.get("all_frames")
    gecko = MANIFEST["browser_specific_settings"]["gecko"]
    assert gecko["data_collection_permissions"] == {"required": ["none"]}


def test_e05_no_remote_code() -> None:
    policy = dict(rule.split(" ", 1) for rule in MANIFEST["content_security_policy"]["extension_pages"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert all(host.startswith(("'self'", "http://127.0.0.1", "https://")) for host in policy["connect-src"].split())
    for page in EXTENSION.rglob("*.html"):
        for source in re.findall(r'(?:src|href)="([^"]+)"', page.read_text("utf-8")):
            assert not source.startswith(("http", "//", "data:")), page
        assert "onclick" not in page.read_text("utf-8")
    for path in SCRIPTS:
        assert not re.search(
            r"\beval\(|new Function|innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write", path.read_text("utf-8")
        ), path


@pytest.mark.parametrize(
    "path", [p for p in OURS if p.parts[len(EXTENSION.parts)] in ("content", "page", "shared")], ids=name
)
def test_e04_nothing_in_a_page_speaks_to_the_daemon(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(
        r"(?<![.\w])fetch\(|XMLHttpRequest\(|WebSocket\(|EventSource\(|sendBeacon|createElement\(.iframe", text
    )
    assert "127.0.0.1" not in text


@pytest.mark.parametrize("path", OURS, ids=name)
def test_files_are_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 170


def test_every_label_is_there_in_every_language() -> None:
    used = {key for path in OURS for key in re.findall(r'\blabel\("([a-z_]+)"', path.read_text("utf-8"))}
    used |= {
        key
        for path in EXTENSION.rglob("*.html")
        for key in re.findall(r'data-(?:label|title)="([a-z_]+)"', path.read_text("utf-8"))
    }
    assert used <= set(LABELS)
    for file in (EXTENSION / "_locales").glob("*/messages.json"):
        other = json.loads(file.read_text("utf-8"))
        assert set(other) == set(LABELS), file
        for key, value in other.items():
            assert set(re.findall(r"\$\d", value["message"])) == set(re.findall(r"\$\d", LABELS[key]["message"])), (
                file,
                key,
            )


def test_what_is_generated_is_what_the_sources_and_shapes_say() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "generate.py"))["files"]()
    stale = [str(path.relative_to(ROOT)) for path, text in made.items() if path.read_text("utf-8") != text]
    assert not stale, "run: make generate"


def test_icons_are_what_their_script_draws() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "icons.py"))
    for size in tool["SIZES"]:
        assert (EXTENSION / "icons" / f"{size}.png").read_bytes() == tool["png"](size)


@pytest.mark.parametrize(
    "command",
    [("tsc", "-p", "tools/tsconfig.json"), ("eslint", "--config", "tools/eslint.config.js", "extension")],
    ids=lambda command: str(command[0]),
)
def test_types_and_lint(command: tuple[str, ...]) -> None:
    tool = ROOT / "node_modules" / ".bin" / command[0]
    if not tool.exists():
        pytest.skip("the extension's linters are not installed: make node")
    need("node")
    done = subprocess.run([str(tool), *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
