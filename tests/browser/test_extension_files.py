"""The extension's files, without a browser: E05, sizes, labels, colours, what is generated and what goes to the stores.
Types and lint are `make extension`."""

from __future__ import annotations

import json
import re
import runpy
import zipfile
from pathlib import Path
from typing import Any

import pytest

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


LIGHT, DARK = "light", "dark"


def colours(text: str) -> dict[str, dict[str, str]]:
    """The colours of a style by their names, those of the dark one over those of the light one."""
    light, _, dark = text.partition("dark")
    found = {LIGHT: dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", light))}
    return {**found, DARK: {**found[LIGHT], **dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", dark))}}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_of_our_pages_can_be_read(theme: str) -> None:
    given = colours((EXTENSION / "shared/page.css").read_text("utf-8"))[theme]
    for ground in ("ground", "raised"):
        for name in given.keys() - {"ground", "raised", "edge"}:
            assert contrast(given[name], given[ground]) >= 4.5, (theme, name, ground)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_in_a_page_of_the_shop_can_be_read(theme: str) -> None:
    style = (EXTENSION / "content/ui/style.js").read_text("utf-8")
    light, dark = re.findall(r"\{\s*(--ink.*?)\}", style, re.S)
    given = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", light if theme == LIGHT else dark))
    mark = r'\.box\[data-severity="[a-z]+"\] \{ --tone: (#[0-9a-f]{6})'
    tones = re.findall(mark if theme == LIGHT else mark.replace("box", r'box\[data-theme="dark"\]'), style)
    assert len(tones) == 4
    for ground in ("ground", "raised"):
        for colour in (given["ink"], given["soft"], given["link"], given["tone"], *tones):
            assert contrast(colour, given[ground]) >= 4.5, (theme, colour, ground)


def test_the_stores_get_the_tree_as_it_stands(tmp_path: Path) -> None:
    zipped = runpy.run_path(str(ROOT / "tools" / "dist.py"))["zipped"]
    for name in ("one.zip", "again.zip"):
        zipped(tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as file:
        inside = {name: file.read(name) for name in file.namelist()}
    tree = [path for path in EXTENSION.rglob("*") if path.is_file() and path.name != "README.md"]
    assert inside == {path.relative_to(EXTENSION).as_posix(): path.read_bytes() for path in tree}


def test_what_the_linters_are_installed_from_names_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"].values()
    assert not [each["resolved"] for each in packages if "resolved" in each]
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text("utf-8")
