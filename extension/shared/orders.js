/** @typedef {import("../types/api.js").AdviceShape} Advice */

/**
 * By shop: its hosts on which an order has a page, what comes before the id, and the host where none was seen; Amazon's
 * countries know only their own orders.
 * @type {Record<string, {hosts: RegExp, path: string, usual: string | null}[]>}
 */
const PAGES = {
  aliexpress: [
    { hosts: /^(?!(?:trade|track|acs|m)\.)(?:[a-z0-9-]+\.){0,3}aliexpress\.(?:com|us)$/, path: "/p/order/detail.html?orderId=", usual: "www.aliexpress.com" },
    { hosts: /^aliexpress\.ru$/, path: "/order-list/", usual: null },
  ],
  ebay: [{ hosts: /^order\.ebay\.(?:com|co\.uk|de|fr|it|es)$/, path: "/ord/show?orderId=", usual: "order.ebay.com" }],
  amazon: [{ hosts: /^www\.amazon\.[a-z.]{2,6}$/, path: "/gp/your-account/order-details?orderID=", usual: null }],
};

/**
 * The page of an order, made from its id alone; null for a shop whose pages are not known. Where the order was seen on a
 * host of the shop that has such pages, that host is taken.
 * @param {string} marketplace
 * @param {string} id
 * @param {string} [seen] the address at which it was seen
 */
export function orderPage(marketplace, id, seen) {
  const pages = Object.hasOwn(PAGES, marketplace) ? PAGES[marketplace] : [];
  if (!/^[0-9-]{8,40}$/.test(id)) return null;
  const host = hostOf(seen);
  const there = pages.find(({ hosts }) => hosts.test(host));
  const page = there ?? pages.find(({ usual }) => usual);
  return page ? `https://${there ? host : page.usual}${page.path}${encodeURIComponent(id)}` : null;
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
