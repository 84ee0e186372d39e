import { make } from "../../shared/dom.js";
import { label, named } from "../../shared/i18n.js";
import { onlyToBeOpened, orderPage, withoutDates } from "../../shared/orders.js";
import { plain } from "../../shared/text.js";
import { deadline } from "../../shared/time.js";
import { Details } from "./details.js";
import { closed, direction, isDark } from "./shadow.js";

/** @typedef {import("../../types/ext.js").Advice} Advice */

/** The line on one order's card. */
export class Line {
  /** @param {string} order `marketplace/id` */
  constructor(order) {
    this.order = order;
    const { host, root } = closed("parcelwarden-line");
    this.host = host;
    const id = order.split("/")[1];
    this.box = make("section", { class: "box", role: "group", "aria-label": label("line_of", id) });
    this.line = make("div", { class: "line" });
    this.details = new Details(order, () => this.more);
    this.box.append(this.line, this.details.element);
    root.append(this.box);
    /** @type {HTMLButtonElement | null} */
    this.more = null;
    this.shown = "";
  }

  /**
   * Draws an advice. `stale` is since when it may not be true any more, null while it is.
   * @param {Advice} advice
   * @param {{stale: string | null, unread: string[]}} state
   */
  show(advice, state) {
    const drawn = JSON.stringify([advice, state, deadline(advice)]);
    if (drawn === this.shown) return;
    this.shown = drawn;
    this.advice = advice;
    this.box.dataset.severity = advice.severity;
    const focused = this.line.querySelector(":focus")?.localName;
    const time = deadline(advice);
    this.line.replaceChildren(
      make("span", { class: "severity" }, label(`severity_${advice.severity}`)),
      make(
        "div", { class: "words" },
        make("p", { class: "text", dir: "auto" }, sentence(advice)),
        time ? make("span", { class: "deadline" }, time) : null,
        ...doubts(state),
      ),
      make("span", { class: "ends" }, this.link(advice), this.button(advice)),
    );
    if (focused) /** @type {HTMLElement | null} */ (this.line.querySelector(focused) ?? this.more)?.focus();
  }

  /** Takes on the colours and the direction of the place that it stands in. */
  settle() {
    const place = this.host.parentElement;
    if (!place) return;
    this.box.dataset.theme = isDark(place) ? "dark" : "light";
    this.box.dir = direction(place);
  }

  /**
   * The way to the order's own page, where its dates are to be read.
   * @param {Advice} advice
   */
  link(advice) {
    if (advice.severity === "unknown" || !(withoutDates(advice) || advice.reopen)) return null;
    const [marketplace, id] = this.order.split("/");
    const page = orderPage(marketplace, id, location.href);
    return page ? make("a", { href: page, target: "_blank", rel: "noopener noreferrer" }, label("open_order")) : null;
  }

  /** @param {Advice} advice */
  button(advice) {
    if (advice.severity === "unknown") return null;
    this.more = this.details.opener();
    return this.more;
  }
}

/** @param {Advice} advice */
export function sentence(advice) {
  if (advice.severity === "unknown") return label("not_watched");
  if (onlyToBeOpened(advice)) return label("open_once");
  if (advice.reopen) return `${plain(advice.text)} ${label("open_again")}`;
  return plain(advice.text ?? advice.code ?? "");
}

/**
 * What takes from the weight of an advice: what could not be read of the page, and since when it may not be true any more.
 * @param {{stale: string | null, unread: string[]}} state
 */
export function doubts({ stale, unread }) {
  return [
    unread.length ? make("p", { class: "soft" }, label("unread_fields", fields(unread))) : null,
    stale ? make("p", { class: "stale" }, label("stale", stale)) : null,
  ];
}

/**
 * The names of what could not be read, in the reader's language.
 * @param {string[]} names
 */
function fields(names) {
  return names.map((name) => named(`fact_${name}`) ?? plain(name.replace(/_/g, " "), 40)).join(", ");
}
