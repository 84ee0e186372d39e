"""Meest: the XML of its interface for partners. One body is known, and no notes on the service: actions are read by
their words in three languages, and by the number that stands for the delivery.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Source
from parcelparsers.carriers._answers import answer, blocked, nothing, others, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Families, Meaning, cautious
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._printed_dates import shown
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = State

_DELIVERED = ("16", Meaning(_S.DELIVERED, Leg.FINAL))
"""`ActionId` of "delivered"; the other numbers of the one known body are plain moves, which their words say."""
_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"поверн\w+ (?:відправнику|отправителю)|возвра\w+ отправителю|повернення відправлення"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"не (?:вдалося )?(?:вручен|доручен|доставлен|вручит)|відмов|отказ|невдал"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"(?:відсутн|отсутств)\w+ (?:отримувач|получател)"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"очіку\w+ (?:на )?отримувача|готов\w* до (?:видачі|отримання)"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"(?:готов|ожида)\w* (?:к выдаче|получателя)|ready for|awaiting"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"(?:затриман|задержан)\w*.{0,20}(?:митн|тамож)"),
    (_S.EXCEPTION, Leg.ANNOUNCED, r"пошкодж|поврежд|втрач|утерян|скасован|отменен"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"(?:передан|видан|выдан)\w* кур.?[єе]ру|на доставк[уі]|у кур.?[єе]ра"),
    (_S.DELIVERED, Leg.FINAL, r"доручено|вручено|доставлено|видано отримувачу|выдано получателю"),
    (_S.IN_TRANSIT, Leg.CLEARED, r"(?:митн|тамож)\w+.{0,30}(?:завершен|пройден)"),
    (_S.IN_TRANSIT, Leg.ARRIVED, r"митн|тамож"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"створен|создан|зареєстр|зарегистр"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"прийнят|принят|поступлен|accepted by"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"сортув|сортиров|прибул|прибыл|залиш|остави|переміщ|перемещ|відправлен|group"),
)
_NOT_FOUND = re.compile(r"not found|не знайд|не найд|відсутн|отсутств", re.I)
_FINE = ("", "0", "000")
_UKRAINE = re.compile(r"укра[їи]н|ukraine", re.I)


def _read(body: Body, asked: Asked) -> Reading:
    """`<return>`, in a SOAP envelope or bare. Raises `Unreadable`."""
    root = body.xml()
    items = list(root.iter("{*}items"))
    code, name = _field(root, "errors/{*}code"), _field(root, "errors/{*}name")
    if not items:
        if root.find(".//{*}result_table") is None and code in _FINE:
            raise Unreadable("return", "result_table or errors")
        return nothing(asked) if code in _FINE or _NOT_FOUND.search(name) else blocked("refused", f"{code} {name}")
    rows: dict[str, list[_Element]] = {}
    for item in items:
        rows.setdefault(_number(item, asked), []).append(item)
    return answer([_parcel(number, found) for number, found in rows.items()], [], asked)


def _field(element: _Element, name: str) -> str:
    return flat(element.findtext(f".//{{*}}{name}"))


def _number(item: _Element, asked: Asked) -> str:
    """The sender's number, or the transit number where that was asked for. Raises `Unreadable`."""
    own, transit = tidy(_field(item, "ShipmentNumberSender")), tidy(_field(item, "ShipmentNumberTransit"))
    if number := transit if transit in asked.numbers else own or transit:
        return number
    raise Unreadable("items", "ShipmentNumberSender")


def _parcel(number: str, items: list[_Element]) -> Parcel:
    printed_ones = [_field(i, name) for i in items for name in ("ShipmentNumberSender", "ShipmentNumberTransit")]
    destination = _field(items[-1], "CountryDel")
    return concluded(
        Parcel(
            number=number,
            aliases=others(number, *printed_ones),
            destination=destination or None,
            events=tuple(map(_event, items)),
        )
    )


def _event(item: _Element) -> Event:
    texts = [_field(item, f"ActionMessages_{language}") for language in ("EN", "UA", "RU")]
    text = next(filter(None, texts), "")
    words = next(filter(None, (_WORDS.of(t) or meaning(t) for t in texts if t)), None)
    action, known = _DELIVERED
    code = known if _field(item, "ActionId") == action else None
    country, city = _field(item, "Country"), _field(item, "City")
    when = stamp(shown(_field(item, "DateTimeAction")), place="Europe/Kyiv" if _UKRAINE.search(country) else "")
    place = ", ".join(filter(None, (city, country)))
    return event(when, text, cautious(code, words), code=_field(item, "StatusCode"), place=place)


SOURCE = Source(
    id="meest",
    name="Meest",
    access=Access.PASTE,
    evidence=Evidence.CAPTURED,
    hosts=("t.meest-group.com",),
    readers=(
        Reader(name="API-1C", fits=lambda b: b.is_html and b"<return" in b.data and b"<api" in b.data, read=_read),
    ),
    clock="the wall clock of the country that stands beside it: Kyiv's in Ukraine, elsewhere without a zone",
    page="https://t.meest-group.com/int/en/{number}",
    countries=("UA",),
)
