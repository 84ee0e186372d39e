import { ask } from "./daemon.js";
import { accountName, hashed } from "./hash.js";
import { held, hold, inTurn, release } from "./stores.js";

/**
 * Captures on their way to the daemon: in order, each body once, no more than the bounds. They wait in the session's
 * store, which outlives the worker and is never written to a disk.
 * @typedef {import("../types/ext.js").Seen} Seen
 * @typedef {{id: string, size: number, tab: number | null, tries?: number}} Entry
 */

export const MOST = 40;
const MOST_SIZE = 8 * 1024 * 1024;
const MOST_BODY = 3.9 * 1024 * 1024;
const MOST_SENT = 200;
const MOST_TRIES = 3;
const FAILED_INSIDE = 500;
const SAME_FOR = 10 * 60_000;

/**
 * Takes a capture in. Answers whether it is new.
 * @param {Seen} seen
 * @param {number | null} tab the tab to be told what came of it
 */
export async function enqueue(seen, tab) {
  const account = seen.account ? await accountName(seen.account) : undefined;
  const capture = { ...seen, account };
  const size = new TextEncoder().encode(seen.body).length;
  if (size > MOST_BODY) return false;
  const id = await hashed(JSON.stringify([seen.url, seen.kind, seen.form, account, seen.body]));
  return inTurn("queue", async () => {
    const { waiting, sent } = await lists();
    if (waiting.some((entry) => entry.id === id) || (sent[id] ?? 0) > Date.now() - SAME_FOR) return false;
    waiting.push({ id, size, tab });
    const gone = [];
    while (waiting.length > MOST || total(waiting) > MOST_SIZE) gone.push(/** @type {Entry} */ (waiting.shift()));
    if (gone.length) await release(...gone.map((entry) => key(entry.id)));
    await hold({ [key(id)]: capture, waiting });
    return true;
  });
}

/** How many captures wait. */
export async function queued() {
  return (await lists()).waiting.length;
}

/**
 * Sends what waits, the oldest first, until the daemon is away. A capture leaves the queue only after it was answered:
 * a worker that ends in between sends it again, and the daemon gives the same body the same name. One at which the daemon
 * fails inside keeps none behind it waiting, and is given up after a few tries.
 * @param {(tab: number | null, outcome: {ok: boolean, data?: any, failure?: any}, seen: Seen) => Promise<void>} tell
 */
export function drain(tell) {
  return inTurn("drain", async () => {
    /** @type {Set<string>} */
    const failed = new Set();
    for (;;) {
      const entry = (await lists()).waiting.find((each) => !failed.has(each.id));
      if (!entry) return true;
      const capture = await held(key(entry.id));
      if (!capture) {
        await settle(entry, false);
        continue;
      }
      const answered = await ask("POST", "/captures", capture);
      const inside = !answered.ok && answered.failure.status === FAILED_INSIDE;
      if (inside && (await tried(entry)) < MOST_TRIES) {
        failed.add(entry.id);
        continue;
      }
      if (!answered.ok && !inside && answered.failure.kind !== "invalid") return false;
      await settle(entry, true);
      await tell(entry.tab, answered, capture);
    }
  });
}

/**
 * Counts one more try of a capture.
 * @param {Entry} entry
 */
function tried(entry) {
  return inTurn("queue", async () => {
    const { waiting } = await lists();
    const tries = (entry.tries ?? 0) + 1;
    await hold({ waiting: waiting.map((each) => (each.id === entry.id ? { ...each, tries } : each)) });
    return tries;
  });
}

/**
 * @param {Entry} done
 * @param {boolean} remember
 */
function settle(done, remember) {
  return inTurn("queue", async () => {
    const { waiting, sent } = await lists();
    if (remember) sent[done.id] = Date.now();
    const recent = Object.entries(sent).sort((a, b) => b[1] - a[1]).slice(0, MOST_SENT);
    await hold({ waiting: waiting.filter((entry) => entry.id !== done.id), sent: Object.fromEntries(recent) });
    await release(key(done.id));
  });
}

/** @returns {Promise<{waiting: Entry[], sent: Record<string, number>}>} */
async function lists() {
  return { waiting: (await held("waiting")) ?? [], sent: (await held("sent")) ?? {} };
}

/** @param {Entry[]} entries */
function total(entries) {
  return entries.reduce((sum, entry) => sum + entry.size, 0);
}

/** @param {string} id */
function key(id) {
  return `capture/${id}`;
}
