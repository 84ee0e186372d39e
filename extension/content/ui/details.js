import { button, make } from "../../shared/dom.js";
import { label } from "../../shared/i18n.js";
import { plain } from "../../shared/text.js";
import { send } from "../channel.js";
import { actions } from "./actions.js";
import { body } from "./body.js";
import { failure } from "./failure.js";

let count = 0;

/** What opens under a line: why, the way of the parcel, the rule, and what can be done. In the browser's top layer. */
export class Details {
  /**
   * @param {string} order
   * @param {() => HTMLElement | null} anchor
   */
  constructor(order, anchor) {
    this.order = order;
    this.anchor = anchor;
    this.title = `title-${(count += 1)}`;
    this.element = make("div", { class: "details", popover: "auto", role: "dialog", "aria-labelledby": this.title, tabindex: "-1" });
    this.element.addEventListener("toggle", (event) => this.toggled(/** @type {ToggleEvent} */ (event).newState === "open"));
    this.follow = () => this.put();
  }

  /** The button that opens and closes it. */
  opener() {
    const open = this.element.matches(":popover-open");
    const made = button(label("details"), () => this.element.togglePopover(), {
      class: "more", "aria-haspopup": "dialog", "aria-expanded": String(open),
    });
    return made;
  }

  /** @param {boolean} open */
  toggled(open) {
    this.anchor()?.setAttribute("aria-expanded", String(open));
    for (const event of ["scroll", "resize"]) {
      if (open) addEventListener(event, this.follow, { capture: true, passive: true });
      else removeEventListener(event, this.follow, { capture: true });
    }
    if (open) void this.fill();
    else if (this.element.matches(":focus-within")) this.anchor()?.focus();
  }

  async fill() {
    this.element.replaceChildren(this.head(""), make("p", { class: "soft", role: "status" }, label("loading")));
    this.put();
    this.element.focus({ preventScroll: true });
    const found = await send({ type: "details", order: this.order });
    const inside = found.ok
      ? [this.head(found.order.title), ...body(found.order, found.parcels, found.picture), actions(this.order)]
      : [this.head(""), failure(found.failure)];
    this.element.replaceChildren(...inside);
    this.put();
  }

  /** @param {string | null} title */
  head(title) {
    return make(
      "div", { class: "head" },
      make("h2", { id: this.title, dir: "auto" }, plain(title, 160) || label("order_named", this.order.split("/")[1])),
      button("✕", () => this.element.hidePopover(), { "aria-label": label("close") }),
    );
  }

  /** Under its line where there is room, else above. */
  put() {
    const anchor = this.anchor();
    if (!anchor) return;
    const button = anchor.getBoundingClientRect();
    const at = (anchor.closest(".line") ?? anchor).getBoundingClientRect();
    const size = this.element.getBoundingClientRect();
    const below = innerHeight - at.bottom - 12;
    const top = below >= size.height || below >= at.top ? at.bottom + 6 : at.top - size.height - 6;
    const start = getComputedStyle(anchor).direction === "rtl" ? button.left : button.right - size.width;
    this.element.style.top = `${Math.max(8, Math.min(top, innerHeight - size.height - 8))}px`;
    this.element.style.left = `${Math.max(12, Math.min(start, innerWidth - size.width - 12))}px`;
  }
}
