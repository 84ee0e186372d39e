"""How a day is read: when it is over, from when surely and until when surely, and what a plain reader would say.

A pack names three clocks: `earliest`, the offset in which a day begins first; `latest`, in which it begins last;
`plain`, a plain reader's zone. Ends are reckoned by the first, beginnings by the second, so that no end is stated too
late and no opening too early. Source: SEMANTICS.md, "Reading a day".

Every function takes a day of the pack (`date`), an instant (aware `datetime`) or an instant known within bounds
(`Between`: its earliest for an end, its latest for a beginning), and gives instants in UTC. A result outside the years
1 to 9999 raises `OverflowError` or `ValueError`; `engine.answer` turns that into a `FactError`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

import msgspec

from parcelwarden.domain.moment import DAY, Between, When

MIDNIGHT = time(0)


class Days(msgspec.Struct, frozen=True):
    """The three clocks of a pack, and the words for its zone as people know it (`PST`)."""

    earliest: timezone
    latest: timezone
    plain: tzinfo
    words: str


def start_of(day: date, zone: tzinfo) -> datetime:
    """00:00 of a day in a zone, in UTC."""
    return datetime.combine(day, MIDNIGHT, zone).astimezone(UTC)


def for_end(when: When) -> date | datetime:
    """The day or instant from which an end is reckoned."""
    return when.earliest if isinstance(when, Between) else when


def for_beginning(when: When) -> date | datetime:
    """The day or instant from which a beginning is reckoned."""
    return when.latest if isinstance(when, Between) else when


def day_of(moment: date | datetime, zone: tzinfo) -> date:
    """The day itself, or an instant's date in a zone."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def end_day(anchor: When, days: Days) -> date:
    """The day from which an end is counted: of an instant its date at `latest`, which is the earlier one."""
    return day_of(for_end(anchor), days.latest)


def beginning_day(anchor: When, days: Days) -> date:
    """The day from which a beginning is counted: of an instant its date at `earliest`, which is the later one."""
    return day_of(for_beginning(anchor), days.earliest)


def plain_day(anchor: When, days: Days) -> date:
    """The day from which a plain reader counts an end."""
    return day_of(for_end(anchor), days.plain)


def over(when: When, days: Days) -> datetime:
    """When this is over: an instant itself; a day at 00:00 of the next one at `latest`."""
    moment = for_beginning(when)
    return moment if isinstance(moment, datetime) else start_of(moment + DAY, days.latest)


def surely_from(anchor: When, count: int, days: Days) -> datetime:
    """From when it surely holds ("on the 11th day after"): 00:00 of day + count at `latest`."""
    return start_of(beginning_day(anchor, days) + count * DAY, days.latest)


def surely_until(anchor: When, count: int, days: Days) -> datetime:
    """Until when it surely holds ("until the 15th day after"): 00:00 of day + count at `earliest`."""
    return start_of(end_day(anchor, days) + count * DAY, days.earliest)


def stated(anchor: When, count: int, days: Days) -> datetime:
    """What a plain reader would say: an instant + count × 24 h; of a day, the end of day + count in `plain`."""
    moment = for_end(anchor)
    if isinstance(moment, datetime):
        return moment + timedelta(days=count)
    return end_of(moment + count * DAY, days.plain)


def end_of(day: date, zone: tzinfo) -> datetime:
    """24:00 of a day in a zone, in UTC."""
    return start_of(day + DAY, zone)


def add_years(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if (day.month, day.day) != (2, 29):
            raise
        return day.replace(year=day.year + years, day=28)


def add_business_days(day: date, count: int) -> date:
    """The count-th Monday to Friday after a day (count ≥ 1). Holidays of two countries are unknown: not counted."""
    since_friday = max(0, day.weekday() - 4)
    weeks, rest = divmod(count, 5)
    weekday = day.weekday() - since_friday
    over_weekend = 2 if weekday + rest > 4 else 0
    return day + timedelta(days=weeks * 7 + rest + over_weekend - since_friday)
