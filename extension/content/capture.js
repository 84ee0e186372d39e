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

const MOST_KEPT = 5;
const IDS = /(?<!\d)\d{10,22}(?!\d)/g;

/**
 * What data was seen in this tab since it was loaded, for the parts that must know: the last answers, and the orders that
 * stood in any list. A page that goes on to another within itself keeps them.
 */
export const seen = {
  /** @type {{kind: string, url: string, body: string}[]} the newest first */
  data: [],
  /** @type {Set<string>} */
  listed: new Set(),

  /** @param {{kind: string, url: string, body: string}} answer */
  take(answer) {
    this.data = [answer, ...this.data].slice(0, MOST_KEPT);
    if (answer.kind === "order_list") for (const [id] of answer.body.matchAll(IDS)) this.listed.add(id);
  },

  /**
   * Whether the data of this very page was seen: of its kind, and of its order where its address names one.
   * @param {import("./page.js").Page} page
   */
  tells({ kind, order }) {
    return this.data.some((each) => each.kind === kind && (!order || each.url.includes(order) || each.body.includes(order)));
  },
};
