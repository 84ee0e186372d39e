import { make } from "../../shared/dom.js";
import { label } from "../../shared/i18n.js";
import { send } from "../channel.js";
import { cards } from "../layouts.js";
import { closed, direction, isDark } from "../ui/shadow.js";
import { watch } from "../watch.js";

/**
 * On the question whether the goods were received: a word of warning while no delivery was seen. It blocks nothing.
 * The words are those of the shop's own button and question (`ORDER_PAGES.md` §3.6).
 */
export const id = "confirm-guard";
/** @type {import("../page.js").Kind[]} */
export const kinds = ["order_list", "order_detail", "tracking"];

const DIALOG = '[role="dialog"], [role="alertdialog"], dialog, .comet-modal, .comet-v2-modal, .ui-window';
const CONFIRM = /confirm(?:ar|er|a|e)?\s.{0,24}(?:recei|recep|recib|receb|réce|rice)|confirm goods|empfang bestätig|erhalt bestätig|подтвер\S* получен|수령 확인|potwierd\S* odbi|release (?:your|the) payment|liberar[áa]? (?:el|o|su|seu) pag/i;
/** By which a page shows a dialog that it kept from the last time. */
const SHOWN_BY = ["class", "style", "hidden", "open"];
const JUST_NOW = 5000;
const A_WHILE = 30_000;

/**
 * @typedef {{order: string | null, host: HTMLElement | null}} Guarded the order that is asked about, and the word that stands there
 * @param {AbortSignal} signal
 * @param {import("../page.js").Page} page
 */
export function init(signal, page) {
  let clicked = { order: page.order, at: -A_WHILE, confirm: false };
  /** @type {Map<Element, Guarded>} */
  const guarded = new Map();

  document.addEventListener("click", (event) => {
    if (!event.isTrusted || !(event.target instanceof Element) || event.target.closest(DIALOG)) return;
    const target = event.target;
    const pressed = target.closest("button, a, [role=button]");
    if (!pressed) return;
    const card = cards(page.marketplace ?? "").find((each) => each.card.contains(target));
    clicked = { order: card?.order ?? page.order, at: performance.now(), confirm: CONFIRM.test(pressed.textContent ?? "") };
    if (clicked.confirm) for (const [dialog, { order }] of guarded) if (order !== clicked.order) leave(dialog);
  }, { capture: true, signal });

  /** @param {Element} dialog */
  const leave = (dialog) => {
    guarded.get(dialog)?.host?.remove();
    guarded.delete(dialog);
  };

  watch(() => {
    for (const dialog of guarded.keys()) if (!dialog.checkVisibility()) leave(dialog);
    for (const dialog of document.querySelectorAll(DIALOG)) {
      if (dialog.querySelector(DIALOG) || !dialog.checkVisibility()) continue;
      const there = guarded.get(dialog);
      if (there) {
        if (there.host && !there.host.isConnected) dialog.prepend(there.host);
        continue;
      }
      const since = performance.now() - clicked.at;
      if (!(clicked.confirm && since < JUST_NOW) && !CONFIRM.test((dialog.textContent ?? "").slice(0, 2000))) continue;
      /** @type {Guarded} */
      const mine = { order: since < A_WHILE ? clicked.order : page.order, host: null };
      guarded.set(dialog, mine);
      void warning(dialog, mine.order && `${page.marketplace}/${mine.order}`).then((host) => {
        if (!host || signal.aborted || guarded.get(dialog) !== mine) return;
        dialog.prepend((mine.host = host));
      });
    }
  }, signal, 50, SHOWN_BY);
  signal.addEventListener("abort", () => [...guarded.keys()].forEach(leave));
}

/**
 * The word of warning; null where the parcel is known to be delivered. Waiting to be fetched is not delivered.
 * @param {Element} dialog
 * @param {string | null} order null where the page does not tell which is asked about
 */
async function warning(dialog, order) {
  const answer = order ? await send({ type: "advice", orders: [order] }) : null;
  const advice = order && answer?.ok ? answer.orders[order] : null;
  if (advice?.verdict === "delivered") return null;
  const { host, root } = closed("parcelwarden-line");
  const known = advice && advice.severity !== "unknown";
  root.append(make(
    "div",
    { class: "box", role: "alert", "data-severity": "critical", "data-theme": isDark(dialog) ? "dark" : "light", dir: direction(dialog) },
    make("div", { class: "line" },
      make("span", { class: "severity" }, label("guard_title")),
      make("p", { class: "text", dir: "auto" }, label(known ? "guard_text" : "guard_unknown"))),
  ));
  return host;
}
