"""The pages of reference say what the program does: commands, configuration, policies, sentences."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from parcelwarden.adapters.config import Config
from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.api.shapes.inputs import SettingsInput
from parcelwarden.services.settings import DEFAULTS, MEANING

ROOT = Path(__file__).resolve().parents[2]
TOOL: dict[str, Any] = runpy.run_path(str(ROOT / "tools" / "reference.py"))
README = (ROOT / "README.md").read_text("utf-8")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


@pytest.mark.parametrize("name", TOOL["PAGES"])
def test_a_page_is_what_the_program_says(name: str) -> None:
    assert page(name) == TOOL["PAGES"][name](), "run: make generate"
    assert f"docs/{name}" in README


def test_every_option_of_every_command_stands_in_the_reference() -> None:
    written = page("CLI.md")
    for name, command, _ in TOOL["commands"]():
        part = written.partition(f"## {name}\n")[2].partition("\n## ")[0]
        assert part, name
        for option in (word for parameter in command.params for word in parameter.opts if word.startswith("-")):
            assert option in part, f"{name} {option}"


def test_every_setting_and_every_key_stands_in_the_reference() -> None:
    assert set(MEANING) == set(DEFAULTS) == set(SettingsInput.__struct_fields__)
    written = page("CONFIGURATION.md")
    for name in MEANING:
        assert f"| `{name}` |" in written
    for field in msgspec.structs.fields(Config):
        assert re.search(rf"^(\[{field.name}\]|{field.name} = )", written, re.M), field.name


def test_every_rule_stands_in_the_reference_with_its_sentence() -> None:
    written = page("POLICIES.md")
    for pack in load_packs():
        assert f"`{pack.name}`" in written
        for rule in pack.rules.values():
            assert f"| {rule.id} | {rule.matter} | {' '.join(rule.quote.split())}" in written
