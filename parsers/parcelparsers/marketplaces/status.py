"""The marketplace's words, codes and buttons, made one order status; each with the strategy that decided.

"Processed" meant completed in 2023 and shipped in 2026: it is never decided by the word, only by the numeric status, a
button, the tab's code or the row of tabs around it (`ORDER_PAGES.md`, findings 3 and 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from parcelparsers.marketplaces.words import CONFIRM_BUTTONS, fold
from parcelparsers.page import OrderStatus

_NUMERIC = {"8": OrderStatus.AWAITING_DELIVERY, "9": OrderStatus.COMPLETED}
_TABS = {
    "unpaid": OrderStatus.AWAITING_PAYMENT,
    "processing": OrderStatus.AWAITING_SHIPMENT,
    "shipped": OrderStatus.AWAITING_DELIVERY,
    "completed": OrderStatus.COMPLETED,
}
_ENUM = {
    "PLACE_ORDER_SUCCESS": OrderStatus.AWAITING_PAYMENT,
    "WAIT_SELLER_SEND_GOODS": OrderStatus.AWAITING_SHIPMENT,
    "SELLER_PART_SEND_GOODS": OrderStatus.AWAITING_SHIPMENT,
    "WAIT_SELLER_EXAMINE_MONEY": OrderStatus.AWAITING_PAYMENT,
    "WAIT_GROUP_SUCCESS": OrderStatus.AWAITING_SHIPMENT,
    "RISK_CONTROL": OrderStatus.AWAITING_PAYMENT,
    "WAIT_BUYER_ACCEPT_GOODS": OrderStatus.AWAITING_DELIVERY,
    "IN_ISSUE": OrderStatus.DISPUTE_OPEN,
    "FINISH": OrderStatus.COMPLETED,
}
_WORDS = {
    OrderStatus.AWAITING_PAYMENT: (
        "Awaiting payment|To pay|Unpaid|Payment being verified|Payment verification|Esperando pago|"
        "Pendiente de pago|A ser pago|Aguardando pagamento|En attente de paiement|Warten auf Zahlung|"
        "Zahlung ausstehend|In attesa di pagamento|Ожидается оплата|Ожидает оплаты|Ожидание оплаты|"
        "Oczekuje na płatność|Oczekiwanie na płatność|Wacht op betaling|In afwachting van betaling|"
        "Ödeme bekleniyor|ממתין לתשלום|في انتظار الدفع|بانتظار الدفع|支払い待ち|お支払い待ち|"
        "결제 대기|결제 대기 중|결제대기"
    ),
    OrderStatus.AWAITING_SHIPMENT: (
        "Awaiting shipment|To ship|Processing|Preparing for shipment|Not yet shipped|Not yet dispatched|Esperando envío|"
        "Procesando|Pendiente de envío|Processando|Aguardando envio|En attente d'expédition|"
        "En cours de traitement|Warten auf Versand|In Bearbeitung|Wird bearbeitet|"
        "In attesa di spedizione|In elaborazione|Ожидается отправка|Ожидает отправки|"
        "Ожидание отправки|В обработке|Oczekuje na wysyłkę|Oczekiwanie na wysyłkę|"
        "W trakcie realizacji|Wacht op verzending|In behandeling|Gönderim bekleniyor|"
        "Kargolanmayı bekliyor|İşleniyor|ממתין למשלוח|בעיבוד|في انتظار الشحن|بانتظار الشحن|"
        "قيد المعالجة|発送待ち|処理中|배송 준비 중|배송 준비중|발송 대기|처리 중|처리중"
    ),
    OrderStatus.AWAITING_DELIVERY: (
        "Awaiting delivery|Shipped|Dispatched|Partially shipped|In transit|On the way|"
        "Out for delivery|Esperando entrega|Enviado|En camino|Pendiente de entrega|"
        "Aguardando a entrega|Aguardando entrega|En attente de livraison|Expédiée|Expédié|"
        "Warten auf Lieferung|Warten auf Zustellung|Versandt|Versendet|In attesa di consegna|Spedito|"
        "Ожидается доставка|Ожидает доставки|Ожидание доставки|Отправлен|В пути|Oczekuje na dostawę|"
        "Oczekiwanie na dostawę|Wysłano|Wacht op levering|Verzonden|Teslimat bekleniyor|"
        "Kargoya verildi|Kargoda|ממתין למסירה|נשלח|في انتظار التسليم|بانتظار التسليم|تم الشحن|"
        "配達待ち|配送待ち|発送済み|受取待ち|배송 중|배송중|수령 대기|배달 대기|발송 완료"
    ),
    OrderStatus.COMPLETED: (
        "Completed|Order complete|Order completed|Complete|Finished|Completado|Finalizado|"
        "Pedido completado|Concluído|Terminé|Terminée|Commande terminée|Abgeschlossen|Fertig|"
        "Completato|Concluso|Завершен|Завершён|Заказ завершен|Заказ завершён|Получено подтверждение|"
        "Выполнен|Zakończone|Zakończono|Ukończono|Voltooid|Afgerond|Tamamlandı|הושלם|הושלמה|مكتمل|"
        "اكتمل|完了|取引完了|완료|주문 완료|거래 완료|구매 확정|구매확정"
    ),
    OrderStatus.CANCELLED: (
        "Canceled|Cancelled|Closed|Expired|Order canceled|Order cancelled|Order closed|Cancelado|"
        "Caducado|Expirado|Pedido cancelado|Annulé|Annulée|Expiré|Expirée|Storniert|Abgebrochen|"
        "Geschlossen|Abgelaufen|Annullato|Cancellato|Chiuso|Заказ отменён|Заказ отменен|Отменён|"
        "Отменен|Закрыт|Anulowano|Anulowane|Zamknięte|Geannuleerd|Gesloten|İptal edildi|İptal|"
        "Kapatıldı|בוטל|בוטלה|נסגר|ملغى|ملغي|تم الإلغاء|キャンセル|キャンセル済み|취소|취소됨|"
        "취소 완료|주문 취소"
    ),
    OrderStatus.DISPUTE_OPEN: (
        "Dispute in progress|In dispute|Dispute open|Dispute opened|Disputa en curso|Disputa abierta|"
        "Disputa em andamento|Litige en cours|Streitfall läuft|Offener Streitfall|"
        "Controversia in corso|Спор открыт|Открыт спор|В споре|Идёт спор|Идет спор|Spór w toku|"
        "Geschil in behandeling|Anlaşmazlık devam ediyor|מחלוקת פתוחה|النزاع قيد التقدم|نزاع مفتوح|"
        "紛争中|분쟁 중|분쟁 진행 중|환불 진행 중|환불 처리 중|Refund in progress|Refunding|"
        "Refund processing|Return in progress|Return/refund in progress|Refund requested|"
        "Return requested"
    ),
    OrderStatus.REFUNDED: (
        "Refunded|Refund completed|Refund complete|Refund successful|Refund finished|Reembolsado|"
        "Reembolso completado|Reembolso concluído|Remboursé|Remboursement effectué|"
        "Remboursement terminé|Erstattet|Rückerstattet|Rückerstattung abgeschlossen|Rimborsato|"
        "Rimborso completato|Возврат завершён|Возврат завершен|Деньги возвращены|Zwrot zakończony|"
        "Zwrócono|Terugbetaald|Terugbetaling voltooid|İade edildi|İade tamamlandı|הוחזר|ההחזר הושלם|"
        "تم رد الأموال|تم الاسترداد|返金済み|返金完了|환불 완료|환불완료|환불됨"
    ),
}
_STATUS_OF = {fold(w): status for status, words in _WORDS.items() for w in words.split("|")}
_PROCESSED = frozenset(
    fold(w)
    for w in "Processed|Procesado|Processado|Traité|Traitée|Verarbeitet|Bearbeitet|Elaborato|Обработан|"
    "Обработано|Przetworzone|Verwerkt|İşlendi|עובד|تمت المعالجة|処理済み|처리됨|처리 완료|"
    "처리완료".split("|")
)
_TO_SHIP = frozenset(fold(w) for w in ("To ship", "Shipped"))
_PROCESSING = frozenset(fold(w) for w in ("Processing", "Completed"))

DELIVERED = re.compile(
    r"\A(?:delivered|zugestellt|geliefert|livré|consegnato|entregado|entregue|bezorgd|dostarczono|"
    r"doręczono|levererad|.{0,40}(?:teslim edildi|配達済み|お届け済み|配達しました))",
    re.I,
)
"""What shops that follow the parcel themselves print of an order that came: "Delivered 3 March"."""


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """What a page shows of one order's state. `buttons` are types (`CONFIRM_GOODS`) or printed words, `tab` the code
    of the chosen tab, `tabs` the printed titles of all tabs, `enum` the old API's word, `refund` the refund line
    where it speaks of the whole order."""

    word: str = ""
    numeric: str = ""
    buttons: tuple[str, ...] = ()
    tab: str = ""
    tabs: tuple[str, ...] = ()
    enum: str = ""
    refund: str = ""


def by_word(text: str) -> OrderStatus | None:
    """The status that a printed word names without doubt; "Processed" names none."""
    return _STATUS_OF.get(fold(text).strip(" .:!。()（）"))


def decide(seen: Signals) -> tuple[OrderStatus, str] | None:
    """The status and the strategy that held, the surest first; None where nothing decides."""
    return next(((s, how) for s, how in _attempts(seen) if s is not None), None)


def _attempts(seen: Signals) -> Iterable[tuple[OrderStatus | None, str]]:
    word, refund = by_word(seen.word), by_word(seen.refund)
    if word in (OrderStatus.CANCELLED, OrderStatus.DISPUTE_OPEN, OrderStatus.REFUNDED):
        yield word, "word"
    if refund in (OrderStatus.DISPUTE_OPEN, OrderStatus.REFUNDED):
        yield refund, "refund_line"
    yield _NUMERIC.get(seen.numeric.strip()), "numeric_status"
    yield _ENUM.get(seen.enum.strip().upper()), "enum"
    if has_confirm(seen.buttons):
        yield OrderStatus.AWAITING_DELIVERY, "button:CONFIRM_GOODS"
    yield word, "word"
    yield _TABS.get(seen.tab.strip().lower()), "tab_code"
    if fold(seen.word).strip(" .:") in _PROCESSED:
        yield _processed(seen), "tabs_around"


def has_confirm(buttons: Iterable[str]) -> bool:
    """Whether the button is there by which the buyer confirms receipt: shipped and not completed."""
    return any(b == "CONFIRM_GOODS" or fold(b) in CONFIRM_BUTTONS for b in buttons)


def _processed(seen: Signals) -> OrderStatus | None:
    tabs = {fold(t).partition("(")[0].strip() for t in seen.tabs}
    if tabs >= _PROCESSING:
        return OrderStatus.AWAITING_DELIVERY
    return OrderStatus.COMPLETED if tabs >= _TO_SHIP else None
