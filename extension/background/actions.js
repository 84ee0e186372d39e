import { browser } from "../shared/browser.js";
import { details, path } from "./advice.js";
import { address, ask } from "./daemon.js";
import { evidence } from "./evidence.js";

/** @typedef {import("../types/ext.js").Result} Result */

const DAY = 24 * 60 * 60_000;
const LATER = [DAY, DAY / 6, DAY / 24];

/**
 * The buyer's word on an order: it came, or a dispute was opened at the shop.
 * @param {string} order
 * @param {"received" | "disputed"} word
 * @returns {Promise<Result>}
 */
export function said(order, word) {
  const now = stamp(Date.now());
  return ask("PATCH", `/orders/${path(order)}`, word === "received" ? { received_at: now } : { dispute: { opened_at: now } });
}

/**
 * Puts every open alert of an order off by a day, or by as much as still helps. `count` says how many were.
 * @param {string} order
 * @returns {Promise<Result>}
 */
export async function snooze(order) {
  const answered = await ask("GET", `/alerts?${new URLSearchParams({ order, limit: "50" })}`);
  if (!answered.ok) return answered;
  const open = answered.data.alerts.filter((/** @type {any} */ alert) => ["pending", "delivered"].includes(alert.state));
  let count = 0;
  for (const alert of open.filter((/** @type {any} */ each) => new Date(each.due_at).getTime() <= Date.now())) {
    if ((await later(alert.id)).ok) count += 1;
  }
  return { ok: true, count };
}

/**
 * Puts one alert off.
 * @param {number} id
 * @returns {Promise<Result>}
 */
export async function later(id) {
  /** @type {Result} */
  let answered = { ok: false, failure: { kind: "invalid" } };
  for (const span of LATER) {
    answered = await ask("POST", `/alerts/${id}/snooze`, { until: stamp(Date.now() + span) });
    if (answered.ok || answered.failure.kind !== "invalid") break;
  }
  return answered;
}

/**
 * What was seen of an order, as a text to paste into a dispute.
 * @param {string} order
 * @returns {Promise<Result>}
 */
export async function evidenceText(order) {
  const found = await details(order);
  return found.ok ? { ok: true, text: evidence(found.order, found.parcels) } : found;
}

/**
 * Shows the daemon's own page, where it is open already the one that is logged in.
 * @param {string} [order] the order to be shown there, `marketplace/id`
 * @returns {Promise<Result>}
 */
export async function dashboard(order) {
  const base = `${await address()}/`;
  const url = order ? `${base}#/order/${path(order)}` : base;
  const open = (await browser.tabs.query({ url: "http://127.0.0.1/*" })).find((tab) => tab.url?.startsWith(base));
  if (open?.id === undefined) await browser.tabs.create({ url });
  else {
    await browser.tabs.update(open.id, { active: true, ...order ? { url } : {} });
    await browser.windows.update(open.windowId, { focused: true });
  }
  return { ok: true };
}

/** @param {number} at */
function stamp(at) {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
}
