"""One order's page in every language of the shop, constructed: labels, dates, countdown and status are read alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from parcelparsers.marketplaces.pages import read_page
from parcelparsers.page import Capture, OrderStatus

SEEN = datetime(2026, 9, 1, 12, tzinfo=UTC)
PAGES = {
    "en": ("Order ID|Order placed on|Payment completed on|Shipment completed on|Payment method", "Aug 3, 2026",
           "Aug 5, 2026", "Awaiting delivery", "Your order will be completed in 25 days 3 hours"),
    "es": ("Nº de pedido|Pedido efectuado el|Pago completado el|Envío completado el|Método de pago", "3 ago, 2026",
           "5 ago. 2026", "Esperando entrega", "Tu pedido se completará en 25 días 3 horas"),
    "fr": ("Numéro de commande|Commande passée le|Paiement effectué le|Expédition effectuée le|Mode de paiement",
           "3 août 2026", "5 août 2026", "En attente de livraison", "Commande finalisée dans 25 jours 3 heures"),
    "de": ("Bestellnummer|Bestellung aufgegeben am|Zahlung abgeschlossen am|Versand abgeschlossen am|Zahlungsmethode",
           "3. Aug. 2026", "5. August 2026", "Warten auf Lieferung", "Noch 25 Tage 3 Stunden"),
    "it": ("ID ordine|Ordine effettuato il|Pagamento completato il|Spedizione completata il|Metodo di pagamento",
           "3 ago 2026", "5 agosto 2026", "In attesa di consegna", "L'ordine sarà completato tra 25 giorni 3 ore"),
    "pt": ("ID do pedido|Pedido realizado em|Pagamento concluído em|Envio concluído em|Método de pagamento",
           "3 ago, 2026",
           "5 de agosto de 2026", "Aguardando a entrega", "Seu pedido será concluído em 25 dias 3 horas"),
    "ru": ("Номер заказа|Заказ оформлен|Оплата завершена|Отправка завершена|Способ оплаты", "3 авг. 2026 г.",
           "5 августа 2026", "Ожидает доставки", "Заказ будет завершён через 25 дней 3 часа"),
    "pl": ("Numer zamówienia|Zamówienie złożono|Płatność zakończona|Wysyłka zakończona|Metoda płatności", "3 sie 2026",
           "5 sierpnia 2026", "Oczekiwanie na dostawę", "Zamówienie zakończy się za 25 dni 3 godz."),
    "ko": ("주문번호:|주문일자:|결제 완료일|발송 완료일|결제 방법", "2026년 8월 3일", "2026년 8월 5일", "배송 중",
           "주문이 25일 3시간 후 자동 완료됩니다"),
    "nl": ("Bestelnummer|Bestelling geplaatst op|Betaling voltooid op|Verzending voltooid op|Betaalmethode",
           "3 aug. 2026", "5 augustus 2026", "Wacht op levering", "Bestelling wordt voltooid over 25 dagen 3 uur"),
    "tr": ("Sipariş No|Sipariş tarihi|Ödeme tamamlandı|Gönderim tamamlandı|Ödeme yöntemi", "3 Ağu 2026",
           "5 Ağustos 2026", "Teslimat bekleniyor", "Siparişin tamamlanmasına 25 gün 3 saat kaldı"),
    "he": ("מספר הזמנה|ההזמנה בוצעה בתאריך|התשלום הושלם|המשלוח הושלם|אמצעי תשלום", "3 באוג׳ 2026", "5 באוגוסט 2026",
           "ממתין למסירה", "ההזמנה תושלם בעוד 25 ימים 3 שעות"),
    "ar": ("رقم الطلب|تاريخ الطلب|تم الدفع في|تم الشحن في|طريقة الدفع", "3 أغسطس، 2026", "٥ أغسطس ٢٠٢٦",
           "في انتظار التسليم", "سيكتمل طلبك خلال 25 أيام 3 ساعات"),
    "ja": ("注文番号|注文日|支払い完了日|発送完了日|支払い方法", "2026年8月3日", "２０２６年８月５日", "配達待ち",
           "ご注文は25日3時間後に自動的に完了します"),
}  # fmt: skip


def page(language: str) -> str:
    """The constructed page in one language."""
    labels, placed, shipped, status, countdown = PAGES[language]
    values = ["9700000000000001", placed, placed, shipped, "PayPal"]
    rows = zip(labels.split("|"), values, strict=True)
    printed = "".join(f"<div class='info-row'><span>{label}:&nbsp;{value}</span></div>" for label, value in rows)
    return (
        f"<html><body><div class='order-status'><p>{status}</p><p>{countdown}</p></div>"
        f"<div class='order-detail-info'><div class='order-detail-order-info'>{printed}</div></div></body></html>"
    )


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("told", [True, False], ids=["language told", "not told"])
def test_page(language: str, told: bool) -> None:
    """Every field of the rows, the status, and the countdown from the time of seeing."""
    url = f"https://{language}.aliexpress.com/p/order/detail.html" if told else ""
    order = read_page(Capture(url=url, kind="", form="", body=page(language), seen_at=SEEN)).orders[0]
    values = {name: field.value for name, field in order.fields.items()}
    assert values == {
        "status": OrderStatus.AWAITING_DELIVERY,
        "placed_at": date(2026, 8, 3),
        "paid_at": date(2026, 8, 3),
        "shipped_at": date(2026, 8, 5),
        "payment_method": "PayPal",
        "delivery_due_at": datetime(2026, 9, 26, 15, tzinfo=UTC),
    }


@pytest.mark.parametrize("language", PAGES)
def test_page_without_the_time_of_seeing(language: str) -> None:
    """The countdown is unread and named."""
    reading = read_page(Capture(url="", kind="", form="", body=page(language)))
    assert "delivery_due_at" not in reading.orders[0].fields
    assert "delivery_due_at" in [u.field for u in reading.unread]


def test_classes_with_hashes_are_read_as_those_without() -> None:
    """Pages are built anew with other hashes; the names before them stay."""
    hashed = page("en").replace("info-row'", "info-row--1Hlfkoj'").replace("order-status'", "order-status--Vcv75ku'")
    hashed = hashed.replace("order-detail-info'", "order-detail-info--a1B2c3'").replace(
        "-order-info'", "-order-info--x9Yz'"
    )
    plain, read = (
        read_page(Capture(url="", kind="", form="", body=body, seen_at=SEEN)).orders[0] for body in (page("en"), hashed)
    )
    assert {name: field.value for name, field in read.fields.items()} == {
        name: field.value for name, field in plain.fields.items()
    }
