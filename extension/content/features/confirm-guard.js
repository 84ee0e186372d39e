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

const DIALOG = '[role="dialog"], [role="alertdialog"], .comet-modal, .comet-v2-modal, .ui-window';
const CONFIRM = /confirm(?:ar|er|a|e)?\s.{0,24}(?:recei|recep|recib|receb|réce|rice)|confirm goods|empfang bestätig|erhalt bestätig|подтвер\S* получен|수령 확인|potwierd\S* odbi|release (?:your|the) payment|liberar[áa]? (?:el|o|su|seu) pag/i;
const ARRIVED = new Set(["delivered", "ready_for_pickup"]);
const JUST_NOW = 5000;

/**
 * @param {AbortSignal} signal
 * @param {import("../page.js").Page} page
 */
export function init(signal, page) {
  let clicked = { order: page.order, at: -JUST_NOW, confirm: false };
  /** @type {WeakSet<Element>} */
  const guarded = new WeakSet();

  document.addEventListener("click", (event) => {
    if (!event.isTrusted || !(event.target instanceof Element)) return;
    const target = event.target;
    const pressed = target.closest("button, a, [role=button]");
    const card = cards(page.marketplace ?? "").find((each) => each.card.contains(target));
    if (!pressed || (!card && !page.order)) return;
    clicked = { order: card?.order ?? page.order, at: performance.now(), confirm: CONFIRM.test(pressed.textContent ?? "") };
  }, { capture: true, signal });

  watch(() => {
    for (const dialog of document.querySelectorAll(DIALOG)) {
      if (guarded.has(dialog) || dialog.querySelector(DIALOG)) continue;
      const asked = clicked.confirm && performance.now() - clicked.at < JUST_NOW;
      if (!asked && !CONFIRM.test((dialog.textContent ?? "").slice(0, 2000))) continue;
      guarded.add(dialog);
      if (clicked.order) void warn(dialog, `${page.marketplace}/${clicked.order}`);
    }
  }, signal, 50);
}

/**
 * @param {Element} dialog
 * @param {string} order
 */
async function warn(dialog, order) {
  const answer = await send({ type: "advice", orders: [order] });
  const advice = answer.ok ? answer.orders[order] : null;
  if (advice && ARRIVED.has(advice.verdict)) return;
  const { host, root } = closed("parcelwarden-line");
  const known = advice && advice.severity !== "unknown";
  root.append(make(
    "div",
    { class: "box", role: "alert", "data-severity": "critical", "data-theme": isDark(dialog) ? "dark" : "light", dir: direction(dialog) },
    make("div", { class: "line" },
      make("span", { class: "severity" }, label("guard_title")),
      make("p", { class: "text", dir: "auto" }, label(known ? "guard_text" : "guard_unknown"))),
  ));
  dialog.prepend(host);
}
