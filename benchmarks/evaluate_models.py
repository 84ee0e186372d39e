"""What the two models reach on the development data, on a split in time of one's own.

    python benchmarks/evaluate_models.py --olist olist/dev.csv.gz --scans algerie_ips/dev.csv.gz

Late risk: replayed from 2017-04 to the end of February 2018 (orders handed over before are history only), told apart
for a calm and a rough part. Every row is judged at landmark days after hand-over, while the promised day is not over.
Orders whose promised day ends after the data do are left out. Scans: judged are the parcels first scanned from each of
several months on, every look by what was known in its week.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("", "daemon", "parsers")]

from benchmarks import late_risk, stall_scans  # noqa: E402
from benchmarks.ips import Scanned, read_parcels  # noqa: E402
from benchmarks.measures import Told, auc, brier, ece, mean  # noqa: E402
from benchmarks.olist import OPEN, Order, read_orders  # noqa: E402
from benchmarks.rows import read_rows  # noqa: E402
from parcelwarden.domain.late_risk import days_since_epoch  # noqa: E402

LANDMARKS = (1, 3, 5, 7, 10, 14, 20, 25, 30)
PROTECTED, LEFT = 15, 5


def day(text: str) -> float:
    """A date as days since the epoch."""
    return days_since_epoch(datetime.fromisoformat(text).replace(tzinfo=UTC))


PARTS = {
    "2017-04 to mid 2017-10": (day("2017-04-01"), day("2017-10-15")),
    "2017-11 to 2018-02": (day("2017-11-01"), day("2018-02-28")),
    "all": (day("2017-04-01"), day("2018-02-28")),
}
CUT = day("2018-03-01")
CUTS = "2023-04", "2023-05", "2023-06", "2023-07", "2023-08", "2023-09"


def weights(path: Path) -> dict[str, float]:
    """What each handed-over order stands for: the file's weight, and for delivered ones how few of them tell their
    hand-over."""
    rows = read_rows(path)
    delivered = [row for row in rows if row["delivered"]]
    thinned = len(delivered) / sum(bool(row["to_carrier"]) for row in delivered)
    return {
        row["order"]: float(row["weight"]) * (thinned if row["delivered"] and row["status"] != OPEN else 1.0)
        for row in rows
    }


def told(
    rows: Iterable[late_risk.Row],
    orders: dict[str, Order],
    weight: dict[str, float],
    extra: int,
    part: tuple[float, float],
) -> list[Told]:
    """The judged rows of one part: late for `extra` 0, severe for 15."""
    found = []
    for name, days, late, severe, _ in rows:
        journey = orders[name].journey
        end = journey.promised_end + extra
        if days in LANDMARKS and part[0] <= journey.started < part[1] and end <= CUT:
            if journey.started + days < journey.promised_end:
                found.append(Told(severe if extra else late, journey.ended >= end, weight[name]))
    return found


def alarms(
    rows: list[late_risk.Row], orders: dict[str, Order], weight: dict[str, float], part: tuple[float, float]
) -> str:
    """What the alarms caught, and what they cost."""
    first: dict[str, float] = {}
    for name, days, _, _, alarm in rows:
        if alarm:
            first.setdefault(name, orders[name].journey.started + days)
    kept = [
        o
        for o in orders.values()
        if part[0] <= o.journey.started < part[1] and o.journey.promised_end + PROTECTED <= CUT
    ]

    def share(of: Callable[[Order], bool], which: Callable[[Order], bool]) -> float:
        base = [order for order in kept if which(order)]
        return sum(weight[o.name] for o in base if of(o)) / max(sum(weight[o.name] for o in base), 1e-9)

    def severe(order: Order) -> bool:
        return order.journey.ended >= order.journey.promised_end + PROTECTED

    def late(order: Order) -> bool:
        return order.journey.ended >= order.journey.promised_end

    def raised(order: Order) -> bool:
        return order.name in first

    def in_time(order: Order) -> bool:
        return raised(order) and first[order.name] <= order.journey.promised_end - 1 + PROTECTED - LEFT

    def could(order: Order) -> bool:
        return order.journey.started + 1 <= order.journey.promised_end - 1 + PROTECTED - LEFT

    def before(order: Order) -> bool:
        return raised(order) and first[order.name] < order.journey.promised_end

    timely = share(in_time, lambda order: severe(order) and could(order))
    false = 100 * share(raised, lambda order: not late(order))
    return (
        f"severe caught {share(in_time, severe):.1%} (of those handed over in time {timely:.1%}); "
        f"false per 100 on time {false:.2f}; before the promised date: {share(before, raised):.0%} of all alarms, "
        f"{share(before, lambda order: raised(order) and severe(order)):.0%} of severe"
    )


def evaluate_late_risk(path: Path) -> None:
    """Replay and print."""
    orders, weight = read_orders(path), weights(path)
    start = PARTS["all"][0]
    train = [order for order in orders if order.journey.started < start]
    later = {order.name: order for order in orders if order.journey.started >= start}
    rows = late_risk.score(train, list(later.values()))
    for name, part in PARTS.items():
        late, severe = (told(rows, later, weight, extra, part) for extra in (0, PROTECTED))
        print(f"late risk, {name}: {len(late)} rows, late {mean(late):.3f}")
        print(f"  late:   AUC {auc(late):.3f}  Brier {brier(late):.4f}  ECE {ece(late):.3f}")
        print(f"  severe: AUC {auc(severe):.3f}  Brier {brier(severe):.4f}  ECE {ece(severe):.3f}")
        print(f"  alarms: {alarms(rows, later, weight, part)}")


def scans(parcels: list[Scanned], found: dict[str, datetime | None], train: list[Scanned]) -> str:
    """The three figures of the scans."""
    inside = [parcel for parcel in parcels if parcel.scanned_inside]
    delivered = [parcel for parcel in inside if parcel.delivered]
    never = [parcel for parcel in inside if not parcel.delivered]
    called = [(at - stall_scans.when(p.events[-1])) / stall_scans.DAY for p in never if (at := found[p.name])]
    sent: defaultdict[str, list[bool]] = defaultdict(list)
    for parcel in train:
        sent[parcel.lane].append(parcel.scanned_inside)
    silent = {lane for lane, seen in sent.items() if len(seen) >= 20 and sum(seen) <= 0.1 * len(seen)}
    quiet = [parcel for parcel in parcels if not parcel.scanned_inside and parcel.lane in silent]
    false = sum(found[parcel.name] is not None for parcel in delivered)
    disturbed = sum(found[parcel.name] is not None for parcel in quiet)
    return (
        f"delivered falsely called {false / len(delivered):.1%} of {len(delivered)}; never delivered called "
        f"{len(called)} of {len(never)}, median {statistics.median(called):.1f} d after the last scan; "
        f"on lanes without scans called {disturbed} of {len(quiet)}"
    )


def evaluate_scans(path: Path) -> None:
    """Judge and print, from each cut on."""
    parcels = sorted(read_parcels(path), key=lambda parcel: stall_scans.when(parcel.events[0]))
    for cut in CUTS:
        early = [parcel for parcel in parcels if parcel.events[0].local_time < cut]
        later = parcels[len(early) :]
        print(f"scans from {cut}: {scans(later, stall_scans.score(early, later), early)}")


def main() -> None:
    """Read the arguments, evaluate what was given."""
    parser = argparse.ArgumentParser(description="Figures of both models on the development data.")
    parser.add_argument("--olist", type=Path)
    parser.add_argument("--scans", type=Path)
    asked = parser.parse_args()
    if asked.olist:
        evaluate_late_risk(asked.olist)
    if asked.scans:
        evaluate_scans(asked.scans)


if __name__ == "__main__":
    main()
