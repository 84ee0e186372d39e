import { browser } from "../shared/browser.js";
import { hold } from "./stores.js";

/** Tells every page of ours that an order was changed by the user's word: each looks anew. */
export async function tellAll() {
  const tabs = await browser.tabs.query({});
  await Promise.all(tabs.map(({ id }) => id === undefined ? null : browser.tabs.sendMessage(id, { type: "changed" }).catch(() => undefined)));
}

/**
 * Tells the page that showed a capture what came of it: `why` it was not read, null where it was, and what of it was not.
 * @param {number | null} tab
 * @param {{ok: boolean, data?: any, failure?: import("../types/ext.js").Failure}} outcome
 * @param {import("../types/ext.js").Seen} seen
 */
export async function tellTab(tab, outcome, seen) {
  const why = outcome.ok ? nothing(outcome.data) : (outcome.failure?.message ?? "");
  if (seen.kind !== "carrier_page") await hold({ unread: why });
  if (tab === null) return;
  const unread = outcome.ok ? outcome.data.unread : [];
  await browser.tabs.sendMessage(tab, { type: "taken", kind: seen.kind, why, unread }).catch(() => undefined);
}

/**
 * Why nothing at all was read, null where something was or nothing stood there.
 * @param {import("../types/api.js").Captured} taken
 */
function nothing({ orders, parcels, unread }) {
  return orders.length || parcels.length ? null : (unread[0]?.why ?? null);
}
