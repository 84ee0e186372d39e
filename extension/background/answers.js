import { browser } from "../shared/browser.js";
import { dashboard, evidenceText, said, snooze } from "./actions.js";
import { advice, details, timeline } from "./advice.js";
import { ownName, pair, unpair } from "./pairing.js";
import { seen } from "./notify.js";
import { look } from "./poll.js";
import { drain, enqueue } from "./queue.js";
import { switchRelay } from "./relay.js";
import { register } from "./sites.js";
import { hold } from "./stores.js";
import { tellAll, tellTab } from "./tabs.js";

/**
 * What is done on each message. The guard has looked at it before.
 * @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => Promise<unknown>>}
 */
export const ANSWERS = {
  advice: ({ orders }) => advice(orders),
  details: ({ order }) => details(order),
  timeline: async ({ order }) => ({ ok: true, picture: await timeline(order) }),
  evidence: ({ order }) => evidenceText(order),
  snooze: ({ order }) => then(snooze(order)),
  ack: ({ id }) => then(seen(id)),
  said: ({ order, word }) => then(said(order, word)),
  dashboard: ({ order }) => dashboard(order),
  seen: ({ capture }, sender) => taken(capture, sender.tab?.id ?? null),
  look: () => look(),
  relay: ({ on }) => switchRelay(on),
  pair: ({ code }) => then(pair(code, ownName())),
  unpair: () => then(unpair().then(() => ({ ok: true }))),
  register: () => register().then(() => ({ ok: true })),
  sample: ({ tab }) => sampled(tab),
};

/**
 * Kept first, sent then: a worker that ends after the answer has lost nothing.
 * @param {import("../types/ext.js").Seen} capture
 * @param {number | null} tab
 */
async function taken(capture, tab) {
  const fresh = await enqueue(capture, tab);
  if (fresh) void drain(tellTab).then((sent) => (sent ? look() : undefined));
  return { ok: true, fresh };
}

/**
 * Answers after a look anew, and tells the open pages to look too: something changed.
 * @template T
 * @param {Promise<T>} work
 */
async function then(work) {
  const answer = await work;
  await look();
  await tellAll();
  return answer;
}

/** @param {number} tab */
async function sampled(tab) {
  const sample = await browser.tabs.sendMessage(tab, { type: "sample" }).catch(() => null);
  if (!sample) return { ok: false };
  await hold({ sample });
  return { ok: true };
}
