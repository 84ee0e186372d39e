import { label } from "../../shared/i18n.js";
import { plain } from "../../shared/text.js";
import { onTold } from "../channel.js";
import { seen } from "../capture.js";
import { cards } from "../layouts.js";
import { whenSettled } from "../watch.js";
import { notice } from "../ui/trouble.js";

/** Says so when the page cannot be read: what was shown before is not shown as if it were new. */
export const id = "notice";
/** @type {import("../page.js").Kind[]} */
export const kinds = ["order_list", "order_detail", "tracking", "refund_list"];

const CALM = { calm: 2500, most: 12_000 };

/**
 * @param {AbortSignal} signal
 * @param {import("../page.js").Page} page
 */
export function init(signal, page) {
  onTold("taken", ({ why }) => {
    notice("page", why === null ? null : `${label("page_unread")} ${plain(why, 300)}`);
  }, signal);
  if (page.kind === "order_list") {
    whenSettled(() => {
      const read = seen.tells(page) || cards(page.marketplace ?? "").length > 0;
      if (!read) notice("page", `${label("page_unread")} ${label("page_unread_why")}`);
    }, signal, CALM);
  }
  signal.addEventListener("abort", () => notice("page", null));
}
