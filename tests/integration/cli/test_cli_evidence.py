"""`evidence`: a folder and a zip, nothing outside of it (S39). The order is constructed."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parcelwarden.cli.evidence import unzipped
from parcelwarden.cli.failure import Failure
from support.shell import Shell

ORDER = "8100000000000001"
FILES = {"README.txt", "statement.txt", "timeline.png", "scans.png", "answers.txt"}


def test_it_is_written_as_a_folder_and_a_zip(sh: Shell, watched: Callable[..., Any], tmp_path: Path) -> None:
    watched("shipped_at=2026-03-05", "delivery_due_at=2026-05-01", "--number", "RR123456785CN")
    folder = tmp_path / "pack"
    assert "README.txt" in sh("evidence", ORDER, "-o", str(folder)).stdout
    archive = f"evidence-aliexpress-{ORDER}.zip"
    assert {file.name for file in folder.iterdir()} == {*FILES, archive}
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    with zipfile.ZipFile(folder / archive) as packed:
        assert all((folder / name).read_bytes() == packed.read(name) for name in packed.namelist())
    sh("evidence", ORDER, "-o", str(folder))


def test_s39_links_and_files_in_its_place_are_refused(sh: Shell, watched: Callable[..., Any], tmp_path: Path) -> None:
    watched("shipped_at=2026-03-05")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_text("x")
    for name in ("link", "file"):
        assert "not a plain folder" in sh("evidence", ORDER, "-o", str(tmp_path / name), code=1).stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "statement.txt").symlink_to(tmp_path / "stolen")
    assert "not a plain file" in sh("evidence", ORDER, "-o", str(folder), code=1).stderr
    assert not (tmp_path / "stolen").exists()


def test_packs_do_not_mix(sh: Shell, watched: Callable[..., Any], tmp_path: Path) -> None:
    watched("shipped_at=2026-03-05")
    sh("add", "aliexpress/8100000000000002", "shipped_at=2026-03-05")
    folder = tmp_path / "pack"
    sh("evidence", ORDER, "-o", str(folder))
    (folder / "answer-001-cainiao-20260306T090000Z-without-personal-data.json").write_text("{}")
    (folder / "photo.jpg").write_text("the buyer's own")
    sh("evidence", ORDER, "-o", str(folder))
    assert {file.name for file in folder.iterdir()} == {*FILES, f"evidence-aliexpress-{ORDER}.zip", "photo.jpg"}
    before = (folder / "statement.txt").read_text()
    assert "another order" in sh("evidence", "8100000000000002", "-o", str(folder), code=1).stderr
    assert (folder / "statement.txt").read_text() == before


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/x", "C:\\x", ".hidden"])
def test_s39_a_pack_with_odd_names_is_refused(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(Failure, match="no plain name"):
        unzipped(buffer.getvalue())
