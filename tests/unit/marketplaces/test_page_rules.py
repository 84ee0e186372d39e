"""Rules on disputes, read of the pages' sentences in every language: what their days count from. Cases are
constructed; "within 15 days of the order's completion" and "within 90 days after order was placed" are AliExpress's."""

from __future__ import annotations

from datetime import date

import pytest

from parcelparsers.marketplaces.dates import read_date
from parcelparsers.marketplaces.pagerules import read_rule

AFTER_PLACED = [
    (90, "Sie können innerhalb von 90 Tagen nach Aufgabe der Bestellung einen Streitfall eröffnen"),
    (90, "Sie können innerhalb von 90 Tagen nach der Bestellung einen Streitfall eröffnen"),
    (90, "Vous pouvez ouvrir un litige dans les 90 jours après avoir passé la commande"),
    (90, "Vous pouvez ouvrir un litige dans les 90 jours suivant la passation de la commande"),
    (90, "Puedes abrir una disputa en un plazo de 90 días después de realizar el pedido"),
    (90, "Você pode abrir uma disputa em até 90 dias após a realização do pedido"),
    (90, "Puoi aprire una controversia entro 90 giorni dall'effettuazione dell'ordine"),
    (90, "Вы можете открыть спор в течение 90 дней после оформления заказа"),
    (90, "Możesz otworzyć spór w ciągu 90 dni od złożenia zamówienia"),
    (90, "주문 후 90일 이내에 분쟁을 제기할 수 있습니다"),
    (90, "注文から90日以内に紛争を開始できます"),
    (90, "Sipariş verildikten sonra 90 gün içinde anlaşmazlık açabilirsiniz"),
    (90, "ניתן לפתוח מחלוקת בתוך 90 ימים מביצוע ההזמנה"),
    (90, "يمكنك فتح نزاع خلال 90 يومًا من تقديم الطلب"),
    (90, "U kunt binnen 90 dagen na plaatsen van de bestelling een geschil openen"),
    (90, "If you have not received your order, open a dispute within 90 days after order was placed"),
]
AFTER_COMPLETION = [
    (15, "You can open a dispute within 15 days after order completion."),
    (
        15,
        "You can open a dispute on the 11th day after seller has sent out your order and within 15 days of the order’s completion",
    ),
    (15, "You can open a dispute within 15 days of order completion"),
    (15, "Sie können innerhalb von 15 Tagen nach Abschluss der Bestellung einen Streitfall eröffnen"),
    (15, "Vous pouvez ouvrir un litige dans les 15 jours suivant la finalisation de la commande"),
    (15, "Puedes abrir una disputa en los 15 días posteriores a la finalización del pedido"),
    (15, "Você pode abrir uma disputa em até 15 dias após a conclusão do pedido"),
    (15, "Вы можете открыть спор в течение 15 дней после завершения заказа"),
    (15, "Możesz otworzyć spór w ciągu 15 dni od zakończenia zamówienia"),
    (15, "주문 완료 후 15일 이내에 분쟁을 제기할 수 있습니다"),
    (15, "注文完了後15日以内に紛争を開始できます"),
    (15, "Sipariş tamamlandıktan sonra 15 gün içinde anlaşmazlık açabilirsiniz"),
    (15, "ניתן לפתוח מחלוקת בתוך 15 ימים מהשלמת ההזמנה"),
    (15, "يمكنك فتح نزاع خلال 15 يومًا من اكتمال الطلب"),
    (15, "U kunt binnen 15 dagen na voltooiing van de bestelling een geschil openen"),
]
# fmt: off
NOT_DELIVERED = [
    ("en", "Refund if undelivered before Sep 4, 2026"),
    ("en", "Money back if item not delivered by Sep 04, 2026"),
    ("de", "Rückerstattung bei Nichtlieferung vor 4. Sept. 2026"),
    ("de", "Geld zurück, falls nicht bis 04.09.2026 zugestellt"),
    ("fr", "Remboursement si aucune livraison avant le 4 sept, 2026"),
    ("it", "Rimborso in caso di mancata consegna prima del 4 set, 2026"),
    ("nl", "Geld terug bij geen levering voor 4 sep. 2026"),
]
# fmt: on


@pytest.mark.parametrize(("days", "sentence"), AFTER_PLACED)
def test_counts_from_the_order(days: int, sentence: str) -> None:
    """Its days count from the order's date, also where the sentence speaks of receipt elsewhere."""
    rule = read_rule(sentence, read_date)
    assert rule and (rule.kind, rule.days) == ("dispute_after_placed", days)


@pytest.mark.parametrize(("days", "sentence"), AFTER_COMPLETION)
def test_counts_from_completion(days: int, sentence: str) -> None:
    """Taken from the order's date it would close a window that has not even opened."""
    rule = read_rule(sentence, read_date)
    assert rule and (rule.kind, rule.days) == ("dispute_after_receipt", days)


@pytest.mark.parametrize(
    "sentence", ["2026년 9월 4일 전에 주문에 대한 분쟁을 제기할 수 있습니다", "9月4日 までに注文の紛争を開始できます"]
)
def test_day_of_a_date(sentence: str) -> None:
    """The day of a date is no number of days."""
    assert read_rule(sentence, read_date) is None


def test_days_of_somebody_else() -> None:
    """The days of the seller do not count from an order that is only spoken of."""
    assert read_rule("The seller has 5 days to reply to the dispute about the order that you placed", read_date) is None


@pytest.mark.parametrize(("locale", "sentence"), NOT_DELIVERED)
def test_not_delivered(locale: str, sentence: str) -> None:
    """The delivery may be denied in one word with its verb."""
    rule = read_rule(sentence, lambda text: read_date(text, locale=locale))
    assert rule and (rule.kind, rule.before) == ("refund_if_not_delivered", date(2026, 9, 4))
