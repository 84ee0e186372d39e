import { button, make } from "../../shared/dom.js";
import { label } from "../../shared/i18n.js";
import { deadline } from "../../shared/time.js";
import { onTold, send } from "../channel.js";
import { actions } from "../ui/actions.js";
import { body } from "../ui/body.js";
import { doubts, sentence } from "../ui/line.js";
import { closed, direction, isDark } from "../ui/shadow.js";
import { trouble } from "../ui/trouble.js";

/** On an order's own page and its tracking: a panel in the corner, which moves nothing. */
export const id = "panel";
/** @type {import("../page.js").Kind[]} */
export const kinds = ["order_detail", "tracking"];

const EVERY = 60_000;
/** In a window narrower than this, in pixels, the panel would cover the page: it begins folded. */
const NARROW = 600;

/**
 * @param {AbortSignal} signal
 * @param {import("../page.js").Page} page
 */
export function init(signal, page) {
  if (!page.order || !page.marketplace) return;
  const order = `${page.marketplace}/${page.order}`;
  const { host, root } = closed("parcelwarden-panel");
  const told = make("div");
  const buttons = actions(order);
  const panel = make("div", { class: "panel" }, told, buttons);
  const box = make("section", { class: "box", role: "complementary", "aria-label": label("line_of", page.order) }, panel);
  root.append(box);
  let open = innerWidth >= NARROW;
  let drawn = "";
  let stale = /** @type {string | null} */ (null);
  /** @type {import("../../types/ext.js").Advice | null} */
  let known = null;
  /** @type {any} */
  let last = null;
  /** What each capture of this page could not read. @type {Map<string, string[]>} */
  const unread = new Map();

  const update = async () => {
    const answer = await send({ type: "advice", orders: [order] });
    if (signal.aborted) return;
    trouble(answer.ok ? null : answer.failure);
    stale = answer.ok ? null : (stale ?? new Date().toLocaleTimeString());
    if (answer.ok) known = answer.orders[order];
    if (!known || known.severity === "unknown") return;
    const found = open && answer.ok ? await send({ type: "details", order }) : null;
    if (found?.ok) last = found;
    const doubt = { stale, unread: [...new Set([...unread.values()].flat())] };
    const state = JSON.stringify([known, open, last, deadline(known), doubt]);
    if (signal.aborted || state === drawn) return;
    drawn = state;
    draw(known, open ? last : null, doubt);
  };

  /**
   * @param {import("../../types/ext.js").Advice} advice
   * @param {any} found
   * @param {{stale: string | null, unread: string[]}} doubt
   */
  const draw = (advice, found, doubt) => {
    box.dataset.severity = advice.severity;
    box.dataset.theme = isDark(document.body) ? "dark" : "light";
    box.dir = direction(document.body);
    const focused = told.contains(root.activeElement);
    const toggle = button(open ? "–" : label("details"), () => {
      open = !open;
      void update();
    }, { "aria-expanded": String(open), "aria-label": label(open ? "fold" : "unfold") });
    const severity = make("span", { class: "severity" }, label(`severity_${advice.severity}`));
    const time = deadline(advice);
    panel.className = open ? "panel" : "panel small";
    buttons.hidden = !found;
    told.replaceChildren(...[
      make("div", { class: "head" }, severity, toggle),
      open ? make("p", { class: "text", dir: "auto", role: "status" }, sentence(advice)) : null,
      open && time ? make("p", { class: "deadline" }, time) : null,
      ...doubts(open ? doubt : { ...doubt, unread: [] }),
      ...found ? body(found.order, found.parcels, found.picture) : [],
    ].filter((each) => each !== null));
    if (focused) toggle.focus();
    if (!host.isConnected) document.body.append(host);
  };

  onTold("taken", ({ kind, unread: told }) => {
    const ours = (told ?? []).filter((/** @type {any} */ each) => !each.order_id || each.order_id === page.order);
    unread.set(kind, ours.map((/** @type {any} */ each) => each.field));
    void update();
  }, signal);
  onTold("changed", () => void update(), signal);
  const timer = setInterval(() => document.hidden || void update(), EVERY);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    host.remove();
  });
  const begin = () => void update();
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin, { once: true, signal });
}
