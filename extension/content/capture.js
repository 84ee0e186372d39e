import { language } from "../shared/i18n.js";
import { send } from "./channel.js";
import { account } from "./page.js";

/**
 * Hands over what was seen, raw, with when and where.
 * @param {{kind: Exclude<import("./page.js").Kind, "other">, form: "json" | "html", url: string, body: string, api?: string}} seen
 */
export function hand(seen) {
  return send({
    type: "seen",
    capture: {
      ...seen,
      url: seen.url.slice(0, 1990),
      seen_at: new Date().toISOString().replace(/\.\d{3}Z$/, "Z"),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone.slice(0, 60),
      locale: (document.documentElement.lang || language()).slice(0, 35),
      ...(account() ? { account: account() } : {}),
    },
  });
}

/** What was seen on this page, for the parts that must know: order ids in data, and the last bodies for a sample. */
export const seen = {
  /** @type {{api: string, body: string}[]} */
  data: [],

  /** @param {string} order */
  has(order) {
    return this.data.some((each) => each.body.includes(order));
  },
};
