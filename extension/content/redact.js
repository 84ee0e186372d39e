/**
 * A page without what it says: the structure stays, every value gives way to its class (digit, date, word). Words that a
 * shop prints on every page (labels before a colon in an order's head, status, buttons) stay, for readers go by them.
 */

const KEPT = ["class", "id", "role", "type", "dir", "lang", "data-pl", "data-testid", "data-component", "colspan"];
const DROPPED = "script, style, svg, iframe, noscript, link, meta, img, parcelwarden-line, parcelwarden-panel, parcelwarden-notice";
const PRINTED = "button, [role=button], .order-item-header-status, .comet-tabs-nav-item, .order-status-title, .info-title, .title-eclp";
const LABELLED = ".order-item-header-right-info, .info-row, .order-head, .order-header__header-list-item, .secondaryMessage";
const LABEL = /^[^:：\d]{2,40}[:：]+/;
const LETTERS = /\p{L}[\p{L}\p{M}'’-]*/gu;
const CODE = /^(?:[A-Z]+(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+|[A-Z]{3,24}|true|false|mtop\.[a-z.]+)$/;

/** The numbers of this sample: the same number becomes the same one, so that two orders stay two. */
class Numbers {
  constructor() {
    /** @type {Map<string, string>} */
    this.given = new Map();
  }

  /** @param {string} digits */
  take(digits) {
    if (/^(?:19|20)\d\d$/.test(digits)) return "2000";
    if (digits.length < 5) return "1".padStart(digits.length, "0");
    const made = this.given.get(digits) ?? `9${String(this.given.size + 1).padStart(digits.length - 1, "0")}`;
    this.given.set(digits, made);
    return made;
  }

  /** @param {string} text */
  all(text) {
    return text.replace(/\d+/g, (digits) => this.take(digits));
  }
}

/** The names of months in the page's language and in English: they stay, so that a date stays one. */
function months() {
  const found = new Set();
  for (const language of ["en", document.documentElement.lang || "en"]) {
    for (const style of /** @type {("short" | "long")[]} */ (["short", "long"])) {
      for (let month = 0; month < 12; month += 1) {
        try {
          found.add(new Intl.DateTimeFormat(language, { month: style }).format(new Date(2000, month, 1)).replace(/\.$/, "").toLowerCase());
        } catch {
          break;
        }
      }
    }
  }
  return found;
}

/**
 * @param {string} text
 * @param {Numbers} numbers
 * @param {Set<string>} monthNames
 */
function classed(text, numbers, monthNames) {
  const dated = /\d/.test(text);
  return numbers.all(text.replace(LETTERS, (word) => (dated && monthNames.has(word.toLowerCase()) ? word : "word")));
}

/**
 * The markup as a sample.
 * @param {Element} root
 */
export function redactedMarkup(root) {
  const numbers = new Numbers();
  const names = months();
  const copy = /** @type {Element} */ (root.cloneNode(true));
  for (const part of copy.querySelectorAll(DROPPED)) part.remove();
  const walk = document.createTreeWalker(copy, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
  const comments = [];
  for (let node = walk.currentNode; node; node = /** @type {Node} */ (walk.nextNode())) {
    if (node instanceof Element) attributes(node, numbers, names);
    else if (node.nodeType === Node.COMMENT_NODE) comments.push(node);
    else node.nodeValue = redactedText(node, numbers, names);
  }
  for (const comment of comments) comment.parentNode?.removeChild(comment);
  return `<!doctype html>${copy.outerHTML}`;
}

/**
 * @param {Node} node
 * @param {Numbers} numbers
 * @param {Set<string>} names
 */
function redactedText(node, numbers, names) {
  const text = node.nodeValue ?? "";
  const around = node.parentElement;
  if (around?.closest(PRINTED)) return numbers.all(text);
  const printed = around?.closest(LABELLED) ? (LABEL.exec(text)?.[0] ?? "") : "";
  return printed + classed(text.slice(printed.length), numbers, names);
}

/**
 * @param {Element} element
 * @param {Numbers} numbers
 * @param {Set<string>} names
 */
function attributes(element, numbers, names) {
  for (const { name, value } of [...element.attributes]) {
    if (name === "href") element.setAttribute(name, address(value, numbers));
    else if (name === "lefttime") element.setAttribute(name, numbers.all(value));
    else if (!KEPT.includes(name)) element.setAttribute(name, classed(value, numbers, names));
  }
}

/**
 * An address with its path's words, and of its question only the ids.
 * @param {string} href
 * @param {Numbers} numbers
 */
function address(href, numbers) {
  const found = /[?&]((?:trade)?orderid)=([0-9-]{8,30})/i.exec(href);
  const path = href.split(/[?#]/)[0].split("/").map((part) => (/^[a-z.:_-]{0,24}$/i.test(part) ? part : numbers.all(part.replace(LETTERS, "word"))));
  return path.join("/") + (found ? `?${found[1]}=${numbers.all(found[2])}` : "");
}

/**
 * Data as a sample: keys stay, values give way to their class. Null for what is no JSON.
 * @param {string} body
 */
export function redactedData(body) {
  const inner = /^[\w.$]+\((.*)\)\s*;?\s*$/s.exec(body.trim())?.[1] ?? body;
  const numbers = new Numbers();
  const names = months();
  try {
    return JSON.stringify(value(JSON.parse(inner), numbers, names), null, 1);
  } catch {
    return null;
  }
}

/**
 * @param {any} given
 * @param {Numbers} numbers
 * @param {Set<string>} names
 * @returns {unknown}
 */
function value(given, numbers, names) {
  if (Array.isArray(given)) return given.map((each) => value(each, numbers, names));
  if (given && typeof given === "object") {
    return Object.fromEntries(Object.entries(given).map(([key, each]) => [numbers.all(key), value(each, numbers, names)]));
  }
  if (typeof given === "number") return Number(numbers.all(String(Math.trunc(given))));
  if (typeof given !== "string") return given;
  return CODE.test(given) || given.startsWith("SUCCESS") ? given : classed(given, numbers, names);
}
