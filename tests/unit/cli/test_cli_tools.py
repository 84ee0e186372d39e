"""`windows`, `judge`, `parse`, `carriers`: no daemon, no database. Lines and bodies are constructed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parcelwarden.cli import main

FACTS = {"marketplace": "aliexpress", "order_id": "1", "shipped_at": "2020-03-25", "delivery_due_at": "2020-05-24"}
GOOD: dict[str, Any] = {"id": "a", "now": "2020-05-20T12:00:00Z", "facts": FACTS}


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def lines(*objects: Any) -> str:
    return "".join(o if isinstance(o, str) else json.dumps(o) + "\n" for o in objects)


def test_windows_answers_line_by_line() -> None:
    done = run("windows", stdin=lines(GOOD, "\n", {**GOOD, "id": 2}))
    assert done.exit_code == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], second["id"]) == ("a", 2)
    assert first["windows"]["dispute_not_received"]["last_safe_at"] == "2020-06-08T07:00:00Z"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{\n", ["line 2", "JSON"]),
        ("[1]\n", ["line 2", "object"]),
        ('"\\ud800"\n', ["line 2"]),
        ("[" * 100_000 + "\n", ["line 2"]),
        (lines({**GOOD, "now": "2020-05-20T12:00:00"}), ["line 2", "id a", "now", "offset"]),
        (lines({**GOOD, "facts": {**FACTS, "shipped_at": "soon"}}), ["line 2", "shipped_at", "soon"]),
        (lines({**GOOD, "facts": {**FACTS, "shipped_at": "0001-01-01", "delivery_due_at": "9999-12-31"}}), ["line 2"]),
        (lines({"id": "\u001b[2J", "now": 1}), ["line 2", "facts"]),
    ],
)
def test_a_bad_line_is_named_and_the_others_answered(bad: str, said: list[str]) -> None:
    done = run("windows", stdin=lines(GOOD, bad, GOOD))
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    assert all(word in done.stderr for word in said), done.stderr
    assert "\x1b" not in done.stderr


def test_a_line_that_is_no_utf8_is_named() -> None:
    done = run("windows", stdin=b'{"id": "\xff"}\n' + lines(GOOD).encode())
    assert (done.exit_code, len(done.stdout.splitlines())) == (1, 1)


PARCEL = {"number": "RR123456785CN", "outcome": "not_found", "last_ok_at": "2026-03-20T10:00:00Z", "events": []}
CASE = {
    "id": "v",
    "now": "2026-03-20T12:00:00Z",
    "order": {"marketplace": "aliexpress", "order_id": "1", "shipped_at": "2026-03-16T12:00:00Z"},
    "parcel": PARCEL,
}


def test_judge_answers_and_names_what_it_cannot() -> None:
    done = run("judge", stdin=lines(CASE, {**CASE, "parcel": {**PARCEL, "events": [{"at": "x"}]}}))
    assert done.exit_code == 1
    assert json.loads(done.stdout)["verdict"] == "awaiting_first_scan"
    assert "line 2 (id v): parcel.events[0]" in done.stderr


def test_judge_takes_the_later_day_of_the_packs() -> None:
    """On the eleventh day the aliexpress reading of days decides; an unknown shop gets the widest one."""
    now = "2026-03-27T09:00:00Z"
    known = {**CASE, "now": now, "parcel": {**PARCEL, "last_ok_at": "2026-03-27T08:30:00Z"}}
    unknown = {**known, "order": {**CASE["order"], "marketplace": "elsewhere"}}  # type: ignore[dict-item]
    verdicts = [json.loads(line)["verdict"] for line in run("judge", stdin=lines(known, unknown)).stdout.splitlines()]
    assert verdicts[0] != verdicts[1] == "awaiting_first_scan"


CAPTCHA = "<!doctype html><title>x</title><punish-component></punish-component>"


def test_parse_prints_an_answer_whatever_its_outcome(tmp_path: Path) -> None:
    file = tmp_path / "body"
    file.write_text(CAPTCHA)
    done = run("parse", "--source", "cainiao", "--number", "RR123456785CN", "--json", str(file))
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"outcome": "blocked", "parcels": []})
    assert run("parse", "--source", "cainiao", str(file)).stdout.startswith("blocked: captcha")
    assert (
        json.loads(run("parse", "--source", "cainiao", "--json", "-", stdin="junk").stdout)["outcome"] == "unreadable"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--source", "nobody", "x"], 2, "nobody"),
        (["--source", "cainiao", "--number", "../x", "-"], 2, "number"),
        (["x"], 2, "--source"),
        (["--source", "cainiao", "no-such-file"], 1, "no-such-file"),
    ],
)
def test_parse_says_what_is_wrong(arguments: list[str], code: int, said: str) -> None:
    done = run("parse", *arguments)
    assert done.exit_code == code
    assert said in done.stderr


def test_carriers_ranks_and_checks() -> None:
    done = run("carriers", "rr 123 456 785 cn", "--json")
    found = json.loads(done.stdout)
    assert found["number"] == "RR123456785CN"
    assert {row["source"]: row["check_digit"] for row in found["carriers"]}["cainiao"] == "passed"
    assert "failed" in run("carriers", "RR123456784CN").stdout


def test_carriers_of_no_known_shape_is_not_so() -> None:
    done = run("carriers", "A1B2C3D4E5F6G7")
    assert done.exit_code == 1


@pytest.mark.parametrize("number", ["", "../../etc", "a\r\nb", "x" * 5000, "file://x", "a?b#c", "%2e%2e"])
def test_what_is_no_number_is_bad_usage(number: str) -> None:
    done = run("carriers", number)
    assert (done.exit_code, done.stdout) == (2, "")


def test_parse_shows_an_answer_about_another_number_under_its_own(tmp_path: Path) -> None:
    """Constructed. The daemon refuses it; who holds the body in hand may see what it says."""
    file = tmp_path / "body"
    row = {"timeStr": "2026-03-02 17:00:00", "timeZone": "GMT+8", "standerdDesc": "Accepted"}
    module = {"mailNo": "LP00190000000017", "mailNoSource": "AE", "status": "DELIVERING", "detailList": [row]}
    file.write_text(json.dumps({"module": [module], "success": True}))
    for number in ("LP00190000000024", "445", "LP00190000000017"):
        done = run("parse", "--source", "cainiao", "--number", number, "--json", str(file))
        (parcel,) = json.loads(done.stdout)["parcels"]
        assert (done.exit_code, parcel["number"], len(parcel["events"])) == (0, "LP00190000000017", 1)
