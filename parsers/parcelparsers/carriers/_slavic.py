"""What Russian and Ukrainian wordings of posts say of a parcel.

Sources: `POSTS_AND_COURIERS.md` §14 to §16 and general knowledge of the languages. The order is the rule: what
looks like a delivery and is none stands before it (to the sender, not handed over, waiting).
"""

from __future__ import annotations

from parcelparsers.carriers._meanings import Families, Meaning
from parcelparsers.carriers._postal_words import meaning as english
from parcelparsers.model import Leg, State

_S = State

_RETURNED = (
    r"(?:вруч|выда|доставл|возв|повер|надісл|відправл|отправл)\w*:? .{0,20}\b(?:отправителю|відправнику)"
    r"|\b(?:отправителю|відправнику)\b|\Aвозврат\b|возвращ|\Aповернення|повертається|повернено"
    r"|to (?:the )?sender\b|\Areturn\b"
)
_FAILED = (
    r"неудач|невдал|не (?:було |был[оа]? )?(?:вручен|доставлен|выдан|видан)|невруч|недостав"
    r"|не вдалося|отказ\w* .{0,20}получ"
    r"|(?:відмов|отказ)\w* .{0,30}(?:отрим|одерж|адресат|получ)|отсутстви\w+ адресат"
    r"|відсутн\w+ (?:адресат|одержувач|отримувач)"
    r"|адресат (?:выбыл|отсутств)|(?:неполн|неверн|неправильн|невірн)\w+ адрес"
)
_HELD = (
    r"(?:отказ|відмов)\w* в выпуске|выпуск приостановлен|требуется (?:досмотр|предъявлени)|продление срока выпуска"
    r"|(?:задерж|затрим)\w+ .{0,30}(?:тамож|мит)|ожида\w+ .{0,30}(?:уплат|оплат)|очіку\w+ .{0,30}(?:сплат|оплат)"
    r"|(?:нужно|необходимо|потрібно) .{0,20}(?:оплат|сплат)"
)
_LOST = r"утрач|утрат|утер|втрач|загубл|изъят|уничтож|знищ"
_TROUBLE = (
    r"поврежд|пошкодж|\Aотмена|скасован|видалено|удалено"
    r"|временное хранение|невостребован|припинено зберіг|закінчився термін|истек срок"
)
_WAITING = (
    r"прибыло в место вручения|(?:у|в) точ(?:ці|ке) вид|ожида\w+ (?:в |адресата|получателя|вручения)"
    r"|готов\w* (?:к выдаче|до вид)"
    r"|очіку\w+ (?:на )?(?:отримувача|одержувача|адресата|отримання)|прибу\w+ (?:на|у|в"
    r"|до) (?:відділення|поштомат|пошт)"
    r"|прибыло в (?:почтомат|центр выдачи|отделение)|\Aхранение|передан\w* до огляду|until pick"
)
_TOUR = (
    r"(?:передан|видан|выдан)\w* (?:почтальону|кур[ьʼ'’]?[єе]ру|листоноші)|на (?:пути|шляху) (?:к"
    r"|до) (?:получател|одержувач|отримувач)"
    r"|у кур[ьʼ'’]?[єе]ра|передан\w* на доставку|доставляється|with courier"
)
_CLEARED = (
    r"выпущено таможней|выпуск (?:разреш|товаров разреш)|(?:тамож|мит)\w+ .{0,40}(?:заверш|пройден|оформлен[оа]\b)"
    r"|випущено .{0,20}мит|released|таможенные платежи (?:поступ|уплач)|declaration finished"
)
_CUSTOMS = r"тамож|митн|customs|прибыло на территорию|импорт международной|імпорт"
_EXPORT = r"экспорт международной|експорт|покинуло .{0,30}(?:международного обмена|страну)|передано перевозчику"
_ANNOUNCED = (
    r"электронн\w+ (?:регистрац|уведомл)|електронн\w+ (?:реєстрац|накладн)"
    r"|присвоен\w* (?:идентификатор|трек)|створ(?:ив|ен)"
    r"|создан|предварительн\w+ оформл|ще не (?:надав|передан)|order is processed"
)
_LOCAL = r"у місті|прямує до міста|город\w* назначения|в місто призначення|destination city|в городе|до точки видач"
_ACCEPTED = r"\Aпри[её]м\b|прийнят|принят|прийом|приёмк|зареєстр|регистрац"
_MOVING = (
    r"обработ|оброб|сортир|сортув|покинул|залиш|прибы|прибу|надход|надійш|отправлен|відправлен|в пути|в дорозі|передан"
    r"|направл|достав\w+ (?:до|в|на) |комплекту|переадрес|досыл|транзит|transit sorting"
)
_DELIVERED = (
    r"вручен[оиа]?\b|вручение адресату|вручення|выдано адресату|видано|получено|отримано|одержано"
    r"|доставлено (?:адресат|в руки)"
    r"|доставлено в почтовый|(?<!not )(?<!be )\bdelivered\b(?! to)"
)

WORDS = Families(
    (_S.EXCEPTION, Leg.ACCEPTED, _LOST),
    (_S.RETURNED, Leg.LOCAL, _RETURNED),
    (_S.DELIVERY_FAILED, Leg.LOCAL, _FAILED),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, _HELD),
    (_S.EXCEPTION, Leg.ACCEPTED, _TROUBLE),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, _WAITING),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, _TOUR),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, _ANNOUNCED),
    (_S.DELIVERED, Leg.FINAL, _DELIVERED),
    (_S.IN_TRANSIT, Leg.CLEARED, _CLEARED),
    (_S.IN_TRANSIT, Leg.ARRIVED, _CUSTOMS),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, _EXPORT),
    (_S.IN_TRANSIT, Leg.LOCAL, _LOCAL),
    (_S.IN_TRANSIT, Leg.ACCEPTED, _ACCEPTED),
    (_S.IN_TRANSIT, Leg.ORIGIN, _MOVING),
)
"""Every family, in the order in which it is tried."""


def meaning(text: str) -> Meaning | None:
    """What a Russian, Ukrainian or English text says of the parcel, None where it says nothing known."""
    return WORDS.of(text) or english(text)
