/**
 * A page without what it says: the structure stays, every value gives way to its class (digit, date, word). Words that a
 * shop prints on every page (labels before a colon in an order's head, status, buttons) stay, for readers go by them.
 */

const KEPT = ["class", "id", "role", "type", "dir", "lang", "data-pl", "data-testid", "data-component", "colspan"];
const DROPPED = "script, style, svg, iframe, noscript, template, link, meta, img, parcelwarden-line, parcelwarden-panel, parcelwarden-notice";
const OF_AN_ORDER = ".order-item, .order-item-wraper, .order-wrap, .order-status, .order-detail-item, .m-order-card, .order-card, .js-order-card";
const PRINTED = `:is(${OF_AN_ORDER}) :is(button, [role=button]), .order-item-header-status, .comet-tabs-nav-item, .order-status-title, .info-title, .title-eclp`;
const LABELLED = ".order-item-header-right-info, .info-row, .order-head, .order-header__header-list-item, .secondaryMessage";
const LABEL = /^[^:：\d]{2,40}[:：]+/;
const LETTERS = /\p{L}[\p{L}\p{M}'’-]*/gu;
const LONG = /\d{5,}/g;
/** What of an address is the shop's own, the rest may be a name. */
const SHOP = /^(?:[a-z0-9-]+\.){0,3}(?:aliexpress|ebay|amazon)\.[a-z.]{2,6}$/;
const WAY = /^(?:https?:|p|orders?|order-list|tracking|(?:index|detail|snapshot)\.html|order_?(?:list|detail)\.htm|logisticsdetail\.htm|item|itm|store|dp|gp|product|your-account|your-orders|order-details|order-history|progress-tracker|ship-track|ord|show|vod|FetchOrderDetails|mye|myebay|purchase)?$/i;

/** The numbers of this sample: the same number becomes the same one, so that two orders stay two. */
export class Numbers {
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

/**
 * The names of months in the page's language and in English, as a date has them: they stay, so that a date stays one, and
 * so do the words for year, month and day where it is written with them.
 */
export function months() {
  const found = new Set(["년", "월", "일", "年", "月", "日"]);
  for (const language of ["en", document.documentElement.lang || "en"]) {
    for (const style of /** @type {("short" | "long")[]} */ (["short", "long"])) {
      for (let month = 0; month < 12; month += 1) {
        try {
          const parts = new Intl.DateTimeFormat(language, { month: style, day: "numeric" }).formatToParts(new Date(2000, month, 1));
          found.add((parts.find((part) => part.type === "month")?.value ?? "").replace(/\.$/, "").toLowerCase());
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
export function classed(text, numbers, monthNames) {
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
    else if (KEPT.includes(name)) element.setAttribute(name, value.replace(LONG, (digits) => numbers.take(digits)));
    else element.setAttribute(name, classed(value, numbers, names));
  }
}

/**
 * An address with the shop's own words of its path, and of its question only the ids.
 * @param {string} href
 * @param {Numbers} numbers
 */
function address(href, numbers) {
  const found = /[?&]((?:trade)?orderid)=([0-9-]{8,30})/i.exec(href);
  const path = href.split(/[?#]/)[0].split("/").map((part) => (SHOP.test(part) || WAY.test(part) ? part : numbers.all(part.replace(LETTERS, "word"))));
  return path.join("/") + (found ? `?${found[1]}=${numbers.all(found[2])}` : "");
}
