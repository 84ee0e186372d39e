import { onTold, send } from "../channel.js";
import { cards, place } from "../layouts.js";
import { Line } from "../ui/line.js";
import { watch } from "../watch.js";
import { trouble } from "../ui/trouble.js";

/** Draws the line on every order's card, and keeps it there and true. */
export const id = "cards";
/** @type {import("../page.js").Kind[]} */
export const kinds = ["order_list", "refund_list"];

const EVERY = 60_000;

/**
 * @typedef {import("../../types/ext.js").Advice} Advice
 * @param {AbortSignal} signal
 * @param {import("../page.js").Page} page
 */
export function init(signal, page) {
  const marketplace = page.marketplace ?? "";
  /** @type {Map<Element, Line>} */
  const lines = new Map();
  /** @type {Map<string, Advice>} */
  const known = new Map();
  /** @type {Map<string, string[]>} */
  const unread = new Map();
  let stale = /** @type {string | null} */ (null);
  let asking = Promise.resolve();

  /** @param {Line} line */
  const draw = (line) => {
    const advice = known.get(line.order);
    if (advice) line.show(advice, { stale, unread: unread.get(line.order) ?? [] });
    line.host.hidden = !advice;
  };

  const scan = () => {
    const asked = new Set();
    const found = cards(marketplace);
    const there = new Set(found.map((each) => each.card));
    for (const [card, line] of lines) if (!there.has(card)) drop(card, line);
    for (const { card, order, layout } of found) {
      const ref = `${marketplace}/${order}`;
      let line = lines.get(card);
      if (line && line.order !== ref) line = void drop(card, line);
      if (!line) lines.set(card, (line = new Line(ref)));
      if (!known.has(ref)) asked.add(ref);
      draw(line);
      if (known.has(ref)) put(card, layout, line);
    }
    if (asked.size) ask([...asked]);
  };

  /**
   * @param {Element} card
   * @param {import("../layouts.js").Layout} layout
   * @param {Line} line
   */
  const put = (card, layout, line) => {
    place(card, layout, line.host);
    line.settle();
  };

  /**
   * @param {Element} card
   * @param {Line} line
   */
  const drop = (card, line) => {
    line.host.remove();
    lines.delete(card);
  };

  /** @param {string[]} orders */
  const ask = (orders) => {
    asking = asking.then(async () => {
      const answer = await send({ type: "advice", orders });
      if (signal.aborted) return;
      if (answer.ok) for (const [ref, advice] of Object.entries(answer.orders)) known.set(ref, advice);
      trouble(answer.ok ? null : answer.failure);
      stale = answer.ok ? null : (stale ?? new Date().toLocaleTimeString());
      if (answer.ok) scan();
      else for (const line of lines.values()) draw(line);
    });
  };
  const again = () => ask([...new Set([...lines.values()].map((line) => line.order))].slice(0, 500));

  onTold("taken", ({ unread: fields }) => {
    for (const { order_id: order, field } of fields ?? []) {
      const ref = `${marketplace}/${order}`;
      if (order) unread.set(ref, [...new Set([...(unread.get(ref) ?? []), field])]);
    }
    again();
  }, signal);
  onTold("changed", again, signal);
  const timer = setInterval(() => document.hidden || again(), EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || again(), { signal });
  watch(scan, signal);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    for (const [card, line] of lines) drop(card, line);
  });
}
