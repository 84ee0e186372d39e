import { browser } from "../shared/browser.js";
import { label } from "../shared/i18n.js";

/**
 * Asks the page in the front for a sample of itself and opens the page that shows it.
 * @param {HTMLElement} status
 */
export async function sampleOf(status) {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  const answer = tab?.id === undefined ? null : await browser.runtime.sendMessage({ type: "sample", tab: tab.id });
  if (answer?.ok) await browser.tabs.create({ url: browser.runtime.getURL("sample/sample.html") });
  else status.textContent = label("sample_none");
}
