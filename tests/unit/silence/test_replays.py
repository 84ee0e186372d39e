"""Both benchmark programs on constructed files: what came later changes nothing earlier, and odd files are read."""

from __future__ import annotations

import csv
import gzip
import math
import random
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from benchmarks import late_risk, stall_scans  # noqa: E402
from benchmarks.ips import read_parcels  # noqa: E402
from benchmarks.olist import instant, read_orders  # noqa: E402

Row = dict[str, str]
DAY = timedelta(days=1)
FIRST = datetime(2024, 1, 4, tzinfo=UTC)
"""A Thursday, on which weeks of scans begin, at midnight."""
SCAN_COLUMNS = (
    "parcel service item_origin bag bag_from bag_to bag_mail ts_local code event office office_kind next_office".split()
)
ORDER_COLUMNS = (
    "order status purchased approved to_carrier delivered shipping_limit_date promised seller_state customer_state "
    "in_first20k weight".split()
)


def printed(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def scan_rows(count: int = 130, prefix: str = "p", seed: int = 3) -> list[Row]:
    """Parcels of two lanes, one a day, with failed attempts, long silences, losses, and scans on the hour."""
    dice, rows = random.Random(seed), []
    for index in range(count):
        at = FIRST + index * DAY
        steps = ["12"] if index % 3 == 2 else ["12", "30", "35", "32", *(["36"] * (index % 4 == 1)), "37"]
        if index % 7 == 3:
            steps = steps[:-1] or steps
        for code in steps:
            rows.append(
                dict.fromkeys(SCAN_COLUMNS, "")
                | {"parcel": f"{prefix}{index}", "ts_local": printed(at), "code": code, "office_kind": "office"}
                | {"bag_from": "USORDA" if index % 3 == 2 else "ATVIEB", "bag_mail": "CN"}
            )
            at += timedelta(hours=round(dice.lognormvariate(2.5, 1.6)))
    return rows


def order_rows(count: int = 220, prefix: str = "o", seed: int = 5) -> list[Row]:
    """Orders over 110 days; some are never delivered, some times are at midnight sharp."""
    dice, rows = random.Random(seed), []
    for index in range(count):
        shipped = FIRST + index * DAY / 2
        took = dice.lognormvariate(2.0, 0.6) if index % 5 else float(round(dice.lognormvariate(2.0, 0.6)))
        never = index % 29 == 4
        rows.append(
            dict.fromkeys(ORDER_COLUMNS, "")
            | {"order": f"{prefix}{index}", "status": "shipped" if never else "delivered"}
            | {"approved": printed(shipped - DAY), "to_carrier": printed(shipped)}
            | {"delivered": "" if never else printed(shipped + max(took, 1.0) * DAY)}
            | {"promised": printed(shipped + 14 * DAY)[:10], "seller_state": "A", "customer_state": "BC"[index % 2]}
            | {"weight": "1" if never else "4"}
        )
    return rows


def written(path: Path, rows: Iterable[Row], columns: list[str]) -> Path:
    opened = gzip.open(path, "wt", encoding="utf-8") if path.suffix == ".gz" else path.open("w", encoding="utf-8")
    with opened as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def stalls(folder: Path, train: list[Row], file: list[Row], name: str = "f.csv") -> dict[str, datetime | None]:
    early = read_parcels(written(folder / "t.csv", train, SCAN_COLUMNS))
    return stall_scans.score(early, read_parcels(written(folder / name, file, SCAN_COLUMNS)))


def risks(folder: Path, train: list[Row], file: list[Row], name: str = "f.csv") -> list[late_risk.Row]:
    early = read_orders(written(folder / "t.csv", train, ORDER_COLUMNS))
    return late_risk.score(early, read_orders(written(folder / name, file, ORDER_COLUMNS)))


def altered_scans(rows: list[Row], known: datetime, how: str) -> list[Row]:
    """Everything after an instant left out, later by a moment or by weeks, or a delivery."""
    found = []
    for row in rows:
        if row["ts_local"] <= printed(known):
            found.append(row)
        elif how == "moment":
            found.append(
                row | {"ts_local": printed(max(known, datetime.fromisoformat(row["ts_local"] + "Z")) + DAY / 5)}
            )
        elif how == "delivered":
            found.append(row | {"code": "37", "ts_local": printed(known + timedelta(seconds=1))})
    return found


KNOWN = [FIRST + 98 * DAY, FIRST + 98 * DAY - timedelta(seconds=1), FIRST + 101.5 * DAY]
"""A week's first instant, the second before it, the midst of a day."""


TRAIN, FILE = scan_rows(60, "t", 9), scan_rows()


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> dict[str, datetime | None]:
    """What is called when nothing is altered."""
    return stalls(tmp_path_factory.mktemp("scans"), TRAIN, FILE)


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("how", ["none", "moment", "delivered"])
def test_later_scans_change_no_earlier_call(
    tmp_path: Path, called: dict[str, datetime | None], known: datetime, how: str
) -> None:
    train, file = TRAIN, FILE
    began = {row["parcel"] for row in file if row["ts_local"] <= printed(known)}
    altered = altered_scans(file, known, how)
    assert altered != file
    one, other = (
        {name: at for name in began if (at := found[name]) and at <= known}
        for found in (called, stalls(tmp_path, train, altered))
    )
    assert len(one) > 5
    assert one == other


def altered_orders(rows: list[Row], known: datetime, how: str) -> list[Row]:
    """Every delivery after an instant: none, a second after it, or weeks later; with the status and weight to it."""
    found = []
    for row in rows:
        if row["delivered"] and row["delivered"] <= printed(known):
            found.append(row)
            continue
        later = {"none": "", "at once": printed(known + timedelta(seconds=1)), "weeks": printed(known + 40 * DAY)}[how]
        shipped = row["to_carrier"] <= printed(known)
        status = "open_at_cut" if how == "none" else "delivered"
        found.append(row | {"delivered": later if shipped else "", "status": status, "weight": "7"})
    return found


@pytest.mark.parametrize("known", [FIRST + 90 * DAY, FIRST + 90 * DAY - timedelta(seconds=1)])
@pytest.mark.parametrize("how", ["none", "at once", "weeks"])
def test_later_deliveries_change_no_earlier_row(tmp_path: Path, known: datetime, how: str) -> None:
    train, file = order_rows(60, "t", 9), order_rows()
    shipped = {row["order"]: instant(row["to_carrier"]) for row in file}
    one, other = (
        [row for row in risks(tmp_path, train, rows) if shipped[row[0]] + row[1] <= instant(printed(known))]
        for rows in (file, altered_orders(file, known, how))
    )
    assert len(one) > 500
    assert one == other


@pytest.mark.parametrize("name", ["f.csv", "f.csv.gz"])
def test_the_order_of_rows_and_the_packing_of_a_file_say_nothing(tmp_path: Path, name: str) -> None:
    train, file, scans = order_rows(60, "t", 9), order_rows(80), scan_rows(60)
    assert risks(tmp_path, train, file) == risks(tmp_path, train, file[::-1], name)
    once = {(row["parcel"], row["ts_local"]): row for row in scans}
    assert stalls(tmp_path, [], list(once.values())) == stalls(tmp_path, [], [*once.values()][::-1], name)


def test_a_file_without_rows_and_a_training_without_rows(tmp_path: Path) -> None:
    assert (stalls(tmp_path, scan_rows(30), []), risks(tmp_path, order_rows(30), [])) == ({}, [])
    assert len(stalls(tmp_path, [], scan_rows(30))) == 30
    assert risks(tmp_path, [], order_rows(30))


def test_cells_that_are_empty_and_places_never_seen(tmp_path: Path) -> None:
    orders = [row | {"seller_state": "", "customer_state": "", "approved": "", "weight": ""} for row in order_rows(9)]
    told = risks(tmp_path, order_rows(40, "t"), [*orders, orders[0] | {"order": "none", "to_carrier": ""}])
    assert {row[0] for row in told} == {row["order"] for row in orders if row["order"] != "none"}
    assert all(math.isfinite(late) and 0 <= severe <= late <= 1 for _, _, late, severe, _ in told)
    scans = [row | {"bag_from": "", "bag_mail": "", "office_kind": "", "event": ""} for row in scan_rows(9)]
    assert len(stalls(tmp_path, scan_rows(40, "t"), [*scans, scans[0] | {"parcel": "none", "ts_local": ""}])) == 9


def test_a_parcel_of_both_files_counts_once(tmp_path: Path) -> None:
    scans, orders = scan_rows(60), order_rows(60)
    assert stalls(tmp_path, scans, scans) == stalls(tmp_path, [], scans)
    assert risks(tmp_path, orders, orders) == risks(tmp_path, [], orders)
