import { alive } from "./channel.js";

/**
 * Calls back when the page changed, at most every few milliseconds, and not for what we changed ourselves.
 * @param {() => void} changed
 * @param {AbortSignal} signal
 * @param {number} [pause] milliseconds
 * @param {string[]} [attributes] those whose change counts
 */
export function watch(changed, signal, pause = 16, attributes = ["href"]) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const later = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      if (!signal.aborted && alive()) changed();
    }, pause);
  };
  const observer = new MutationObserver((records) => {
    if (records.some(theirs)) later();
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: attributes });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(waiting);
  });
  changed();
}

/** @param {MutationRecord} record */
function theirs(record) {
  if (record.type === "attributes") return !record.target.nodeName.startsWith("PARCELWARDEN");
  const added = [...record.addedNodes];
  return record.removedNodes.length > 0 || added.some((node) => !node.nodeName.startsWith("PARCELWARDEN"));
}

/**
 * Calls back once nothing has changed for a while, or after the longest wait.
 * @param {() => void} settled
 * @param {AbortSignal} signal
 * @param {{calm: number, most: number}} span milliseconds
 */
export function whenSettled(settled, signal, { calm, most }) {
  const watcher = new AbortController();
  const end = () => {
    clearTimeout(quiet);
    clearTimeout(longest);
    watcher.abort();
  };
  const done = () => {
    end();
    settled();
  };
  let quiet = setTimeout(done, calm);
  const longest = setTimeout(done, most);
  signal.addEventListener("abort", end, { signal: watcher.signal });
  watch(() => {
    clearTimeout(quiet);
    quiet = setTimeout(done, calm);
  }, watcher.signal, 100);
}
