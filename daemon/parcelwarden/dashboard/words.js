/* The words of this page. Sentences about an order come from the daemon. */

export const SEVERITIES = {
  critical: ["■", "critical"], warning: ["▲", "warning"], notice: ["●", "notice"], info: ["○", "all right"], unknown: ["?", "unknown"],
};

export const RANK = { critical: 3, warning: 2, notice: 1, info: 0, unknown: 0 };

export const WINDOWS = {
  dispute_not_received: "Dispute: not received",
  dispute_not_as_described: "Dispute: not as described",
  free_return: "Free return",
  warranty_claim: "Warranty",
  paypal_dispute: "PayPal dispute",
  card_chargeback: "Chargeback at your card's bank",
};

export const STATES = {
  not_yet: "not yet open", open: "open", maybe: "may be open, the shop decides", grace: "past the last safe time", closed: "closed by our reading", unknown: "opening not known",
};

export const CLOCKS = {
  ship_by: "Seller ships by",
  cancel_answer: "Answer to the cancelling by",
  seller_reply: "Seller's reply by",
  platform_judgement: "Judgement by",
  dispute_response: "Your answer in the dispute by",
  return_shipment: "Your return by",
  warehouse_receipt: "Warehouse receives the return by",
  appeal: "Your appeal by",
  appeal_result: "Result of the appeal by",
  refund_arrival: "Refund arrives by",
  paypal_escalation: "Your escalation at PayPal by",
  platform_escalation: "You ask the shop to step in by",
};

export const LEGS = ["announced", "accepted", "in origin", "on its way", "arrived", "cleared", "local", "at the door"];

export const HEALTH = {
  never_tried: ["○", "never tried here"], ok: ["●", "answers"], failing: ["▲", "fails"], walled: ["■", "refuses us"],
};

export const EVIDENCE = {
  captured: "read from real answers", documented: "read from descriptions only; off by default",
};

export const ACCESS = {
  keyless: "asked by the daemon", key: "needs your key", relay: "asked by your browser", paste: "by pasting its text",
};

const PAGES = { aliexpress: (id) => `https://www.aliexpress.com/p/order/detail.html?orderId=${encodeURIComponent(id)}` };

/** The order's page at its shop, null for a shop whose pages are not known. Never an address that somebody sent. */
export const shopPage = (order) => PAGES[order.marketplace]?.(order.order_id) ?? null;

/** The words for a key, else the key itself made readable. */
export const named = (words, key) => words[key] ?? String(key).split(".").pop().replaceAll("_", " ");

/** What an order is called. */
export const titleOf = (order) => order.title || `Order ${order.order_id}`;

/** `41.90 EUR`, empty where it is not known. */
export const money = (order) => [order.total, order.currency].filter(Boolean).join(" ");

/** The amount as a number, for sorting and adding; 0 where it is not known. */
export const amount = (order) => Number.parseFloat(String(order.total ?? "").replace(",", ".")) || 0;
