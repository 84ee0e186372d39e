import { Numbers, classed, months } from "./redact.js";

const CODE = /^(?:[A-Z]+(?:_[A-Z]+)*|[a-z]+(?:_[a-z]+)*|mtop\.[a-z.]+)$/;
/** Only these of the data are codes of the shop's; the same letters elsewhere may be a name. */
const CODED = /^(?:api|tag|[a-zA-Z]*(?:[cC]ode|[cC]urrency|[sS]tatus|[tT]ype))$/;

/**
 * Data as a sample: keys stay, and what refers to them; values give way to their class. Null for what is no JSON.
 * @param {string} body
 */
export function redactedData(body) {
  const inner = /^[\w.$]+\((.*)\)\s*;?\s*$/s.exec(body.trim())?.[1] ?? body;
  try {
    return JSON.stringify(new Data(JSON.parse(inner)).sample, null, 1);
  } catch {
    return null;
  }
}

/** One answer of a page. */
class Data {
  /** @param {any} whole */
  constructor(whole) {
    this.numbers = new Numbers();
    this.months = months();
    /** @type {Set<string>} */
    this.keys = new Set();
    this.collect(whole);
    this.sample = this.value(whole, "");
  }

  /** @param {any} given */
  collect(given) {
    if (!given || typeof given !== "object") return;
    if (!Array.isArray(given)) for (const key of Object.keys(given)) if (/\d{5}|_/.test(key)) this.keys.add(key);
    for (const each of Object.values(given)) this.collect(each);
  }

  /**
   * @param {any} given
   * @param {string} name under which it stands
   * @returns {unknown}
   */
  value(given, name) {
    if (Array.isArray(given)) return given.map((each) => this.value(each, name));
    if (given && typeof given === "object") {
      return Object.fromEntries(Object.entries(given).map(([key, each]) => [this.numbers.all(key), this.value(each, key)]));
    }
    if (typeof given === "number") return Number(this.numbers.all(String(Math.trunc(given))));
    if (typeof given !== "string") return given;
    if (this.keys.has(given)) return this.numbers.all(given);
    const code = /^(?:true|false|SUCCESS::.{0,20})$/.test(given) || (CODED.test(name) && CODE.test(given));
    return code ? given : classed(given, this.numbers, this.months);
  }
}
