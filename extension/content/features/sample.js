import { seen } from "../capture.js";
import { onTold } from "../channel.js";
import { redactedData } from "../redact-data.js";
import { redactedMarkup } from "../redact.js";

/** Answers the popup that wants a sample of this page without what it says. */
export const id = "sample";
/** @type {import("../page.js").Kind[]} */
export const kinds = ["order_list", "order_detail", "tracking", "refund_list", "carrier_page"];

/**
 * @param {AbortSignal} signal
 * @param {import("../page.js").Page} page
 */
export function init(signal, page) {
  onTold("sample", () => ({
    kind: page.kind,
    host: location.hostname,
    markup: redactedMarkup(document.documentElement),
    data: seen.data.map((each) => redactedData(each.body)).filter((each) => each !== null),
  }), signal);
}
