"""The wordings of Japan Post's Japanese pages by family (`POSTS_AND_COURIERS.md` §32; those beyond the known bodies are
general knowledge).
"""

from __future__ import annotations

from parcelparsers.carriers._meanings import Families, Meaning
from parcelparsers.model import Leg, State

_S = State

_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"差出人に返送|返送|差出人にお届け|返還"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"不在|持ち戻り|あて[名所]不完全|受取辞退|受取拒[否絶]|転居|配達できません"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"お渡し待ち|局留|宅配ロッカー(?:に)?配達準備|受取.{0,8}準備"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"税関.{0,12}(?:保留|留め置き)|通関.{0,8}(?:保留|待ち)|課税"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"持ち出し中|配達中|配達に出発"),
    (_S.DELIVERED, Leg.FINAL, r"お届け済み|お届け先にお届け|窓口でお渡し|配達完了|お届けしました"),
    (_S.EXCEPTION, Leg.ANNOUNCED, r"調査中|破損|紛失|誤配|誤送|事故"),
    (_S.IN_TRANSIT, Leg.CLEARED, r"国際交換局から(?:発送|国内)|通関手続.{0,8}(?:終了|完了)|税関検査.{0,8}終了"),
    (_S.IN_TRANSIT, Leg.ARRIVED, r"国際交換局に到着|通関手続|税関"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, r"国際交換(?:支店|局)?.{0,4}発送"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"データ(?:を)?(?:受信|登録)|情報.{0,4}登録"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"引受|引き受け"),
    # Kept at the delivery office, for the counter or until a day that the receiver chose: the words do not say which.
    (_S.IN_TRANSIT, Leg.LOCAL, r"保管|配達希望|再配達|転送"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"通過|到着|発送|中継|輸送"),
)


def said_in_japanese(text: str) -> Meaning | None:
    """What a Japanese text says, None where it says nothing known or is not Japanese."""
    return None if text.isascii() else _WORDS.of(text)
