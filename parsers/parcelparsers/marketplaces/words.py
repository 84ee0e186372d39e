"""The words by which labels, buttons and sentences are told apart, in the languages of the shops.

Words are compared folded: compatible forms, no case, no accents, plain spaces. A stem matches at the start of a word
(in scripts without spaces anywhere). Label words seen: `ORDER_PAGES.md` §6; the rest are ordinary words of each
language and only used where the value beside them fits.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from parcelparsers.marketplaces.dates import clean

_LETTERS = str.maketrans("ıłøđ", "ilod")


def fold(text: str) -> str:
    """The text for comparison: no case, no accents, plain spaces and digits; at most 600 characters."""
    plain = clean(text)
    if plain.isascii():
        return plain.lower()
    parts = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_LETTERS)


_STEMS = {
    "number": (
        "order id|order number|order no|order #|ref. number|ref number|id de|numero de|nº|n°|no de|"
        "bestellnummer|bestell-nr|auftragsnummer|numero|номер|nr zamow|numer|ordernummer|"
        "bestelnummer|bestelling nr|siparis no|siparis numarasi|numara|מספר|رقم|注文番号|주문번호|"
        "주문 번호|주문 id|№"
    ),
    "placed": (
        "order date|order time|order placed|placed on|time placed|ordered on|date|pedido efectuado|"
        "fecha|pedido feito|pedido realizado|realizado|data do pedido|data|commande|bestellt|bestellung|"
        "bestelldatum|datum|ordine|дата|заказ|оформлен|от|zamowien|zlozon|besteld|bestelling|geplaatst|siparis|tarih|"
        "תאריך|הזמנה|تاريخ|الطلب|注文日|注文|주문일|주문"
    ),
    "ordered": (
        "placed|placing|placement|order was|order date|ordering|realiza|efectua|passe|passee|passation|"
        "passer la commande|aufgegeben|aufgabe|bestell|effettua|оформлен|размещен|zlozen|zamowien|geplaatst|plaatsen|"
        "siparis|הזמנה|הזמנת|الطلب|注文|주문"
    ),
    "completion": (
        "complet|conclu|finaliz|finalis|termin|abschluss|abgeschlossen|завер|zakoncz|voltooi|afrond|afgerond|tamamla|"
        "השלמ|הושל|اكتمال|اكتمل|完了|완료"
    ),
    "paid": (
        "paid|payment|pago|pagad|paiement|paye|bezahl|zahlung|pagament|оплат|oplac|platn|betaal|"
        "betaling|betaald|odeme|odendi|תשלום|שולם|الدفع|دفع|支払|결제"
    ),
    "shipped": (
        "shipp|shipment|dispatch|sent on|enviad|envio|fecha de envio|expedi|envoi|versand|versend|"
        "verschick|spedi|отправ|wysyl|wyslan|verzend|verzonden|kargo|gonder|נשלח|משלוח|الشحن|شحن|"
        "発送|발송|출고"
    ),
    "completed": (
        "completed|finished|complete|confirmed|received on|completad|finaliz|conclui|termine|finalis|"
        "abgeschlossen|completat|concluso|завер|получен|zakoncz|voltooid|afgerond|tamamlan|הושל|"
        "اكتمل|اكتمال|完了|완료"
    ),
    "method": (
        "method|shipping service|delivery service|versandservice|service de livraison|servicio de envio|"
        "servizio di spedizione|metodo|methode|forma de|mode de|moyen|zahlungsmethode|versandmethode|betaalmethode|"
        "betaalwijze|verzendwijze|zahlungsart|versandart|modalita|способ|metoda|sposob|wijze|yontem|"
        "sekli|אמצעי|שיטת|طريقة|方法|수단|방법"
    ),
    "estimated": (
        "estimat|estimad|expected|arriving|estime|prevu|voraussicht|geschatzt|stimat|previst|ожида|"
        "предполага|szacow|przewidyw|verwacht|geschat|tahmini|משוער|متوقع|المتوقع|予定|予想|예상|예정"
    ),
    "tracking": (
        "tracking n|tracking id|tracking code|track no|numero de seguimiento|numero de rastre|"
        "codigo de rastre|numero de suivi|sendungsnummer|trackingnummer|numero di tracciamento|трек|"
        "номер отслеж|numer przesylki|numer sledzenia|volgnummer|trackingnummer|takip n|מספר מעקב|"
        "رقم التتبع|追跡番号|운송장|송장"
    ),
    "total": (
        "total|gesamt|summe|betrag|totale|итого|сумма|всего|razem|suma|kwota|totaal|toplam|tutar|"
        "סה\"כ|סך|المجموع|الإجمالي|اجمالي|合計|총|합계|order amount|montant|importe|valor"
    ),
    "refund": (
        "refund|money back|geld zuruck|geld terug|reembols|rembours|erstatt|ruckerstatt|rimbors|возврат|вернем|zwrot|zwroc|"
        "terugbetal|iade|החזר|استرداد|返金|환불"
    ),
    "dispute": (
        "dispute|disputa|litige|streitfall|controversia|reclamo|reclamacion|спор|spor|geschil|"
        "anlasmazlik|itiraz|מחלוקת|סכסוך|نزاع|紛争|申し立て|분쟁"
    ),
    "return": (
        "return|send it back|devolu|devolver|retour|ruckgabe|rucksend|reso|resi|restitu|возврат|"
        "zwrot|zwroc|terugst|iade|החזר|ارجاع|الإرجاع|返品|반품"
    ),
    "delivery": (
        "deliver|undeliver|nichtliefer|entreg|livrai|livr|liefer|zustell|geliefert|ausgeliefert|zugestellt|consegn|достав|dostaw|"
        "dostarcz|dorecz|bezorg|lever|gelever|נמסר|יימסר|תימסר|تسليم|"
        "teslim|משלוח|מסירה|أسلم|التسليم|توصيل|التوصيل|配達|配送|お届け|배송|배달"
    ),
    "not": (
        "no|nao|not|undeliver|nichtliefer|aucun|mancat|isn't|hasn't|without|sin|sem|sans|non|pas|nicht|keine|ohne|senza|не|нет|nie|brak|"
        "niet|geen|edilme|olmazsa|yapilma|לא|אין|لم|عدم|ない|なかった|れない|않|없|미"
    ),
    "protection": (
        "protection|proteccion|protecao|schutz|kauferschutz|protezione|защит|ochron|bescherm|koruma|"
        "הגנ|حماية|保護|보호"
    ),
    "left": (
        "left|remaining|remain|complet|finalis|termin|conclu|תושלם|יושלם|سيكتمل|يكتمل|自動|後に|automatic|confirm|countdown|rest|quedan|faltan|restant|falta|"
        "reste|noch|verbleib|abgeschlossen|rimanent|manca|остал|через|завер|zosta|pozosta|zakonczy|"
        "resterend|over|kalan|kaldi|נותר|ייסגר|متبق|المتبقي|残り|あと|남|자동|완료"
    ),
    "receipt": (
        "receipt|receiv|recepc|receb|recib|recept|erhalt|empfang|ricez|ricev|получ|odbior|otrzym|"
        "ontvang|teslim|alindi|קבל|استلام|受取|受け取|수령"
    ),
    "coupon": "coupon|cupon|cupom|gutschein|buono|купон|kupon|bon|קופון|قسيمة|クーポン|쿠폰",
}  # fmt: skip


@cache
def _pattern(topic: str) -> re.Pattern[str]:
    stems = sorted({fold(s) for s in _STEMS[topic].split("|")}, key=len, reverse=True)
    return re.compile("|".join(_stem(s) for s in stems))


def _stem(stem: str) -> str:
    free = any(ord(c) > 0x2E80 or 0x1100 <= ord(c) < 0x1200 for c in stem)
    if free:
        return re.escape(stem)
    before = r"(?<![^\W\d_])" if stem[0].isalpha() and not _semitic(stem) else ""
    after = r"(?![^\W\d_])" if len(stem) <= 3 and stem[-1].isalpha() and not _semitic(stem) else ""
    return before + re.escape(stem) + after


def _semitic(stem: str) -> bool:
    return any(0x0590 <= ord(c) < 0x0700 for c in stem)


def says(topic: str, text: str) -> bool:
    """Whether the text has a word of this topic."""
    return _pattern(topic).search(fold(text)) is not None


def places(topic: str, folded: str) -> list[tuple[int, int]]:
    """Where the words of this topic stand in a text that `fold` made: begin and end of each."""
    return [m.span() for m in _pattern(topic).finditer(folded)]


def date_label(label: str) -> str | None:
    """Which date a label names: `estimated_delivery_at`, `shipped_at`, `paid_at`, `completed_at`, `placed_at`."""
    if says("estimated", label):
        return "estimated_delivery_at"
    for topic, name in (("shipped", "shipped_at"), ("paid", "paid_at"), ("completed", "completed_at")):
        if says(topic, label):
            return name
    return "placed_at" if says("placed", label) else None


_LABEL = re.compile(r"([^:：]{1,60}?)\s?(?:(?<!\d)[:：]{1,2}|[:：]{1,2}(?!\d))\s?(.+)\Z")


def split_label(text: str) -> tuple[str, str]:
    """A printed row as label and value; the label is empty where the row has no colon."""
    plain = clean(text)
    m = _LABEL.match(plain)
    return (m[1], m[2]) if m else ("", plain)


CONFIRM_BUTTONS = frozenset(
    fold(w)
    for w in (
        "Confirm received|Confirm Goods Received|Confirm receipt|Confirmar recepción|"
        "Confirmar recibido|Confirmar recebimento|Confirmar entrega|Confirmer la réception|"
        "Réception confirmée|Erhalt bestätigen|Empfang bestätigen|Conferma ricezione|"
        "Conferma la ricezione|Подтвердить получение|Potwierdź odbiór|Potwierdź otrzymanie|"
        "Ontvangst bevestigen|Teslimatı onayla|Teslim alındı|אישור קבלה|אשר קבלה|تأكيد الاستلام|"
        "受取確認|受け取りを確認|受領確認|수령 확인|구매확정|수취 확인"
    ).split("|")
)
DISPUTE_BUTTONS = frozenset(
    fold(w)
    for w in (
        "Open Dispute|Open a dispute|Returns/refunds|Return/refund|Returns/Refund|Abrir disputa|"
        "Devoluciones/reembolsos|Devoluções/reembolsos|Ouvrir un litige|Retours/remboursements|"
        "Streitfall eröffnen|Rücksendungen/Rückerstattungen|Apri una controversia|Resi/rimborsi|"
        "Открыть спор|Возвраты|Otwórz spór|Zwroty|Geschil openen|Anlaşmazlık aç|İade/para iadesi|"
        "פתח מחלוקת|فتح نزاع|紛争を開始|返品・返金|返品/返金|분쟁 열기|반품/환불"
    ).split("|")
)
