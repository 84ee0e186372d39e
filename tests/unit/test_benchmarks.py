"""The benchmarks run, at the least size, and the README's table names every budget that they measure."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import scaling, table  # noqa: E402
from benchmarks.budgets import NAMES, all_budgets, budgets_of, measuring  # noqa: E402
from benchmarks.chart import Curve, Panel, svg  # noqa: E402
from benchmarks.harness import TINY, Budget, Figure, alone, in_turns  # noqa: E402

RATIO = Budget("made-up", "what", "floor", by="ratio", limit=2.0, unit="s")
LEAST = Budget("made-up", "what", "floor", by="ratio", limit=0.5, unit="s", least=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_benchmark_runs(name: str) -> None:
    figures = measuring(name)(TINY)
    assert [figure.budget for figure in figures] == [budget.id for budget in budgets_of(name)]
    assert all(figure.value >= 0 for figure in figures)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["orders", "parcels"])
def test_a_point_of_the_scaling_curves_is_measured(kind: str) -> None:
    assert min(scaling.point(kind, 20).values()) > 0


def test_the_readme_has_a_row_for_every_budget() -> None:
    readme = table.README.read_text("utf-8")
    rows = readme.partition(table.BEGIN)[2].partition(table.END)[0]
    for budget in all_budgets():
        assert f"| {budget.what}" in rows
    assert "not measured" not in rows


def test_the_readme_says_what_was_measured_last() -> None:
    kept = table.kept_results()
    figures = {name: Figure(**row) for name, row in kept["figures"].items()}
    readme = table.README.read_text("utf-8")
    assert table.written(readme, table.section(figures, kept["machine"])) == readme


def test_a_readme_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="budgets end"):
        table.written("no marks", "")


def test_product_and_floor_take_turns() -> None:
    order: list[str] = []

    def run(name: str, took: float) -> float:
        order.append(name)
        return took

    figure = in_turns("made-up", 3, lambda: run("product", 3.0), lambda: run("floor", 2.0))
    assert order == ["product", "floor", "floor", "product", "product", "floor"]
    assert (figure.value, figure.floor, figure.ratio) == (3.0, 2.0, 1.5)


@pytest.mark.parametrize(
    ("budget", "ratio", "kept"), [(RATIO, 2.0, True), (RATIO, 2.1, False), (LEAST, 0.5, True), (LEAST, 0.4, False)]
)
def test_a_budget_is_kept_or_not(budget: Budget, ratio: float, kept: bool) -> None:
    figure = Figure("made-up", 1.0, 1.0, ratio, 1)
    assert figure.kept(budget) is kept
    assert ("**not met**" in "".join(table.lines([budget], {"made-up": figure}))) is not kept


def test_a_ratio_without_a_floor_is_no_ratio() -> None:
    with pytest.raises(ValueError, match="no floor"):
        alone("made-up", [1.0]).counts(RATIO)


def test_nothing_written_down_names_a_place_on_this_machine() -> None:
    text = json.dumps(table.kept_results())
    assert not [word for word in ("/home", "/root", "/tmp", str(ROOT)) if word in text]


def test_the_picture_is_whole_svg_with_every_curve() -> None:
    panel = Panel("Title & more", "orders", (Curve("one", ((100, 0.5), (1000, 2.0))), Curve("two", ((100, 30.0),))))
    root = ElementTree.fromstring(svg([panel], "a machine"))
    texts = [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any(text.startswith("one: 0.5 to 2") for text in texts)
    assert "Title & more" in texts
    numbers = [float(each.get("cy", "0")) for each in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert all(0 < number < 274 for number in numbers)
