/** @typedef {import("../types/api.js").AdviceShape} Advice */

const PAGES = {
  aliexpress: { host: /^(?:[a-z0-9-]+\.){0,3}aliexpress\.(?:com|us)$/, page: "https://www.aliexpress.com/p/order/detail.html?orderId=" },
  ebay: { host: /^(?:www|order)\.ebay\.(?:com|co\.uk|de|fr|it|es)$/, page: "https://order.ebay.com/ord/show?orderId=" },
  amazon: { host: /^www\.amazon\.[a-z.]{2,6}$/, page: "https://www.amazon.com/gp/your-account/order-details?orderID=" },
};

/**
 * The page of an order, made from its id alone; null for a shop whose pages are not known. Where the order's own page
 * was seen on another host of the same shop, that host is taken.
 * @param {string} marketplace
 * @param {string} id
 * @param {string} [seen] the address at which it was seen
 */
export function orderPage(marketplace, id, seen) {
  const known = /** @type {Record<string, {host: RegExp, page: string}>} */ (PAGES)[marketplace];
  if (!known || !/^[0-9-]{8,40}$/.test(id)) return null;
  const page = new URL(known.page + encodeURIComponent(id));
  const host = hostOf(seen);
  if (host && known.host.test(host) && !/^(?:trade|track|acs|m)\./.test(host)) page.host = host;
  return page.href;
}

/** @param {string | undefined} url */
function hostOf(url) {
  try {
    return url ? new URL(url).hostname : "";
  } catch {
    return "";
  }
}

/**
 * Whether dates of the order are not known yet.
 * @param {Advice} advice
 */
export function withoutDates(advice) {
  return advice.missing.length > 0;
}

/**
 * Whether there is nothing to be said of the order but that it must be opened.
 * @param {Advice} advice
 */
export function onlyToBeOpened(advice) {
  return advice.code === "open_order_once";
}

/**
 * Whether somebody must act. A passed `act_by` changes nothing: what is late is still to be done, and what is over is
 * not warned of.
 * @param {Advice} advice
 */
export function needsAction(advice) {
  return advice.severity === "critical" || advice.severity === "warning";
}
