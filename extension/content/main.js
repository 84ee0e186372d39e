import { askPage, onLeave } from "./channel.js";
import { features } from "./features/all.js";
import { describe } from "./page.js";

/**
 * Starts each feature where it belongs, and all of them anew when the address changes within the page. A feature that
 * fails takes no other with it.
 */

/** @type {AbortController | undefined} */
let current;

function begin() {
  current?.abort();
  const running = (current = new AbortController());
  const page = describe(location.href);
  for (const feature of features) {
    if (!feature.kinds.includes(page.kind)) continue;
    Promise.resolve().then(() => feature.init(running.signal, page)).catch((fault) => {
      console.warn(`parcelwarden, ${feature.id}:`, fault);
    });
  }
  queueMicrotask(askPage);
}

let address = location.href;
const watching = setInterval(() => {
  if (location.href === address) return;
  address = location.href;
  begin();
}, 400);

onLeave(() => {
  clearInterval(watching);
  current?.abort();
});
begin();
