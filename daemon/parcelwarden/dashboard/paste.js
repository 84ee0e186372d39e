/* Orders and numbers by hand: a pasted text, a saved file, or a few fields. */

import { ask } from "./ask.js";
import { foreign, make } from "./dom.js";
import { field, form } from "./forms.js";
import { orderLink } from "./orders.js";

const MOST = 4 * 1024 * 1024 - 64 * 1024;

/** The page. */
export async function paste() {
  return [
    make("h1", { tabindex: "-1" }, "Add orders and parcels"),
    make("section", {}, make("h2", {}, "Paste or choose"), pasted()),
    make("section", {}, make("h2", {}, "An order by hand"), byHand()),
    make("section", {}, make("h2", {}, "A tracking number alone"), number()),
  ];
}

function pasted() {
  const result = make("div", { role: "status" });
  return make("div", {}, form(
    [
      field("Text of an order page or tracking page", make("textarea", { name: "text", rows: 6, dir: "auto", spellcheck: "false" }), "Select all on the page, copy, paste here. Names, addresses and telephone numbers are left out before anything is kept."),
      field("or a saved page (.html, .json, .eml, .txt)", make("input", { type: "file", name: "file", accept: ".html,.htm,.json,.eml,.txt" })),
    ],
    "Read it",
    async (given, self) => {
      result.replaceChildren();
      const text = given.file?.size ? await given.file.text() : given.text;
      if (!text.trim()) throw new Error("Paste a text or choose a file first.");
      if (new Blob([text]).size > MOST) throw new Error("That is larger than 4 MiB: save only the page itself.");
      const head = text.trimStart()[0];
      const shape = head === "<" ? "html" : head === "{" || head === "[" ? "json" : "text";
      const kind = shape === "text" ? "text" : "order_detail";
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const seen = given.file?.size ? null : new Date().toISOString();
      const taken = await ask("POST", "/v1/captures", { body: { url: "", kind, form: shape, body: text, seen_at: seen, zone } });
      result.replaceChildren(...told(taken));
      self.reset();
    },
  ), result);
}

function told(taken) {
  const names = [
    ...taken.orders.map((order) => make("li", {}, make("a", { href: orderLink(order) }, `${order.marketplace}/${order.order_id}`))),
    ...taken.parcels.map((each) => make("li", {}, each)),
  ];
  return [
    make("p", {}, names.length ? "Read:" : "Nothing to watch was read."),
    make("ul", {}, ...names, ...taken.unread.map((each) => make("li", {}, foreign(`${each.field} not read: ${each.why}`)))),
  ];
}

const input = (name, given = {}) => make("input", { name, autocomplete: "off", ...given });

function byHand() {
  return form(
    [
      field("Marketplace", input("marketplace", { value: "aliexpress", required: true })),
      field("Order number", input("order_id", { required: true })),
      field("What it is", input("title")),
      field("Total", input("total", { inputmode: "decimal" })), field("Currency", input("currency", { maxlength: 3, placeholder: "EUR" })),
      field("Paid on", input("paid_at", { type: "date" })), field("Shipped on", input("shipped_at", { type: "date" })),
      field("Delivery time until", input("delivery_due_at", { type: "date" })),
      field("Tracking numbers", input("numbers"), "with blanks between"),
    ],
    "Watch it",
    async ({ numbers, ...facts }) => {
      const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value.trim()).map(([name, value]) => [name, value.trim()]));
      const order = await ask("POST", "/v1/orders", { body: { ...given, numbers: numbers.split(/[\s,;]+/).filter(Boolean) } });
      location.hash = orderLink(order);
    },
    { class: "grid" },
  );
}

function number() {
  const result = make("p", { role: "status" });
  return make("div", {}, form(
    [field("Tracking number", input("number", { required: true })), field("Of the order (marketplace/number)", input("order"), "may be empty")],
    "Watch it",
    async (given) => {
      const parcel = await ask("POST", "/v1/parcels", { body: { number: given.number.trim(), orders: given.order.trim() ? [given.order.trim()] : [] } });
      const looks = parcel.looks.map((look) => look.source).join(", ");
      result.replaceChildren(`${parcel.numbers[0]} is watched${looks ? ` by ${looks}` : "; no source that can be asked knows such numbers"}. `,
        parcel.orders.length ? "" : make("a", { href: "#/alone" }, "Parcels of no order"));
    },
    { class: "grid" },
  ), result);
}
