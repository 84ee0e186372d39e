"""What posts and carriers of Asia say of a parcel, in English and Chinese, by families of wordings.

Sources: the wordings of postal events (`STATUSES.md` §7), of the EMS Cooperative, Yanwen, SunYou and YunExpress
(`CHINA_AND_AGGREGATORS.md` §10, §14, §16, §17), the traps of `POSTS_AND_COURIERS.md` §0.5. The order is the rule:
what looks like a delivery and is none stands before it.
"""

from __future__ import annotations

from parcelparsers.carriers._chinese import said_in_chinese
from parcelparsers.carriers._meanings import Families, Meaning
from parcelparsers.model import Leg, State

_S = State

_RETURNED = (
    r"\breturn(?:ed|ing|s)? (?:back )?to (?:the )?(?:original )?(?:sender|shipper|seller|merchant|origin|consignor)"
    r"|\b(?:being|been|item|parcel|shipment) returned\b(?! (?:from|by))|\breturn (?:shipment|parcel|item)\b"
    r"|\A\W*returned\W*\Z|delivered (?:back )?to (?:the )?(?:sender|shipper)|sent back to|export cancellation"
)
_FAILED = (
    r"unsuccess|undeliver|(?:\battempt\w*|\bfailed|\bfailure|\bunable|could not|cannot|\bnot)\b.{0,20}\bdeliver"
    r"|deliver\w*\b.{0,20}\b(?:attempt|fail|unsuccess|not possible|refus)|refus|rejected|\babsen(?:t|ce)\b"
    r"|(?:customer|addressee|recipient|consignee|receiver)\w* (?:is |was )?(?:not available|unavailable|unknown|moved)"
    r"|not (?:at )?home|no(?:body| one) (?:was )?(?:at )?(?:home|available)"
    r"|(?:wrong|incorrect|insufficient|incomplete|invalid) address"
    r"|address\b.{0,20}\b(?:wrong|incorrect|insufficient|incomplete|not found|does not exist)|missed delivery|unclaimed"
)
_WAITING = (
    r"(?:ready|available|await\w*|wait\w*|held|hold|stored?) (?:for|to be) (?:\w+ )?(?:pick|collect|retriev)"
    r"|(?:collection|pick-?up) (?:point|office|station|location)|parcel ?(?:locker|shop)|deposited"
    r"|awaiting (?:customer )?(?:collection|pick)|notice left|delivered (?:to|at|in|into) (?:an? |the )?(?:\w+ )?"
    r"(?:locker|counter|service point|access point|station)\b"
)
_HELD = (
    r"(?:\bheld|\bhold|detain\w*|retained|seized|withheld)\b.{0,30}\bcustoms"
    r"|customs\b.{0,20}\b(?:held|hold|detain|detention|seiz|delay|abnormal|exception|fail)"
    r"|clearance\b.{0,12}\b(?:delay|exception|fail|abnormal|problem)"
    r"|(?:held|hold) at (?:the )?(?:inward|destination|import)|held (?:for|by) (?:export|import)"
    r"|\b(?:duty|duties|tax(?:es)?|vat)\b.{0,30}\b(?:pay|paid|due|unpaid|owed)"
    r"|(?:documents?|information) (?:is |are )?(?:required|needed|missing)"
    r"|海关(?:扣|查验|留)|扣关|清关(?:异常|失败|延误)"
)
_TROUBLE = (
    r"\blost\b|\bdamag|\bdestroy|\bdispos|confiscat|prohibit|\bcancell?ed|\bexception\b|abnormal|\bdelay|missent|mis-?rout"
    r"|\bmissing\b|address required|required from (?:the )?customer|import terminated|\bheld\b|\bon hold\b"
    r"|丢失|破损|异常|延误|销毁"
)
_TOUR = (
    r"out for (?:physical )?delivery"
    r"|\b(?:sent|loaded|taken|dispatched) (?:out )?(?:for|to|on) (?:the )?(?:delivery|courier)"
    r"|with (?:the |an? )?(?:\w+ )?(?:courier|driver|postman|delivery agent)|deliver(?:y|ing) (?:is )?in progress"
    r"|\bdelivering\b|is being delivered|on (?:the )?(?:way to (?:the )?(?:customer|recipient|addressee)"
    r"|delivery (?:vehicle|van|route))|reach the customer|depart\w* (?:from )?(?:the )?delivery (?:station|depot)"
)
_HANDED_ABROAD = r"delivered to (?:the )?destination"
_HANDED_ON = r"deliver(?:ed|y) to (?:the )?(?:air|carrier|local|customs|post|courier|next|transit|partner|last|line)"
_DELIVERED = (
    r"deliver(?:y|ed) (?:is |was |has been )?(?:complete|success)|final delivery|success\w* deliver"
    r"|(?<!be )\bdelivered\b|proof of delivery|signed (?:for|by)"
    r"|(?:picked up|collected|received) by (?:the )?(?:customer|recipient|addressee|receiver|consignee)"
    r"|投递成功|派送成功|(?<!未)妥投|(?<!未)签收|已送达"
)
_ANNOUNCED = (
    r"info(?:rmation)?\b.{0,30}\b(?:received|sent|created|uploaded|submitted)|pre-?(?:shipment|advi|alert)|electronic"
    r"|\blabel|(?:order|parcel|shipment|record) (?:has been |was )?(?:created|placed|registered|submit|processed by)"
    r"|\bmanifest|preparing shipment|not yet (?:been )?(?:received|handed)|电子信息|下单|信息已|预报"
)
_EXPORT = r"outward|\bexport|origin\b|country of origin|customs declaration|互换局|出口"
_LEFT = (
    r"depart\w*\b.{0,12}\b(?:from )?(?:the )?(?:outward|export office|origin country|country of origin)"
    r"|(?:depart|dispatch|despatch)\w*\b.{0,8}\boutward|flight\b.{0,20}\b(?:depart|left|took)"
    r"|\bin flight\b|\bairline|left (?:the )?(?:origin|country)|depart\w*\b.{0,30}\bairport"
    r"|port of departure - departure|起飞|交航|离港|航空公司"
)
_CLEARED = (
    r"(?:clear\w*|releas\w*)\b.{0,30}\b(?:import|customs)|customs\b.{0,20}\b(?:complete|success|cleared|released)"
    r"|import\b.{0,20}\b(?:complete|released|cleared)|returned (?:from|by) (?:the )?(?:import )?customs"
    r"|depart\w*\b.{0,8}\b(?:inward|destination import)|hand\w* (?:over )?to (?:the )?(?:last|local|destination post)"
    r"|pick(?:ed)? ?up by (?:the )?local carrier"
    r"|清关(?:完成|放行)|海关放行|放行"
)
_EXPORT_CLEARED = (
    r"(?:releas\w*|clear\w*|return\w*|completed)\b.{0,40}\bexport|export\b.{0,30}\b(?:clear|releas|complet)"
)
_ARRIVED = (
    r"inward|destination|\bimport\b|\bcustoms\b|\blanded\b|flight\b.{0,20}\barriv|cargo terminal|\bin bond\b"
    r"|进口|到达目的|抵达"
)
_LOCAL = (
    r"(?:delivery|post) (?:office|station|depot|facility|unit|post office|cent)|arrived at unit"
    r"|local (?:facility|carrier|hub)|regional destination|投递局|派送站|末端"
)
_ACCEPTED = r"\bpost(?:ed|ing)\b|\bcollect(?:ed|ion)\b|accept|\bpick(?:ed)?[ -]?up\b|收寄|揽收|收件|收货"
_MOVING = (
    r"\bsort|process|depart|arriv|dispatch|despatch|\btransit\b|facility|warehouse|\bhub\b|\bleft\b|leaving"
    r"|\breceived\b|\bretention\b|operating point|operation|forward|transport|handed|shipped|en ?route"
    r"|到达|离开|发往|处理|封发|转运|运输|入库|出库"
)

WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, _RETURNED),
    (_S.DELIVERY_FAILED, Leg.LOCAL, _FAILED),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, _WAITING),
    (_S.CUSTOMS_HOLD, Leg.ORIGIN, r"(?:held|hold)\b.{0,12}\bexport|export\b.{0,12}\b(?:held|hold)"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, _HELD),
    (_S.EXCEPTION, Leg.ANNOUNCED, _TROUBLE),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, _TOUR),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, _HANDED_ABROAD),
    (_S.IN_TRANSIT, Leg.ORIGIN, _HANDED_ON),
    (_S.DELIVERED, Leg.FINAL, _DELIVERED),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, _ANNOUNCED),
    (_S.IN_TRANSIT, Leg.ORIGIN, _EXPORT_CLEARED),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, _LEFT),
    (_S.IN_TRANSIT, Leg.ORIGIN, _EXPORT),
    (_S.IN_TRANSIT, Leg.CLEARED, _CLEARED),
    (_S.IN_TRANSIT, Leg.LOCAL, _LOCAL),
    (_S.IN_TRANSIT, Leg.ARRIVED, _ARRIVED),
    (_S.IN_TRANSIT, Leg.ACCEPTED, _ACCEPTED),
    (_S.IN_TRANSIT, Leg.ORIGIN, _MOVING),
)
"""Every family, in the order in which it is tried; a wording of two places has the leg of the nearer one."""


def meaning(text: str) -> Meaning | None:
    """What an English or Chinese text says of the parcel, None where it says nothing known."""
    if state := said_in_chinese(text):
        return Meaning(state, Leg.FINAL if state is State.DELIVERED else Leg.LOCAL)
    return WORDS.of(text)
