"""The house keeps its own rules: sizes, docstrings, imports, and that the project speaks of itself alone."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (ROOT / "daemon" / "parcelwarden", ROOT / "parsers" / "parcelparsers")
MODULES = sorted(path for package in PACKAGES for path in package.rglob("*.py"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def p95(values: list[int]) -> int:
    return sorted(values)[int(len(values) * 0.95)]


def test_modules_are_small() -> None:
    sizes = [len(path.read_text("utf-8").splitlines()) for path in MODULES]
    assert statistics.median(sizes) <= 110
    assert p95(sizes) <= 450


def test_functions_are_small() -> None:
    lengths = [
        node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in functions(ast.parse(path.read_text("utf-8")))
        if node.end_lineno
    ]
    assert statistics.median(lengths) <= 10
    assert p95(lengths) <= 50


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_everything_public_is_described(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare, f"without docstring: {bare}"


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "parsers/parcelparsers/carriers").glob("*.py")),
    ids=lambda p: p.stem,
)
def test_a_source_module_imports_only_the_parsers(path: Path) -> None:
    allowed = set(sys.stdlib_module_names) | {"parcelparsers"}
    for node in ast.parse(path.read_text("utf-8")).body:
        names = (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        assert {n.partition(".")[0] for n in names} <= allowed


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name]


def test_no_path_of_a_machine_stands_in_the_tree() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    machine = re.compile(rb"(?<![\w.])/(?:work|root|home/[a-z]+)/[\w.]")
    guilty = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.is_file() and path != Path(__file__) and machine.search(path.read_bytes())
    ]
    assert not guilty


def test_every_place_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = re.findall(r"(?<![\w/.{])((?:domain|services|adapters|api|cli|wiring|policies)/[a-z_]+(?:\.\w+)?)", text)
    assert len(rooms) > 8
    package = ROOT / "daemon" / "parcelwarden"
    for room in rooms:
        assert any((package / f"{room}{ending}").exists() for ending in ("", ".py")), room
    for folder in (path.name for path in package.iterdir() if (path / "__init__.py").exists()):
        assert f"    {folder}/" in text, f"the house has no room {folder}"


def test_every_paper_that_is_cited_is_there_or_explained() -> None:
    there = {path.name for path in tracked()} if (ROOT / ".git").exists() else set()
    if not there:
        pytest.skip("not a checkout")
    explained = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Papers that comments cite")[2]
    cited = {
        name
        for path in tracked()
        if path.suffix in (".py", ".js", ".toml", ".md") and path.is_file()
        for name in re.findall(r"\b[A-Z][A-Z_]+\.md\b", path.read_text("utf-8"))
    }
    assert {name for name in cited - there if f"`{name}`" not in explained} == set()
