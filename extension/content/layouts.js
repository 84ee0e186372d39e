/**
 * Where the cards of an order list are, which order each is, and where its line goes. Of the page nothing else is read.
 * For each a list of ways, the first that holds wins (`ORDER_PAGES.md` §4, §5, §7).
 * @typedef {{select: string, from: string, pattern: RegExp}} Way
 * @typedef {{name: string, marketplace: string, card: string, ids: Way[], places: [string, "after" | "in"][]}} Layout
 */

const LINK = /[?&](?:trade)?orderId=([0-9][0-9-]{8,30})(?:[&#]|$)/i;
const WHOLE = /^\s*([0-9][0-9-]{8,30})\s*$/;

/** @type {Layout[]} */
const LAYOUTS = [
  {
    name: "list",
    marketplace: "aliexpress",
    card: ".order-item",
    ids: [
      { select: 'a[data-pl="order_item_header_detail"]', from: "href", pattern: LINK },
      { select: 'a[href*="rderId="]', from: "href", pattern: LINK },
      { select: ".order-item-header-right-info", from: "text", pattern: /(?<![0-9])([0-9]{15,19})(?![0-9])/ },
    ],
    places: [[".order-item-header", "after"], [".order-item-store", "after"]],
  },
  {
    name: "old list",
    marketplace: "aliexpress",
    card: "tbody.order-item-wraper",
    ids: [
      { select: 'a[href*="orderId="]', from: "href", pattern: LINK },
      { select: ".order-info .first-row .info-body", from: "text", pattern: WHOLE },
    ],
    places: [["td.order-info", "in"], ["td", "in"]],
  },
  {
    name: "aliexpress.ru",
    marketplace: "aliexpress",
    card: '[class*="RedOrderList_OrderItem__link"], a[href*="/order-list/"]',
    ids: [{ select: "", from: "href", pattern: /\/order-list\/([0-9]{10,22})(?:[/?#]|$)/ }],
    places: [["", "after"]],
  },
  {
    name: "eBay",
    marketplace: "ebay",
    card: ".m-order-card",
    ids: [
      { select: 'a[href*="orderId="]', from: "href", pattern: LINK },
      { select: ".primary__item--item-text", from: "text", pattern: /^\s*(\d{2}-\d{5}-\d{5})\s*$/ },
    ],
    places: [[".secondaryMessage", "after"]],
  },
  {
    name: "Amazon",
    marketplace: "amazon",
    card: '.order-card, .js-order-card, [data-csa-c-slot-id*="yourorders.order-card"]',
    ids: [
      { select: '.yohtmlc-order-id [dir="ltr"]', from: "text", pattern: WHOLE },
      { select: 'a[href*="orderID="]', from: "href", pattern: LINK },
    ],
    places: [[".yohtmlc-order-id", "after"], ["", "in"]],
  },
];

/**
 * The cards that are on the page now.
 * @param {string} marketplace
 * @returns {{card: Element, order: string, layout: Layout}[]}
 */
export function cards(marketplace) {
  for (const layout of LAYOUTS) {
    if (layout.marketplace !== marketplace) continue;
    const found = [...document.querySelectorAll(layout.card)].filter((card) => !card.parentElement?.closest(layout.card));
    const named = found.map((card) => ({ card, order: idOf(card, layout), layout }));
    if (named.length) return /** @type {{card: Element, order: string, layout: Layout}[]} */ (named.filter((each) => each.order));
  }
  return [];
}

/**
 * The order that a card shows.
 * @param {Element} card
 * @param {Layout} layout
 */
function idOf(card, layout) {
  for (const { select, from, pattern } of layout.ids) {
    for (const part of select ? card.querySelectorAll(select) : [card]) {
      const value = from === "text" ? part.textContent : part.getAttribute(from);
      const found = pattern.exec((value ?? "").slice(0, 2000));
      if (found) return found[1];
    }
  }
  return null;
}

/**
 * Puts a line where it belongs on its card.
 * @param {Element} card
 * @param {Layout} layout
 * @param {Element} line
 */
export function place(card, layout, line) {
  for (const [select, where] of layout.places) {
    const anchor = select ? card.querySelector(select) : card;
    if (!anchor) continue;
    if (where === "after") {
      if (anchor.nextElementSibling !== line) anchor.after(line);
    } else if (line.parentElement !== anchor) anchor.append(line);
    return;
  }
  if (line.parentElement !== card) card.append(line);
}
