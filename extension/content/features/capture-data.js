import { hand, seen } from "../capture.js";
import { onAnswer } from "../channel.js";
import { describe } from "../page.js";

/** Hands over the answers that the page got to its own questions. */
export const id = "capture-data";
/** @type {import("../page.js").Kind[]} */
export const kinds = ["order_list", "order_detail", "tracking", "refund_list", "carrier_page"];

const MOST_OF_A_CARRIER = 8;
/** @type {[RegExp, Exclude<import("../page.js").Kind, "other">][]} */
const BY_NAME = [
  [/order\.list$/i, "order_list"],
  [/order\.detail$/i, "order_detail"],
  [/ld\.querydetail$/i, "tracking"],
  [/reverse\.query/i, "refund_list"],
];

/**
 * The page is looked up at each answer: one within a page may come before the change of its address was noticed.
 * @param {AbortSignal} signal
 */
export function init(signal) {
  let carrier = 0;
  onAnswer((answer) => {
    const page = describe(location.href);
    const api = answer.api || (/"api"\s*:\s*"(mtop\.[a-z0-9._]+)"/i.exec(answer.body)?.[1] ?? "");
    const kind = page.kind === "carrier_page" ? page.kind : BY_NAME.find(([name]) => name.test(api))?.[1];
    if (!kind || (kind === "carrier_page" && (carrier += 1) > MOST_OF_A_CARRIER)) return;
    const told = { kind, url: withOrder(answer.url, page), body: answer.body };
    seen.take(told);
    void hand({ ...told, form: "json", ...(api ? { api } : {}) });
  }, signal);
}

/**
 * The address of an answer, with the order of the page where the question named none.
 * @param {string} url
 * @param {import("../page.js").Page} page
 */
function withOrder(url, page) {
  const address = new URL(url);
  if (page.order && !address.search && page.kind !== "order_list") address.searchParams.set("tradeOrderId", page.order);
  return address.href;
}
