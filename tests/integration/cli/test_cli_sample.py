"""`doctor --sample`: a page for a report, with nobody's data in it. The page is constructed."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.shell import Shell

PAGE = '{"v3": {"mailNo": "LP00190000000017", "to": "Persona Inventata", "state": "DELIVERED", "at": "2026-03-02"}}'


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.json"
    file.write_text(PAGE)
    return file


def test_a_sample_is_printed_without_values(sh: Shell, page: Path) -> None:
    said = sh("doctor", "--sample", "cainiao", str(page)).stdout
    assert said.startswith("cainiao: unreadable")
    assert '"state": "DELIVERED"' in said
    assert '"at": "date"' in said
    assert not [secret for secret in ("Persona", "Inventata", "190000", "2026") if secret in said]
    assert not sh.data.exists()


def test_the_same_as_json(sh: Shell, page: Path) -> None:
    said = sh.json("doctor", "--sample", "cainiao", str(page))
    assert (said["source"], said["outcome"]) == ("cainiao", "unreadable")
    assert "LP" not in said["sample"]


@pytest.mark.parametrize(("source", "code"), [("nobody", 2), ("cainiao", 1)])
def test_what_cannot_be_sampled_is_said(sh: Shell, tmp_path: Path, source: str, code: int) -> None:
    assert sh("doctor", "--sample", source, str(tmp_path / "none.json"), code=code).stderr
