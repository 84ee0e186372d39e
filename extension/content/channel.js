import { browser } from "../shared/browser.js";

/**
 * The two ways out of the isolated world: to the background, and to the script that looks at the page's answers.
 * @typedef {import("../types/ext.js").Result} Result
 * @typedef {{url: string, api: string, body: string}} Answer
 */

const LEAVE = "parcelwarden:leave";

// An older copy of this script, left over from before an update, hears this and goes.
document.dispatchEvent(new CustomEvent(LEAVE));

/**
 * Whether the extension is still the one that this script came from. After an update, or once it was switched off, this
 * copy takes back all that it drew, for nothing could tell any more whether it is true.
 */
export function alive() {
  if (browser.runtime?.id) return true;
  document.dispatchEvent(new CustomEvent(LEAVE));
  return false;
}

/**
 * Asks the background. A worker that ended in between is woken and asked again, once.
 * @param {Record<string, unknown>} message
 * @returns {Promise<Result>}
 */
export async function send(message) {
  for (let turn = 0; turn < 2 && alive(); turn += 1) {
    try {
      const answer = await browser.runtime.sendMessage(message);
      if (answer) return answer;
      return { ok: false, failure: { kind: "refused" } };
    } catch {
      continue;
    }
  }
  return { ok: false, failure: { kind: "down" } };
}

/**
 * Hears what the background tells this tab.
 * @param {string} type
 * @param {(message: any) => unknown} hear what it returns is the answer
 * @param {AbortSignal} signal
 */
export function onTold(type, hear, signal) {
  const listener = (/** @type {any} */ message, /** @type {any} */ sender, /** @type {(answer: unknown) => void} */ answer) => {
    if (sender.id === browser.runtime.id && message?.type === type) answer(hear(message));
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener("abort", () => browser.runtime?.onMessage?.removeListener(listener));
}

/**
 * Hears the page's own data answers.
 * @param {(answer: Answer) => void} hear
 * @param {AbortSignal} signal
 */
export function onAnswer(hear, signal) {
  const listener = (/** @type {Event} */ event) => {
    const detail = /** @type {CustomEvent} */ (event).detail;
    if (typeof detail !== "string" || detail.length > 8_000_000) return;
    const { url, api, body } = JSON.parse(detail);
    if ([url, api, body].every((each) => typeof each === "string")) hear({ url, api, body });
  };
  document.addEventListener("parcelwarden:seen", listener, { signal });
}

/** Says that somebody listens, so that answers which came earlier are handed over. */
export function askPage() {
  document.dispatchEvent(new CustomEvent("parcelwarden:ready"));
}

/** @param {() => void} leave */
export function onLeave(leave) {
  document.addEventListener(LEAVE, leave, { once: true });
}
