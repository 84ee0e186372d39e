"""Every source has its cases and its line in the README, and a new one is one module and its cases."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from parcelparsers import Evidence, all_sources, source_ids
from support.cases import all_cases

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("delivered", "in_transit", "nothing", "garbage")
_UNSEEN = "documented only; no description says what its answer for an unknown number looks like"
EXEMPT: dict[tuple[str, str], str] = {
    (source_id, "nothing"): _UNSEEN for source_id in ("correos_chile", "magyarposta", "omniva", "sfexpress")
}
"""Source and kind of case that it cannot have, with the reason."""


def tool(name: str) -> ModuleType:
    """A program of `tools/`, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CASES = all_cases()


@cache
def kinds(source_id: str) -> set[str]:
    """What the cases of a source are about."""
    expected = [case.sidecar["expected"] for case in CASES if case.source == source_id]
    states = {parcel.get("state") for each in expected for parcel in each.get("parcels", ())}
    outcomes = {each["outcome"] for each in expected}
    told = {"delivered": "delivered" in states, "in_transit": "in_transit" in states}
    return {kind for kind, there in told.items() if there} | {
        kind for kind, outcome in (("nothing", "not_found"), ("garbage", "unreadable")) if outcome in outcomes
    }


@pytest.mark.parametrize("source_id", source_ids())
def test_each_source_has_cases_of_each_kind(source_id: str) -> None:
    missing = [kind for kind in KINDS if kind not in kinds(source_id) and (source_id, kind) not in EXEMPT]
    assert not missing


def test_no_exemption_is_out_of_date() -> None:
    assert not [name for name in EXEMPT if name[1] in kinds(name[0])]


def test_no_cases_without_their_source() -> None:
    assert {case.source for case in CASES} <= set(source_ids())


def test_the_readme_has_every_source() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert tool("readme_sources").written(readme, all_sources()) == readme, "run: make generate"


def test_each_source_declares_what_it_must() -> None:
    for source in all_sources():
        assert source.clock, source.id
        assert source.hosts or source.ask is None, source.id
        assert source.page.startswith("https://"), source.id
        assert source.floor.total_seconds() >= 3600, source.id
        assert (source.ask is None) == (source.access.value == "paste") or source.evidence is Evidence.DOCUMENTED


def test_a_new_source_is_one_module_and_its_cases(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "parsers", tmp_path / "parsers", ignore=shutil.ignore_patterns("cases", "__pycache__"))
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    made = tool("scaffold").scaffold("1examplepost", "Example Post", "api.example", tmp_path / "parsers")
    assert {path for path in tmp_path.rglob("*") if path.is_file()} - before == set(made)
    assert made[0].name == "c_1examplepost.py"
    code = (
        "import json, sys; sys.path.insert(0, sys.argv[2]); import readme_sources\n"
        "from parcelparsers import source, source_ids, read; from support.cases import all_cases, differences, shown\n"
        "cases = all_cases(); one = source('1examplepost')\n"
        "wrong = [d for c in cases for d in differences("
        "c.sidecar['expected'], shown(read(one, c.body, c.asked), c.asked.numbers))]\n"
        "print(json.dumps([len(cases), wrong, '1examplepost' in source_ids(), readme_sources.section([one])]))"
    )
    paths = [str(tmp_path / "parsers"), str(ROOT / "tests")]
    done = subprocess.run(
        [sys.executable, "-c", code, "", str(ROOT / "tools")],
        check=True, capture_output=True, text=True, env={"PYTHONPATH": ":".join(paths)},
    )  # fmt: skip
    number, wrong, known, table = json.loads(done.stdout)
    assert (number, wrong, known) == (5, [], True)
    assert "| `1examplepost` | Example Post | the daemon | documented | 6 h |" in table


def test_the_scaffold_is_in_the_house_format(tmp_path: Path) -> None:
    (tmp_path / "parcelparsers" / "carriers").mkdir(parents=True)
    module = tool("scaffold").scaffold("examplepost", "Example Post", "api.example", tmp_path)[0]
    ruff = [sys.executable, "-m", "ruff"]
    config = ["--config", str(ROOT / "pyproject.toml"), str(module)]
    for command in (["format", "--check"], ["check"]):
        done = subprocess.run([*ruff, *command, *config], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "given",
    [
        ("", "N", "a.example"),
        ("Öst", "N", "a.example"),
        ("x" * 41, "N", "a.example"),
        ("../x", "N", "a.example"),
        ("ab", 'N"', "a.example"),
        ("ab", "N", "a/b"),
    ],
)
def test_the_scaffold_refuses_what_is_no_name(tmp_path: Path, given: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="expected"):
        tool("scaffold").scaffold(*given, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_scaffold_overwrites_nothing() -> None:
    with pytest.raises(FileExistsError):
        tool("scaffold").scaffold("laposte", "La Poste", "www.laposte.fr")
