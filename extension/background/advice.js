import { language } from "../shared/i18n.js";
import { ask } from "./daemon.js";
import { held, hold } from "./stores.js";

const AT_ONCE = 100;

/**
 * What to do about these orders. Beside what the daemon says, `reopen` marks orders whose dates are old and matter.
 * @param {string[]} orders each `marketplace/id`
 * @returns {Promise<import("../types/ext.js").Result>}
 */
export async function advice(orders) {
  /** @type {Record<string, import("../types/ext.js").Advice>} */
  const found = {};
  for (let from = 0; from < orders.length; from += AT_ONCE) {
    const asked = new URLSearchParams({ lang: language() });
    for (const order of orders.slice(from, from + AT_ONCE)) asked.append("order", order);
    const answered = await ask("GET", `/advice?${asked}`);
    if (!answered.ok) return answered;
    Object.assign(found, answered.data.orders);
  }
  const old = new Set((await held("old")) ?? []);
  for (const [order, given] of Object.entries(found)) given.reopen = old.has(order);
  return { ok: true, orders: found };
}

/**
 * Everything about one order, with its parcels.
 * @param {string} order `marketplace/id`
 * @returns {Promise<import("../types/ext.js").Result>}
 */
export async function details(order) {
  const answered = await ask("GET", `/orders/${path(order)}?lang=${encodeURIComponent(language())}`);
  if (!answered.ok) return answered;
  const parcels = [];
  for (const number of answered.data.parcels.slice(0, 5)) {
    const parcel = await ask("GET", `/parcels/${encodeURIComponent(number)}`);
    if (parcel.ok) parcels.push(parcel.data);
  }
  const picture = answered.data.advice.timeline ? await timeline(order) : null;
  return { ok: true, order: answered.data, parcels, picture };
}

/**
 * The picture of an order's life; null where the daemon draws none.
 * @param {string} order `marketplace/id`
 */
export async function timeline(order) {
  const answered = await ask("GET", `/orders/${path(order)}/timeline.svg`);
  return answered.ok && typeof answered.data === "string" && answered.data.includes("<svg") ? answered.data : null;
}

/** How many orders have no dates yet, and which are worth opening. */
export async function dates() {
  const answered = await ask("GET", "/dates");
  if (!answered.ok) return null;
  const { total, without_dates: without, open } = answered.data;
  await hold({
    old: open.filter((/** @type {any} */ each) => each.why === "old")
      .map((/** @type {any} */ each) => `${each.marketplace}/${each.order_id}`),
  });
  return { total, without, open };
}

/** @param {string} order */
export function path(order) {
  return order.split("/").map(encodeURIComponent).join("/");
}
