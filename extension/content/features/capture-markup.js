import { hand, seen } from "../capture.js";
import { cards } from "../layouts.js";
import { watch, whenSettled } from "../watch.js";

/** Hands over the page's markup where its data was not seen. */
export const id = "capture-markup";
/** @type {import("../page.js").Kind[]} */
export const kinds = ["order_list", "order_detail", "tracking", "refund_list", "carrier_page"];

const UNREAD = "script, style, svg, iframe, noscript, link, parcelwarden-line, parcelwarden-panel, parcelwarden-notice";
const MOST = 3_900_000;
const CALM = { calm: 700, most: 8000 };

/**
 * @param {AbortSignal} signal
 * @param {import("../page.js").Page} page
 */
export function init(signal, page) {
  let told = "";
  const look = () => {
    const state = page.marketplace && page.kind === "order_list" ? missing(page.marketplace) : answered(page) ? "" : page.kind;
    if (!state || state === told) return;
    told = state;
    const body = markup();
    if (body.length <= MOST && page.kind !== "other") void hand({ kind: page.kind, form: "html", url: location.href, body });
  };
  whenSettled(() => {
    if (page.kind === "order_list") watch(look, signal, 900);
    else look();
  }, signal, CALM);
}

/**
 * The orders that stand on the page and in none of its data.
 * @param {string} marketplace
 */
function missing(marketplace) {
  return cards(marketplace).map((each) => each.order).filter((order) => !seen.listed.has(order)).join(" ");
}

/** @param {import("../page.js").Page} page */
function answered(page) {
  return page.kind !== "carrier_page" && seen.tells(page);
}

/** The page without what no reader reads and without ourselves. */
export function markup() {
  const copy = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));
  for (const part of copy.querySelectorAll(UNREAD)) part.remove();
  return `<!doctype html>${copy.outerHTML}`;
}
