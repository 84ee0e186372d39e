/**
 * What page this is, by its address alone.
 * @typedef {"order_list" | "order_detail" | "tracking" | "refund_list" | "carrier_page" | "other"} Kind
 * @typedef {{kind: Kind, marketplace: string | null, order: string | null}} Page
 */

const SHOPS = [
  { id: "aliexpress", host: /(?:^|\.)aliexpress\.(?:com|us|ru)$/ },
  { id: "ebay", host: /(?:^|\.)ebay\.(?:com|co\.uk|de|fr|it|es)$/ },
  { id: "amazon", host: /(?:^|\.)amazon\.[a-z.]{2,6}$/ },
];
/** @type {[Kind, RegExp][]} */
const PATHS = [
  ["tracking", /\/p\/tracking\/|logisticsdetail\.htm|\/progress-tracker\/|\/ship-track/],
  ["refund_list", /\/p\/refund-amount\//],
  ["order_detail", /\/p\/order\/(?:detail|snapshot)\.html|order_detail\.htm|\/order-list\/\d+|FetchOrderDetails|\/ord\/show|order-details/],
  ["order_list", /\/p\/order\/(?:index|list)|order_?list\.htm|\/order-list\/?$|\/myebay\/|order-history|your-orders/i],
];
const IDS = ["tradeOrderId", "orderId", "orderID", "tradeId"];

/**
 * @param {string} address
 * @returns {Page}
 */
export function describe(address) {
  const url = new URL(address);
  const shop = SHOPS.find((each) => each.host.test(url.hostname));
  if (!shop) return { kind: "carrier_page", marketplace: null, order: null };
  const kind = PATHS.find(([, path]) => path.test(url.pathname))?.[0] ?? "other";
  return { kind, marketplace: shop.id, order: orderIn(url) };
}

/** @param {URL} url */
function orderIn(url) {
  const found = IDS.map((name) => url.searchParams.get(name)).find((value) => value && /^[0-9][0-9-]{8,30}$/.test(value));
  return found ?? /\/order-list\/(\d{10,22})(?:[/?#]|$)/.exec(url.pathname)?.[1] ?? null;
}

/** The account whose page this is, where a readable cookie of the shop names it; it leaves this browser only as a hash. */
export function account() {
  return /(?:^|[;&\s])(?:x_alimid|x_uid)=(\d{4,20})/.exec(document.cookie)?.[1];
}
