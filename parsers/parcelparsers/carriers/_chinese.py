"""Chinese tracking texts: what they say beyond doubt, and the couriers and telephones in them that are taken out.

Wordings: `CHINA_AND_AGGREGATORS.md` §18 and §19; texts of China Post in §6. Couriers stand in round brackets or after
their role, telephones after 电话.
"""

from __future__ import annotations

import re

from parcelparsers.model import State
from parcelparsers.private import scrub

_FAILED = r"(?:派送|派件|投递|送达|妥投)(?:不成功|未成功|失败|异常)|未(?:能)?妥投|拒收|拒签|(?:收件人|客户)不在"
_WAITING = (
    r"待(?:领取|取件|自提|客户取)|请(?:您)?(?:及时|尽快|凭)[^，。]{0,16}(?:领取|取件|取走)"
    r"|(?:暂存|代收|存放|投放|存入|放入)[^，。]{0,20}(?:驿站|快递柜|丰巢|自提|代收点|菜鸟|服务站)"
)
_SAYS = (
    (State.RETURNED, r"退回|退件|退签|退还"),
    (State.DELIVERY_FAILED, _FAILED),
    (State.AVAILABLE_FOR_PICKUP, _WAITING),
    (State.DELIVERED, r"已签收|签收成功|已妥投|\A\W*妥投|本人签收|客户签收|已取件|已取走"),
    (State.OUT_FOR_DELIVERY, r"派送中|派件中|(?:正在|安排)(?:为您)?(?:派送|派件|投递)|派送途中"),
)
_ANY = tuple((state, re.compile(words)) for state, words in _SAYS)
_CUES = ("签", "派", "投", "取", "领", "退", "拒", "代收", "存")

_PEOPLE = re.compile(
    r"(?P<kept>(?:联系|客服|快递员|揽投员|手机)?(?:电话|手机号?)\s*[:：]?\s*)[\d*+() -]{3,24}"
    r"|(?P<role>(?:快递员|派送员|派件员|投递员|业务员|揽投员|收派员|小哥|收件人|签收人|代签人|联系人)(?:姓名)?\s*[:：]\s*)"
    r"[^\s，,。；;、（(）)【\]】]{1,20}"
    r"|(?P<near>(?:快递员|派送员|派件员|投递员|业务员|揽投员|收派员|小哥))[^\s，,。；;（(）)【】]{1,8}(?=[（(,，])"
    r"|(?P<given>(?:交给|由))[^\s，,。；;（(）)【】]{1,10}(?=[，,（(])"
    r"|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)"
)
_PEOPLE_CUES = ("电话", "手机", "员", "小哥", "人", "交给", "由", "1")


def said_in_chinese(text: str) -> State | None:
    """The state that a Chinese text names, None where it names none or is not Chinese."""
    if text.isascii() or not any(cue in text for cue in _CUES):
        return None
    return next((state for state, words in _ANY if words.search(text[:500])), None)


def scrub_chinese(text: str) -> str:
    """The text without couriers, signatories, telephones and mail addresses, each as `…`."""
    if text.isascii() or not any(cue in text for cue in _PEOPLE_CUES):
        return scrub(text)
    return scrub(_PEOPLE.sub(lambda m: f"{m['kept'] or m['role'] or m['near'] or m['given'] or ''}…", text[:500]))
