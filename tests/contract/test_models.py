"""Both benchmark programs on the development data, read in place: small parts, and the promises that can be checked."""

from __future__ import annotations

import csv
import math
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from support.shared import shared

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import late_risk, stall_scans  # noqa: E402
from benchmarks.evaluate_models import LANDMARKS, weights  # noqa: E402
from benchmarks.ips import read_parcels  # noqa: E402
from benchmarks.measures import Told, auc, ece  # noqa: E402
from benchmarks.olist import Order, instant, read_orders  # noqa: E402

pytestmark = pytest.mark.slow
OLIST, SCANS = "data/olist/dev.csv.gz", "data/algerie_ips/dev.csv.gz"
ROUGH = instant("2017-11-01"), instant("2017-11-15")
CALM = instant("2017-07-01"), instant("2017-08-20")


@pytest.fixture(scope="module")
def orders() -> list[Order]:
    return read_orders(shared(OLIST))


def parts(orders: list[Order], when: tuple[float, float]) -> tuple[list[Order], list[Order]]:
    """History, and some weeks of orders to be scored."""
    return (
        [order for order in orders if order.journey.started < when[0]],
        [order for order in orders if when[0] <= order.journey.started < when[1]],
    )


def test_later_outcomes_change_no_earlier_row(orders: list[Order]) -> None:
    train, file = parts(orders, ROUGH)
    known = instant("2017-11-13")
    altered = [
        msgspec.structs.replace(order, journey=msgspec.structs.replace(order.journey, ended=math.inf))
        if order.journey.ended > known
        else order
        for order in file
    ]
    until = {order.name: known - order.journey.started for order in file}
    one, other = ([row for row in late_risk.score(train, rows) if row[1] <= until[row[0]]] for rows in (file, altered))
    assert len(one) > 500
    assert one == other


def test_late_risk_ranks_and_is_calibrated_on_months_it_did_not_see(orders: list[Order]) -> None:
    train, file = parts(orders, CALM)
    journeys, weight = {order.name: order.journey for order in file}, weights(shared(OLIST))
    told = [
        Told(late, journeys[name].ended >= journeys[name].promised_end, weight[name])
        for name, day, late, _, _ in late_risk.score(train, file)
        if day in LANDMARKS and journeys[name].started + day < journeys[name].promised_end
    ]
    assert auc(told) > 0.74
    assert ece(told) < 0.04


def test_scans_call_every_lost_parcel_and_leave_quiet_lanes_alone() -> None:
    parcels = read_parcels(shared(SCANS))
    late = [parcel for parcel in parcels if parcel.events[0].local_time >= "2023-10"]
    early = [parcel for parcel in parcels if parcel.events[0].local_time < "2023-10"]
    found = stall_scans.score(early, late)
    inside = [parcel for parcel in late if parcel.scanned_inside]
    assert all(found[parcel.name] for parcel in inside if not parcel.delivered)
    delivered = [found[parcel.name] is not None for parcel in inside if parcel.delivered]
    assert sum(delivered) <= 0.1 * len(delivered)
    quiet = [found[parcel.name] is None for parcel in late if not parcel.scanned_inside]
    assert sum(quiet) >= 0.9 * len(quiet)


def test_the_programs_write_what_was_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "stalls.csv"
    source = str(shared(SCANS))
    program = str(ROOT / "benchmarks/stall_scans.py")
    subprocess.run([sys.executable, program, "--train", source, "--score", source, "--out", str(out)], check=True)
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["parcel", "first_stalled_at"]
    assert len(rows) == len({row["parcel"] for row in rows}) == 1163


def test_a_score_is_written_by_order_and_day_and_an_alarm_stays(orders: list[Order], tmp_path: Path) -> None:
    train, file = parts(orders, ROUGH)
    rows = late_risk.score(train, file[:40])
    assert rows == sorted(rows)
    assert {day for _, day, *_ in rows} <= set(range(1, 76))
    for name in {row[0] for row in rows}:
        raised = [alarm for order, _, _, _, alarm in rows if order == name]
        assert raised == sorted(raised)
    late_risk.write(rows, tmp_path / "scores.csv")
    head = (tmp_path / "scores.csv").read_text("utf-8").splitlines()[0]
    assert head == "order,day,p_late,p_severe,alarm"
