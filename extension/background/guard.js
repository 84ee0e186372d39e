import { browser } from "../shared/browser.js";
import { FROM_OURSELVES, FROM_PAGES, fits } from "./schemas.js";
import { known } from "./sites.js";

/**
 * Who speaks, and whether what is said is a message of theirs: `page`, `own`, or null for what is to be ignored.
 * @param {unknown} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<"page" | "own" | null>}
 */
export async function admitted(message, sender) {
  if (sender.id !== browser.runtime.id || !sender.url) return null;
  const who = sender.url.startsWith(browser.runtime.getURL("")) ? "own" : "page";
  if (who === "page" && !(await ofAPage(sender, sender.url))) return null;
  if (typeof message !== "object" || message === null) return null;
  const { type, ...rest } = /** @type {Record<string, unknown>} */ (message);
  const table = who === "own" ? FROM_OURSELVES : FROM_PAGES;
  if (typeof type !== "string" || !Object.hasOwn(table, type)) return null;
  return fits(rest, table[type]) ? who : null;
}

/**
 * Whether the sender is the top frame of a tab on a page that is ours to read.
 * @param {chrome.runtime.MessageSender} sender
 * @param {string} url
 */
async function ofAPage(sender, url) {
  if (sender.frameId !== 0 || sender.tab?.id === undefined || !url.startsWith("https://")) return false;
  return known(url);
}
