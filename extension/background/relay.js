import { browser } from "../shared/browser.js";
import { ask } from "./daemon.js";
import { sites } from "./sites.js";
import { inTurn, keep, kept } from "./stores.js";

/**
 * Fetches tracking pages for the daemon, because carriers answer people and refuse programs. Off until the user switches
 * it on; each host is let in by a click of its own.
 * @typedef {{id: string, source: string, url: string, accept: string, max_bytes: number, expires_at: string}} Wanted
 * @typedef {{status: number, url: string, headers: Record<string, string>, body: string}} Fetched
 */

const MOST_BYTES = 2 * 1024 * 1024;
const MARKETPLACE = /(?:^|\.)(?:aliexpress|ebay|amazon|temu|taobao|1688|etsy|shein|wish)\.[a-z.]{2,6}$/;
const AT_ONCE = 5;
const SECONDS = 25;

/**
 * Switches it at the daemon, which otherwise wants nothing fetched, and here: on only where both are, off in any case.
 * @param {boolean} on
 * @returns {Promise<import("../types/ext.js").Result>}
 */
export async function switchRelay(on) {
  const answered = await ask("PATCH", "/settings", { relay: on });
  await keep({ relay: on && answered.ok });
  if (answered.ok && on) await relay();
  return answered;
}

/** Fetches what is wanted, one after the other. */
export function relay() {
  return inTurn("relay", async () => {
    if (!(await kept("relay"))) return;
    for (let turn = 0; turn < AT_ONCE; turn += 1) {
      const next = await ask("GET", "/relay/next");
      if (!next.ok || next.status === 204 || !next.data?.id) return;
      const done = await ask("POST", `/relay/${encodeURIComponent(next.data.id)}`, await fetched(next.data));
      if (!done.ok) return;
    }
  });
}

/**
 * @param {Wanted} wanted
 * @returns {Promise<Fetched | {failed: "network" | "permission" | "too_large"}>}
 */
export async function fetched(wanted) {
  const url = await allowed(wanted);
  if (!url) return { failed: "permission" };
  try {
    const answer = await fetch(url, {
      method: "GET",
      headers: { Accept: wanted.accept },
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout(SECONDS * 1000),
    });
    const body = await cut(answer, Math.min(wanted.max_bytes, MOST_BYTES));
    if (body === null) return { failed: "too_large" };
    return { status: answer.status, url: answer.url, headers: told(answer.headers), body };
  } catch {
    return { failed: "network" };
  }
}

/**
 * The address, when it is one of our own packaged list's for this source, over https, and the user let the host in.
 * @param {Wanted} wanted
 */
async function allowed(wanted) {
  const source = (await sites()).sources.find((each) => each.id === wanted.source);
  let url;
  try {
    url = new URL(wanted.url);
  } catch {
    return null;
  }
  const listed = source?.relay && source.hosts.includes(url.hostname) && !MARKETPLACE.test(url.hostname);
  if (!listed || url.protocol !== "https:" || url.port || url.username || url.password) return null;
  if (new Date(wanted.expires_at).getTime() <= Date.now()) return null;
  return (await browser.permissions.contains({ origins: [`https://${url.hostname}/*`] })) ? url.href : null;
}

/**
 * The body as text; null when it is larger than it may be.
 * @param {Response} answer
 * @param {number} most
 */
async function cut(answer, most) {
  if (!answer.body) return "";
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > most) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** @param {Headers} headers */
function told(headers) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const name of ["content-type", "retry-after"]) {
    const value = headers.get(name);
    if (value) found[name] = value.slice(0, 200);
  }
  return found;
}
