"""Random lives of orders. Everything is constructed; the same random numbers give the same lives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from parcelwarden.simulate.claims import dispute
from parcelwarden.simulate.life import Act, Life, Parcel, Scan
from parcelwarden.simulate.scans import Way, way

DAY = timedelta(days=1)
COUNTRIES = ("ES", "DE", "FR", "PL", "US", "GB")


class Draft:
    """A life in the making: the dates that every kind begins with."""

    def __init__(self, rng: Random, name: str, begins: datetime) -> None:
        self.rng = rng
        self.order_id = name
        self.placed = begins
        self.paid = begins + timedelta(minutes=rng.randint(1, 600))
        self.shipped = self.paid + DAY * rng.uniform(1, 8)
        self.due = self.shipped + DAY * rng.randint(25, 60)
        self.paypal = rng.random() < 0.25
        self.number = f"LP{name[-14:]}"
        self.acts: list[Act] = []
        self.parcels: list[Parcel] = []

    def when(self, at: datetime) -> str:
        """A time as the buyer gives it: mostly a date, sometimes an instant."""
        return at.date().isoformat() if self.rng.random() < 0.7 else at.replace(microsecond=0).isoformat()

    def add(self, at: datetime, *, number: bool = True, **facts: Any) -> None:
        """The buyer adds the order."""
        known = {"country": self.rng.choice(COUNTRIES), "placed_at": self.when(self.placed)}
        if self.paypal:
            known["payment_method"] = "PayPal"
        self.acts.append(Act(at, "add", known | facts, self.number if number else None))

    def add_sent(self, **facts: Any) -> None:
        """The buyer adds it once it was sent, with all its dates."""
        self.add(self.shipped + DAY * self.rng.uniform(0, 3), **self.dates(), **facts)

    def dates(self) -> dict[str, Any]:
        """The dates of an order that was sent."""
        return {
            "paid_at": self.paid.replace(microsecond=0).isoformat(),
            "shipped_at": self.when(self.shipped),
            "delivery_due_at": self.when(self.due),
        }

    def set(self, at: datetime, **facts: Any) -> None:
        """The buyer says facts; `__` stands for the dot of a dotted name."""
        self.acts.append(Act(at, "set", {name.replace("__", "."): value for name, value in facts.items()}))

    def carried(self, scans: Sequence[Scan], *, economy: bool = False, handed: bool = False) -> None:
        """The parcel with its first number."""
        at = scans[len(scans) // 2].at if handed and scans else None
        alias = f"LX{self.order_id[-9:]}CN"
        self.parcels.append(Parcel(self.number, tuple(scans), (at, alias) if at else None, economy))

    def life(self, kind: str) -> Life:
        """The life as a value."""
        return Life(self.order_id, kind, tuple(sorted(self.acts, key=lambda act: act.at)), tuple(self.parcels))


def _arrives(d: Draft) -> None:
    """As it should; receipt is confirmed, or never."""
    scans = way(d.rng, d.shipped, Way.DELIVERED, within=d.due - d.shipped - 2 * DAY)
    d.add_sent()
    d.carried(scans, handed=d.rng.random() < 0.4)
    if d.rng.random() < 0.7:
        d.set(scans[-1].at + DAY * d.rng.uniform(0.1, 6), received_at=d.when(scans[-1].at + DAY))


def _late(d: Draft) -> None:
    """Delivered after its time."""
    d.add_sent()
    scans = way(d.rng, d.shipped, Way.DELIVERED, within=d.due - d.shipped + DAY * d.rng.uniform(2, 25))
    d.carried(scans)
    if d.rng.random() < 0.6:
        d.set(scans[-1].at + DAY * d.rng.uniform(0.1, 6), received_at=d.when(scans[-1].at))


def _economy(d: Draft) -> None:
    """Not scanned after the airline; it lies in the letter box one day, or never."""
    d.add_sent(shipping_method="Cainiao Super Economy")
    d.carried(way(d.rng, d.shipped, Way.AIRLINE), economy=True)
    if d.rng.random() < 0.7:
        at = d.shipped + DAY * d.rng.uniform(20, 70)
        d.set(at, received_at=d.when(at))


def _lost(d: Draft) -> None:
    """Silent from some scan on, perhaps from the first; the buyer claims in time, or does nothing."""
    d.add_sent()
    d.carried(way(d.rng, d.shipped, d.rng.choice((Way.NOTHING, Way.ORIGIN, Way.AIRLINE, Way.ARRIVED))))
    _claimed(d, 0.5)


def _returned(d: Draft) -> None:
    """On its way back."""
    d.add_sent()
    d.carried(way(d.rng, d.shipped, Way.RETURNED))
    _claimed(d, 0.5)


def _held(d: Draft) -> None:
    """Customs hold it, for some days or for good."""
    d.add_sent()
    d.carried(way(d.rng, d.shipped, d.rng.choice((Way.HELD, Way.RELEASED))))
    _claimed(d, 0.3)


def _waiting(d: Draft) -> None:
    """It can be collected, or a delivery failed."""
    d.add_sent()
    scans = way(d.rng, d.shipped, d.rng.choice((Way.PICKUP, Way.FAILED)))
    d.carried(scans)
    if d.rng.random() < 0.6:
        at = scans[-1].at + DAY * d.rng.uniform(1, 9)
        d.set(at, received_at=d.when(at))


def _completed(d: Draft) -> None:
    """The shop completes the order while its parcel travels, or is lost."""
    d.add_sent()
    end = d.rng.choice((Way.DELIVERED, Way.AIRLINE, Way.ARRIVED))
    d.carried(way(d.rng, d.shipped, end, within=DAY * d.rng.uniform(30, 60)))
    at = d.shipped + DAY * d.rng.uniform(12, 35)
    d.set(at, completed_at=d.when(at))


def _extended(d: Draft) -> None:
    """The seller extends the delivery time, once or twice, before it ends; then nothing comes."""
    d.add_sent()
    d.carried(way(d.rng, d.shipped, d.rng.choice((Way.ORIGIN, Way.AIRLINE))))
    for _ in range(d.rng.randint(1, 2)):
        at = d.due - DAY * d.rng.uniform(0.2, 8)
        d.due += DAY * d.rng.randint(5, 20)
        d.set(at, delivery_due_at=d.when(d.due))
    _claimed(d, 0.3)


def _nearer(d: Draft) -> None:
    """The order's page takes days back, or prints the end of the protection itself."""
    d.add_sent()
    d.carried(way(d.rng, d.shipped, Way.AIRLINE))
    at = d.shipped + DAY * d.rng.uniform(12, 20)
    if d.rng.random() < 0.5:
        d.due -= DAY * d.rng.randint(2, 8)
        d.set(at, delivery_due_at=d.when(d.due))
    else:
        d.set(at, observed_protection_ends_at=d.when(d.due + DAY * d.rng.randint(3, 25)))


def _replaced(d: Draft) -> None:
    """The first number is never scanned; the seller gives another one."""
    d.add_sent()
    d.parcels.append(Parcel(d.number))
    other = f"LQ{d.order_id[-14:]}"
    at = d.shipped + DAY * d.rng.uniform(5, 18)
    scans = way(d.rng, at, d.rng.choice((Way.DELIVERED, Way.ORIGIN)), within=25 * DAY)
    d.parcels.append(Parcel(other, tuple(scans)))
    d.acts.append(Act(at + DAY, "number", number=other))
    if d.rng.random() < 0.5 and scans[-1].code == "GTMS_SIGNED":
        d.set(scans[-1].at + DAY, received_at=d.when(scans[-1].at))


def _cancelled(d: Draft) -> None:
    """Cancelled before it was sent; the money comes back, or has to be asked for."""
    d.add(d.paid + timedelta(hours=1), number=False, paid_at=d.when(d.paid))
    asked = d.paid + DAY * d.rng.uniform(0.5, 3)
    gone = asked + DAY * d.rng.uniform(0.2, 5)
    d.set(asked, cancel_requested_at=asked.replace(microsecond=0).isoformat())
    d.set(gone, cancelled_at=d.when(gone))
    if d.rng.random() < 0.5:
        back = gone + DAY * d.rng.uniform(2, 40)
        d.set(back, refunded_at=d.when(back))


def _unsent(d: Draft) -> None:
    """The shop lets the time to ship pass."""
    by = d.paid + DAY * d.rng.randint(5, 12)
    d.add(d.paid + timedelta(hours=1), number=False, paid_at=d.when(d.paid), ship_by_at=d.when(by))
    if d.rng.random() < 0.5:
        at = by + DAY * d.rng.uniform(1, 6)
        d.set(at, cancelled_at=d.when(at), refunded_at=d.when(at))


def _dateless(d: Draft) -> None:
    """Seen in the list only, until its page is opened, or never."""
    d.add(d.placed + DAY)
    d.carried(way(d.rng, d.shipped, d.rng.choice((Way.AIRLINE, Way.DELIVERED)), within=40 * DAY))
    if d.rng.random() < 0.7:
        d.set(d.shipped + DAY * d.rng.uniform(1, 60), **d.dates())


def _claimed(d: Draft, chance: float) -> None:
    if d.rng.random() < chance:
        dispute(d.rng, d.set, d.when, d.due + DAY * d.rng.uniform(1.2, 13))


KINDS: dict[str, tuple[int, Callable[[Draft], None]]] = {
    "arrives": (20, _arrives),
    "late": (10, _late),
    "economy": (9, _economy),
    "lost": (14, _lost),
    "returned": (6, _returned),
    "held": (6, _held),
    "waiting": (5, _waiting),
    "completed": (7, _completed),
    "extended": (8, _extended),
    "nearer": (4, _nearer),
    "replaced": (4, _replaced),
    "cancelled": (3, _cancelled),
    "unsent": (2, _unsent),
    "dateless": (5, _dateless),
}
"""By name: how often of a hundred or so, and what makes it."""


def random_life(rng: Random, order_id: str, begins: datetime) -> Life:
    """A life that begins then."""
    kind = rng.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
    draft = Draft(rng, order_id, begins)
    KINDS[kind][1](draft)
    return draft.life(kind)
