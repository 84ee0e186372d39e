import { browser } from "../shared/browser.js";
import { language } from "../shared/i18n.js";
import { dates } from "./advice.js";
import { showBadge } from "./badge.js";
import { ask, wrong } from "./daemon.js";
import { notifyDue } from "./notify.js";
import { drain, queued } from "./queue.js";
import { relay } from "./relay.js";
import { held, hold, inTurn, kept } from "./stores.js";
import { tellTab } from "./tabs.js";

/** @typedef {import("../types/ext.js").State} State */

export const ALARM = "look";
const MOST_LINES = 100;
const TROUBLED = new Set(["failing", "walled"]);

/** Wakes us every minute; made anew at every start, because a browser may lose it. */
export async function everyMinute() {
  if (!(await browser.alarms.get(ALARM))) await browser.alarms.create(ALARM, { periodInMinutes: 1, delayInMinutes: 0.5 });
}

/**
 * One look at the daemon: what waits is sent, what is due is shown, the badge is set.
 * @returns {Promise<State>}
 */
export function look() {
  return inTurn("look", async () => {
    const before = await held("state");
    let failure = await wrong();
    if (!failure) await drain(tellTab);
    const found = failure ? null : await read();
    if (found && "failure" in found) failure = found.failure;
    /** @type {State} */
    const state = {
      lines: before?.lines ?? [], counts: before?.counts ?? null, failing: before?.failing ?? [],
      ...(found && !("failure" in found) ? found : {}),
      untold: failure ? (before?.untold ?? []) : await notifyDue(),
      at: Date.now(), answered_at: (await kept("answered_at")) ?? null, failure,
      queued: await queued(), unread: (await held("unread")) ?? null,
    };
    await hold({ state });
    await showBadge(state);
    return state;
  });
}

/** A look, and then whatever the daemon wants fetched. */
export async function lookAndRelay() {
  const state = await look();
  if (!state.failure) await relay();
}

/** @returns {Promise<Pick<State, "lines" | "counts" | "failing"> | {failure: import("../types/ext.js").Failure}>} */
async function read() {
  const asked = new URLSearchParams({ limit: String(MOST_LINES), lang: language() });
  const orders = await ask("GET", `/orders?${asked}`);
  if (!orders.ok) return { failure: orders.failure };
  const sources = await ask("GET", "/sources");
  const failing = sources.ok ? sources.data.sources.filter((/** @type {any} */ each) => TROUBLED.has(each.state)) : [];
  return { lines: orders.data.orders, counts: await dates(), failing };
}
