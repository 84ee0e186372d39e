"""A pack is checked when it is built: a fault is named with file, place and what was expected. Constructed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from policy_build import RULE, mapping, pack

from parcelwarden.adapters.line_loader import load_lines
from parcelwarden.adapters.pack_loader import load_packs, read_packs
from parcelwarden.domain.errors import PackError
from parcelwarden.domain.policy import build
from parcelwarden.domain.policy.lines import build_lines


def test_the_smallest_pack() -> None:
    built = pack()
    assert (built.name, built.windows[0].rule.quote, built.days.words) == ("shop/2021", "within 30 days", "PST")


@pytest.mark.parametrize("key", ["id", "quote", "source", "date", "matter"])
@pytest.mark.parametrize("value", [None, " "])
def test_a_rule_without_id_quote_source_or_date_is_refused(key: str, value: object) -> None:
    rule = {**RULE, key: value} if value else {k: v for k, v in RULE.items() if k != key}
    with pytest.raises(PackError, match=rf"^pack shop\.toml: rules\[0\]\.{key}: expected "):
        pack(rules=[rule])


@pytest.mark.parametrize("built", load_packs(), ids=lambda built: built.name)
def test_every_rule_that_is_shipped_has_its_sentence_source_and_date(built: Any) -> None:
    assert built.rules
    for rule in built.rules.values():
        assert rule.quote.strip() and rule.source.strip() and isinstance(rule.date, date)
    for timed in (*built.windows, *built.clocks):
        assert timed.rule.id in built.rules


def test_what_is_shipped() -> None:
    assert load_packs()[0].name == "aliexpress/2020-21"
    ids = {rule for built in load_packs() for rule in built.rules}
    assert {"AE-D1", "AE-R5b", "AE-E4", "AE-C3", "AE-F5", "AE-W1", "AE-G1", "AE-K2", "AE-A1e", "PP-2"} <= ids


@pytest.mark.parametrize(
    ("rule", "countries"),
    [
        ("AE-F4", "AE AU BR CA DE ES FR GB IL IT KR NL PL RU SA US"),
        ("AE-W1b", "BE DE FR IT NL PL RU UA"),
        ("AE-N1", "AE BR CL ES FR IT MX PL RU SA TR UA US"),
    ],
)
def test_the_countries_of_the_help_text(rule: str, countries: str) -> None:
    built = load_packs()[0].rules[rule]
    assert sorted(built.countries) == countries.split()
    assert rule != "AE-N1" or sorted(built.values) == countries.split()


def _window(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    changed = mapping()
    change(changed["windows"][0])
    return changed


FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("id", mapping(id="")),
    ("kind", mapping(kind="shop")),
    ("trust", mapping(trust="rumour")),
    ("marketplaces", mapping(marketplaces=[])),
    ("payment_methods", mapping(kind="payment")),
    ("countries", mapping(countries=["es"])),
    ("effective_from", mapping(effective_from="2021-01-01")),
    ("effective_until", mapping(effective_from=date(2021, 2, 1), effective_until=date(2021, 1, 1))),
    ("days.earliest", mapping(days={"earliest": "PST", "latest": "-08:00", "plain": "UTC", "words": "x"})),
    ("days.earliest", mapping(days={"earliest": "-08:00", "latest": "-07:00", "plain": "UTC", "words": "x"})),
    ("days.plain", mapping(days={"earliest": "-07:00", "latest": "-08:00", "plain": "Mars/Base", "words": "x"})),
    ("days.plain", mapping(days={"earliest": "-07:00", "latest": "-08:00", "plain": "../etc", "words": "x"})),
    ("rules[1].id", mapping(rules=[RULE, RULE])),
    ("rules[0].quote", mapping(rules=[{**RULE, "quote": "x" * 301}])),
    ("rules", mapping(rules="R1")),
    ("rules[0]", mapping(rules=["R1"])),
    ("surprise", mapping(surprise=1)),
    ("windows", mapping(windows=[])),
    ("windows", mapping(windows=mapping()["windows"] * 2)),
    ("windows[0].rule", _window(lambda w: w.update(rule="R2"))),
    ("windows[0].also", _window(lambda w: w.update(also=["R2"]))),
    ("windows[0].exists", _window(lambda w: w.pop("exists"))),
    ("windows[0].exists.knwon", _window(lambda w: w.update(exists={"knwon": ["paid_at"]}))),
    ("windows[0].exists.known", _window(lambda w: w.update(exists={"known": ["payed_at"]}))),
    ("windows[0].exists.flags", _window(lambda w: w.update(exists={"flags": ["gift"]}))),
    ("windows[0].exists.countries", _window(lambda w: w.update(exists={"countries": "R1"}))),
    ("windows[0].exists.one_of[0].fact", _window(lambda w: w.update(exists={"one_of": [{"fact": "mood"}]}))),
    ("windows[0].opens.over", _window(lambda w: w.update(opens={"by": "paid"}))),
    ("windows[0].opens.by", _window(lambda w: w.update(opens={"over": "paid_at", "by": "magic"}))),
    ("windows[0].opens.latest", _window(lambda w: w.update(opens={"latest": []}))),
    ("windows[0].opens.abnormal", _window(lambda w: w.update(opens={"normal": {"over": "paid_at", "by": "paid"}}))),
    ("windows[0].ends[0].days", _window(lambda w: w.update(ends=[{"fact": "paid_at"}]))),
    ("windows[0].ends[0].days", _window(lambda w: w.update(ends=[{"fact": "paid_at", "days": 9999}]))),
    ("windows[0].ends[0].days", _window(lambda w: w.update(ends=[{"fact": "paid_at", "days": True}]))),
    (
        "windows[0].ends[0].business_days",
        _window(lambda w: w.update(ends=[{"fact": "paid_at", "days": 1, "business_days": 1}])),
    ),
    ("windows[0].act_by[0].surely_until", _window(lambda w: w.update(act_by=[{"days": 1}]))),
    ("clocks[0].kind", mapping(clocks=[{"id": "c", "rule": "R1", "kind": "hope", "from": "paid_at"}])),
    ("clocks[0].from", mapping(clocks=[{"id": "c", "rule": "R1", "kind": "wait", "from": []}])),
    ("clocks[0].hours", mapping(clocks=[{"id": "c", "rule": "R1", "kind": "duty", "from": "paid_at", "hours": 1}])),
    (
        "clocks[0].as_seen",
        mapping(clocks=[{"id": "c", "rule": "R1", "kind": "wait", "from": "paid_at", "as_seen": True}]),
    ),
]


@pytest.mark.parametrize(("where", "faulty"), FAULTS, ids=[f"{n} {where}" for n, (where, _) in enumerate(FAULTS)])
def test_a_fault_is_named_with_its_place(where: str, faulty: dict[str, Any]) -> None:
    with pytest.raises(PackError) as caught:
        build(faulty, "shop.toml")
    assert (caught.value.pack, caught.value.where) == ("shop.toml", where)


def test_files_are_read_by_name_and_other_data_left_alone(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "daemon/parcelwarden/policies/paypal.toml").read_text("utf-8")
    (tmp_path / "paypal.toml").write_text(text, "utf-8")
    (tmp_path / "contacts.toml").write_text('id = "contacts"', "utf-8")
    (tmp_path / "notes.txt").write_text("no pack", "utf-8")
    assert [built.name for built in read_packs(tmp_path)] == ["paypal/2026"]
    (tmp_path / "twin.toml").write_text(text, "utf-8")
    with pytest.raises(PackError, match=r"twin\.toml: edition: .*paypal/2026 stands twice"):
        read_packs(tmp_path)


@pytest.mark.parametrize("content", [b"id = ", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.toml").write_bytes(content)
    with pytest.raises(PackError, match=r"^pack broken\.toml: the file: expected readable TOML"):
        read_packs(tmp_path)


def test_the_shipping_lines() -> None:
    lines = load_lines()
    assert (len(lines.economy), len(lines.tracked)) == (9, 10)
    assert lines.classify("cainiao SUPER economy") == "economy"
    assert lines.classify("AliExpress PUDO  Shipping") == "tracked"
    assert lines.classify("Somebody's Post") == "unknown"


def test_lines_without_provenance_are_refused() -> None:
    bare = {"edition": "1", "trust": "weak", "economy": "A", "tracked": "B", "rules": []}
    with pytest.raises(PackError, match=r"lines\.toml: economy: expected the id of a rule"):
        build_lines(bare, "lines.toml")
