/**
 * What a message may look like: the names of its fields, each with a check. Anything else is no message.
 * @typedef {(value: unknown) => boolean} Check
 */

const ORDER = /^[A-Za-z0-9._-]{1,64}\/[^/\\\s]{1,64}$/;

/** @param {RegExp} pattern @returns {Check} */
const matching = (pattern) => (value) => typeof value === "string" && pattern.test(value);
/** @param {number} most @returns {Check} */
const text = (most) => (value) => typeof value === "string" && value.length <= most;
/** @param {...unknown} words @returns {Check} */
const one = (...words) => (value) => words.includes(value);
/** @param {Check} check @returns {Check} */
const maybe = (check) => (value) => value === undefined || check(value);
/** @type {Check} */
const number = (value) => Number.isInteger(value);
/** @type {Check} */
const order = matching(ORDER);
/** @type {Check} */
const orders = (value) => Array.isArray(value) && value.length <= 500 && value.every(order);

/** @type {Check} */
const seen = (value) => fits(value, {
  url: matching(/^https:\/\/.{1,1990}$/),
  kind: one("order_list", "order_detail", "tracking", "refund_list", "carrier_page"),
  form: one("json", "html"),
  body: text(4 * 1024 * 1024),
  api: maybe(text(200)),
  seen_at: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  zone: text(60),
  locale: text(35),
  account: maybe(text(128)),
});

/** What a page's content script may ask. @type {Record<string, Record<string, Check>>} */
export const FROM_PAGES = {
  advice: { orders },
  seen: { capture: seen },
  details: { order },
  snooze: { order },
  evidence: { order },
  said: { order, word: one("received", "disputed") },
  dashboard: { order },
};

/** What our own pages may ask. @type {Record<string, Record<string, Check>>} */
export const FROM_OURSELVES = {
  look: {},
  pair: { code: matching(/^\d{8}$/) },
  unpair: {},
  register: {},
  ack: { id: number },
  relay: { on: one(true, false) },
  dashboard: {},
  timeline: { order },
  sample: { tab: number },
};

/**
 * Whether a value is an object of exactly these fields.
 * @param {unknown} value
 * @param {Record<string, Check>} fields
 */
export function fits(value, fields) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const given = /** @type {Record<string, unknown>} */ (value);
  return Object.keys(given).every((key) => Object.hasOwn(fields, key))
    && Object.entries(fields).every(([key, check]) => check(given[key]));
}
